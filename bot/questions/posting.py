"""Posting: a due delivery becomes the day's slot, the slot's question is posted, and later it closes.

The slot is stored in the transaction that marks the delivery as being sent. Asked again after a crash, the same
delivery finds the same slot; any other delivery of that date finds the date taken and posts nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat.refs import MessageRef
from bot.outbox.queue import delivery_with_key, enqueue
from bot.questions.bank import whole_bank
from bot.questions.choosing import Asked, Choice, NothingFits, Reason, choose
from bot.questions.programmes import wishes_of
from bot.questions.slots import slot_of_day, thread_of
from content.loader import Content
from content.schema import Question
from storage.tables.outbox import Delivery, DeliveryState, Schedule
from storage.tables.questions import Programme, QueueEntry, Slot, SlotState, Veto
from storage.tenancy import required_workspace_of

CLOSE = "question.close"
POSTED_ALREADY = "the day's question was posted already"
PAUSED = "the programme is paused"
TOO_LATE = "it had become later than the programme allows"
NOTHING_LEFT = "no question fits what the programme asks for"
PROGRAMME_GONE = "the programme is gone"


def day_of(delivery: Delivery) -> date:
    """The programme's local date that a delivery is for."""
    return date.fromisoformat(delivery.payload["local_date"])


def hindrance(
    programme: Programme, schedule: Schedule, delivery: Delivery, slot: Slot | None, now: datetime
) -> str | None:
    """Why by rule this delivery must not post now, or None. `slot` is the date's, after `let_go_if_not_posted`.

    Neither a pause nor lateness holds back what somebody asked for by hand; and a pause comes too late for a
    delivery that was being sent when its worker died, since the platform may have its post.
    """
    if slot is not None and slot.state is not SlotState.SKIPPED and slot.delivery_key != delivery.key:
        return POSTED_ALREADY
    if delivery.payload.get("asked_for") or (slot is not None and slot.state is SlotState.UNCERTAIN):
        return None
    if programme.paused_reason is not None and delivery.state is DeliveryState.WAITING:
        return PAUSED
    if now - delivery.due_at > timedelta(seconds=schedule.late_seconds):
        return TOO_LATE
    return None


async def let_go_if_not_posted(session: AsyncSession, slot: Slot) -> None:
    """Mark a chosen slot as skipped once its delivery has ended without a post: the date is free again."""
    if slot.state is not SlotState.CHOSEN:
        return
    delivery = await delivery_with_key(session, slot.delivery_key)
    if delivery is None or delivery.state is DeliveryState.SKIPPED:
        slot.state = SlotState.SKIPPED


async def fill_slot(
    session: AsyncSession,
    content: Content,
    programme: Programme,
    delivery: Delivery,
    now: datetime,
    language: str,
) -> Slot | NothingFits:
    """The slot of the delivery's date: its own as it was chosen before, or a question chosen now and stored.

    The same delivery always finds the same question, since the platform may have its post already.
    """
    day = day_of(delivery)
    slot = await slot_of_day(session, programme.id, day)
    if slot is not None and slot.delivery_key == delivery.key:
        if slot.state is SlotState.SKIPPED:
            slot.state = SlotState.CHOSEN
        return slot
    choice = await choose_for(session, content, programme, day)
    if isinstance(choice, NothingFits):
        return choice
    if slot is None:
        slot = Slot(programme_id=programme.id, local_date=day)
        session.add(slot)
    slot.state, slot.delivery_key, slot.chosen_at = SlotState.CHOSEN, delivery.key, now
    slot.chosen_because = [{"code": reason.code, "values": dict(reason.values)} for reason in choice.reasons]
    _keep_as_posted(slot, choice.question, language)
    if choice.from_queue:
        await _take_from_queue(session, programme, choice.question)
    await session.flush()
    return slot


async def choose_for(session: AsyncSession, content: Content, programme: Programme, day: date) -> Choice | NothingFits:
    """The question that the programme would ask on this local date as things stand."""
    queue = await session.scalars(
        select(QueueEntry.question_id)
        .where(QueueEntry.programme_id == programme.id)
        .order_by(QueueEntry.position, QueueEntry.id)
    )
    vetoes = await session.scalars(
        select(Veto.question_id).where(or_(Veto.programme_id.is_(None), Veto.programme_id == programme.id))
    )
    return choose(
        (await whole_bank(session, content)).values(),
        wishes_of(programme),
        seed=f"{programme.id} {day.isoformat()}",
        asked=await _asked_before(session, programme, day),
        queue=queue.all(),
        vetoed=frozenset(vetoes),
    )


def reasons_of(slot: Slot) -> tuple[Reason, ...]:
    """Why the slot's question was chosen, the strongest reason first."""
    return tuple(Reason(stored["code"], stored["values"]) for stored in slot.chosen_because)


def closing_time(programme: Programme, posted_at: datetime) -> datetime:
    """When a question posted at that moment stops taking answers; `ValueError` for a programme without closing."""
    if programme.closes_after_seconds is None:
        raise ValueError("the questions of this programme stay open")
    return posted_at + timedelta(seconds=programme.closes_after_seconds)


async def record_post(
    session: AsyncSession, slot: Slot, programme: Programme, message: MessageRef, now: datetime
) -> None:
    """Remember where the question stands; if it closes one day, see to that."""
    slot.state, slot.posted_at = SlotState.POSTED, now
    slot.message, slot.thread = message.encode(), thread_of(message).encode()
    if programme.closes_after_seconds is None:
        return
    slot.closes_at = closing_time(programme, now)
    await enqueue(
        session,
        workspace_id=required_workspace_of(session),
        kind=CLOSE,
        subject_id=slot.id,
        due_at=slot.closes_at,
        key=f"{CLOSE}:{slot.id}",
    )


async def _asked_before(session: AsyncSession, programme: Programme, day: date) -> list[Asked]:
    rows = await session.execute(
        select(Slot.question_id, Slot.local_date, Slot.kind, Slot.archetypes).where(
            Slot.programme_id == programme.id,
            Slot.local_date != day,
            Slot.state != SlotState.SKIPPED,
            or_(Slot.state != SlotState.CHOSEN, ~_ended_without_a_post()),
        )
    )
    return [Asked(id_, asked_on, kind, tuple(archetypes)) for id_, asked_on, kind, archetypes in rows]


def _ended_without_a_post() -> ColumnElement[bool]:
    return exists().where(
        Delivery.workspace_id == Slot.workspace_id,
        Delivery.key == Slot.delivery_key,
        Delivery.state == DeliveryState.SKIPPED,
    )


async def _take_from_queue(session: AsyncSession, programme: Programme, question: Question) -> None:
    entry = await session.scalar(
        select(QueueEntry).where(QueueEntry.programme_id == programme.id, QueueEntry.question_id == question.id)
    )
    if entry is not None:
        await session.delete(entry)


def _keep_as_posted(slot: Slot, question: Question, language: str) -> None:
    slot.question_id, slot.question_version = question.id, question.version
    slot.text, slot.kind = question.text.in_language(language), question.kind
    slot.archetypes = list(question.archetypes)
    slot.points = [{"text": str(point.text), "also": list(point.also)} for point in question.points]
    slot.must_not = [str(text) for text in question.must_not]
