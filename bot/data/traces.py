"""A person's traces in the queues: deliveries to them or about them, and events that have not been handled yet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, delete, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.chat.refs import AccountRef, MessageRef
from bot.feature.context import Context
from bot.outbox.queue import enqueue
from storage.batches import batches
from storage.tables.archives import PreparedArchive
from storage.tables.inbox import InboxEvent, InboxState
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.people import Account
from storage.tenancy import AS_RUNTIME

REMOVE = "data.remove"
OPEN = (DeliveryState.WAITING, DeliveryState.SENDING)
AT_ONCE = 200
"""Deliveries ended in one transaction, each with the removal of its messages."""
PAGE = 1000
"""Deliveries looked through before others get their turn."""


async def accounts_of(session: AsyncSession, member: MemberId) -> Sequence[AccountRef]:
    """The accounts a member has now."""
    rows = await session.scalars(select(Account).where(Account.member_id == member).order_by(Account.created_at))
    return [AccountRef(row.platform, row.installation, row.user) for row in rows]


async def export(context: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    """What was sent to the person, or waits to be: kinds and moments, since texts are not kept."""
    own, in_order = Delivery.member_id == member, (Delivery.due_at, Delivery.id)
    async for rows in batches(context.session, Delivery, own, order_by=in_order, size=PAGE):
        for row in rows:
            yield {
                "what": "message to you",
                "kind": row.kind,
                "state": row.state.value,
                "due_at": row.due_at.isoformat(),
                "finished_at": row.finished_at.isoformat() if row.finished_at else None,
            }


async def erase(context: Context, member: MemberId) -> int:
    """Cancel what waits for the person, have direct messages removed where that can be, clear their events.

    Some at a time; how many rows that were.
    """
    session = context.session
    # What was said to an admin of this person names them too.
    to_or_of_them = or_(Delivery.member_id == member, Delivery.subject_id == member)
    ended = Delivery.state != DeliveryState.SENDING
    rows = (
        await session.scalars(select(Delivery).where(to_or_of_them, ended).order_by(Delivery.id).limit(AT_ONCE))
    ).all()
    if not rows:
        await session.execute(delete(PreparedArchive).where(PreparedArchive.member_id == member))
        return await clear_events(context, member)
    for message in sorted({message for row in rows for message in _posted(row)}):
        if context.capabilities(MessageRef.decode(message).conversation).deletes:
            await enqueue(
                session,
                workspace_id=context.workspace,
                kind=REMOVE,
                subject_id=message,
                due_at=context.now,
                key=f"{REMOVE}:{message}",
                payload={"message": message},
            )
    await delete_deliveries(session, [row.id for row in rows])
    return len(rows)


def _posted(row: Delivery) -> Sequence[str]:
    refs = [row.posted_ref] if row.state is DeliveryState.POSTED else []
    return [ref for ref in (*refs, *row.payload.get("posted_parts", ())) if ref]


async def direct_places(session: AsyncSession, member: MemberId) -> list[str]:
    """The direct conversations in which the person was written to."""
    refs = await session.scalars(
        select(Delivery.posted_ref).where(Delivery.member_id == member, Delivery.posted_ref.is_not(None))
    )
    return sorted({MessageRef.decode(ref).conversation.root.encode() for ref in refs if ref})


async def clear_events(context: Context, member: MemberId) -> int:
    """End events of the person that wait to be handled, without their words; how many there were."""
    # What an account looks like in `event_to_json`.
    of_account = [
        and_(
            InboxEvent.platform == account.platform,
            InboxEvent.event.contains(f'"installation":"{account.installation}","user":"{account.user}"'),
        )
        for account in await accounts_of(context.session, member)
    ]
    result: Any = await context.session.execute(
        update(InboxEvent)
        .where(InboxEvent.event.is_not(None), or_(false(), *of_account))
        .values(event=None, state=InboxState.DONE, handled_at=context.now, lease_owner=None, lease_until=None),
        execution_options={**AS_RUNTIME, "synchronize_session": False},
    )
    return int(result.rowcount)


async def open_deliveries_about(session: AsyncSession, member: MemberId, places: Sequence[str]) -> Sequence[str]:
    """The ids of deliveries under way that name the person, their accounts, or a direct conversation with them."""
    wanted = await _about(session, member, places)
    return (await session.scalars(select(Delivery.id).where(Delivery.state.in_(OPEN), wanted))).all()


async def delete_page_about(session: AsyncSession, member: MemberId, places: Sequence[str], after: str) -> str | None:
    """Delete what names the person among the next deliveries in the order of their ids.

    The last id that was looked at; None where there are no more.
    """
    page = (
        await session.scalars(select(Delivery.id).where(Delivery.id > after).order_by(Delivery.id).limit(PAGE))
    ).all()
    if not page:
        return None
    within = Delivery.id > after, Delivery.id <= page[-1]
    wanted = await _about(session, member, places)
    await delete_deliveries(session, (await session.scalars(select(Delivery.id).where(*within, wanted))).all())
    return page[-1]


async def _about(session: AsyncSession, member: MemberId, places: Sequence[str]) -> ColumnElement[bool]:
    marks = [member, *(f'"{account.encode()}"' for account in await accounts_of(session, member)), *places]
    columns = (
        Delivery.subject_id, Delivery.key, Delivery.posted_ref, Delivery.reason,
        cast(Delivery.payload, Text), cast(Delivery.audience, Text),
    )  # fmt: skip
    named: list[ColumnElement[bool]] = [column.contains(mark, autoescape=True) for column in columns for mark in marks]
    return or_(Delivery.member_id == member, *named)


async def delete_deliveries(session: AsyncSession, ids: Sequence[str]) -> None:
    """Delete these: no more than a page of them."""
    if ids:
        await session.execute(
            delete(Delivery).where(Delivery.id.in_(ids)), execution_options={"synchronize_session": False}
        )
