"""Recall drills and the way to an interview, by a moved clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from bot.practice.personal_data import erase, export
from storage.tables.outbox import Delivery, DeliveryState, Schedule
from storage.tables.practice import DrillReminder, Interview, StoryDrill
from storage.tables.stories import Story
from tests.scenario.dsl import Scene, scene
from tests.scenario.stories_scene import PARTS, add, click, rows, runs


@pytest.fixture
async def s() -> AsyncIterator[Scene]:
    async with scene() as made:
        await made.drain()
        yield made


async def days_pass(s: Scene, days: int = 1) -> str:
    """What Ana is sent privately while so many days go by."""
    before = s.private(s.ana)
    for _ in range(6 * days):
        s.clock.move(timedelta(hours=4))
        await s.drain()
    return s.private(s.ana).removeprefix(before)


async def recall(s: Scene, grade: str) -> str:
    seen = await runs(s, "ana", "practice recall")
    await click(s, "ana", "Show the bullets", grade)
    return seen


async def test_a_story_is_cued_by_its_title_told_and_graded_and_comes_again(s: Scene) -> None:
    await add(s)
    seen = await recall(s, "Well")
    assert PARTS["title"] in seen
    assert "compared the logs" not in seen
    assert "I compared the logs of two printers" in s.private(s.ana)
    assert "It comes again on Wednesday 6 March" in s.private(s.ana)
    (drill,) = await rows(s, StoryDrill)
    assert (drill.recalls, drill.grade) == (1, 3)
    assert "The next story comes on Wednesday 6 March" in await runs(s, "ana", "practice recall")


async def test_a_recall_that_was_graded_counts_once(s: Scene) -> None:
    await add(s)
    await recall(s, "Well")
    await click(s, "ana", "Not at all")
    assert "You graded this recall already" in s.private(s.ana)
    assert [one.grade for one in await rows(s, StoryDrill)] == [3]


async def test_nobody_is_reminded_who_did_not_ask_for_it(s: Scene) -> None:
    await add(s)
    assert await days_pass(s, 3) == ""


async def test_a_reminder_comes_in_the_morning_when_a_story_is_due_and_only_then(s: Scene) -> None:
    await add(s)
    await recall(s, "With ease")
    await click(s, "ana", "Remind me when a story is due")
    assert await days_pass(s, 6) == ""
    assert PARTS["title"] in await days_pass(s, 3)
    await click(s, "ana", "Pause for 7 days")
    assert "No reminder before" in s.private(s.ana)
    assert await days_pass(s, 5) == ""
    assert PARTS["title"] in await days_pass(s, 4)
    await click(s, "ana", "Stop reminding me")
    assert await days_pass(s, 3) == ""


async def test_reminders_end_when_the_story_goes(s: Scene) -> None:
    await add(s)
    await runs(s, "ana", "practice reminders reminders:on")
    assert PARTS["title"] in await days_pass(s, 2)
    (story,) = await rows(s, Story)
    await runs(s, "ana", f"story delete story:{story.id}")
    await click(s, "ana", "Delete it")
    assert not await rows(s, StoryDrill)
    assert await days_pass(s, 3) == ""


async def test_a_reminder_counts_against_what_somebody_is_sent_in_a_day_and_follows_their_zone(s: Scene) -> None:
    await add(s)
    await runs(s, "ana", "practice reminders reminders:on")
    (schedule,) = await rows(s, Schedule, Schedule.kind == "practice.drill")
    assert schedule.zone == "UTC"
    await s.ana.runs("preferences")
    await s.drain()
    await s.ana.submits(zone="Asia/Tokyo")
    await s.drain()
    await days_pass(s, 2)
    (schedule,) = await rows(s, Schedule, Schedule.kind == "practice.drill")
    assert schedule.zone == "Asia/Tokyo"
    sent = await rows(s, Delivery, Delivery.kind == "practice.drill", Delivery.state == DeliveryState.POSTED)
    assert sent
    assert all(one.unprompted for one in sent)


async def set_interview(s: Scene, day: str, **values: str) -> None:
    await s.ana.runs("practice interview")
    await s.drain()
    await s.ana.submits(day=day, **values)
    await s.drain()


async def test_an_interview_gives_a_plan_by_the_shares_of_the_company_and_one_message_before_it(s: Scene) -> None:
    await add(s)
    await set_interview(s, "2030-03-08", company="amazon")
    seen = s.private(s.ana)
    assert "4 days until your interview" in seen
    assert "50 percent of the rounds at Amazon are behavioural" in seen
    assert "Write the story of a failure of your own. 45 minutes." in seen
    assert "Does not fit any more" in seen
    assert "Tomorrow is your interview" in await days_pass(s, 4)
    assert await days_pass(s, 3) == ""
    assert "You have set no interview" in await runs(s, "ana", "practice plan")


async def test_an_interview_that_is_moved_or_forgotten_sends_no_message_for_the_old_day(s: Scene) -> None:
    await set_interview(s, "2030-03-06", company="google")
    await set_interview(s, "2030-03-20")
    assert await days_pass(s, 4) == ""
    await set_interview(s, "2030-03-10")
    await runs(s, "ana", "practice plan")
    await click(s, "ana", "Forget the interview")
    assert await days_pass(s, 4) == ""
    assert not await rows(s, Interview)


@pytest.mark.parametrize(("day", "sentence"), [("soon", "is not a day"), ("2029-01-01", "from today on")])
async def test_a_day_that_cannot_be_gets_a_sentence(s: Scene, day: str, sentence: str) -> None:
    await set_interview(s, day)
    assert sentence in s.private(s.ana) + str(s.ana.form if s.ana.has_a_form else "")
    assert not await rows(s, Interview)


async def test_the_checklist_says_what_it_does_not_know_until_it_is_told(s: Scene) -> None:
    await add(s)
    await set_interview(s, "2030-03-20")
    seen = await runs(s, "ana", "practice checklist")
    assert "Not known" in seen
    assert "I do not hear you" in seen
    await click(s, "ana", "I have read up on them")
    assert "You said so." in s.private(s.ana)


async def test_a_person_takes_their_recalls_out_and_has_them_erased(s: Scene) -> None:
    await add(s)
    await recall(s, "Well")
    await runs(s, "ana", "practice reminders reminders:on")
    await set_interview(s, "2030-03-20")
    member, workspace = await s.member(s.ana), await s.workspace_id()
    async with s.database.write(workspace) as session:
        held = SimpleNamespace(session=session, now=s.clock.now())
        assert [one["what"] for one in await export(held, member)] == ["recall", "reminders", "interview"]  # type: ignore[arg-type]
        assert await erase(held, member) == 3  # type: ignore[arg-type]
        left = await session.scalars(select(Delivery.kind).where(Delivery.kind.startswith("practice.")))
        assert not left.all()
    for table in (StoryDrill, DrillReminder, Interview):
        assert not await rows(s, table), table.__name__
    assert not await rows(s, Schedule, Schedule.kind == "practice.drill")
