"""Compare and set: a state moves only from where it was thought to be, in the caller's transaction.

Whoever comes second finds that nothing changed, and leaves it at that.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import new_id
from bot.feature.context import Context
from bot.review.states import check_entry, check_review, check_round
from storage.changes import change_rows
from storage.tables.review import Entry, EntryState, Review, ReviewState, Round, RoundEvent, RoundState


async def step_round(
    context: Context, round: Round, to: RoundState, *, reason: str | None = None, **values: Any
) -> bool:
    """Move a round on, keep the step among its events, and set further columns; False where it has moved already.

    A `reason` stands in the round until the next step that has one.
    """
    before = round.state
    values = values if reason is None else {"reason": reason, **values}
    check_round(before, to)
    columns = Round.__table__.c
    conditions = [columns.id == round.id, columns.state == before]
    if not await change_rows(context.session, Round, conditions, {"state": to, **values}):
        await context.session.refresh(round)
        return False
    await context.session.refresh(round)
    note(context, round, before, reason=reason)
    return True


def note(context: Context, round: Round, before: RoundState, *, reason: str | None = None) -> None:
    """Keep among a round's events that something happened to it."""
    by = context.actor.member if context.actor is not None else None
    context.session.add(
        RoundEvent(
            id=new_id(), round_id=round.id, came_from=before, went_to=round.state, reason=reason, by=by, at=context.now
        )
    )


async def step_entry(session: AsyncSession, entry: Entry, to: EntryState, **values: Any) -> bool:
    """Move an answer in a round on, as `step_round`."""
    check_entry(entry.state, to)
    columns = Entry.__table__.c
    conditions = [columns.id == entry.id, columns.state == entry.state]
    changed = await change_rows(session, Entry, conditions, {"state": to, **values})
    await session.refresh(entry)
    return bool(changed)


async def step_review(session: AsyncSession, review: Review, to: ReviewState, **values: Any) -> bool:
    """Move a review on, as `step_round`."""
    check_review(review.state, to)
    columns = Review.__table__.c
    conditions = [columns.id == review.id, columns.state == review.state]
    changed = await change_rows(session, Review, conditions, {"state": to, **values})
    await session.refresh(review)
    return bool(changed)
