"""Reviews for which there is nobody: what whoever runs a round should know while something can be done about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.feature.context import Context
from bot.review.pool import build_problem, mentors_of, standing_entries
from bot.review.rounds import GIVEN, reviews_of
from bot.review.states import TAKING_REVIEWS, UNDONE
from storage.tables.review import EntryState, ReviewProgramme, Round, RoundState


@dataclass(frozen=True, slots=True)
class Shortage:
    """How many reviews nobody writes, how many mentors of rounds there are, and how many reviews they have time for."""

    missing: int
    mentors: int = 0
    free: int = 0


async def shortage_of(context: Context, programme: ReviewProgramme, round: Round) -> Shortage:
    """Of a round under review what is missing now; of one that takes answers what would be missing at the least."""
    mentors = await mentors_of(context.session)
    if round.state in TAKING_REVIEWS:
        reviews = await reviews_of(context.session, round)
        standing = [review for review in reviews if review.state in UNDONE | GIVEN]
        have = Counter(review.entry_id for review in standing)
        load = Counter(review.reviewer_id for review in standing)
        entries = await standing_entries(context.session, round)
        missing = sum(max(0, entry.wanted - have[entry.id]) for entry in entries)
        free = sum(max(0, slots - load[mentor]) for mentor, slots in mentors.items())
        return Shortage(missing, len(mentors), free)
    if round.state is not RoundState.COLLECTING:
        return Shortage(0, len(mentors), sum(mentors.values()))
    problem, pool = await build_problem(context, programme, round, EntryState.REGISTERED)
    if len({demand.author for demand in problem.demands}) == 1 and not mentors:
        return Shortage(len(problem.demands))
    wanted = sum(demand.wanted for demand in problem.demands)
    taken = sum(reviewer.capacity for reviewer in pool.reviewers)
    return Shortage(max(0, wanted - taken), len(mentors), sum(mentors.values()))
