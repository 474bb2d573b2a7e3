"""The page of all stories: its days are those of whoever's stories they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.chat.pages import Table
from bot.questions.times import short_day_for
from bot.stories.pages import Days, stories_page
from storage.tables.stories import StoryTold
from tests.gallery.samples import shipped_content
from tests.gallery.stories_samples import record

LATE_IN_LONDON = datetime(2026, 11, 21, 20, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def test_a_storys_days_are_worded_and_those_of_its_owner() -> None:
    story = record()
    story.story.updated_at = LATE_IN_LONDON
    story = replace(story, told=[StoryTold(id="t1", story_id=story.story.id, told_on=date(2025, 3, 1), place="")])
    days = Days(ZoneInfo("Asia/Kolkata"), lambda day: short_day_for(day, TODAY))
    page = stories_page([story], shipped_content(), days, may_add=False)
    (table,) = (each for section in page.sections for each in section.elements if isinstance(each, Table))
    assert (table.rows[0][3], table.rows[0][5]) == ("Sat 1 Mar 2025", "Sun 22 Nov")
