"""Taking a review from its reviewer, and giving the answer to whoever comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, new_id
from bot.feature.context import Context
from bot.review import posts
from bot.review.aggregation import disagree
from bot.review.assignment import Pair, Plan, Problem
from bot.review.assignment.costs import Costs
from bot.review.pool import excluded_from, mentors_of, wishes_of
from bot.review.rounds import GIVEN, UNDER_WAY, programme_of, reviews_of, round_by_id
from bot.review.states import TAKING_REVIEWS, UNDONE
from bot.review.steps import step_entry, step_review
from storage.once import insert_once
from storage.tables.people import Member, MemberState
from storage.tables.review import (
    Entry,
    EntryState,
    ReleaseReason,
    Review,
    ReviewProgramme,
    ReviewState,
    Round,
    RoundPlan,
    RoundState,
)

MOST_STAND_INS = 5
NOT_ASKED_AGAIN = frozenset(
    {ReleaseReason.DECLINED, ReleaseReason.LEFT, ReleaseReason.OPTED_OUT, ReleaseReason.NOT_STARTED}
)
"""Whoever was released for one of these gets nothing new in the round."""


def ranked_stand_ins(problem: Problem, plan: Plan, mentors: Collection[str]) -> dict[str, list[str]]:
    """For each answer those who would be next, best first: peers before mentors, then who has least, then the cost."""
    costs, load = Costs(problem), plan.load()
    found = {}
    for demand in problem.demands:
        possible = [
            (reviewer.id in mentors, load[reviewer.id], costs.cost(pair), reviewer.id)
            for reviewer in problem.reviewers
            if reviewer.capacity > 0
            and reviewer.id != demand.author
            and (pair := Pair(reviewer.id, demand.answer)) not in plan.pairs
            and pair not in problem.never
        ]
        found[demand.answer] = [member for *_, member in sorted(possible)[:MOST_STAND_INS]]
    return found


async def assign_review(session: AsyncSession, entry_id: str, member: MemberId, mentor: bool, now: datetime) -> bool:
    """Give somebody a review; False where they have had it before, whatever became of it."""
    values = {
        "id": new_id(),
        "entry_id": entry_id,
        "reviewer_id": member,
        "state": ReviewState.ASSIGNED,
        "mentor": mentor,
        "scores": {},
        "worked": "",
        "change": "",
        "follow_up": "",
        "order_shown": 0,
        "thanked": False,
        "asked_back": "",
        "answered_back": "",
        "assigned_at": now,
    }
    return await insert_once(session, Review, values, unique=(Review.entry_id, Review.reviewer_id))


async def release(context: Context, review: Review, reason: ReleaseReason) -> bool:
    """Take a review that was not handed in from its reviewer; False where it was handed in meanwhile."""
    if review.state not in UNDONE:
        return False
    return await step_review(context.session, review, ReviewState.RELEASED, reason=reason, ended_at=context.now)


async def replace_released(context: Context, round: Round, released: Iterable[Review]) -> None:
    """Give each answer to its next stand-in at once; where there is none somebody is looked for.

    Nobody gets more than one review beyond what they had at most at the lock.
    """
    session = context.session
    programme = await programme_of(session, round)
    if round.state not in TAKING_REVIEWS:
        return
    new: set[MemberId] = set()
    missing = False
    for review in released:
        stand_in = await stand_in_for(context, round, review)
        if stand_in is None:
            missing = True
            continue
        member, mentor = stand_in
        await assign_review(session, review.entry_id, member, mentor, context.now)
        review.replaced_by = await session.scalar(
            select(Review.id).where(Review.entry_id == review.entry_id, Review.reviewer_id == member)
        )
        new.add(member)
    for member in sorted(new):
        await posts.tell_reviewer(context, round, member)
    if missing:
        await posts.plan_for(context, programme, round, "released")
    await posts.renew_hub(context, programme, round)


async def stand_in_for(context: Context, round: Round, review: Review) -> tuple[MemberId, bool] | None:
    """Who takes a review over next, and whether as a mentor; None where nobody on the list can."""
    session = context.session
    plan = await session.scalar(
        select(RoundPlan)
        .where(RoundPlan.round_id == round.id, RoundPlan.occasion == "lock", RoundPlan.method != "")
        .limit(1)
    )
    entry = await session.get_one(Entry, review.entry_id)
    if plan is None or entry.state is not EntryState.LOCKED:
        return None
    every = await reviews_of(session, round)
    load = Counter(one.reviewer_id for one in every if one.state in UNDONE | GIVEN)
    refused = {one.reviewer_id for one in every if one.reason in NOT_ASKED_AGAIN}
    had = {one.reviewer_id for one in every if one.entry_id == entry.id}
    limit = {one.id: one.capacity + (one.spare == 0) for one in Problem.load(plan.problem).reviewers}
    apart = await excluded_from(session, entry.author_id)
    mentors = await mentors_of(session)
    for candidate in map(MemberId, plan.stand_ins.get(entry.id, ())):
        taken = load[candidate] >= limit.get(candidate, 0) or candidate in had | refused | apart
        if not taken and await takes_part(context, candidate):
            return candidate, candidate in mentors
    return None


async def takes_part(context: Context, member: MemberId) -> bool:
    """Whether somebody is still here and reviews at present."""
    found = await context.session.get(Member, member)
    wish = (await wishes_of(context.session)).get(member)
    paused = wish is not None and (wish.out or (wish.paused_until is not None and wish.paused_until > context.now))
    return found is not None and found.state is MemberState.ACTIVE and not paused


async def hand_on(
    context: Context, round: Round, member: MemberId, reason: ReleaseReason, only: Review | None = None
) -> int:
    """Release what a reviewer has not handed in, or the one review, and replace them; how many reviews that were."""
    mine = [
        review
        for review in await reviews_of(context.session, round)
        if review.reviewer_id == member and review.state in UNDONE and only in (None, review)
    ]
    released = [review for review in mine if await release(context, review, reason)]
    await replace_released(context, round, released)
    return len(released)


async def part(context: Context, one: MemberId, other: MemberId) -> None:
    """Two people are not to review each other any more: what either has not handed in of the other goes to others."""
    rounds = await context.session.scalars(select(Round).where(Round.state.in_(TAKING_REVIEWS)))
    for round in rounds.all():
        rows = await context.session.execute(
            select(Review, Entry)
            .join(Entry, Entry.id == Review.entry_id)
            .where(Entry.round_id == round.id, Review.state.in_(UNDONE))
        )
        between = [review for review, entry in rows.all() if {review.reviewer_id, entry.author_id} == {one, other}]
        released = [review for review in between if await release(context, review, ReleaseReason.CONFLICT)]
        if released:
            await replace_released(context, round, released)


async def reviewer_gone(context: Context, member: MemberId) -> None:
    """Somebody left or cannot be reached any more: others take over, and their own answers leave the rounds."""
    session = context.session
    rounds = await session.scalars(
        select(Round).where(Round.state.in_([*UNDER_WAY, RoundState.PAUSED, RoundState.COLLECTING]))
    )
    for round in rounds.all():
        await hand_on(context, round, member, ReleaseReason.LEFT)
        entries = await session.scalars(select(Entry).where(Entry.round_id == round.id, Entry.author_id == member))
        for entry in entries.all():
            await take_back(context, entry)


async def take_back(context: Context, entry: Entry) -> None:
    """Take an answer out of its round: before the lock it was never in it, later its text goes and nobody owes it.

    Reviews that were not handed in count as done for their reviewers, who may be asked for another answer instead.
    """
    session = context.session
    round = await round_by_id(session, entry.round_id)
    if entry.state is EntryState.WITHDRAWN:
        return
    if entry.state is EntryState.REGISTERED:
        await step_entry(session, entry, EntryState.WITHDRAWN)
        return
    await step_entry(session, entry, EntryState.WITHDRAWN, text="", revision_id=None, wanted=0)
    reviews = await session.scalars(select(Review).where(Review.entry_id == entry.id, Review.state.in_(UNDONE)))
    for review in reviews.all():
        await release(context, review, ReleaseReason.ANSWER_GONE)
    programme = await programme_of(session, round)
    if round.state in TAKING_REVIEWS:
        await posts.plan_for(context, programme, round, "released")
        await posts.renew_hub(context, programme, round)


async def ask_one_more(context: Context, programme: ReviewProgramme, round: Round, entry: Entry) -> bool:
    """Have one more person review an answer whose reviews lie far apart, a mentor first; once for each answer."""
    reviews = await context.session.scalars(
        select(Review).where(Review.entry_id == entry.id, Review.state.in_(GIVEN)).order_by(Review.id)
    )
    by_criterion = [[int(review.scores[name]) for name in sorted(review.scores)] for review in reviews]
    whole = [scores for scores in by_criterion if scores and len(scores) == max(map(len, by_criterion))]
    if round.state is not RoundState.REVIEWING or not disagree(whole):
        return False
    await posts.plan_for(context, programme, round, "disagreement", once=entry.id, entry=entry.id)
    return True
