"""What happens to programmes when their channel is archived, closed to us, renamed or opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.chat.refs import ConversationRef
from bot.members.identity import admins_of
from bot.outbox.queue import enqueue
from bot.questions.programmes import pause_programme, programmes
from storage.tables.questions import PauseReason, Programme
from storage.tenancy import required_workspace_of

NOTICE = "programme.notice"
Matter = Literal["archived", "closed", "opened", "nothing_fits"]
"""What an admin is told about."""
CHANNEL_REASONS = (PauseReason.CHANNEL_ARCHIVED, PauseReason.CHANNEL_CLOSED)


async def channel_lost(
    session: AsyncSession, conversation: ConversationRef, change: Literal["archived", "closed"], now: datetime
) -> Sequence[Programme]:
    """Pause the channel's programmes and tell one admin once; returns those that were not paused for it before.

    A programme that somebody had paused stays paused for good, so it counts among them too: opening the
    channel again does not make it run without being asked.
    """
    reason = PauseReason.CHANNEL_ARCHIVED if change == "archived" else PauseReason.CHANNEL_CLOSED
    lost = [one for one in await programmes(session, conversation) if one.paused_reason not in CHANNEL_REASONS]
    for programme in lost:
        await pause_programme(session, programme, now, reason=reason)
    if lost:
        await tell_admin(session, lost, change, now, once=now.isoformat())
    return lost


async def channel_renamed(session: AsyncSession, conversation: ConversationRef, name: str) -> Sequence[Programme]:
    """Keep the channel's new name with its programmes."""
    here = await programmes(session, conversation)
    for programme in here:
        programme.channel_name = name
    return here


async def channel_opened(session: AsyncSession, conversation: ConversationRef, now: datetime) -> Sequence[Programme]:
    """Offer an admin to resume what was paused because the channel was lost; nothing resumes by itself."""
    waiting = [one for one in await programmes(session, conversation) if one.paused_reason in CHANNEL_REASONS]
    if waiting:
        await tell_admin(session, waiting, "opened", now, once=now.isoformat())
    return waiting


async def tell_nothing_fits(session: AsyncSession, programme: Programme, now: datetime) -> None:
    """Tell one admin, at most once a week, that no question fits a programme."""
    year, week, _ = now.isocalendar()
    await tell_admin(session, [programme], "nothing_fits", now, once=f"{year}-{week}")


async def tell_admin(
    session: AsyncSession, about: Sequence[Programme], matter: Matter, now: datetime, *, once: str
) -> None:
    """Enqueue one notice to one admin, which waits where none is known yet.

    `once` makes it one notice however often it is asked for.
    """
    first = about[0]
    payload: dict[str, Any] = {"matter": matter, "programmes": [programme.id for programme in about]}
    await enqueue(
        session,
        workspace_id=required_workspace_of(session),
        kind=NOTICE,
        subject_id=first.id,
        due_at=now,
        key=f"{NOTICE}:{matter}:{first.id}:{once}",
        payload=payload,
        member_id=await admin_of(session, first),
        unprompted=True,
    )


async def admin_of(session: AsyncSession, programme: Programme) -> MemberId | None:
    """Whom to tell about a programme: who set it up, if still an admin, else the first one known, if any."""
    admins = await admins_of(session)
    return programme.created_by if programme.created_by in admins else next(iter(admins), None)
