"""Locking a round: its answers are frozen, the pool is fixed, and the next round takes answers from then on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.feature.context import Context
from bot.feature.declarations import Done, Later, Outcome, Skip
from bot.review import posts
from bot.review.assigning import store_problem
from bot.review.freezing import freeze_all
from bot.review.moments import OUTAGE
from bot.review.next_lock import is_off_week
from bot.review.pool import build_problem
from bot.review.registering import register_recent, registered
from bot.review.rounds import collecting_round, is_closing, round_by_id, round_under_way
from bot.review.rubric import current_rubric
from bot.review.steps import step_round
from storage.tables.outbox import Delivery
from storage.tables.review import Entry, ReviewProgramme, Round, RoundState

PAUSED = "the programme is paused"
NO_PROGRAMME = "the programme is gone"
LOCKED_ALREADY = "the round was locked already"
UNDER_REVIEW = "the last round is still under review"
OFF_WEEK = "rounds come every two weeks"
NO_ANSWERS = "nobody answered"
ONE_ANSWER = "only one person answered, and there is no mentor"


async def prepare_lock(context: Context, delivery: Delivery) -> Outcome:
    """Lock the round that takes answers, by the calendar; or the one named, by hand or since it has enough."""
    programme = await context.session.get(ReviewProgramme, delivery.subject_id, with_for_update=True)
    if programme is None:
        return Skip(NO_PROGRAMME)
    if programme.paused:
        return Skip(PAUSED)
    if await round_under_way(context.session, programme) is not None:
        return Skip(UNDER_REVIEW)
    if await is_closing(context.session, programme):
        return Later(context.now + timedelta(minutes=1), "the round before it is being closed")
    named = delivery.payload.get("round")
    if named is None and await is_off_week(context.session, programme, context.now):
        return Skip(OFF_WEEK)
    await register_recent(context, programme)
    round = (
        await collecting_round(context, programme)
        if named is None
        else await round_by_id(context.session, named, lock=True)
    )
    if round.state is not RoundState.COLLECTING:
        return Skip(LOCKED_ALREADY)
    # A worker is a little late as a rule, and a round's moments are at the time of the rule.
    in_time = context.now - delivery.due_at < OUTAGE
    await lock(context, programme, round, delivery.due_at if in_time else context.now)
    return Done()


async def lock(context: Context, programme: ReviewProgramme, round: Round, at: datetime) -> None:
    """Freeze the answers and pose the problem of who reviews what; without enough answers the round is skipped."""
    rubric = await current_rubric(context.session, context.content, programme)
    locking = await step_round(
        context,
        round,
        RoundState.LOCKING,
        locked_at=at,
        rubric_version=rubric.version,
        criteria=rubric.as_json,
    )
    if not locking:
        return
    entries = await freeze_all(context, round)
    following = await collecting_round(context, programme)
    following.collects_from = context.now
    if not entries:
        await _skip(context, programme, round, NO_ANSWERS)
        return
    problem, _ = await build_problem(context, programme, round)
    if not any(demand.wanted for demand in problem.demands):
        await _alone(context, programme, round, entries[0])
        return
    await step_round(context, round, RoundState.ASSIGNING)
    await store_problem(context, round, "lock", problem)
    await posts.plan_for(context, programme, round, "lock")


async def _alone(context: Context, programme: ReviewProgramme, round: Round, entry: Entry) -> None:
    """Nobody can review the one answer: its author gets questions to review it by, and comes first next time."""
    entry.owed = True
    await posts.tell(context, round, "alone", entry.author_id, once=entry.id, entry=entry.id)
    await _skip(context, programme, round, ONE_ANSWER)


async def _skip(context: Context, programme: ReviewProgramme, round: Round, reason: str) -> None:
    """The channel is told once, not of every round that is skipped in a row."""
    before = await context.session.scalar(
        select(Round.state).where(Round.programme_id == programme.id, Round.number == round.number - 1)
    )
    await step_round(context, round, RoundState.SKIPPED, reason=reason, closed_at=context.now)
    if before is not RoundState.SKIPPED:
        await posts.renew_hub(context, programme, round)


async def waiting(context: Context, programme: ReviewProgramme) -> int:
    """How many answers wait for the next lock."""
    return await registered(context.session, await collecting_round(context, programme))
