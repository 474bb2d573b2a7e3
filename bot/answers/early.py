"""Edits and deletions that come before their message: they wait for it, an hour at most."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import new_id
from bot.chat.refs import MessageRef
from bot.feature.context import Context
from bot.feature.declarations import Done, Outcome
from bot.outbox.queue import enqueue
from storage.once import insert_once
from storage.tables.answers import EarlyChange
from storage.tables.outbox import Delivery

FORGET_EARLY = "answer.forget_early"
WAITS = timedelta(hours=1)


async def early_change(session: AsyncSession, message: MessageRef) -> EarlyChange | None:
    """The change that came before this message."""
    return await session.scalar(select(EarlyChange).where(EarlyChange.message == message.encode()))


async def keep_early_change(ctx: Context, message: MessageRef, text: str | None, at: datetime) -> None:
    """Keep a change until its message comes; the latest of several holds, and nothing undoes a deletion."""
    inserted = await insert_once(
        ctx.session,
        EarlyChange,
        {"id": new_id(), "message": message.encode(), "text": text, "occurred_at": at},
        unique=[EarlyChange.workspace_id, EarlyChange.message],
    )
    if not inserted:
        known = await early_change(ctx.session, message)
        if known is not None and known.text is not None and (text is None or at > known.occurred_at):
            known.text, known.occurred_at = text, at
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=FORGET_EARLY,
        subject_id=ctx.workspace,
        due_at=ctx.now + WAITS,
        key=f"{FORGET_EARLY}:{message.encode()}:{ctx.now.isoformat()}",
    )


async def forget_early_changes(ctx: Context, _delivery: Delivery) -> Outcome:
    """Drop the changes whose messages never came."""
    await ctx.session.execute(delete(EarlyChange).where(EarlyChange.occurred_at <= ctx.now - WAITS))
    return Done()
