"""Stories in a workspace: made from answers, messages and forms; found, told, shown to others, deleted."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.stories.actions import SaveMessage
from bot.stories.personal_data import erase, export
from storage.tables.search import SearchEntry, SearchTerm
from storage.tables.stories import Project, Story, StoryTelling, StoryTold, StoryVersion
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, AnswersScene, question_posted
from tests.scenario.dsl import Scene, scene
from tests.scenario.stories_scene import PARTS, add, click, rows, runs


@pytest.fixture
async def s() -> AsyncIterator[Scene]:
    async with scene() as made:
        await made.drain()
        yield made


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        yield made


async def test_an_answer_becomes_a_story_with_one_click_and_only_once(q: AnswersScene) -> None:
    await q.answer_privately("ana", situation=SITUATION, action=ACTION, result=RESULT)
    await q.click("ana", "Save as story")
    (version,) = await q.rows(StoryVersion)
    assert (version.situation, version.action, version.result) == (SITUATION, ACTION, RESULT)
    assert "Still without words" in q.seen("ana")
    await q.click("ana", "Save as story")
    assert len(await q.rows(Story)) == 1
    assert "It is saved already" in q.seen("ana")


async def test_an_answer_in_the_thread_is_taken_apart_into_its_parts(q: AnswersScene) -> None:
    await q.answer("ana", f"{SITUATION} {ACTION} {RESULT}")
    await q.click("ana", "Save as story")
    (version,) = await q.rows(StoryVersion)
    assert "script that found every wrong invoice" in version.action
    assert "212 customers" in version.result


async def test_a_story_is_written_by_the_form_of_an_archetype(s: Scene) -> None:
    await s.ana.runs("story add form:production-debugging")
    await s.drain()
    await s.ana.submits(**PARTS)
    await s.drain()
    (story,) = await rows(s, Story)
    assert (story.form, story.archetypes, story.visibility.value) == (
        "production-debugging",
        ["production-debugging"],
        "me",
    )
    (version,) = await rows(s, StoryVersion)
    assert "12,000 euros" in version.metrics


async def test_a_story_is_found_by_words_by_theme_and_with_slips_of_the_pen(s: Scene) -> None:
    await add(s)
    for query in ("label printer", "detective work on a mystery", "labell prnter roterdam"):
        assert PARTS["title"] in await runs(s, "ana", f"story find {query}"), query
    await click(s, "ana", "Two minutes")
    assert "Nobody has written this telling yet" in s.private(s.ana)


async def test_nobody_finds_or_opens_what_is_private_and_the_team_finds_what_is_shown_to_it(s: Scene) -> None:
    await add(s)
    assert PARTS["title"] not in await runs(s, "ben", "story find label printer rotterdam")
    (story,) = await rows(s, Story)
    assert "You cannot do that here" in await runs(s, "ben", f"story find story:{story.id}")
    await runs(s, "ana", f"story visibility story:{story.id} who:team")
    assert "Rotterdam" in s.private(s.ana)
    assert "A sum of money" in s.private(s.ana)
    await click(s, "ana", "Show it as it is")
    seen = await runs(s, "ben", "story find label printer rotterdam")
    assert f"{PARTS['title']} (Ana)" in seen
    await click(s, "ben", "Whole story")
    assert "A story of Ana" in s.private(s.ben)
    assert "Change it" not in s.private(s.ben)
    await click(s, "ana", "Only me")
    assert PARTS["title"] not in await runs(s, "ben", "story find label printer rotterdam")


async def test_where_nothing_fits_the_form_of_the_kind_and_a_question_are_shown(s: Scene) -> None:
    seen = await runs(s, "ana", "story find Tell me about a time you mentored a junior engineer")
    assert "Mentoring an engineer" in seen
    assert "A question of this kind" in seen
    await click(s, "ana", "Write this story")
    assert s.ana.has_a_form


@pytest.mark.parametrize("query", ["🙂", "…", "%%"])
async def test_a_query_without_words_gets_a_sentence(s: Scene, query: str) -> None:
    assert "There are no words in this" in await runs(s, "ana", f"story find {query}")


@pytest.mark.parametrize(
    "query",
    [
        "x",
        "'; DROP TABLE story; --",
        "NEAR(a b) OR NOT *",
        'title:"x" AND (',
        "재고 오류를 해결한 경험",
        "проблема с печатью",
    ],
)
async def test_syntax_and_other_languages_are_words_like_any_other(s: Scene, query: str) -> None:
    await add(s)
    seen = await runs(s, "ana", f"story find {query}")
    assert "Stories for:" in seen
    assert len(await rows(s, Story)) == 1


async def test_changing_a_story_makes_a_version_and_it_is_found_by_its_new_words_alone(s: Scene) -> None:
    await add(s)
    (story,) = await rows(s, Story)
    await s.ana.runs(f"story edit story:{story.id}")
    await s.drain()
    await s.ana.submits(
        title="The zeppelin", situation="Our zeppelin lost height over Bremen every Sunday, all crew aboard."
    )
    await s.drain()
    assert [one.number for one in await rows(s, StoryVersion)] == [1, 2]
    assert "The zeppelin" in await runs(s, "ana", "story find zeppelin bremen")
    assert not await rows(s, SearchTerm, SearchTerm.term == "w:rotterdam")


async def test_a_telling_is_counted_and_told_too_long(s: Scene) -> None:
    await add(s)
    await click(s, "ana", "Two-minute telling")
    await s.ana.submits(text="word " * 400)
    await s.drain()
    (telling,) = await rows(s, StoryTelling)
    assert telling.words == 400
    assert "70 too many" in s.private(s.ana)


async def test_a_telling_is_noted_with_day_and_place_but_not_for_a_day_to_come(s: Scene) -> None:
    await add(s)
    await click(s, "ana", "Look at it", "I told it")
    await s.ana.submits(told_on="2030-03-01", place="Acme, first round")
    await s.drain()
    (told,) = await rows(s, StoryTold)
    assert (told.told_on.isoformat(), told.place) == ("2030-03-01", "Acme, first round")
    await click(s, "ana", "I told it")
    await s.ana.submits(told_on="2031-03-01")
    await s.drain()
    assert "still to come" in s.private(s.ana)


async def test_a_deleted_story_is_found_no_more_and_leaves_no_row(s: Scene) -> None:
    await add(s)
    (story,) = await rows(s, Story)
    await runs(s, "ana", f"story delete story:{story.id}")
    await click(s, "ana", "Delete it")
    for table in (Story, StoryVersion, SearchEntry, SearchTerm):
        assert not await rows(s, table), table.__name__


async def test_coverage_names_what_is_missing_and_suggests_questions(s: Scene) -> None:
    await add(s)
    seen = await runs(s, "ana", "story coverage")
    assert "You have 1 story. Ten are the goal." in seen
    assert "A question that would fill most of this" in seen
    await click(s, "ana", "Show everything")
    assert "Questions that would fill the gaps" in s.private(s.ana)


async def test_a_person_takes_their_stories_out_and_has_them_erased(s: Scene) -> None:
    await add(s, project="Printing")
    await add(s, "ben", title="Another one")
    member, workspace = await s.member(s.ana), await s.workspace_id()
    async with s.database.write(workspace) as session:
        context = s.runtime.house.context(session, workspace)
        project, story = [row async for row in export(context, member)]
        assert (project["name"], story["versions"][0]["title"]) == ("Printing", PARTS["title"])
        assert [await erase(context, member) for _ in range(3)] == [2, 1, 0]
    assert [one.title for one in await rows(s, StoryVersion)] == ["Another one"]
    assert not await rows(s, Project)
    assert {one.owner_id for one in await rows(s, SearchEntry)} == {await s.member(s.ben)}


async def test_a_text_in_one_field_is_taken_apart_and_find_without_words_opens_a_form(s: Scene) -> None:
    whole = " ".join(PARTS[name] for name in ("situation", "task", "action", "result"))
    await add(s, **dict.fromkeys(("situation", "task", "result", "learning"), ""), action=f"* {whole} <@U77>")
    (version,) = await rows(s, StoryVersion)
    assert "fell from 400" in version.result
    assert "<@" not in version.action + version.result
    await s.ana.runs("story find")
    await s.drain()
    assert s.ana.has_a_form


async def test_a_message_becomes_a_story_for_its_author_alone(q: AnswersScene) -> None:
    said = await q.s.ana.says("#general", f"{SITUATION} {ACTION} {RESULT}")
    await q.s.drain()
    for who in ("ana", "ana"):
        await q.s.workspace.act(who, said, SaveMessage().encode())
        await q.s.drain()
    (version,) = await q.rows(StoryVersion)
    assert "212 customers" in version.result
    assert "It is saved already" in q.seen("ana")
