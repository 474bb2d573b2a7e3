"""Slots: the question of one programme on one local date, looked up by its thread, its post or its id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat.refs import ConversationRef, MessageRef
from storage.prepared import Own, prepared, table_of
from storage.tables.questions import Programme, Slot, SlotState

SLOT, PROGRAMME = table_of(Slot), table_of(Programme)


def thread_of(message: MessageRef) -> ConversationRef:
    """The thread in which a posted question is answered: the one on the post, or the one it stands in already."""
    if message.conversation.thread is not None:
        return message.conversation
    return message.conversation.in_thread(message.message)


def takes_answers(slot: Slot, now: datetime) -> bool:
    """Whether the question is still open: nobody closed its thread, and its closing time has not come."""
    return not slot.thread_closed and (slot.closes_at is None or now < slot.closes_at)


async def slot_by_id(session: AsyncSession, slot_id: str) -> Slot | None:
    """The slot with this id, if the workspace has it."""
    return next(iter(await _slot.objects(session, Slot, which=slot_id)), None)


@prepared
def _slot(own: Own) -> Select[Any]:
    return select(SLOT).where(own(SLOT), SLOT.c.id == bindparam("which"))


async def slot_of_thread(session: AsyncSession, conversation: ConversationRef) -> Slot | None:
    """The slot whose question is answered in this thread; None for a channel and for any other thread."""
    if conversation.thread is None:
        return None
    return next(iter(await _in_thread.objects(session, Slot, thread=conversation.encode())), None)


@prepared
def _in_thread(own: Own) -> Select[Any]:
    return select(SLOT).where(own(SLOT), SLOT.c.thread == bindparam("thread"))


async def slot_of_message(session: AsyncSession, message: MessageRef) -> Slot | None:
    """The slot whose question this message is."""
    return await session.scalar(select(Slot).where(Slot.message == message.encode()))


async def slot_of_day(session: AsyncSession, programme_id: str, day: date) -> Slot | None:
    """The slot of a programme on a local date."""
    return await session.scalar(select(Slot).where(Slot.programme_id == programme_id, Slot.local_date == day))


async def latest_slots(session: AsyncSession) -> Sequence[tuple[Programme, Slot]]:
    """The last question that each programme posted, with its programme, in the order of the programmes' names."""
    last = (
        select(Slot.programme_id, func.max(Slot.local_date).label("local_date"))
        .where(Slot.state == SlotState.POSTED)
        .group_by(Slot.programme_id)
        .subquery()
    )
    rows = await session.execute(
        select(Programme, Slot)
        .join(Slot, Slot.programme_id == Programme.id)
        .join(last, and_(last.c.programme_id == Slot.programme_id, last.c.local_date == Slot.local_date))
        .order_by(Programme.name, Programme.id)
    )
    return [(programme, slot) for programme, slot in rows]


async def programme_of(session: AsyncSession, slot: Slot) -> Programme:
    """The programme a slot belongs to."""
    for programme in await _programme.objects(session, Programme, which=slot.programme_id):
        return programme
    raise LookupError(f"the slot {slot.id} has no programme")


@prepared
def _programme(own: Own) -> Select[Any]:
    return select(PROGRAMME).where(own(PROGRAMME), PROGRAMME.c.id == bindparam("which"))
