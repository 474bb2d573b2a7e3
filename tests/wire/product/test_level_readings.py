"""A colleague reads the level of a story, on Slack and Discord over the wire: asked, shown, said, taken back."""

from __future__ import annotations

import pytest

from storage.tables.readings import LevelReading
from storage.tables.stories import Story
from tests.scenario.stories_scene import PARTS
from tests.wire.product.steps import rows
from tests.wire.product.team import Team
from tests.wire.product.test_mentors import until_noon
from tests.wire.product.test_stories import story_of

LEVEL = {
    "level": "L4",
    "evidence": "found that a retry used a fresh number: you looked for the cause yourself.",
    "lift": "Say what the other depots took over from it; as told it ends at your own printer.",
}


@pytest.mark.parametrize("reading", ["slack-socket", "discord"], indirect=True)
async def test_a_colleague_is_shown_a_story_says_its_level_and_sees_it_no_more(reading: Team) -> None:
    ana, ben = await story_of(reading), await reading.member("Ben")
    await ben.runs("help")
    (story,) = await rows(reading, Story)
    await ana.runs(f"story show story:{story.id}")
    await ana.clicks("The level others read", "Ask a colleague")
    await ana.fills_in(who=ben.account.user)
    assert "Ben alone gets these words to read" in ana.alone
    await ana.clicks("Show it and ask")
    await until_noon(reading, 1)

    assert "Ana asks you for a level" in ben.alone
    await ben.clicks("Read it")
    assert PARTS["action"] in ben.alone
    await ben.clicks("Say which level")
    await ben.fills_in(**LEVEL)
    assert "Read as" in ana.reads("Ben has read the level of your story")
    assert LEVEL["lift"] in ana.alone

    await ana.clicks("Who reads it", "Show it no more")
    await ben.clicks("Read it")
    assert "Ana has taken it back" in ben.alone
    assert [one.text for one in await rows(reading, LevelReading)] == [""]
