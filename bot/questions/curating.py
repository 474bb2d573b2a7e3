"""What moderators decide about questions: what comes next, and what is not asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import t
from storage.tables.questions import Programme, QueueEntry, Veto


async def queue_of(session: AsyncSession, programme: Programme) -> Sequence[QueueEntry]:
    """What is to be asked next in a programme, first to last."""
    rows = await session.scalars(
        select(QueueEntry).where(QueueEntry.programme_id == programme.id).order_by(QueueEntry.position, QueueEntry.id)
    )
    return rows.all()


async def queue_question(
    session: AsyncSession, programme: Programme, question_id: str, by: MemberId | None, now: datetime
) -> QueueEntry:
    """Put a question at the end of the queue; one that waits there already stays where it is.

    `UserFacingError` for a vetoed question, which would never be asked.
    """
    if any(veto.programme_id in (None, programme.id) for veto in await vetoes_on(session, question_id)):
        raise UserFacingError(t("This question is vetoed. Take the veto back first, then put it in the queue."))
    for entry in await queue_of(session, programme):
        if entry.question_id == question_id:
            return entry
    last = await session.scalar(select(func.max(QueueEntry.position)).where(QueueEntry.programme_id == programme.id))
    entry = QueueEntry(
        programme_id=programme.id, question_id=question_id, position=(last or 0) + 1, queued_by=by, queued_at=now
    )
    session.add(entry)
    await session.flush()
    return entry


async def take_from_queue(session: AsyncSession, entry_id: str) -> QueueEntry | None:
    """Take a question out of its queue; None where it is not there any more."""
    entry = await session.get(QueueEntry, entry_id)
    if entry is not None:
        await session.delete(entry)
        await session.flush()
    return entry


async def veto_question(
    session: AsyncSession,
    question_id: str,
    by: MemberId | None,
    now: datetime,
    *,
    reason: str = "",
    programme: Programme | None = None,
) -> Veto:
    """Never ask a question in `programme`, or nowhere in the workspace; where it is queued it leaves the queue."""
    for veto in await vetoes_on(session, question_id):
        if veto.programme_id == (programme.id if programme else None):
            return veto
    queued = select(QueueEntry).where(QueueEntry.question_id == question_id)
    if programme is not None:
        queued = queued.where(QueueEntry.programme_id == programme.id)
    for entry in await session.scalars(queued):
        await session.delete(entry)
    veto = Veto(
        programme_id=programme.id if programme else None,
        question_id=question_id,
        reason=reason.strip(),
        vetoed_by=by,
        vetoed_at=now,
    )
    session.add(veto)
    await session.flush()
    return veto


async def vetoes(session: AsyncSession) -> Sequence[Veto]:
    """Every veto of the workspace, the latest first."""
    return (await session.scalars(select(Veto).order_by(Veto.vetoed_at.desc(), Veto.id))).all()


async def vetoes_on(session: AsyncSession, question_id: str) -> Sequence[Veto]:
    """The vetoes on one question."""
    return (await session.scalars(select(Veto).where(Veto.question_id == question_id))).all()


async def take_back_veto(session: AsyncSession, veto_id: str) -> Veto | None:
    """Let a question be asked again; None where the veto was taken back already."""
    veto = await session.get(Veto, veto_id)
    if veto is not None:
        await session.delete(veto)
        await session.flush()
    return veto
