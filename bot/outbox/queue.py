"""Deliveries from enqueuing to their end.

    waiting ──claim──> waiting, leased ──mark_sending──> sending ──> posted | skipped | uncertain
       ^                     │                              │
       └── postpone, retry, or the lease runs out ───────────┴── (only after asking the platform)

Every function works inside the caller's transaction. A worker commits `sending` before it posts, so a row claimed
in `sending`, after its lease ran out, may or may not have been posted: whoever takes it asks the platform for the
key before anything else. The key that travels with a post is the delivery's id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import StarlingError
from bot.base.ids import MemberId, WorkspaceId
from storage.changes import change_rows
from storage.once import insert_once
from storage.tables.outbox import Delivery, DeliveryState
from storage.tenancy import required_workspace_of

_NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_until": None}
_UNFINISHED = (DeliveryState.WAITING, DeliveryState.SENDING)
_COLUMNS = Delivery.__table__.c


class LeaseLost(StarlingError):
    """The delivery is no longer this worker's (cancelled, put off, or taken over): it must not post."""


async def enqueue(
    session: AsyncSession,
    *,
    workspace_id: WorkspaceId,
    kind: str,
    subject_id: str,
    due_at: datetime,
    key: str,
    audience: Mapping[str, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
    member_id: MemberId | None = None,
    unprompted: bool = False,
) -> bool:
    """Store a delivery; False where the workspace has one of that `key`, which stays as it stands.

    `payload` holds ids, never texts; `member_id` and `unprompted` make it a private one that counts against the
    member's daily limit.
    """
    return await insert_once(
        session,
        Delivery,
        {
            "workspace_id": workspace_id,
            "kind": kind,
            "subject_id": subject_id,
            "due_at": due_at,
            "key": key,
            "audience": dict(audience or {}),
            "payload": dict(payload or {}),
            "member_id": member_id,
            "unprompted": unprompted,
        },
        unique=(Delivery.workspace_id, Delivery.key),
    )


async def delivery_with_key(session: AsyncSession, key: str) -> Delivery | None:
    """The delivery of that key in the session's workspace, if there is one."""
    workspace = required_workspace_of(session)
    return await session.scalar(select(Delivery).where(Delivery.workspace_id == workspace, Delivery.key == key))


async def reschedule(session: AsyncSession, key: str, due_at: datetime) -> bool:
    """Move a waiting delivery of the session's workspace; False when there is none, or its sending has begun."""
    return await _change_waiting(session, key, {"due_at": due_at})


async def cancel(session: AsyncSession, key: str, reason: str, *, now: datetime) -> bool:
    """Skip a waiting delivery of the session's workspace; False when there is none, or its sending has begun."""
    return await _change_waiting(session, key, {"state": DeliveryState.SKIPPED, "reason": reason, "finished_at": now})


async def claim(
    session: AsyncSession, now: datetime, owner: str, lease_for: timedelta, limit: int = 10
) -> Sequence[Delivery]:
    """Lease up to `limit` deliveries to a worker, and count an attempt on each.

    First those that a dead worker left in `sending`, then those that are due, oldest first. For the runtime, over all
    workspaces. Two workers never get the same row while its lease lasts.
    """
    left_over = Delivery.state == DeliveryState.SENDING
    due = and_(
        Delivery.state == DeliveryState.WAITING,
        Delivery.due_at <= now,
        or_(Delivery.blocked_until.is_(None), Delivery.blocked_until <= now),
    )
    free = or_(Delivery.lease_until.is_(None), Delivery.lease_until <= now)
    first = (
        select(Delivery.id)
        .where(or_(left_over, due), free)
        .order_by(left_over.desc(), Delivery.due_at, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = await session.scalars(
        update(Delivery)
        .where(Delivery.id.in_(first))
        .values(lease_owner=owner, lease_until=now + lease_for, attempts=Delivery.attempts + 1)
        .returning(Delivery),
        execution_options={"synchronize_session": False},
    )
    return sorted(rows, key=lambda row: (row.state is not DeliveryState.SENDING, row.due_at, row.id))


async def held(
    session: AsyncSession, delivery_id: str, owner: str, state: DeliveryState = DeliveryState.WAITING
) -> Delivery:
    """The delivery, which nobody else changes until the transaction ends; `LeaseLost` when it is not `owner`'s."""
    delivery = await session.get(Delivery, delivery_id, with_for_update=True)
    if delivery is None or delivery.state is not state or delivery.lease_owner != owner:
        raise LeaseLost(f"delivery {delivery_id} is no longer held by {owner}")
    return delivery


def mark_sending(delivery: Delivery, lease_until: datetime) -> None:
    """Say that the post of a `held` delivery is about to be made; commit before making it.

    `LeaseLost` where its own handler has ended it.
    """
    if delivery.state is not DeliveryState.WAITING:
        raise LeaseLost(f"delivery {delivery.id} is {delivery.state}")
    delivery.state, delivery.lease_until = DeliveryState.SENDING, lease_until


async def mark_posted(session: AsyncSession, delivery_id: str, ref: str | None, *, now: datetime) -> bool:
    """Record where the post landed, told by its worker or by an echo from the platform, whichever is first.

    A post that was seen is a post, whatever the row said until now. True when this call recorded it.
    """
    values = {"state": DeliveryState.POSTED, "posted_ref": ref, "finished_at": now, "reason": None, **_NO_LEASE}
    unless = _COLUMNS.state != DeliveryState.POSTED
    return bool(await change_rows(session, Delivery, [_COLUMNS.id == delivery_id, unless], values))


async def mark_skipped(session: AsyncSession, delivery_id: str, reason: str, *, now: datetime) -> bool:
    """End a delivery by rule without a post; False when it has ended already."""
    return await _finish(session, delivery_id, DeliveryState.SKIPPED, reason, now)


async def mark_uncertain(session: AsyncSession, delivery_id: str, reason: str, *, now: datetime) -> bool:
    """End a delivery of which nobody can know whether it was posted; False when it has ended already."""
    return await _finish(session, delivery_id, DeliveryState.UNCERTAIN, reason, now)


async def postpone(session: AsyncSession, delivery_id: str, until: datetime, reason: str, *, owner: str) -> None:
    """Wait by rule (quiet hours, a rate limit): no attempt is counted. `LeaseLost` when it is not `owner`'s."""
    values = {"blocked_until": until, "reason": reason, "attempts": _COLUMNS.attempts - 1}
    await _give_back(session, delivery_id, owner, values)


async def retry(session: AsyncSession, delivery_id: str, at: datetime, reason: str, *, owner: str) -> None:
    """Try again later after a failure, known not to have posted; the attempt counts. `LeaseLost` as above."""
    await _give_back(session, delivery_id, owner, {"blocked_until": at, "reason": reason})


async def _change_waiting(session: AsyncSession, key: str, values: dict[str, Any]) -> bool:
    """Change a row no post of which has begun; a worker that holds it loses its lease."""
    result: Any = await session.execute(
        update(Delivery)
        .where(
            Delivery.workspace_id == required_workspace_of(session),
            Delivery.key == key,
            Delivery.state == DeliveryState.WAITING,
        )
        .values(**values, **_NO_LEASE)
    )
    return bool(result.rowcount)


async def _give_back(session: AsyncSession, delivery_id: str, owner: str, values: dict[str, Any]) -> None:
    conditions = [_COLUMNS.id == delivery_id, _COLUMNS.lease_owner == owner, _COLUMNS.state.in_(_UNFINISHED)]
    changes = {"state": DeliveryState.WAITING, **_NO_LEASE, **values}
    if not await change_rows(session, Delivery, conditions, changes):
        raise LeaseLost(f"delivery {delivery_id} is no longer held by {owner}")


async def _finish(session: AsyncSession, delivery_id: str, state: DeliveryState, reason: str, now: datetime) -> bool:
    conditions = [_COLUMNS.id == delivery_id, _COLUMNS.state.in_(_UNFINISHED)]
    values = {"state": state, "reason": reason, "finished_at": now, **_NO_LEASE}
    return bool(await change_rows(session, Delivery, conditions, values))
