"""What this room holds about a person: their suggestions, and who added, queued, vetoed or decided something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.base.ids import MemberId
from bot.questions.suggestions import suggestions_by
from storage.base import Base
from storage.tables.questions import OwnQuestion, Programme, QueueEntry, Suggestion, Veto

_NAMED_IN: Sequence[tuple[type[Base], InstrumentedAttribute[MemberId | None]]] = (
    (OwnQuestion, OwnQuestion.added_by),
    (Programme, Programme.created_by),
    (Programme, Programme.paused_by),
    (QueueEntry, QueueEntry.queued_by),
    (Suggestion, Suggestion.decided_by),
    (Veto, Veto.vetoed_by),
)
"""Where a member is named beside something that belongs to the team."""


async def export(session: AsyncSession, member: MemberId) -> list[dict[str, Any]]:
    """The member's suggestions and what became of them, and the questions they added."""
    added = await session.scalars(
        select(OwnQuestion).where(OwnQuestion.added_by == member).order_by(OwnQuestion.added_at, OwnQuestion.id)
    )
    return [
        *(
            {
                "suggested": one.text,
                "at": one.suggested_at.isoformat(),
                "state": one.state.value,
                "reason": one.reason,
            }
            for one in await suggestions_by(session, member)
        ),
        *({"added": one.text, "at": one.added_at.isoformat(), "points": one.points} for one in added),
    ]


async def erase(session: AsyncSession, member: MemberId) -> int:
    """Erase the member's suggestions and take their name off what belongs to the team; how many rows changed."""
    suggestions = await suggestions_by(session, member)
    for suggestion in suggestions:
        await session.delete(suggestion)
    await session.flush()
    changed = len(suggestions)
    await session.execute(update(Veto).where(Veto.vetoed_by == member).values(reason=""))
    for model, column in _NAMED_IN:
        result: Any = await session.execute(update(model).where(column == member).values({column: None}))
        changed += int(result.rowcount)
    return changed
