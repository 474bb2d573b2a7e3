"""The daily question as a team meets it: set up, posted, paused, skipped, missed, and its channel lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from adapters.local import administration
from adapters.local.options import Options
from bot.members.declare import feature as members
from bot.questions.declare import feature as questions
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.questions import Slot, SlotState
from tests.scenario.dsl import Scene, SimulatedCrash, scene

CHANNEL = "#interview-practice"


@pytest.fixture
async def s() -> AsyncIterator[Scene]:
    """A workspace with daily questions, whose clock stands at nine on a Monday morning in UTC."""
    async with scene(features=[questions(), members()]) as made:
        yield made


async def set_up(s: Scene, **values: Any) -> None:
    """Ada, an admin, sets up daily questions in the practice channel by the form."""
    await s.ada.runs("setup programme", CHANNEL)
    await s.ada.submits(**{"time": "09:30", "zone": "UTC", **values})
    await s.drain()


def posts(s: Scene) -> list[str]:
    """The titles of the questions in the practice channel, without private replies."""
    return [title for title in s.posts(CHANNEL) if title.startswith("Daily question: ")]


async def slots(s: Scene) -> list[Slot]:
    async with s.database.read(await s.workspace_id()) as session:
        return list(await session.scalars(select(Slot).order_by(Slot.local_date)))


async def ends(s: Scene) -> list[DeliveryState]:
    async with s.database.read_everywhere() as session:
        rows = await session.scalars(
            select(Delivery.state).where(Delivery.kind == "question.post").order_by(Delivery.due_at, Delivery.id)
        )
        return list(rows)


async def moves_to(s: Scene, moment: datetime) -> None:
    await s.clock_moves(seconds=(moment - s.clock.now()).total_seconds())


async def test_an_admin_sets_up_a_programme_in_chat_and_the_question_comes_at_its_time(s: Scene) -> None:
    await set_up(s)
    assert "The next question comes on Mon 4 Mar, 09:30." in s.private(s.ada)
    await s.clock_moves(minutes=29)
    assert posts(s) == []
    await s.clock_moves(minutes=1)
    assert posts(s) == ["Daily question: today's question"]
    (slot,) = await slots(s)
    assert slot.text in s.channel(CHANNEL)
    assert "Reply in the thread of this message" in s.channel(CHANNEL)


async def test_a_member_may_not_set_one_up(s: Scene) -> None:
    await s.ana.runs("setup programme", CHANNEL)
    await s.drain()
    assert not s.ana.has_a_form
    assert "You cannot do that here." in s.private(s.ana)


async def test_an_unknown_zone_is_answered_with_the_nearest_name_and_nothing_entered_is_lost(s: Scene) -> None:
    await s.ada.runs("setup programme", CHANNEL)
    await s.ada.submits(name="Morning", zone="Europe/Berln")
    assert "Europe/Berlin" in str(s.ada.form.problems)
    await s.ada.submits(zone="Europe/Berlin")
    await s.drain()
    assert '"Morning" is saved.' in s.private(s.ada)


async def test_working_days_only_and_one_question_on_each(s: Scene) -> None:
    await set_up(s)
    await s.clock_moves(minutes=30)
    for _ in range(13):
        await s.clock_moves(days=1)
    days = [slot.local_date.weekday() for slot in await slots(s)]
    assert days == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]
    assert len(posts(s)) == 10
    assert len({slot.question_id for slot in await slots(s)}) == 10


async def test_the_days_the_clocks_change_have_one_question_each(s: Scene) -> None:
    await set_up(s, time="02:30", zone="Europe/Berlin", weekdays=[str(day) for day in range(7)])
    assert "On Sunday 31 March the clock skips this time" in s.private(s.ada)
    await moves_to(s, datetime(2030, 3, 29, 1, 45, tzinfo=UTC))
    before = len(posts(s))
    for _ in range(4):
        await s.clock_moves(days=1)
    assert len(posts(s)) == before + 4
    assert [slot.local_date.isoformat() for slot in await slots(s)][-4:] == [
        "2030-03-30", "2030-03-31", "2030-04-01", "2030-04-02",
    ]  # fmt: skip


async def test_after_three_days_away_one_late_question_comes_and_no_burst(s: Scene) -> None:
    await set_up(s)
    await s.clock_moves(days=3, hours=2)
    assert len(posts(s)) == 1
    assert await ends(s) == [DeliveryState.SKIPPED] * 3 + [DeliveryState.POSTED]


async def test_after_two_weeks_away_and_past_the_window_none_comes_and_why_is_told(s: Scene) -> None:
    await set_up(s, late="600")
    await s.clock_moves(days=14, hours=2)
    assert posts(s) == []
    await s.ana.runs("question why", CHANNEL)
    await s.drain()
    assert "Starling was not running when the question was due." in s.private(s.ana)


async def test_pause_resume_skip_and_post_now_go_by_buttons(s: Scene) -> None:
    await set_up(s)
    await s.ada.runs("setup programmes", CHANNEL)
    await s.drain()
    await s.ada.clicks("Skip next")
    await s.clock_moves(days=1)
    assert [slot.local_date.day for slot in await slots(s)] == []
    await s.ada.runs("setup programmes", CHANNEL)
    await s.drain()
    await s.ada.clicks("Pause")
    await s.ada.submits(until="2030-03-07")
    await s.drain()
    await s.clock_moves(days=1, hours=1)
    assert posts(s) == []
    await s.clock_moves(days=1)
    assert [slot.local_date.day for slot in await slots(s)] == [7]


async def test_post_now_pressed_twice_is_one_post(s: Scene) -> None:
    await set_up(s)
    await s.ada.clicks("Post one now")
    await s.ada.clicks("Post one now")
    await s.drain()
    await s.comes_again()
    await s.clock_moves(hours=1)
    assert len(posts(s)) == 1
    await s.clock_moves(days=1)
    assert len(posts(s)) == 2


async def test_an_archived_channel_pauses_tells_one_admin_once_and_offers_to_resume(s: Scene) -> None:
    await set_up(s)
    await administration.rename(s.workspace, "interview-practice", "interviews")
    await administration.archive(s.workspace, "interview-practice")
    await s.acknowledged()
    await s.clock_moves(days=1)
    assert s.private(s.ada).count("#interviews was archived.") == 1
    await administration.reopen(s.workspace, "interview-practice")
    await s.acknowledged()
    await s.clock_moves(hours=1)
    assert posts(s) == []
    await s.ada.clicks("Resume")
    await s.drain()
    await s.clock_moves(days=1)
    assert len(posts(s)) == 1


async def test_a_channel_that_vanished_without_a_word_pauses_and_tells_one_admin_once(s: Scene) -> None:
    await set_up(s)
    s.fails("target_gone")
    await s.clock_moves(minutes=30)
    await s.clock_moves(days=1)
    await s.clock_moves(days=1)
    assert posts(s) == []
    assert s.private(s.ada).count("Daily questions are paused") == 1


async def test_why_this_question_is_told_to_whoever_asks(s: Scene) -> None:
    await set_up(s)
    await s.clock_moves(minutes=30)
    await s.ana.clicks("More")
    await s.drain()
    assert "It was never asked here;" in s.private(s.ana)
    assert "Ask this no more" not in s.private(s.ana)
    await s.ada.clicks("More")
    await s.drain()
    assert "Ask this no more" in s.private(s.ada)


async def test_a_suggestion_is_made_approved_told_and_asked_from_the_queue(s: Scene) -> None:
    await set_up(s)
    await s.ana.runs("question suggest")
    await s.ana.submits(text="Which habit of yours did a colleague change?")
    await s.drain()
    await s.ada.runs("question suggestions")
    await s.drain()
    await s.ada.clicks("Approve")
    await s.ada.submits()
    await s.drain()
    await s.clock_moves(hours=1)
    assert "Your suggestion was taken" in s.private(s.ana)
    await s.ada.runs("question queue habit colleague change", CHANNEL)
    await s.drain()
    (own,) = await own_ids(s)
    await s.ada.chooses("Question", own)
    await s.drain()
    await s.clock_moves(days=1)
    assert (await slots(s))[-1].text == "Which habit of yours did a colleague change?"


async def test_a_post_nobody_was_sure_of_is_known_again_once_somebody_presses_its_button() -> None:
    blind = Options(finds_own_posts=False)
    async with scene(features=[questions(), members()], options=blind) as s:
        await set_up(s)
        await dies_at(s, "sent")
        (slot,) = await slots(s)
        assert (slot.state, slot.message) == (SlotState.UNCERTAIN, None)
        await s.ana.clicks("More")
        await s.drain()
        (slot,) = await slots(s)
        assert slot.state is SlotState.POSTED
        assert slot.message == s.newest_with(s.ben, "More").encode()
        assert len(posts(s)) == 1


async def test_an_admin_has_a_question_posted_that_did_not_arrive() -> None:
    blind = Options(finds_own_posts=False)
    async with scene(features=[questions(), members()], options=blind) as s:
        await set_up(s)
        await dies_at(s, "sending")
        assert posts(s) == []
        (chosen,) = await slots(s)
        await s.ada.clicks("Post it")
        await s.drain()
        (slot,) = await slots(s)
        assert (slot.state, slot.question_id) == (SlotState.POSTED, chosen.question_id)
        assert len(posts(s)) == 1


async def dies_at(s: Scene, step: str, *, back_after: timedelta = timedelta()) -> None:
    """The process dies at this step of posting the day's question, and another one takes over."""
    s.crash.step = step
    s.clock.move(timedelta(minutes=30))
    with pytest.raises(SimulatedCrash):
        await s.runtime.drain()
    s.clock.move(back_after)
    await s.restarts()
    await s.drain()


