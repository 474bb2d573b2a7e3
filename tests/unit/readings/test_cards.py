"""What cards of level readings say of days, of words that may tell too much, and of where these are changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.base.text import render
from bot.chat.actions import Action
from bot.chat.cards import Buttons, Card, Paragraph, Quote
from bot.readings.actions import MoreReadings
from bot.readings.cards import check_card, count_of, readings_card, state_of
from bot.readings.records import Reader, waits
from bot.readings.shown import Shown
from bot.stories.actions import OpenEdit, OpenTelling
from storage.tables.stories import TellingLength
from tests.gallery.readings_samples import ANSWERED, MIA, STORY, TEXT, TITLE, read, reading

MIA_HERE = Reader("Mia")
SHOWN = Shown("story", STORY, 2, TITLE, TEXT)


def actions_of(card: Card, label: str) -> Iterator[Action]:
    for row in card.elements:
        for one in row.items if isinstance(row, Buttons) else ():
            if one.action is not None and render(one.label) == label:
                yield one.action


def test_the_day_of_a_request_is_that_of_its_author() -> None:
    late = reading(asked_at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    assert "2026-11-23" in render(state_of(late, MIA_HERE, UTC))
    assert "2026-11-24" in render(state_of(late, MIA_HERE, ZoneInfo("Europe/Berlin")))


def test_who_has_left_is_said_only_of_those_who_never_said_anything() -> None:
    gone = Reader("Mia", here=False)
    assert "take no part here" in render(state_of(reading(opened_at=ANSWERED), gone, UTC))
    assert "has read it" in render(state_of(read(), gone, UTC))
    assert "has no time" in render(state_of(reading(declined_at=ANSWERED), gone, UTC))


def test_a_request_waits_until_it_is_answered_declined_taken_back_or_found_not_to_reach_anybody() -> None:
    assert waits(reading())
    assert waits(reading(opened_at=ANSWERED))
    for end in ("answered_at", "declined_at", "unreached_at", "taken_back_at"):
        assert not waits(reading(**{end: ANSWERED}))


def test_a_story_is_changed_where_the_words_stand_that_would_be_shown() -> None:
    (parts,) = actions_of(check_card(SHOWN, MIA, "Mia"), "Change it first")
    told = replace(SHOWN, told=TellingLength.TWO_MINUTES)
    (telling,) = actions_of(check_card(told, MIA, "Mia"), "Change it first")
    assert parts == OpenEdit(story=STORY)
    assert telling == OpenTelling(story=STORY, length="two_minutes")


def test_whoever_was_asked_can_be_shown_it_no_more_however_many_were_asked() -> None:
    asked = [reading(f"reader {number}") for number in range(12)]
    readers = {str(one.reader_id): Reader("Mia") for one in asked}
    seen, start = 0, 0
    while True:
        card = readings_card(SHOWN, asked, readers, UTC, start)
        seen += len(list(actions_of(card, "Show it no more")))
        following = [one for label in ("The next 5", "The next 2") for one in actions_of(card, label)]
        if not following:
            break
        (more,) = following
        assert isinstance(more, MoreReadings)
        start = more.start
    assert (seen, start) == (12, 10)


def test_of_many_words_that_may_tell_too_much_some_are_shown_and_the_others_counted() -> None:
    sums = " ".join(f"We paid {number},000 euros." for number in range(11, 23))
    card = check_card(replace(SHOWN, title="", text=sums), MIA, "Mia")
    assert sum(isinstance(one, Quote) for one in card.elements) == 1 + 8, "the text, and what is pointed at"
    assert "and 4 more" in [render(one.text) for one in card.elements if isinstance(one, Paragraph)]


def test_how_many_stories_to_have_read_is_said_with_why() -> None:
    assert render(count_of([read()], 10)) == (
        "A colleague has read 1 of your stories. Have 10 read before an interview: others often read a lower level "
        "than one thinks."
    )
