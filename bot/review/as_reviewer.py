"""How somebody reviews, for themselves alone: how much, whether it helped, how it lies beside what others found."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sqlalchemy import select

from bot.feature.context import Context
from bot.review.agreement import Agreement, agreement
from bot.review.results import HISTORY, given_until
from storage.tables.review import Entry, Review, ReviewState, Round, RoundState

FEWEST = 3
"""Of fewer reviews nothing is told: it could be guessed which author said what."""


@dataclass(frozen=True, slots=True)
class AsReviewer:
    """A person's counted reviews of the last twelve weeks."""

    given: int
    rated: int = 0
    """Of how many authors said whether it helped; 0 where too few did."""
    helpful: int = 0
    agreement: Agreement | None = None


async def as_reviewer(context: Context) -> AsReviewer:
    """How the actor reviews."""
    session = context.session
    rows = await session.scalars(
        select(Review)
        .join(Entry, Entry.id == Review.entry_id)
        .join(Round, Round.id == Entry.round_id)
        .where(
            Review.reviewer_id == context.member,
            Review.state == ReviewState.COUNTED,
            Round.locked_at >= context.now - HISTORY,
        )
    )
    mine = rows.all()
    rated = [review for review in mine if review.helpful is not None]
    if len(rated) < FEWEST:
        rated = []
    helpful = sum(review.helpful is True for review in rated)
    return AsReviewer(len(mine), len(rated), helpful, await _agreement(context))


async def _agreement(context: Context) -> Agreement | None:
    """Beside the others of the programme in which the actor reviewed last."""
    round = await context.session.scalar(
        select(Round)
        .join(Entry, Entry.round_id == Round.id)
        .join(Review, Review.entry_id == Entry.id)
        .where(
            Review.reviewer_id == context.member,
            Review.state == ReviewState.COUNTED,
            Round.state == RoundState.CLOSED,
            Round.locked_at >= context.now - HISTORY,
        )
        .order_by(Round.closed_at.desc())
        .limit(1)
    )
    if round is None:
        return None
    found = await asyncio.to_thread(agreement, await given_until(context, round), context.member)
    return found if found is not None and found.reviews >= FEWEST else None
