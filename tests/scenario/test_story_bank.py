"""The story bank around the stories: projects, versions, the look before others see something, what is taken out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.stories.actions import SaveMessage
from bot.stories.personal_data import documents
from storage.tables.stories import Project, Story, StoryTold, StoryVersion, StoryVisibility
from tests.scenario.dsl import Scene, scene, whole_content
from tests.scenario.stories_scene import PARTS, add, click, rows, runs


@pytest.fixture
async def s() -> AsyncIterator[Scene]:
    async with scene() as made:
        await made.drain()
        yield made


async def test_a_project_is_noted_in_the_columns_of_the_table_and_lists_its_stories(s: Scene) -> None:
    await runs(s, "ana", "story projects")
    await click(s, "ana", "A new project")
    await s.ana.submits(name="Printing", impact="Double labels from 400 a day to none", role="On call")
    await s.drain()
    assert "Double labels from 400" in s.private(s.ana)
    assert "Challenge: What made it hard." in s.private(s.ana)
    await click(s, "ana", "A story of this project")
    await s.ana.submits(**PARTS)
    await s.drain()
    (story,), (project,) = await rows(s, Story), await rows(s, Project)
    assert story.project_id == project.id
    seen = await runs(s, "ana", "story projects")
    assert "Printing: 1 story" in seen
    assert "1 of them has fewer than two stories" in seen


async def test_a_project_with_a_taken_or_empty_name_comes_back_as_it_was_filled_in(s: Scene) -> None:
    await add(s, project="Printing")
    await runs(s, "ana", "story projects")
    await click(s, "ana", "A new project")
    await s.ana.submits(name="Printing", impact="Words that must not get lost")
    await s.drain()
    assert "another project of this name" in s.private(s.ana)
    assert len(await rows(s, Project)) == 1


async def test_a_deleted_project_leaves_its_stories(s: Scene) -> None:
    await add(s, project="Printing")
    assert PARTS["title"] in await runs(s, "ana", "story find printing")
    await runs(s, "ana", "story projects")
    await click(s, "ana", "Printing: 1 story", "Delete it", "Delete it")
    assert not await rows(s, Project)
    (story,) = await rows(s, Story)
    assert story.project_id is None
    assert PARTS["title"] in await runs(s, "ana", "story find label")


async def test_one_can_look_at_what_a_story_said_and_go_back_to_it(s: Scene) -> None:
    await add(s)
    (story,) = await rows(s, Story)
    await s.ana.runs(f"story edit story:{story.id}")
    await s.drain()
    await s.ana.submits(title="The zeppelin", result="Nobody was hurt.")
    await s.drain()
    await click(s, "ana", "Earlier versions", "Version 1, 2030-03-04: 4 of 5, reads as L4")
    assert PARTS["result"] in s.private(s.ana)
    await click(s, "ana", "Go back to this one")
    assert [one.result for one in await rows(s, StoryVersion)] == [PARTS["result"], "Nobody was hurt.", PARTS["result"]]
    assert PARTS["title"] in await runs(s, "ana", "story find label printer")


async def test_new_words_that_point_at_somebody_take_a_shared_story_back_until_its_owner_decides(s: Scene) -> None:
    await add(s)
    (story,) = await rows(s, Story)
    await runs(s, "ana", f"story visibility story:{story.id} who:team")
    await click(s, "ana", "Show it as it is")
    for result, taken_back in (("Nobody was hurt.", False), ("Nexora Bank paid us 90,000 euros.", True)):
        await s.ana.runs(f"story edit story:{story.id}")
        await s.drain()
        await s.ana.submits(result=result)
        await s.drain()
        (now,) = await rows(s, Story)
        assert (now.visibility is StoryVisibility.ME) is taken_back, result
    assert "Nexora Bank" in s.private(s.ana)
    assert PARTS["title"] not in await runs(s, "ben", "story find label printer rotterdam")
    await click(s, "ana", "Show it as it is")
    assert PARTS["title"] in await runs(s, "ben", "story find label printer rotterdam")


async def test_an_old_check_does_not_show_words_that_were_written_after_it(s: Scene) -> None:
    await add(s)
    (story,) = await rows(s, Story)
    await runs(s, "ana", f"story visibility story:{story.id} who:team")
    await click(s, "ana", "Change it first")
    await s.ana.submits(result="Nexora Bank paid us 90,000 euros.")
    await s.drain()
    await click(s, "ana", "Show it as it is")
    assert (await rows(s, Story))[0].visibility is StoryVisibility.ME
    assert "Nexora Bank" in s.private(s.ana)


async def test_today_is_the_day_where_the_person_lives(s: Scene) -> None:
    await add(s)
    await s.ana.runs("preferences")
    await s.drain()
    await s.ana.submits(zone="Pacific/Kiritimati")
    await s.drain()
    s.clock.move(timedelta(hours=2))
    await click(s, "ana", "Look at it", "I told it")
    assert s.ana.form.values["told_on"] == ("2030-03-05",)
    await s.ana.submits()
    await s.drain()
    assert len(await rows(s, StoryTold)) == 1


async def test_a_pasted_story_that_is_far_too_long_says_which_part_did_not_fit(s: Scene) -> None:
    said = await s.ana.says("#general", "I compared logs. " * 400)
    await s.drain()
    await s.workspace.act("ana", said, SaveMessage().encode())
    await s.drain()
    assert "did not fit" in s.private(s.ana)


async def test_a_gap_brings_a_question_to_answer_by_oneself(s: Scene) -> None:
    await add(s)
    await runs(s, "ana", "story coverage")
    await click(s, "ana", "Answer it")
    asked = s.ana.form.values["question"][0]
    assert asked in {str(one.text) for one in whole_content().questions.values()}
    await s.ana.submits(text=" ".join(PARTS.values()))
    await s.drain()
    await click(s, "ana", "Save as story")
    assert len(await rows(s, Story)) == 2


async def test_every_story_and_project_is_taken_out_as_a_page_to_read(s: Scene) -> None:
    await add(s, project="Printing [in] Rotterdam", tags="retry, #1 printer")
    workspace = await s.workspace_id()
    async with s.database.write(workspace) as session:
        held = SimpleNamespace(session=session, content=whole_content(), language="en")
        pages = {name: page async for name, page in documents(held, await s.member(s.ana))}  # type: ignore[arg-type]
    assert list(pages) == [
        "story-001-the-label-printer-in-rotterdam.md",
        "project-001-printing-in-rotterdam.md",
    ]
    story, project = pages.values()
    assert story.startswith("# The label printer in Rotterdam\n\n## Situation\n\nOur depot")
    assert "- Tags: retry, \\#1 printer" in story
    assert project.startswith("# Printing \\[in\\] Rotterdam")


async def test_its_owner_says_what_kind_a_story_is_and_that_stays_when_it_is_changed(s: Scene) -> None:
    await add(s, kind=("mentoring", "cross-functional", "disagreement"))
    (story,) = await rows(s, Story)
    assert story.archetypes == ["mentoring", "cross-functional"]
    await s.ana.runs(f"story edit story:{story.id}")
    await s.drain()
    assert s.ana.form.values["kind"] == ("mentoring", "cross-functional")
    await s.ana.submits(title="Another title")
    await s.drain()
    assert (await rows(s, Story))[0].archetypes == ["mentoring", "cross-functional"]
