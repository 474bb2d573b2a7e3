"""What a reply stands in, read from what is stored of its thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers.chatter import Standing, words_of
from bot.base.ids import MemberId
from storage.prepared import Own, prepared, table_of
from storage.tables.answers import Answer, AnswerPart, AnswerState, AsideReason, GivenAs, SetAside
from storage.tables.people import Member
from storage.tables.questions import Slot

ANSWER, ASIDE, MEMBER = table_of(Answer), table_of(SetAside), table_of(Member)
ESCAPE = "/"


async def standing_in(
    session: AsyncSession, slot: Slot, member: MemberId, text: str, answer: Answer | None, pending: Sequence[SetAside]
) -> Standing:
    """What a reply of `member` with this text stands in, given their answer in the thread and what is pending.

    Whether others spoke since matters only to those who have begun, and of the others' names only one the reply
    begins with.
    """
    goes_on = answer is not None and answer.state is AnswerState.OPEN
    words = words_of(text)
    return Standing(
        kind=slot.kind,
        goes_on=goes_on,
        pending=bool(pending),
        others_since=(goes_on or bool(pending)) and await _others_since(session, slot, member),
        names=await _names(session, slot, member, words[0]) if words and words[0] else frozenset(),
    )


async def pending_replies(
    session: AsyncSession, slot: Slot, member: MemberId, at: datetime, quiet: timedelta
) -> Sequence[SetAside]:
    """The member's replies within the quiet time that were unsure and become parts if they go on."""
    found = await _pending.rows(session, slot=slot.id, author=member, since=at - quiet)
    return [await session.get_one(SetAside, row.id) for row in found]


@prepared
def _pending(own: Own) -> Select[Any]:
    """Looked for first, since most people have none."""
    conditions = (
        ASIDE.c.slot_id == bindparam("slot"),
        ASIDE.c.member_id == bindparam("author"),
        ASIDE.c.reason == AsideReason.UNSURE,
        ASIDE.c.posted_at > bindparam("since"),
        ASIDE.c.text.is_not(None),
    )
    return select(ASIDE.c.id).where(own(ASIDE), *conditions).order_by(ASIDE.c.posted_at, ASIDE.c.id)


async def _others_since(session: AsyncSession, slot: Slot, member: MemberId) -> bool:
    """Whether somebody else has written in the thread since the member's last reply there."""
    latest: dict[bool, datetime] = {}
    parts = await session.execute(
        select(Answer.member_id, func.max(AnswerPart.posted_at))
        .join(Answer, AnswerPart.answer_id == Answer.id)
        .where(Answer.slot_id == slot.id, Answer.given_as == GivenAs.THREAD)
        .group_by(Answer.member_id)
    )
    asides = await session.execute(
        select(SetAside.member_id, func.max(SetAside.posted_at))
        .where(SetAside.slot_id == slot.id)
        .group_by(SetAside.member_id)
    )
    for who, moment in (*parts, *asides):
        own = who == member
        latest[own] = max(latest.get(own, moment), moment)
    return True in latest and False in latest and latest[False] > latest[True]


async def _names(session: AsyncSession, slot: Slot, member: MemberId, word: str) -> frozenset[str]:
    """The first names of others in the thread that begin with this word.

    SQLite compares letters beyond ASCII by their case, so both spellings are asked for.
    """
    spellings = {"small": f"{_escaped(word)}%", "capital": f"{_escaped(word.capitalize())}%"}
    rows = await _named.rows(session, slot=slot.id, author=member, **spellings)
    return frozenset(name.split()[0].lower() for (name,) in rows if name.split())


@prepared
def _named(own: Own) -> Select[Any]:
    in_answers = select(ANSWER.c.member_id).where(own(ANSWER), ANSWER.c.slot_id == bindparam("slot"))
    aside = select(ASIDE.c.member_id).where(own(ASIDE), ASIDE.c.slot_id == bindparam("slot"))
    spelt = (MEMBER.c.display_name.ilike(bindparam(form), escape=ESCAPE) for form in ("small", "capital"))
    others = MEMBER.c.id != bindparam("author"), MEMBER.c.id.in_(in_answers.union(aside))
    return select(MEMBER.c.display_name).where(own(MEMBER), or_(*spelt), *others)


def _escaped(word: str) -> str:
    """The word as a pattern that matches nothing but itself."""
    return "".join(f"{ESCAPE}{letter}" if letter in f"%_{ESCAPE}" else letter for letter in word)
