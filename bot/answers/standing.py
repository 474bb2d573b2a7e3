"""What a reply stands in, read from what is stored of its thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers.chatter import Standing, read
from bot.base.ids import MemberId
from storage.tables.answers import Answer, AnswerPart, AnswerState, AsideReason, GivenAs, SetAside
from storage.tables.people import Member
from storage.tables.questions import Slot


async def standing_in(
    session: AsyncSession, slot: Slot, member: MemberId, text: str, answer: Answer | None, pending: Sequence[SetAside]
) -> Standing:
    """What a reply of `member` with this text stands in, given their answer in the thread and what is pending.

    Whether others spoke since matters only to those who have begun, and of the others' names only one the reply
    begins with.
    """
    goes_on = answer is not None and answer.state is AnswerState.OPEN
    words = read(text).words
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
    rows = await session.scalars(
        select(SetAside)
        .where(
            SetAside.slot_id == slot.id,
            SetAside.member_id == member,
            SetAside.reason == AsideReason.UNSURE,
            SetAside.posted_at > at - quiet,
            SetAside.text.is_not(None),
        )
        .order_by(SetAside.posted_at, SetAside.id)
    )
    return rows.all()


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
    in_answers = select(Answer.member_id).where(Answer.slot_id == slot.id)
    aside = select(SetAside.member_id).where(SetAside.slot_id == slot.id)
    names = await session.scalars(
        select(Member.display_name).where(
            Member.id != member,
            or_(*(Member.display_name.istartswith(form, autoescape=True) for form in (word, word.capitalize()))),
            Member.id.in_(in_answers.union(aside)),
        )
    )
    return frozenset(name.split()[0].lower() for name in names if name.split())
