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

from sqlalchemy import Select, Update, and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import StarlingError
from bot.base.ids import MemberId, WorkspaceId
from storage.once import insert_once
from storage.prepared import Own, Prepared, prepared, table_of
from storage.tables.outbox import Delivery, DeliveryState
from storage.tenancy import required_workspace_of

_NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_until": None}
_UNFINISHED = (DeliveryState.WAITING, DeliveryState.SENDING)
_TABLE = table_of(Delivery)
_COLUMNS = _TABLE.c
_OWN_UNFINISHED = (
    _COLUMNS.id == bindparam("which"),
    _COLUMNS.lease_owner == bindparam("owner"),
    _COLUMNS.state.in_(_UNFINISHED),
)


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
    values = {"at": now, "owner": owner, "until": now + lease_for, "most": limit}
    rows = await _claim.objects(session, Delivery, **values)
    return sorted(rows, key=lambda row: (row.state is not DeliveryState.SENDING, row.due_at, row.id))


@prepared
def _claim(own: Own) -> Update:
    at = bindparam("at", type_=_COLUMNS.due_at.type)
    left_over = _COLUMNS.state == DeliveryState.SENDING
    blocked = _COLUMNS.blocked_until
    due = and_(_COLUMNS.state == DeliveryState.WAITING, _COLUMNS.due_at <= at, or_(blocked.is_(None), blocked <= at))
    free = or_(_COLUMNS.lease_until.is_(None), _COLUMNS.lease_until <= at)
    first = (
        select(_COLUMNS.id)
        .where(own(_TABLE), or_(left_over, due), free)
        .order_by(left_over.desc(), _COLUMNS.due_at, _COLUMNS.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
    lease: dict[str, Any] = {"lease_owner": bindparam("owner"), "lease_until": bindparam("until")}
    claimed = update(_TABLE).where(own(_TABLE), _COLUMNS.id.in_(first))
    return claimed.values(**lease, attempts=_COLUMNS.attempts + 1).returning(*_COLUMNS)


@prepared
def _held(own: Own) -> Select[Any]:
    named = _COLUMNS.state, _COLUMNS.lease_owner, _COLUMNS.payload, _COLUMNS.member_id, _COLUMNS.unprompted
    return select(*named).where(own(_TABLE), _COLUMNS.id == bindparam("which")).with_for_update()


async def hold(
    session: AsyncSession, delivery: Delivery, owner: str, state: DeliveryState = DeliveryState.WAITING
) -> None:
    """See to it that nobody else changes a claimed delivery until the transaction ends; it gets its present values.

    `LeaseLost` when it is not `owner`'s any more, or in another state.
    """
    found = await _held.first(session, which=delivery.id)
    if found is None or found.state is not state or found.lease_owner != owner:
        raise LeaseLost(f"delivery {delivery.id} is no longer held by {owner}")
    delivery.state, delivery.lease_owner, delivery.payload = state, owner, found.payload
    delivery.member_id, delivery.unprompted = found.member_id, found.unprompted


@prepared
def _own_unfinished(own: Own) -> Update:
    return update(_TABLE).where(own(_TABLE), *_OWN_UNFINISHED)


async def mark_sending(session: AsyncSession, delivery: Delivery, lease_until: datetime) -> None:
    """Say that the post of a delivery is about to be made, and `keep` it; commit before making it."""
    delivery.state, delivery.lease_until = DeliveryState.SENDING, lease_until
    await keep(session, delivery)


async def keep(session: AsyncSession, delivery: Delivery) -> None:
    """Store what its worker wrote in a delivery it holds: its state and lease, whom it is for, and its payload.

    `LeaseLost` where its own handler has ended it.
    """
    values = {
        "state": delivery.state,
        "lease_until": delivery.lease_until,
        "payload": delivery.payload,
        "member_id": delivery.member_id,
        "unprompted": delivery.unprompted,
    }
    if not await _own_unfinished.change(session, values, which=delivery.id, owner=delivery.lease_owner):
        raise LeaseLost(f"delivery {delivery.id} has ended")


@prepared
def _not_posted(own: Own) -> Update:
    return update(_TABLE).where(own(_TABLE), _COLUMNS.id == bindparam("which"), _COLUMNS.state != DeliveryState.POSTED)


async def mark_posted(session: AsyncSession, delivery_id: str, ref: str | None, *, now: datetime) -> bool:
    """Record where the post landed, told by its worker or by an echo from the platform, whichever is first.

    A post that was seen is a post, whatever the row said until now. True when this call recorded it.
    """
    values = {"state": DeliveryState.POSTED, "posted_ref": ref, "finished_at": now, "reason": None, **_NO_LEASE}
    return bool(await _not_posted.change(session, values, which=delivery_id))


async def mark_skipped(session: AsyncSession, delivery_id: str, reason: str, *, now: datetime) -> bool:
    """End a delivery by rule without a post; False when it has ended already."""
    return await _finish(session, delivery_id, DeliveryState.SKIPPED, reason, now)


async def mark_uncertain(session: AsyncSession, delivery_id: str, reason: str, *, now: datetime) -> bool:
    """End a delivery of which nobody can know whether it was posted; False when it has ended already."""
    return await _finish(session, delivery_id, DeliveryState.UNCERTAIN, reason, now)


async def postpone(session: AsyncSession, delivery_id: str, until: datetime, reason: str, *, owner: str) -> None:
    """Wait by rule (quiet hours, a rate limit): no attempt is counted. `LeaseLost` when it is not `owner`'s."""
    await _give_back(session, _uncounted, delivery_id, owner, until, reason)


async def retry(session: AsyncSession, delivery_id: str, at: datetime, reason: str, *, owner: str) -> None:
    """Try again later after a failure, known not to have posted; the attempt counts. `LeaseLost` as above."""
    await _give_back(session, _own_unfinished, delivery_id, owner, at, reason)


@prepared
def _waiting(own: Own) -> Update:
    return update(_TABLE).where(
        own(_TABLE), _COLUMNS.key == bindparam("which"), _COLUMNS.state == DeliveryState.WAITING
    )


async def _change_waiting(session: AsyncSession, key: str, values: dict[str, Any]) -> bool:
    """Change a row no post of which has begun; a worker that holds it loses its lease."""
    required_workspace_of(session)
    return bool(await _waiting.change(session, {**values, **_NO_LEASE}, which=key))


@prepared
def _uncounted(own: Own) -> Update:
    return update(_TABLE).where(own(_TABLE), *_OWN_UNFINISHED).values(attempts=_COLUMNS.attempts - 1)


async def _give_back(
    session: AsyncSession, which: Prepared, delivery_id: str, owner: str, until: datetime, reason: str
) -> None:
    values = {"state": DeliveryState.WAITING, **_NO_LEASE, "blocked_until": until, "reason": reason}
    if not await which.change(session, values, which=delivery_id, owner=owner):
        raise LeaseLost(f"delivery {delivery_id} is no longer held by {owner}")


@prepared
def _unfinished(own: Own) -> Update:
    return update(_TABLE).where(own(_TABLE), _COLUMNS.id == bindparam("which"), _COLUMNS.state.in_(_UNFINISHED))


async def _finish(session: AsyncSession, delivery_id: str, state: DeliveryState, reason: str, now: datetime) -> bool:
    values = {"state": state, "reason": reason, "finished_at": now, **_NO_LEASE}
    return bool(await _unfinished.change(session, values, which=delivery_id))
