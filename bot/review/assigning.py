"""Who reviews what: the problem is stored, solved outside of any transaction, and its plan put in force at once.

The problem stands in the database before it is solved, and the same problem has one plan: whenever the process dies,
the next one comes to the same reviews.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import func, select

from bot.base.ids import MemberId, new_id
from bot.feature.context import Context, Outside
from bot.feature.declarations import Done, Later, Outcome
from bot.review import handing_out, posts
from bot.review.assignment import Pair, Plan, Problem, assign
from bot.review.missing import pair_of, what_is_missing
from bot.review.pool import standing_entries
from bot.review.posts import Occasion
from bot.review.replacing import assign_review, ranked_stand_ins, release, takes_part
from bot.review.results_posts import who_runs_rounds
from bot.review.rounds import reviews_of, round_by_id
from storage.changes import change_rows
from storage.tables.outbox import Delivery
from storage.tables.review import (
    ReleaseReason,
    ReviewState,
    Round,
    RoundPlan,
    RoundState,
)


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
    problem = await what_is_missing(context, round, occasion, entry_id)
    if problem is None:
        await handing_out.after(context, round, occasion, ())
        return None
    return await store_problem(context, round, occasion, problem), problem


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
    if row.occasion == "late":
        await _want_what_was_found(context, round, plan)
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


async def _want_what_was_found(context: Context, round: Round, plan: Plan) -> None:
    """In a group that has grown the answers get more than they were to: from now on they want it."""
    coverage = plan.coverage()
    for entry in await standing_entries(context.session, round):
        entry.wanted = max(entry.wanted, coverage[entry.id])


async def _link(
    context: Context, round: Round, problem: Problem, new: Sequence[Pair], mentors: Collection[str] | None
) -> None:
    """Say which new review stands in for which one that was given up.

    What was not begun by half time is given up only where somebody else takes it over, so that an answer never has
    fewer reviewers than before; mentors keep theirs. At any other time `mentors` is None, and nothing is given up.
    """
    reviews = await reviews_of(context.session, round)
    fresh = {pair_of(review): review for review in reviews if review.reviewer_id is not None}
    given_up = [
        review
        for review in reviews
        if (review.state is ReviewState.RELEASED and review.replaced_by is None)
        or (
            mentors is not None
            and review.state is ReviewState.ASSIGNED
            and pair_of(review) not in {*problem.kept, *new}
            and pair_of(review) in problem.never
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
