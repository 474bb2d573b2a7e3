"""Answers find their round, and leave it again: what this room does when the room of answers tells something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import new_id
from bot.feature.context import Context
from bot.outbox.queue import enqueue
from bot.review import posts
from bot.review.freezing import freeze_late, may_be_reviewed
from bot.review.replacing import take_back
from bot.review.rounds import collecting_round, programme_of, round_by_id, round_under_way
from bot.review.states import OVER
from bot.review.steps import step_entry
from storage.once import insert_once
from storage.prepared import Own, prepared, table_of
from storage.tables.answers import Answer, AnswerState, GivenAs
from storage.tables.questions import Programme, Slot
from storage.tables.review import Cadence, Entry, EntryState, ReviewProgramme, Round, RoundState

LOCK = "round.lock"
LOOKS_BACK = timedelta(days=7)
"""How old answers may be that the first round of a programme takes up."""


async def answer_stands(context: Context, answer_id: str) -> None:
    """An answer was scored, or its author has decided anew who sees it: it is in a round exactly where it may be."""
    answer = await context.session.get(Answer, answer_id)
    if answer is None or answer.slot_id is None:
        return
    if not may_be_reviewed(answer):
        if answer.hidden_at is None:
            await _leave(context, answer)
        return
    slot = await context.session.get_one(Slot, answer.slot_id)
    for programme in await _programmes_of(context.session, slot):
        await _register(context, programme, answer, slot)


async def answer_withdrawn(context: Context, answer_id: str) -> None:
    """An answer is being withdrawn: nothing of it stays in any round."""
    entries = await context.session.scalars(select(Entry).where(Entry.answer_id == answer_id))
    for entry in entries.all():
        await take_back(context, entry)


async def answer_hidden(context: Context, answer_id: str) -> None:
    """A moderator has hidden an answer: until they decide otherwise nobody sees it and nobody owes it a review."""
    for entry in await _in_rounds_under_way(context.session, answer_id):
        if entry.state is EntryState.REGISTERED:
            await context.session.delete(entry)
        elif entry.state is EntryState.LOCKED:
            await step_entry(context.session, entry, EntryState.HIDDEN)
            await _renew(context, entry)


async def answer_shown_again(context: Context, answer_id: str) -> None:
    """It may be seen again: its reviews go on."""
    for entry in await _in_rounds_under_way(context.session, answer_id):
        if entry.state is EntryState.HIDDEN:
            await step_entry(context.session, entry, EntryState.LOCKED)
            await _renew(context, entry)
    await answer_stands(context, answer_id)


async def register_recent(context: Context, programme: ReviewProgramme) -> int:
    """Take up the channel's answers of the last days that are in no round yet; how many the round has then."""
    round = await collecting_round(context, programme)
    rows = await context.session.execute(
        select(Answer, Slot)
        .join(Slot, Slot.id == Answer.slot_id)
        .join(Programme, Programme.id == Slot.programme_id)
        .where(
            Programme.conversation == programme.conversation,
            Answer.state == AnswerState.CLOSED,
            Answer.created_at >= round.collects_from - LOOKS_BACK,
        )
        .order_by(Answer.created_at, Answer.id)
    )
    for answer, slot in rows.all():
        if may_be_reviewed(answer):
            await _register(context, programme, answer, slot)
    return await registered(context.session, round)


async def registered(session: AsyncSession, round: Round) -> int:
    """How many answers wait in a round."""
    found = await session.scalar(
        select(func.count(Entry.id)).where(Entry.round_id == round.id, Entry.state == EntryState.REGISTERED)
    )
    return found or 0


async def _register(context: Context, programme: ReviewProgramme, answer: Answer, slot: Slot) -> None:
    session = context.session
    known = await session.scalar(
        select(func.count(Entry.id))
        .join(Round, Round.id == Entry.round_id)
        .where(Round.programme_id == programme.id, Entry.answer_id == answer.id)
    )
    if known:
        return
    under_way = await round_under_way(session, programme)
    if under_way is not None and _belongs_before_lock(under_way, slot):
        if await _is_in(session, under_way, answer):
            return
        if under_way.state is RoundState.REVIEWING and under_way.half_at and context.now < under_way.half_at:
            await _join_late(context, programme, under_way, answer)
            return
        await posts.tell(context, under_way, "too_late", answer.member_id, once=answer.id, answer=answer.id)
    round = await collecting_round(context, programme)
    await _add(context, round, answer)
    await _lock_when_enough(context, programme, round)


