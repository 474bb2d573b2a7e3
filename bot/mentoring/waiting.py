"""What waits for a mentor, and for how long: counted from what happened, never promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.base.text import Text, t, tn
from bot.members.mentorships import mentees_of
from bot.mentoring.readable import mentors_may_read
from storage.tables.answers import Answer, Revision
from storage.tables.mentoring import MentorAssignment, MentorQuestion, Mentorship, MentorshipState
from storage.tables.people import Member

Kind = Literal["request", "question", "assignment"]
LATEST = 5
"""The usual wait is that of so many of the latest replies."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a mentor since a moment; `id` is the mentorship, question or assignment."""

    kind: Kind
    id: str
    mentee: str
    text: str
    since: datetime
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class QueueAge:
    """How many things wait for a mentor, the oldest since when, and how long the latest replies took in the middle."""

    count: int
    oldest: datetime | None
    usual: timedelta | None


async def waiting_for(session: AsyncSession, mentor: MemberId) -> Sequence[Waiting]:
    """Requests, questions and answered assignments that wait for `mentor`, the oldest first."""
    active = await mentees_of(session, mentor)
    found = [*await _requests(session, mentor), *await _questions(session, mentor, active)]
    found += await _answered(session, mentor, await mentees_of(session, mentor, "answers"))
    return sorted(found, key=lambda one: (one.since, one.id))


async def queue_age(session: AsyncSession, mentor: MemberId) -> QueueAge:
    """How honest it would be to expect a reply soon."""
    waits = await waiting_for(session, mentor)
    rows = await session.execute(
        select(MentorQuestion.asked_at, MentorQuestion.replied_at)
        .where(MentorQuestion.mentor_id == mentor, MentorQuestion.replied_at.is_not(None))
        .order_by(MentorQuestion.replied_at.desc())
        .limit(LATEST)
    )
    took = [(replied - asked).total_seconds() for asked, replied in rows if replied is not None]
    usual = timedelta(seconds=median(took)) if took else None
    return QueueAge(len(waits), waits[0].since if waits else None, usual)


async def unseen_since(session: AsyncSession, mentorship: Mentorship, since: datetime) -> bool:
    """Whether the mentee did anything since that the mentor could have looked at or replied to."""
    asked = await session.scalar(
        select(func.count(MentorQuestion.id)).where(
            MentorQuestion.mentor_id == mentorship.mentor_id,
            MentorQuestion.mentee_id == mentorship.mentee_id,
            MentorQuestion.replied_at.is_(None),
        )
    )
    if asked:
        return True
    if not {"answers", "scores"} & {*mentorship.shares}:
        return False
    answered = await session.scalar(
        select(func.count(Revision.id))
        .join(Answer, Answer.id == Revision.answer_id)
        .where(
            Answer.member_id == mentorship.mentee_id,
            mentors_may_read(),
            Revision.created_at > since,
        )
    )
    return bool(answered)


def span_text(span: timedelta) -> Text:
    """A span of time as people say it: minutes and seconds do not matter here."""
    if span < timedelta(hours=1):
        return t("less than an hour")
    if span < timedelta(days=2):
        return tn("{count} hour", "{count} hours", int(span / timedelta(hours=1)))
    return tn("{count} day", "{count} days", span.days)


def age_text(age: QueueAge, name: str, now: datetime) -> Text:
    """What a mentee is told of the queue at a mentor: how it stands, and what it took so far, without a promise."""
    usual = (
        t("Half of their latest replies came within {span}.", span=span_text(age.usual))
        if age.usual is not None
        else t("{name} has not replied to anything here yet, so I cannot say how long it takes.", name=name)
    )
    if age.oldest is None:
        return t("Nothing else waits for {name}. {usual}", name=name, usual=usual)
    waits = tn("{count} thing waits", "{count} things wait", age.count)
    span = span_text(now - age.oldest)
    return t("{waits} for {name}, the oldest for {span}. {usual}", waits=waits, name=name, span=span, usual=usual)


async def _requests(session: AsyncSession, mentor: MemberId) -> list[Waiting]:
    rows = await session.execute(
        select(Mentorship.id, Member.display_name, Mentorship.asked_at)
        .join(Member, Member.id == Mentorship.mentee_id)
        .where(Mentorship.mentor_id == mentor, Mentorship.state == MentorshipState.ASKED)
    )
    return [Waiting("request", id_, name, "", at) for id_, name, at in rows]


async def _questions(session: AsyncSession, mentor: MemberId, mentees: frozenset[MemberId]) -> list[Waiting]:
    rows = await session.execute(
        select(MentorQuestion, Member.display_name)
        .join(Member, Member.id == MentorQuestion.mentee_id)
        .where(
            MentorQuestion.mentor_id == mentor,
            MentorQuestion.mentee_id.in_(mentees),
            MentorQuestion.replied_at.is_(None),
        )
    )
    return [Waiting("question", one.id, name, one.text, one.asked_at, one.answer_id) for one, name in rows]


async def _answered(session: AsyncSession, mentor: MemberId, mentees: frozenset[MemberId]) -> list[Waiting]:
    """Answers to what the mentor asked for, which they have not looked at; one they may not see waits for nobody."""
    rows = await session.execute(
        select(MentorAssignment, Member.display_name)
        .join(Member, Member.id == MentorAssignment.mentee_id)
        .join(Answer, Answer.id == MentorAssignment.answer_id)
        .where(
            MentorAssignment.mentor_id == mentor,
            MentorAssignment.mentee_id.in_(mentees),
            MentorAssignment.looked_at.is_(None),
            mentors_may_read(),
        )
    )
    return [
        Waiting("assignment", one.id, name, one.question, one.answered_at or one.assigned_at, one.answer_id)
        for one, name in rows
    ]
