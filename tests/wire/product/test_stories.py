"""The story bank, the look-up and one's own data, on every platform over the wire."""

from __future__ import annotations

from datetime import timedelta

from storage.tables.erasure import Erasure
from storage.tables.stories import Story, StoryTelling, StoryVersion
from tests.scenario.stories_scene import PARTS
from tests.wire.product.steps import rows
from tests.wire.product.team import Someone, Team


async def story_of(team: Team, name: str = "Ana") -> Someone:
    someone = await team.member(name)
    await someone.runs("story add")
    await someone.fills_in(**PARTS)
    return someone


async def test_a_story_is_written_found_told_and_shown_on_every_platform(reading: Team) -> None:
    ana, ben = await story_of(reading), await reading.member("Ben")
    (version,) = await rows(reading, StoryVersion)
    assert version.action == PARTS["action"]

    await ana.runs("story find query:labell prnter")
    assert PARTS["title"] in ana.reads("Stories for")
    await ana.clicks("Two minutes", "Write it")
    await ana.fills_in(text="I compared two logs and found the cause. " * 8)
    assert [one.words for one in await rows(reading, StoryTelling)] == [64]

    await ben.runs("story find query:label printer")
    assert PARTS["title"] not in ben.sees
    await ana.runs(f"story show story:{(await rows(reading, Story))[0].id}")
    await ana.clicks("Who sees it", "The whole team")
    assert "Look at these words first" in ana.alone
    await ana.clicks("Show it as it is")
    await ben.runs("story find query:label printer")
    assert f"{PARTS['title']} (Ana)" in ben.reads("Stories for")


async def test_what_stories_cover_and_what_is_to_be_done_is_told_on_every_platform(reading: Team) -> None:
    ana = await story_of(reading)
    await ana.runs("story coverage")
    assert "You have 1 story. Ten are the goal." in ana.reads("What your stories cover")
    await ana.clicks("Answer it")
    assert ana.form.values["question"]
    await ana.runs("practice recall")
    await ana.clicks("Show the bullets", "Well")
    assert "It comes again on" in ana.alone


async def test_ones_stories_go_with_ones_data_on_every_platform_and_nobody_elses_do(reading: Team) -> None:
    ana, ben = await story_of(reading), await story_of(reading, "Ben")
    await ana.runs("data export")
    assert ana.reads("Your data as an archive")
    await ana.runs("data delete")
    assert "Your projects and stories with their versions" in ana.reads("What goes")
    await ana.clicks("Delete everything about me")
    await ana.fills_in(word="delete")
    for _ in range(4):
        await reading.waits(timedelta(seconds=10))
    assert [one.ended_at is not None for one in await rows(reading, Erasure)] == [True]
    assert len(await rows(reading, Story)) == 1
    await ben.runs("story list")
    assert "1 story" in ben.reads("Your stories")
    await ben.clicks(PARTS["title"])
    assert PARTS["action"] in ben.reads(PARTS["title"])
