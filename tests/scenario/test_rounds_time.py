"""What time, crashes and channels may do to a round: moved deadlines, outages, deaths in between, lost channels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import time, timedelta

import pytest
from sqlalchemy import update

from adapters.local import administration
from bot.base.policy import Actor
from bot.chat.refs import MessageRef
from bot.outbox.nextrun import WallClockRule
from bot.review.assignment import Problem, assign
from bot.review.registering import LOCK
from bot.review.standing import standing_of
from bot.runtime import steps
from storage.tables.outbox import Schedule
from storage.tables.people import Member
from storage.tables.review import Cadence, ReviewState, RoundEvent, RoundPlan, RoundState
from tests.scenario.dsl import SimulatedCrash
from tests.scenario.rounds_scene import CHANNEL, DAY, RoundsScene, all_answered, handed_out, names, rounds

HOUR = timedelta(hours=1)


@pytest.fixture
async def r() -> AsyncIterator[RoundsScene]:
    """Four people answered, and the answers are with their reviewers."""
    async with handed_out(4) as made:
        yield made


async def closes(r: RoundsScene) -> None:
    """Time passes until the round is closed."""
    await r.moves_to((await r.round()).closes_at)


async def _handed_out_next(r: RoundsScene, who: str, *, alone: bool) -> str:
    """When answers are handed out next, as somebody in Tokyo reads it on a card for them alone, or with others."""
    member, workspace = await r.s.member(getattr(r.s, who)), await r.s.workspace_id()
    async with r.s.database.write(workspace) as session:
        await session.execute(update(Member).where(Member.id == member).values(time_zone="Asia/Tokyo"))
        context = r.s.runtime.house.context(session, workspace, actor=Actor(workspace, member))
        standing = await standing_of(context, await r.programme(), await r.round(), alone=alone)
    return standing.following


async def test_edge_28_a_round_keeps_the_criteria_it_was_locked_with(r: RoundsScene) -> None:
    before = (await r.round()).criteria
    async with r.context() as context:
        from bot.base.ids import new_id
        from storage.tables.review import Rubric

        context.session.add(Rubric(id=new_id(), version=1, criteria=list(reversed(before)), made_at=context.now))
    await closes(r)
    round = await r.round()
    assert round.criteria == before
    assert round.rubric_version


async def test_edge_29_a_later_deadline_moves_the_timers_that_are_still_to_come(r: RoundsScene) -> None:
    before = await r.round()
    await r.moves_to(before.half_at)
    await r.s.ada.runs("round extend 3", CHANNEL)
    await r.s.drain()
    after = await r.round()
    assert before.review_until
    assert after.half_at == before.half_at
    assert after.review_until == before.review_until + 3 * DAY
    assert after.last_call_at == before.review_until + 2 * DAY
    await r.moves_to(before.closes_at)
    assert (await r.round()).state is RoundState.REVIEWING
    await r.moves_to(after.closes_at)
    assert (await r.round()).state is RoundState.CLOSED
    reminders = [row.key for row in await r.deliveries("round.reminder")]
    assert len(reminders) == len(set(reminders)) == 8


@pytest.mark.parametrize("days", ["0", "15"])
async def test_edge_29_a_deadline_is_never_moved_to_an_earlier_day(r: RoundsScene, days: str) -> None:
    before = await r.round()
    await r.s.ada.runs(f"round extend {days}", CHANNEL)
    await r.s.drain()
    assert (await r.round()).review_until == before.review_until


@pytest.mark.parametrize("moment", ["half_at", "last_call_at", "review_until"])
async def test_edge_30_an_outage_over_a_moment_gives_people_back_the_time_it_took(r: RoundsScene, moment: str) -> None:
    before = await r.round()
    last = {"half_at": None, "last_call_at": before.half_at, "review_until": before.last_call_at}[moment]
    if last is not None:
        await r.moves_to(last)
    due = getattr(before, moment)
    await r.sleeps_until(due + 3 * DAY)
    after = await r.round()
    assert after.state is RoundState.REVIEWING
    assert before.review_until
    assert after.review_until
    assert after.review_until - r.s.clock.now() >= max(DAY, before.review_until - due)
    await r.moves_to(after.closes_at)
    assert (await r.round()).state is RoundState.CLOSED


async def test_edge_30_reminders_missed_in_an_outage_come_as_one(r: RoundsScene) -> None:
    round = await r.round()
    assert round.last_call_at
    await r.sleeps_until(round.last_call_at + timedelta(hours=2))
    shown = r.seen("ana")
    assert shown.count("is still to come") == 1
    await closes(r)
    assert (await r.round()).state is RoundState.CLOSED
    assert r.seen("ana").count("is still to come") == 2


async def test_edge_30_an_outage_over_the_grace_alone_extends_nothing(r: RoundsScene) -> None:
    round = await r.round()
    await r.moves_to(round.review_until)
    assert (await r.round()).state is RoundState.GRACE
    assert round.closes_at
    await r.sleeps_until(round.closes_at + 5 * DAY)
    after = await r.round()
    assert (after.state, after.review_until) == (RoundState.CLOSED, round.review_until)


async def test_edge_30_a_lock_missed_in_an_outage_is_made_up_for_with_the_whole_time_for_reviewing() -> None:
    async with all_answered(4) as r:
        await r.s.clock_moves(days=6)
        round = await r.round()
        assert round.state is RoundState.REVIEWING
        assert round.review_until == r.s.clock.now() + 4 * DAY


@pytest.mark.parametrize("step", [steps.CLAIMED, steps.PREPARED, steps.SENT])
async def test_edge_31_and_32_a_death_while_answers_are_handed_out_changes_nothing(step: str) -> None:
    async with all_answered(4) as r:
        await r.s.ada.runs("round now", CHANNEL)
        r.s.crash.step = step
        for _ in range(3):
            try:
                await r.s.drain()
            except (SimulatedCrash, BaseExceptionGroup):
                await r.s.restarts()
        await r.s.drain()
        assert (await r.round()).state is RoundState.REVIEWING
        (plan,) = await r.rows(RoundPlan)
        planned = {(pair.reviewer, pair.answer) for pair in assign(Problem.load(plan.problem)).pairs}
        assert {(review.reviewer_id, review.entry_id) for review in await r.reviews()} == planned
        keys = Counter(row.key for row in await r.deliveries("round.notice"))
        assert set(keys.values()) == {1}
        assert len(keys) == 4
        assert r.hub().count("round 1: open") == 1


async def test_edge_31_a_death_between_the_plan_and_its_coming_into_force_gives_the_same_plan() -> None:
    async with all_answered(7) as r:
        async with r.context() as context:
            from bot.review.locking import lock

            programme = await r.programme()
            row = await context.session.get_one(type(programme), programme.id)
            round = await context.session.get_one(type(await r.round()), (await r.round()).id)
            await lock(context, row, round, context.now)
        (posed,) = await r.rows(RoundPlan)
        assert (posed.method, (await r.round()).state) == ("", RoundState.ASSIGNING)
        expected = {(pair.reviewer, pair.answer) for pair in assign(Problem.load(posed.problem)).pairs}
        await r.s.restarts()
        await r.s.drain()
        assert {(review.reviewer_id, review.entry_id) for review in await r.reviews()} == expected
        assert (await r.round()).state is RoundState.REVIEWING


async def test_edge_34_a_round_over_the_clock_change_ends_at_the_same_local_time() -> None:
    rule = WallClockRule("Europe/Berlin", time(15), frozenset({4}))
    async with rounds(4, rule=rule) as r:
        await r.s.clock_moves(days=24)
        await r.answered(*names(4))
        await r.s.clock_moves(hours=29)
        round = await r.round(await _newest(r))
        assert round.locked_at
        assert round.review_until
        assert round.review_until - round.locked_at == timedelta(days=4, hours=-1)
        assert "15:00 (Europe/Berlin)" in r.hub()


async def _newest(r: RoundsScene) -> int:
    found = [row for row in await r.rows(type(await r.round())) if row.state is RoundState.REVIEWING]
    return found[0].number


@pytest.mark.parametrize("change", ["archived", "closed"])
async def test_edge_37_a_lost_channel_pauses_the_round_and_opening_it_again_moves_the_deadlines(change: str) -> None:
    async with rounds(4) as r:
        await r.known("ada")
        await r.answered(*names(4))
        await r.hands_out()
        before = await r.round()
        await r.s.clock_moves(hours=26)
        lose = administration.archive if change == "archived" else administration.close
        await lose(r.s.workspace, "interview-practice")
        await r.s.acknowledged()
        await r.s.drain()
        assert (await r.round()).state is RoundState.PAUSED
        assert 'The peer reviews "Peer reviews" are paused' in r.seen("ada")
        await r.s.clock_moves(days=10)
        assert (await r.round()).state is RoundState.PAUSED
        await administration.reopen(r.s.workspace, "interview-practice")
        await r.s.acknowledged()
        await r.s.drain()
        assert 'Shall the peer reviews "Peer reviews" go on?' in r.seen("ada")
        await r.click("ada", "Go on")
        after = await r.round()
        assert before.review_until
        assert (after.state, after.review_until) == (RoundState.REVIEWING, before.review_until + 10 * DAY)
        await r.moves_to(after.closes_at)
        assert (await r.round()).state is RoundState.CLOSED


async def test_edge_37_a_renamed_channel_keeps_its_round(r: RoundsScene) -> None:
    await administration.rename(r.s.workspace, "interview-practice", "stories")
    await r.s.acknowledged()
    await r.s.drain()
    assert (await r.programme()).channel_name == "stories"
    assert (await r.round()).state is RoundState.REVIEWING


async def test_edge_38_a_deleted_post_comes_again_with_the_next_news(r: RoundsScene) -> None:
    round = await r.round()
    assert round.hub_message
    await r.s.platform.delete(MessageRef.decode(round.hub_message))
    assert r.hub() == ""
    await r.reviews_all("ana")
    await r.s.clock_moves(minutes=1)
    assert "Reviews handed in: 1 of 4" in r.hub()


async def test_edge_46_a_round_without_any_review_closes_all_the_same(r: RoundsScene) -> None:
    await closes(r)
    assert (await r.round()).state is RoundState.CLOSED
    assert {review.state for review in await r.reviews()} == {ReviewState.RELEASED}
    assert all(entry.owed for entry in await r.entries())


async def test_edge_49_a_timer_that_comes_twice_or_too_early_does_nothing(r: RoundsScene) -> None:
    from bot.review.timers import END, prepare_end

    (timer,) = await r.deliveries(END)
    async with r.context() as context:
        outcome = await prepare_end(context, timer)
        assert type(outcome).__name__ == "Later"
    await closes(r)
    events = len(await r.rows(RoundEvent))
    async with r.context() as context:
        assert type(await prepare_end(context, timer)).__name__ == "Skip"
    assert len(await r.rows(RoundEvent)) == events


async def test_a_paused_round_stands_still_and_goes_on_with_its_days(r: RoundsScene) -> None:
    before = await r.round()
    await r.s.ada.runs("round pause", CHANNEL)
    await r.s.drain()
    assert "round 1: paused" in r.hub()
    await r.s.clock_moves(days=6)
    await r.s.ada.runs("round resume", CHANNEL)
    await r.s.drain()
    after = await r.round()
    assert before.half_at
    assert (after.state, after.half_at) == (RoundState.REVIEWING, before.half_at + 6 * DAY)


async def test_a_cancelled_round_is_owed_nothing_and_the_next_takes_answers(r: RoundsScene) -> None:
    await r.s.ada.runs("round cancel", CHANNEL)
    await r.s.drain()
    assert (await r.round()).state is RoundState.CANCELLED
    assert {review.state for review in await r.reviews()} == {ReviewState.RELEASED}
    assert "round 1: cancelled" in r.hub()
    assert (await r.round(2)).state is RoundState.COLLECTING


async def test_invariant_23_a_closed_round_is_computed_anew_only_with_a_reason(r: RoundsScene) -> None:
    await closes(r)
    results = [entry.result for entry in await r.entries()]
    await r.s.clock_moves(days=3)
    assert [entry.result for entry in await r.entries()] == results
    await r.s.ada.runs('round reopen "a mentor has corrected a score"', CHANNEL)
    await r.s.drain()
    reopened = [event for event in await r.rows(RoundEvent) if event.came_from == RoundState.CLOSED]
    assert [event.reason for event in reopened] == ["a mentor has corrected a score"]
    assert (await r.round()).state is RoundState.CLOSED


async def test_a_round_after_so_many_answers_begins_by_itself() -> None:
    async with rounds(5, cadence=Cadence.AFTER_ANSWERS, after_answers=4) as r:
        await r.answered(*names(3))
        assert (await r.round()).state is RoundState.COLLECTING
        await r.answered("dan")
        assert (await r.round()).state is RoundState.REVIEWING


async def test_answers_that_came_during_a_round_begin_the_next_when_it_is_closed() -> None:
    async with rounds(4, cadence=Cadence.AFTER_ANSWERS, after_answers=3) as r:
        await r.answered(*names(4))
        again = await r.another_question()
        await again.answered(*names(4))
        assert (await r.round(2)).state is RoundState.COLLECTING
        await closes(r)
        assert (await r.round(2)).state is RoundState.REVIEWING


async def test_extended_while_answers_are_taken_a_round_is_handed_out_later_and_once() -> None:
    async with rounds(4) as r:
        friday = (await _schedule(r)).next_run_at
        assert friday is not None
        await r.s.ada.runs("round extend 2", CHANNEL)
        await r.s.drain()
        assert "Answers are taken until Sun 10 Mar, 15:00 (UTC)" in r.seen("ada")
        await r.s.ada.runs("round extend 1", CHANNEL)
        await r.s.drain()
        assert await _handed_out_next(r, "ada", alone=False) == "Mon 11 Mar, 15:00 (UTC)"
        assert await _handed_out_next(r, "ada", alone=True) == "Tue 12 Mar, 00:00"
        await r.s.ada.runs("round status", CHANNEL)
        await r.s.drain()
        assert re.search(r"Handed out next: Mon 11 Mar, 15:00$", r.seen("ada"), re.MULTILINE)
        await r.answered(*names(4))
        await r.moves_to(friday + 2 * DAY + HOUR)
        assert (await r.round()).state is RoundState.COLLECTING
        await r.moves_to(friday + 3 * DAY + HOUR)
        assert (await r.round()).state is RoundState.REVIEWING
        assert (await r.round()).locked_at == friday + 3 * DAY
        assert (await _schedule(r)).next_run_at == friday + 7 * DAY, "the calendar goes on as before"


async def test_where_answers_are_counted_there_is_no_day_to_put_off() -> None:
    async with rounds(2, cadence=Cadence.AFTER_ANSWERS, after_answers=2) as r:
        await r.s.ada.runs("round extend 2", CHANNEL)
        await r.s.drain()
        assert "there is no day to put off" in r.seen("ada")


async def _schedule(r: RoundsScene) -> Schedule:
    (found,) = await r.rows(Schedule, Schedule.kind == LOCK)
    return found


async def test_every_two_weeks_leaves_out_every_second_week() -> None:
    async with rounds(4, cadence=Cadence.FORTNIGHTLY) as r:
        await r.answered(*names(4))
        await r.moves_to(r.s.clock.now() + 5 * DAY)
        await r.s.ada.runs("round list", CHANNEL)
        await r.s.drain()
        assert "Next: Fri 22 Mar, 15:00" in r.seen("ada"), "the week that is left out is not promised"
        for _ in range(3):
            await r.moves_to(r.s.clock.now() + 7 * DAY)
        locked = [round.locked_at for round in await r.rows(type(await r.round())) if round.locked_at]
        assert [moment.day for moment in sorted(locked)] == [8, 22]


async def test_only_moderators_and_admins_run_rounds(r: RoundsScene) -> None:
    for line in ("round now", "round pause", "round cancel", "round extend 2", "round reopen why"):
        await r.s.ana.runs(line, CHANNEL)
        await r.s.drain()
    assert r.seen("ana").count("You cannot do that here.") == 5
    assert (await r.round()).state is RoundState.REVIEWING


async def test_an_admin_sets_rounds_up_by_the_form() -> None:
    async with rounds(4) as r:
        await r.s.ada.runs("round setup", CHANNEL)
        await r.s.ada.submits(name="Sunday reviews", weekday="6", time="25:00", zone="Europe/Berln", days="9")
        problems = str(r.s.ada.form.problems)
        assert "Europe/Berlin" in problems
        assert "Give reviewers 1 to 6 days" in problems
        await r.s.ada.submits(time="18:00", zone="Europe/Berlin", days="3")
        await r.s.drain()
        assert 'The peer reviews "Sunday reviews" are saved.' in r.seen("ada")
        await r.s.ada.runs("round list", CHANNEL)
        await r.s.drain()
        assert "Sunday at 18:00 (Europe/Berlin)" in r.seen("ada")
