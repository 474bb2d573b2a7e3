"""Who reviews what: the problem is stored, solved outside of any transaction, and its plan put in force at once.

The problem stands in the database before it is solved, and the same problem has one plan: whenever the process dies,
the next one comes to the same reviews.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.base.ids import MemberId, new_id
from bot.feature.context import Context, Outside
from bot.feature.declarations import Done, Later, Outcome
from bot.review import handing_out, posts
from bot.review.assignment import Demand, Pair, Plan, Problem, assign
from bot.review.assignment.again import fill
from bot.review.pool import Pool, build_problem, standing_entries
from bot.review.posts import Occasion
from bot.review.replacing import NOT_ASKED_AGAIN, assign_review, ranked_stand_ins, release, takes_part
from bot.review.results_posts import who_runs_rounds
from bot.review.rounds import GIVEN, programme_of, reviews_of, round_by_id
from bot.review.states import UNDONE
from storage.changes import change_rows
from storage.tables.outbox import Delivery
from storage.tables.review import (
    Entry,
    ReleaseReason,
    Review,
    ReviewState,
    Round,
    RoundPlan,
    RoundState,
)

BEGUN = GIVEN | {ReviewState.OPENED}
SETTLED = timedelta(days=1)
"""A review that was handed on less than this before half time is not taken away again there."""


async def work_plan(outside: Outside, delivery: Delivery) -> None:
    """Pose the problem, solve it in a thread, and put the plan in force."""
    occasion: Occasion = delivery.payload["occasion"]
    async with outside.transaction() as context:
        posed = await _pose(context, delivery.subject_id, occasion, delivery.payload.get("entry"))
    if posed is None:
        return
    number, problem = posed
    plan = await asyncio.to_thread(assign, problem)
    async with outside.transaction() as context:
        await _put_in_force(context, delivery.subject_id, number, problem, plan)


async def prepare_plan(context: Context, delivery: Delivery) -> Outcome:
    """All was done outside; a round that is still to be handed out is taken up again."""
    round = await context.session.get(Round, delivery.subject_id)
    if round is not None and round.state is RoundState.ASSIGNING and delivery.payload["occasion"] == "lock":
        return Later(context.now + timedelta(minutes=1), "its plan is not in force yet")
    return Done()


async def store_problem(context: Context, round: Round, occasion: Occasion, problem: Problem) -> int:
    """Keep a problem that is to be solved; the number of its plan."""
    last = await context.session.scalar(select(func.max(RoundPlan.number)).where(RoundPlan.round_id == round.id))
    number = (last or 0) + 1
    context.session.add(
        RoundPlan(
            id=new_id(),
            round_id=round.id,
            number=number,
            occasion=occasion,
            problem=problem.dump(),
            method="",
            unmet=[],
            stand_ins={},
            made_at=context.now,
        )
    )
    await context.session.flush()
    return number


async def _pose(
    context: Context, round_id: str, occasion: Occasion, entry_id: str | None
) -> tuple[int, Problem] | None:
    round = await round_by_id(context.session, round_id, lock=True)
    posed = await context.session.scalar(
        select(RoundPlan)
        .where(RoundPlan.round_id == round.id, RoundPlan.occasion == occasion, RoundPlan.method == "")
        .order_by(RoundPlan.number.desc())
        .limit(1)
    )
    if occasion == "lock":
        return (posed.number, Problem.load(posed.problem)) if posed and round.state is RoundState.ASSIGNING else None
    if round.state is not RoundState.REVIEWING:
        return None
    if posed is not None:
        return posed.number, Problem.load(posed.problem)
    problem = await _what_is_missing(context, round, occasion, entry_id)
    if problem is None:
        await handing_out.after(context, round, occasion, ())
        return None
    return await store_problem(context, round, occasion, problem), problem


async def _what_is_missing(context: Context, round: Round, occasion: Occasion, entry_id: str | None) -> Problem | None:
    """What is still to be found in a round as it stands, as a problem of its own; None where nothing is."""
    programme = await programme_of(context.session, round)
    base, pool = await build_problem(context, programme, round)
    reviews = await reviews_of(context.session, round)
    stale = _stale(reviews, pool, round, occasion, context.now)
    standing = frozenset(
        _pair(review)
        for review in reviews
        if review.reviewer_id is not None and review not in stale and review.state in _kept_at(occasion)
    )
    entries = {entry.id: entry for entry in await standing_entries(context.session, round)}
    if entry_id in entries and occasion == "disagreement":
        entries[entry_id].wanted += 1
    willing = _willing(base, pool, reviews, standing, occasion)
    demands = _demands(base.demands, entries, standing, pool, willing, occasion)
    problem = fill(
        replace(base, demands=demands),
        standing,
        willing,
        released={_pair(review) for review in reviews if review.reviewer_id is not None} - standing,
    )
    problem = replace(problem, avoid=_behind(problem, reviews))
    coverage = Counter(pair.answer for pair in standing)
    if not willing or all(coverage[demand.answer] >= demand.wanted for demand in demands):
        return None
    return problem


def _kept_at(occasion: Occasion) -> Collection[ReviewState]:
    """Shortly before the end only what was handed in is sure."""
    return GIVEN if occasion == "last_call" else {*GIVEN, ReviewState.OPENED, ReviewState.ASSIGNED}


def _stale(
    reviews: Sequence[Review], pool: Pool, round: Round, occasion: Occasion, now: datetime
) -> Collection[Review]:
    """At half time: reviews of those who have begun none of theirs, though there was time to; mentors keep theirs."""
    if occasion != "half" or round.locked_at is None:
        return ()
    settled = min(SETTLED, (now - round.locked_at) / 2)
    begun = {review.reviewer_id for review in reviews if review.state in BEGUN}
    return [
        review
        for review in reviews
        if review.state is ReviewState.ASSIGNED
        and review.reviewer_id not in pool.mentors | begun
        and now - review.assigned_at >= settled
    ]


def _willing(
    base: Problem, pool: Pool, reviews: Sequence[Review], standing: Collection[Pair], occasion: Occasion
) -> dict[str, int]:
    """How many more each person takes on: one beyond their share, and what is left of it to those who just joined.

    At half time only those who have begun are asked, so that nothing goes from one who vanished to another. Shortly
    before the end it is the mentors' turn; where there are none, those who have handed in all of theirs.
    """
    load = Counter(pair.reviewer for pair in standing)
    mine = {
        reviewer.id: [review for review in reviews if review.reviewer_id == reviewer.id] for reviewer in base.reviewers
    }
    refused = {review.reviewer_id for review in reviews if review.reason in NOT_ASKED_AGAIN}
    mentors_turn = occasion == "last_call" and any(
        reviewer.capacity > load[reviewer.id] for reviewer in base.reviewers if reviewer.id in pool.mentors
    )
    found = {}
    for reviewer in base.reviewers:
        mentor = reviewer.id in pool.mentors
        left = reviewer.capacity - load[reviewer.id]
        begun = not mine[reviewer.id] or any(review.state in BEGUN for review in mine[reviewer.id])
        match occasion:
            case "last_call":
                asked = mentor if mentors_turn else all(review.state in GIVEN for review in mine[reviewer.id])
            case "half":
                asked = begun and not mentor
            case "disagreement":
                asked = True
            case _:
                asked = reviewer.id not in refused
        if reviewer.capacity == 0 or reviewer.id in refused or not asked:
            continue
        more = left if mentor else (left if not mine[reviewer.id] else min(1, left + 1))
        if more > 0:
            found[reviewer.id] = more
    mentors = {member: more for member, more in found.items() if member in pool.mentors}
    return mentors if occasion == "disagreement" and mentors else found


def _behind(problem: Problem, reviews: Sequence[Review]) -> frozenset[Pair]:
    """Pairs with those who still owe a review: where all else is equal, what is missing goes to those who do not."""
    owing = {review.reviewer_id for review in reviews if review.state in UNDONE}
    return frozenset(
        Pair(reviewer.id, demand.answer)
        for reviewer in problem.reviewers
        if reviewer.id in owing
        for demand in problem.demands
    )


def _demands(
    demands: Sequence[Demand],
    entries: dict[str, Entry],
    standing: Collection[Pair],
    pool: Pool,
    willing: Collection[str],
    occasion: Occasion,
) -> tuple[Demand, ...]:
    """What each answer wants: what it was given at its lock, or for a late one what the pool gives now."""
    for demand in demands:
        if entries[demand.answer].wanted == 0:
            entries[demand.answer].wanted = demand.wanted
    found = tuple(replace(demand, wanted=entries[demand.answer].wanted) for demand in demands)
    if occasion == "last_call" and not set(willing) & pool.mentors:
        covered = {pair.answer for pair in standing}
        return tuple(replace(each, wanted=0 if each.answer in covered else 1) for each in found)
    return found


def _pair(review: Review) -> Pair:
    return Pair(str(review.reviewer_id), review.entry_id)


async def _put_in_force(context: Context, round_id: str, number: int, problem: Problem, plan: Plan) -> None:
    """Store the plan and what follows from it, unless another worker has."""
    session = context.session
    round = await round_by_id(session, round_id, lock=True)
    row = (
        await session.scalars(select(RoundPlan).where(RoundPlan.round_id == round_id, RoundPlan.number == number))
    ).one()
    columns = RoundPlan.__table__.c
    values = {"method": plan.method, "unmet": [asdict(unmet) for unmet in plan.unmet]}
    if row.method or not await change_rows(session, RoundPlan, [columns.id == row.id, columns.method == ""], values):
        return
    await session.refresh(row)
    pool_mentors = {reviewer.id for reviewer in problem.reviewers if reviewer.spare > 0}
    row.stand_ins = ranked_stand_ins(problem, plan, pool_mentors)
    if row.occasion == "lock":
        lost = await _assign_all(context, round, plan.pairs, pool_mentors)
        await handing_out.hand_out(context, round, problem, lost=lost)
        for member in await who_runs_rounds(context) if plan.unmet else ():
            await posts.tell(context, round, "shortage", member, once=member)
        return
    if round.state is not RoundState.REVIEWING:
        return
    new = sorted(plan.pairs - problem.kept)
    await _assign_all(context, round, new, pool_mentors)
    await _link(context, round, problem, new, pool_mentors if row.occasion == "half" else None)
    await handing_out.after(context, round, _occasion(row), sorted({MemberId(pair.reviewer) for pair in new}))


def _occasion(row: RoundPlan) -> Occasion:
    occasion: Occasion = row.occasion  # type: ignore[assignment]
    return occasion


async def _assign_all(context: Context, round: Round, pairs: Collection[Pair], mentors: Collection[str]) -> bool:
    """Store the reviews of a plan; True where somebody or some answer was gone when it came into force."""
    session = context.session
    standing = {entry.id for entry in await standing_entries(session, round)}
    lost = False
    here = {reviewer: await takes_part(context, MemberId(reviewer)) for reviewer in {pair.reviewer for pair in pairs}}
    for pair in sorted(pairs):
        if pair.answer not in standing or not here[pair.reviewer]:
            lost = True
            continue
        await assign_review(session, pair.answer, MemberId(pair.reviewer), pair.reviewer in mentors, context.now)
    return lost


async def _link(
    context: Context, round: Round, problem: Problem, new: Sequence[Pair], mentors: Collection[str] | None
) -> None:
    """Say which new review stands in for which one that was given up.

    What was not begun by half time is given up only where somebody else takes it over, so that an answer never has
    fewer reviewers than before; mentors keep theirs. At any other time `mentors` is None, and nothing is given up.
    """
    reviews = await reviews_of(context.session, round)
    fresh = {_pair(review): review for review in reviews if review.reviewer_id is not None}
    given_up = [
        review
        for review in reviews
        if (review.state is ReviewState.RELEASED and review.replaced_by is None)
        or (
            mentors is not None
            and review.state is ReviewState.ASSIGNED
            and _pair(review) not in {*problem.kept, *new}
            and _pair(review) in problem.never
            and review.reviewer_id not in mentors
        )
    ]
    for pair in new:
        stand_in = fresh.get(pair)
        before = next((review for review in given_up if review.entry_id == pair.answer), None)
        if before is None or stand_in is None:
            continue
        given_up.remove(before)
        if before.state is ReviewState.ASSIGNED:
            await release(context, before, ReleaseReason.NOT_STARTED)
        before.replaced_by = stand_in.id
