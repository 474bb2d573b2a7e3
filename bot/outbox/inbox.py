"""Events on their way in: stored before they are acknowledged, handled once, forgotten after a week.

Every function works inside the caller's transaction. All but `mark_handled` need a session over all workspaces;
that one also runs in the handler's own, so that an event's effects and its end are one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import new_id
from bot.chat.events import Event, event_to_json
from storage.changes import change_rows
from storage.once import insert_unless_known
from storage.prepared import Own, prepared_for_runtime, table_of
from storage.tables.inbox import InboxEvent, InboxState
from storage.tenancy import AS_RUNTIME

KEPT = timedelta(days=7)
"""How long a handled event's id is kept, so that the same event delivered again is known."""
_TABLE = table_of(InboxEvent)
_COLUMNS = _TABLE.c
UNIQUE = (InboxEvent.platform, InboxEvent.installation, InboxEvent.delivery_id)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event to be stored; nobody takes it up before `held_until`."""

    event: Event
    held_until: datetime | None = None


async def receive(session: AsyncSession, arrivals: Sequence[Arrival], *, now: datetime) -> list[str | None]:
    """Store events that came together, in one statement; the id of each row, None where it was known before."""
    rows = [_row(arrival, now) for arrival in arrivals]
    known = insert_unless_known(InboxEvent, session.get_bind().dialect.name, UNIQUE)
    stored = await session.scalars(known.returning(_COLUMNS.id), rows, execution_options=AS_RUNTIME)
    new = set(stored)
    return [row["id"] if row["id"] in new else None for row in rows]


def _row(arrival: Arrival, now: datetime) -> dict[str, Any]:
    event = arrival.event
    return {
        "id": new_id(),
        "platform": event.installation.platform,
        "installation": event.installation.installation,
        "delivery_id": event.delivery_id,
        "event": event_to_json(event),
        "lease_until": arrival.held_until,
        "received_at": now,
    }


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
    values = {"at": now, "owner": owner, "until": now + lease_for, "most": limit, "in_hand": list(in_hand)}
    rows = await _claim.objects(session, InboxEvent, **values)
    return sorted(rows, key=lambda row: (row.received_at, row.id))


@prepared_for_runtime(_TABLE)
def _claim(_own: Own) -> Update:
    unended = _COLUMNS.state.in_([InboxState.RECEIVED, InboxState.WORKING])
    oldest = (
        select(_COLUMNS.id)
        .where(
            unended,
            or_(_COLUMNS.lease_until.is_(None), _COLUMNS.lease_until <= bindparam("at")),
            _COLUMNS.id.not_in(bindparam("in_hand", expanding=True)),
        )
        .order_by(_COLUMNS.received_at, _COLUMNS.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
    lease: dict[str, Any] = {"lease_owner": bindparam("owner"), "lease_until": bindparam("until")}
    claimed = update(_TABLE).where(_COLUMNS.id.in_(oldest))
    return claimed.values(**lease, state=InboxState.WORKING, attempts=_COLUMNS.attempts + 1).returning(*_COLUMNS)


async def mark_handled(session: AsyncSession, inbox_id: str, *, now: datetime) -> bool:
    """End an event and clear its text; False when it had ended already, so that its effects must not stay."""
    return await _end(session, inbox_id, InboxState.DONE, None, now)


async def mark_failed(session: AsyncSession, inbox_id: str, reason: str, *, now: datetime) -> bool:
    """Give an event up and clear its text; `reason` names the fault, never the text."""
    return await _end(session, inbox_id, InboxState.FAILED, reason, now)


async def try_event_again(session: AsyncSession, inbox_id: str, at: datetime, reason: str) -> None:
    """Give an event back after a fault, to be taken up again from `at` on."""
    values = {"state": InboxState.RECEIVED, "lease_owner": None, "lease_until": at, "reason": reason}
    conditions = [_COLUMNS.id == inbox_id, _COLUMNS.state == InboxState.WORKING]
    await change_rows(session, InboxEvent, conditions, values)


async def forget_handled(session: AsyncSession, now: datetime) -> int:
    """Delete the rows of events that ended a week ago; how many there were."""
    result: Any = await session.execute(delete(InboxEvent).where(InboxEvent.handled_at < now - KEPT))
    return int(result.rowcount)


@prepared_for_runtime(_TABLE)
def _unended(_own: Own) -> Update:
    return update(_TABLE).where(_COLUMNS.id == bindparam("which"), _COLUMNS.handled_at.is_(None))


async def _end(session: AsyncSession, inbox_id: str, state: InboxState, reason: str | None, now: datetime) -> bool:
    values = {"state": state, "event": None, "reason": reason, "handled_at": now}
    return bool(await _unended.change(session, {**values, "lease_owner": None, "lease_until": None}, which=inbox_id))