async def own_ids(s: Scene) -> list[str]:
    from bot.questions.bank import bank_id, own_questions

    async with s.database.read(await s.workspace_id()) as session:
        return [bank_id(row) for row in await own_questions(session)]


async def test_a_declined_suggestion_is_told_with_its_reason(s: Scene) -> None:
    await s.ana.runs("question suggest")
    await s.ana.submits(text="What is your salary?")
    await s.drain()
    await s.ada.runs("question suggestions")
    await s.drain()
    await s.ada.clicks("Decline")
    await s.ada.submits(reason="Too personal for a channel.")
    await s.clock_moves(minutes=1)
    assert "The reason: Too personal for a channel." in s.private(s.ana)


async def test_a_question_of_ones_own_with_points_is_posted_with_them(s: Scene) -> None:
    await s.ada.runs("question add")
    await s.ada.submits(
        text="The queue is full and nobody answers. What do you do?",
        kind="situational",
        points="Stop the intake\nTell the users",
        must_not="Drop data silently",
    )
    await s.drain()
    await set_up(s, mix="situational")
    (own,) = await own_ids(s)
    await s.ada.runs(f"question queue {own}", CHANNEL)
    await s.clock_moves(hours=1)
    (slot,) = await slots(s)
    assert [point["text"] for point in slot.points] == ["Stop the intake", "Tell the users"]
    assert (slot.kind, slot.must_not) == ("situational", ["Drop data silently"])


