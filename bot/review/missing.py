"""What is still to be found in a round that is under review: which answers want reviews, and who takes on more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.feature.context import Context
from bot.review.assignment import Demand, Pair, Problem
from bot.review.assignment.again import fill
from bot.review.pool import Pool, build_problem, standing_entries
from bot.review.posts import Occasion
from bot.review.replacing import NOT_ASKED_AGAIN
from bot.review.rounds import GIVEN, programme_of, reviews_of
from bot.review.states import UNDONE
from storage.tables.review import Entry, Review, ReviewState, Round

BEGUN = GIVEN | {ReviewState.OPENED}
SETTLED = timedelta(days=1)
"""A review that was handed on less than this before half time is not taken away again there."""


async def what_is_missing(context: Context, round: Round, occasion: Occasion, entry_id: str | None) -> Problem | None:
    """What is still to be found in a round as it stands, as a problem of its own; None where nothing is."""
    programme = await programme_of(context.session, round)
    base, pool = await build_problem(context, programme, round)
    reviews = await reviews_of(context.session, round)
    stale = _stale(reviews, pool, round, occasion, context.now)
    standing = frozenset(
        pair_of(review)
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
        released={pair_of(review) for review in reviews if review.reviewer_id is not None} - standing,
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

    A late answer makes the group larger, and with it everybody's share: then they too take what is left of it.
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
        share = mentor or not mine[reviewer.id] or (occasion == "late" and left > 0)
        more = left if share else min(1, left + 1)
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
    """What each answer wants: what it was given at its lock, or for a late one what the pool gives now.

    Whoever joins late reviews as much as the others, so where one more person makes for more reviews an answer, all
    answers may get them; what they want grows only by what was found (`assigning`).
    """
    for demand in demands:
        if entries[demand.answer].wanted == 0:
            entries[demand.answer].wanted = demand.wanted
    found = tuple(
        replace(demand, wanted=max(entries[demand.answer].wanted, demand.wanted if occasion == "late" else 0))
        for demand in demands
    )
    if occasion == "last_call" and not set(willing) & pool.mentors:
        covered = {pair.answer for pair in standing}
        return tuple(replace(each, wanted=0 if each.answer in covered else 1) for each in found)
    return found


def pair_of(review: Review) -> Pair:
    """Who reviews what in a review that has its reviewer."""
    return Pair(str(review.reviewer_id), review.entry_id)
