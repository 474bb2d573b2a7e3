"""Events on their way in: stored before they are acknowledged, handled once, forgotten after a week.

Every function works inside the caller's transaction. All but `mark_handled` need a session over all workspaces;
that one also runs in the handler's own, so that an event's effects and its end are one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat.events import Event, event_to_json
from storage.once import insert_once
from storage.tables.inbox import InboxEvent, InboxState
from storage.tenancy import AS_RUNTIME

KEPT = timedelta(days=7)
"""How long a handled event's id is kept, so that the same event delivered again is known."""


async def receive(session: AsyncSession, event: Event, *, now: datetime) -> bool:
    """Store an event; False when the platform delivered it before."""
    values = {
        "platform": event.installation.platform,
        "installation": event.installation.installation,
        "delivery_id": event.delivery_id,
        "event": event_to_json(event),
        "received_at": now,
    }
    unique = (InboxEvent.platform, InboxEvent.installation, InboxEvent.delivery_id)
    return await insert_once(session, InboxEvent, values, unique)


async def claim_events(
    session: AsyncSession,
    now: datetime,
    owner: str,
    lease_for: timedelta,
    limit: int = 20,
    in_hand: Collection[str] = (),
) -> Sequence[InboxEvent]:
    """Lease events nobody works on, in the order they came, and count an attempt on each.

    `in_hand` names rows this process is still at, or that wait their turn in it: however long that takes, they are
    not taken up twice.
    """
    rows = await session.scalars(
        select(InboxEvent)
        .where(
            InboxEvent.state.in_([InboxState.RECEIVED, InboxState.WORKING]),
            or_(InboxEvent.lease_until.is_(None), InboxEvent.lease_until <= now),
            InboxEvent.id.not_in(in_hand),
        )
        .order_by(InboxEvent.received_at, InboxEvent.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    events = rows.all()
    for event in events:
        event.state = InboxState.WORKING
        event.lease_owner, event.lease_until = owner, now + lease_for
        event.attempts += 1
    await session.flush()
    return events


async def mark_handled(session: AsyncSession, inbox_id: str, *, now: datetime) -> bool:
    """End an event and clear its text; False when it had ended already, so that its effects must not stay."""
    return await _end(session, inbox_id, InboxState.DONE, None, now)


async def mark_failed(session: AsyncSession, inbox_id: str, reason: str, *, now: datetime) -> bool:
    """Give an event up and clear its text; `reason` names the fault, never the text."""
    return await _end(session, inbox_id, InboxState.FAILED, reason, now)


async def try_event_again(session: AsyncSession, inbox_id: str, at: datetime, reason: str) -> None:
    """Give an event back after a fault, to be taken up again from `at` on."""
    await session.execute(
        update(InboxEvent)
        .where(InboxEvent.id == inbox_id, InboxEvent.state == InboxState.WORKING)
        .values(state=InboxState.RECEIVED, lease_owner=None, lease_until=at, reason=reason),
        execution_options=AS_RUNTIME,
    )


async def forget_handled(session: AsyncSession, now: datetime) -> int:
    """Delete the rows of events that ended a week ago; how many there were."""
    result: Any = await session.execute(delete(InboxEvent).where(InboxEvent.handled_at < now - KEPT))
    return int(result.rowcount)


async def _end(session: AsyncSession, inbox_id: str, state: InboxState, reason: str | None, now: datetime) -> bool:
    result: Any = await session.execute(
        update(InboxEvent)
        .where(InboxEvent.id == inbox_id, InboxEvent.handled_at.is_(None))
        .values(state=state, event=None, reason=reason, handled_at=now, lease_owner=None, lease_until=None),
        execution_options=AS_RUNTIME,
    )
    return bool(result.rowcount)