async def test_the_home_shows_the_question_and_the_next_one(s: Scene) -> None:
    await set_up(s)
    await s.ana.opens_home()
    await s.drain()
    assert "Today's question comes at Mon 4 Mar, 09:30." in s.ana.home
    await s.clock_moves(minutes=30)
    await s.ana.opens_home()
    await s.drain()
    (slot,) = await slots(s)
    assert slot.text in s.ana.home
    assert "The next question comes on Tue 5 Mar, 09:30." in s.ana.home


@pytest.mark.parametrize("step", ["claimed", "prepared", "sending", "sent", "recorded", "posted"])
async def test_a_crash_at_any_step_of_posting_leaves_one_post(s: Scene, step: str) -> None:
    await set_up(s)
    await dies_at(s, step)
    assert len(posts(s)) == 1
    (slot,) = await slots(s)
    assert slot.message is not None


@pytest.mark.parametrize(("step", "end"), [("sending", DeliveryState.SKIPPED), ("sent", DeliveryState.POSTED)])
async def test_a_post_under_way_past_the_window_is_looked_for_and_never_made_late(
    s: Scene, step: str, end: DeliveryState
) -> None:
    await set_up(s)
    await dies_at(s, step, back_after=timedelta(hours=5))
    assert await ends(s) == [end]
    assert len(posts(s)) == (1 if end is DeliveryState.POSTED else 0)
    assert "A post may be missing" not in s.private(s.ada)


async def test_past_the_window_a_post_nobody_can_look_for_is_uncertain() -> None:
    blind = Options(finds_own_posts=False)
    async with scene(features=[questions(), members()], options=blind) as s:
        await set_up(s)
        await dies_at(s, "sending", back_after=timedelta(hours=5))
        assert await ends(s) == [DeliveryState.UNCERTAIN]
        assert "A post may be missing" in s.private(s.ada)


async def test_past_the_window_a_platform_that_does_not_answer_is_asked_again(s: Scene) -> None:
    await set_up(s)
    s.fails("failed", "find_own_post")
    await dies_at(s, "sent", back_after=timedelta(hours=5))
    assert await ends(s) == [DeliveryState.SENDING]
    await s.clock_moves(minutes=2)
    assert await ends(s) == [DeliveryState.POSTED]
