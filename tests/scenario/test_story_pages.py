"""Stories on pages: their owner changes them there, others read what they may see, and nothing else is there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import select, update

from storage.tables.mentoring import MentorLook
from storage.tables.people import Member, MemberState
from storage.tables.stories import Story, StoryTelling, StoryTold, StoryVersion, StoryVisibility
from tests.scenario.dsl import Scene
from tests.scenario.mentoring_scene import mentoring
from tests.scenario.stories_scene import PARTS, add, rows
from tests.wire.pages.visitor import ADDRESS, Visitor, link_for


@asynccontextmanager
async def story_house() -> AsyncIterator[tuple[Scene, str]]:
    """Ana has one story, Ben mentors her and sees her stories; pages are served."""
    async with mentoring() as m:
        m.s.pages_at = ADDRESS
        await m.s.restarts(wait=False)
        await add(m.s)
        (story,) = await rows(m.s, Story)
        yield m.s, f"/page/story/{story.id}"


async def browser_of(s: Scene, who: str) -> Visitor:
    """The browser of somebody who is signed in."""
    browser = Visitor(s)
    await add(s, who, title=f"Of {who}")
    await browser.opens(await link_for(s, getattr(s, who), "story list", "All on one page"))
    return browser


async def shown_to(s: Scene, visibility: StoryVisibility) -> None:
    """Ana decides who sees her stories."""
    async with s.database.write_everywhere() as session:
        await session.execute(update(Story).values(visibility=visibility))


def fields_of(browser: Visitor, action: str) -> dict[str, str]:
    """The hidden fields of the form whose payload begins so."""
    before, _, _ = browser.sees.partition(f'value="{action}')
    token = before.rpartition('name="token" value="')[2].partition('"')[0]
    packed = browser.sees.partition(f'value="{action}')[2].partition('"')[0]
    return {"token": token, "action": action + packed}


async def test_a_story_is_changed_and_its_earlier_words_stay_as_a_version() -> None:
    async with story_house() as (s, path):
        browser = await browser_of(s, "ana")
        assert PARTS["title"] in browser.sees
        await browser.goes_to(path)
        assert PARTS["result"] in browser.sees
        parts = {f"in.{name}": text for name, text in PARTS.items()}
        await browser.sends(path, {**fields_of(browser, "s.edited"), **parts, "in.result": "Labels came once."})
        assert browser.status == 200
        assert "Labels came once.</textarea>" in browser.sees
        story = path.rsplit("/", 1)[1]
        versions = await rows(s, StoryVersion, StoryVersion.story_id == story)
        assert {one.number: one.result for one in versions} == {1: PARTS["result"], 2: "Labels came once."}


async def test_tellings_and_occasions_are_kept_from_the_same_page() -> None:
    async with story_house() as (s, path):
        browser = await browser_of(s, "ana")
        await browser.goes_to(path)
        await browser.sends(path, {**fields_of(browser, "s.kept"), "in.text": "In two minutes: labels came twice."})
        assert "In two minutes: labels came twice." in browser.sees
        await browser.sends(path, {**fields_of(browser, "s.noted"), "in.told_on": "2031-01-01"})
        assert "That day is still to come." in browser.sees
        assert 'value="2031-01-01"' in browser.sees
        await browser.sends(path, {**fields_of(browser, "s.noted"), "in.told_on": "2030-03-04", "in.place": "Rowan"})
        assert "2030-03-04 Rowan" in browser.sees
        assert len(await rows(s, StoryTelling)) == 1
        assert len(await rows(s, StoryTold)) == 1


async def test_a_mentor_reads_what_is_shown_to_mentors_and_changes_nothing() -> None:
    async with story_house() as (s, path):
        browser = await browser_of(s, "ben")
        await browser.goes_to(path)
        assert browser.status == 404
        await shown_to(s, StoryVisibility.MENTORS)
        await browser.goes_to(path)
        assert browser.status == 200
        assert "A story of Ana" in browser.sees
        assert PARTS["result"] in browser.sees
        assert "<textarea" not in browser.sees
        story = path.rsplit("/", 1)[1]
        assert [look.subject_id for look in await rows(s, MentorLook)] == [story], "the mentee reads who looked"
        forged = {**browser.hidden(), "action": f"s.edited~1~{story}", "in.action": "Mine now."}
        await browser.sends(path, forged)
        assert len(await rows(s, StoryVersion, StoryVersion.story_id == story)) == 1


async def test_somebody_else_is_told_the_same_as_of_a_story_that_never_was() -> None:
    async with story_house() as (s, path):
        browser = await browser_of(s, "cleo")
        await shown_to(s, StoryVisibility.MENTORS)
        await browser.goes_to(path)
        there = browser.sees
        assert browser.status == 404
        await browser.goes_to("/page/story/00000000000000000000000000")
        assert browser.sees == there


async def test_no_page_shows_anything_of_somebody_else_by_their_ids() -> None:
    async with story_house() as (s, path):
        browser = await browser_of(s, "cleo")
        ana = await s.member(s.ana)
        for page in s.runtime.house.gathered.pages:
            for subject in (ana, path.rsplit("/", 1)[1]):
                await browser.goes_to(f"/page/{page}/{subject}")
                assert browser.status in (200, 404)
                assert "Signed in as Cleo" in browser.sees
                for words in (*PARTS.values(), "Ana"):
                    assert words not in browser.sees, page


async def test_what_the_forms_of_a_story_hold_stands_on_the_page_as_text_too_since_forms_are_not_printed() -> None:
    async with story_house() as (s, path):
        browser = await browser_of(s, "ana")
        await browser.goes_to(path)
        for name in ("situation", "task", "action", "result", "learning"):
            assert f"<p>{PARTS[name]}</p>" in browser.sees
        questions = re.findall(r'name="in\.(\S+)"', browser.sees.partition(">After the story</h2>")[2])
        await browser.sends(path, {**fields_of(browser, "s.asked"), f"in.{questions[0]}": "I would test it first."})
        assert "<p>I would test it first.</p>" in browser.sees


async def test_a_blocked_owner_reads_their_stories_and_has_no_form() -> None:
    async with story_house() as (s, path):
        browser = await browser_of(s, "ana")
        async with s.database.write_everywhere() as session:
            ana = await session.scalar(select(Story.member_id).limit(1))
            await session.execute(update(Member).where(Member.id == ana).values(state=MemberState.BLOCKED))
        for page in (path, "/page/stories"):
            await browser.goes_to(page)
            assert browser.status == 200
            assert PARTS["title"] in browser.sees
            assert "<textarea" not in browser.sees


async def test_words_for_a_story_that_was_deleted_meanwhile_are_given_back() -> None:
    async with story_house() as (s, path):
        browser = await browser_of(s, "ana")
        await browser.goes_to(path)
        hidden = fields_of(browser, "s.edited")
        async with s.database.write_everywhere() as session:
            for row in await session.scalars(select(Story)):
                await session.delete(row)
        await browser.sends(path, {**hidden, "in.action": "What I did since."})
        assert browser.status == 403
        assert "Nothing was saved" in browser.sees
        assert "What I did since.</textarea>" in browser.sees