async def _is_in(session: AsyncSession, round: Round, answer: Answer) -> bool:
    """Whether a round has another answer of the same author to the same question: it asks for reviews once."""
    found = await session.scalar(
        select(func.count(Entry.id))
        .join(Answer, Answer.id == Entry.answer_id)
        .where(
            Entry.round_id == round.id,
            Entry.author_id == answer.member_id,
            Entry.state != EntryState.WITHDRAWN,
            Answer.slot_id == answer.slot_id,
        )
    )
    return bool(found)


def _belongs_before_lock(round: Round, slot: Slot) -> bool:
    """Whether a round's lock has come between a question and an answer to it."""
    return round.locked_at is not None and slot.posted_at is not None and slot.posted_at < round.locked_at


async def _join_late(context: Context, programme: ReviewProgramme, round: Round, answer: Answer) -> None:
    entry = await _add(context, round, answer, late=True)
    if await freeze_late(context, round, entry):
        await posts.plan_for(context, programme, round, "late")
    else:
        await context.session.delete(entry)


async def _add(context: Context, round: Round, answer: Answer, *, late: bool = False) -> Entry:
    values = {
        "id": new_id(),
        "round_id": round.id,
        "answer_id": answer.id,
        "author_id": answer.member_id,
        "state": EntryState.REGISTERED,
        "private": answer.given_as is GivenAs.PRIVATE and answer.visibility != "channel",
        "question": "",
        "text": "",
        "wanted": 0,
        "late": late,
        "result": {},
        "owed": False,
        "registered_at": context.now,
    }
    await insert_once(context.session, Entry, values, unique=(Entry.round_id, Entry.answer_id))
    found = await context.session.scalars(select(Entry).where(Entry.round_id == round.id, Entry.answer_id == answer.id))
    return found.one()


async def lock_at(context: Context, programme: ReviewProgramme, round: Round, at: datetime, *, once: str) -> bool:
    """Have this round locked, whatever the calendar says; `once` makes it one lock however often it is asked for."""
    return await enqueue(
        context.session,
        workspace_id=context.workspace,
        kind=LOCK,
        subject_id=programme.id,
        due_at=at,
        key=f"{LOCK}:{round.id}:{once}",
        audience={"conversation": programme.conversation},
        payload={"round": round.id},
    )


async def _lock_when_enough(context: Context, programme: ReviewProgramme, round: Round) -> None:
    """Where a programme counts answers: lock when there are enough and no other round is under way."""
    if programme.cadence is not Cadence.AFTER_ANSWERS or programme.paused:
        return
    if await registered(context.session, round) < programme.after_answers:
        return
    if await round_under_way(context.session, programme) is None:
        await lock_at(context, programme, round, context.now, once=f"enough:{context.now.isoformat()}")


async def lock_if_enough(context: Context, programme: ReviewProgramme) -> None:
    """After a round: the next one may have its answers already."""
    await _lock_when_enough(context, programme, await collecting_round(context, programme))


async def _leave(context: Context, answer: Answer) -> None:
    """Its author does not let reviewers see it any more."""
    for entry in await _in_rounds_under_way(context.session, answer.id):
        if entry.state is EntryState.REGISTERED:
            await context.session.execute(delete(Entry).where(Entry.id == entry.id))
        else:
            await take_back(context, entry)


async def _in_rounds_under_way(session: AsyncSession, answer_id: str) -> Sequence[Entry]:
    rows = await session.scalars(
        select(Entry)
        .join(Round, Round.id == Entry.round_id)
        .where(Entry.answer_id == answer_id, Round.state.not_in(OVER))
    )
    return rows.all()


async def _renew(context: Context, entry: Entry) -> None:
    round = await round_by_id(context.session, entry.round_id)
    await posts.renew_hub(context, await programme_of(context.session, round), round)


async def _programmes_of(session: AsyncSession, slot: Slot) -> Sequence[ReviewProgramme]:
    """Programmes of rounds in the channel where a question was asked."""
    return await _in_channel.objects(session, ReviewProgramme, asked_by=slot.programme_id)


@prepared
def _in_channel(own: Own) -> Select[Any]:
    rounds, asking = table_of(ReviewProgramme), table_of(Programme)
    return (
        select(rounds)
        .join_from(rounds, asking, asking.c.conversation == rounds.c.conversation)
        .where(own(rounds), own(asking), asking.c.id == bindparam("asked_by"))
        .order_by(rounds.c.id)
    )
