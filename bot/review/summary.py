"""A round in counts that everybody may read: participation, never a score and never a name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.text import Text, t, tn
from bot.review.results import tier_of
from storage.tables.review import Entry, EntryState, Review, ReviewState, Round


@dataclass(frozen=True, slots=True)
class Summary:
    """How many took part in a round and what came of it."""

    answers: int
    reviews: int
    reviewers: int
    full: int
    withdrawn: int


async def summary(session: AsyncSession, round: Round) -> Summary:
    """The counts of a round that has closed."""
    entries = (await session.scalars(select(Entry).where(Entry.round_id == round.id, Entry.label.is_not(None)))).all()
    shown = {entry.id for entry in entries if entry.state is EntryState.SUMMARISED}
    rows = await session.scalars(
        select(Review).join(Entry, Entry.id == Review.entry_id).where(Entry.round_id == round.id)
    )
    counted = [row for row in rows if row.state is ReviewState.COUNTED and row.entry_id in shown]
    return Summary(
        answers=len(shown),
        reviews=len(counted),
        reviewers=len({review.reviewer_id or review.id for review in counted}),
        full=sum(tier_of(sum(each.entry_id == entry for each in counted)) == "full" for entry in shown),
        withdrawn=sum(entry.state is EntryState.WITHDRAWN for entry in entries),
    )


def summary_lines(found: Summary) -> list[Text]:
    """The counts as sentences."""
    lines = [
        tn("{count} answer was reviewed.", "{count} answers were reviewed.", found.answers),
        tn(
            "{count} review was written, by {people} people.",
            "{count} reviews were written, by {people} people.",
            found.reviews,
            people=found.reviewers,
        ),
        t("{full} of {all} answers have two reviews or more.", full=found.full, all=found.answers),
    ]
    if found.withdrawn:
        lines.append(tn("{count} answer was withdrawn.", "{count} answers were withdrawn.", found.withdrawn))
    return lines
