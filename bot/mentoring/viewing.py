"""What a mentor sees of a mentee: one function for both, so that the mentee sees exactly the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.answers.records import answer_by_id, last_revision, subject_of
from bot.base.errors import NotAllowed
from bot.base.ids import MemberId
from bot.base.policy import Actor, may
from bot.base.text import Text, t
from bot.feature.context import Context
from bot.members.identity import name_of
from bot.members.mentorships import Shared, shown_to
from bot.mentoring.history import zones_of
from bot.mentoring.readable import mentors_may_read
from bot.mentoring.targets import standing_of
from bot.review.results import read_result
from storage.tables.answers import Answer, Revision
from storage.tables.mentoring import MentorAssignment, Mentorship
from storage.tables.review import Entry, EntryState
from storage.tables.stories import Story, StoryVersion, StoryVisibility

MOST_ANSWERS, MOST_STORIES, MOST_ASSIGNMENTS = 5, 5, 5
NOT_SHOWN = t("This is not shown to you. What a mentor sees is the mentee's choice, answer by answer.")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer in the list; `rating` is None where it is not shown or there is none."""

    id: str
    question: str
    on: date
    """The day on which it was told last, where the mentee was then."""
    rating: float | None


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """What this mentor asked for, and what became of it."""

    id: str
    question: str
    due_on: date
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class View:
    """All that one mentor sees of one mentee at a glance."""

    mentorship: str
    mentor: MemberId
    mentor_name: str
    mentee: MemberId
    mentee_name: str
    shares: frozenset[Shared]
    answers: Sequence[AnswerLine] = ()
    stories: Sequence[tuple[str, str]] = ()
    """Ids and titles."""
    assignments: Sequence[AssignmentLine] = ()
    target: Text | None = None


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer as a mentor sees it. The rating and what reviewers found are there only where they are shown."""

    id: str
    mentee: MemberId
    name: str
    question: str
    text: str
    on: date
    """The day on which it was told last, where the mentee was then."""
    rating: float | None = None
    reviews: tuple[float, int] | None = None
    """The mean of the reviews, from 1 to 5, and how many there are."""


async def view_of(ctx: Context, mentorship: Mentorship) -> View:
    """What the mentor of this mentorship sees now."""
    session, mentor, mentee = ctx.session, mentorship.mentor_id, mentorship.mentee_id
    shares = await shown_to(session, mentor, mentee)
    return View(
        mentorship.id,
        mentor,
        await name_of(session, mentor),
        mentee,
        await name_of(session, mentee),
        shares,
        answers=await _answers(session, mentee, rated="scores" in shares) if "answers" in shares else (),
        stories=await _stories(session, mentee) if "stories" in shares else (),
        assignments=await _assignments(session, mentor, mentee),
        target=await standing_of(ctx, mentee, to_mentors=True) if "scores" in shares else None,
    )


async def answer_for(ctx: Context, answer_id: str, mentor: MemberId) -> AnswerView:
    """An answer as `mentor` sees it; `NotAllowed` where they do not."""
    session = ctx.session
    answer = await answer_by_id(session, answer_id)
    about, actor = await subject_of(session, answer), Actor(ctx.workspace, mentor)
    shares = await shown_to(session, mentor, answer.member_id)
    revision = await last_revision(session, answer.id)
    if revision is None or answer.hidden_at is not None or "answers" not in shares or mentor == answer.member_id:
        raise NotAllowed(NOT_SHOWN)
    if not may(actor, "answer.see", about):
        raise NotAllowed(NOT_SHOWN)
    return AnswerView(
        answer.id,
        answer.member_id,
        await name_of(session, answer.member_id),
        revision.question,
        revision.text,
        (await zones_of(session, answer.member_id)).day_of(revision.created_at),
        revision.rating if "scores" in shares else None,
        await _reviews(session, answer.id) if "reviews" in shares else None,
    )


async def _answers(session: AsyncSession, mentee: MemberId, *, rated: bool) -> Sequence[AnswerLine]:
    each = aliased(Revision)
    newest = select(func.max(each.number)).where(each.answer_id == Answer.id).correlate(Answer).scalar_subquery()
    rows = await session.execute(
        select(Answer.id, Revision.question, Revision.created_at, Revision.rating)
        .join(Revision, and_(Revision.answer_id == Answer.id, Revision.number == newest))
        .where(
            Answer.member_id == mentee,
            mentors_may_read(),
        )
        .order_by(Revision.created_at.desc(), Answer.id.desc())
        .limit(MOST_ANSWERS)
    )
    zones = await zones_of(session, mentee)
    return [
        AnswerLine(id_, question, zones.day_of(at), rating if rated else None) for id_, question, at, rating in rows
    ]


async def _stories(session: AsyncSession, mentee: MemberId) -> Sequence[tuple[str, str]]:
    rows = await session.execute(
        select(Story.id, StoryVersion.title)
        .join(StoryVersion, and_(StoryVersion.story_id == Story.id, StoryVersion.number == Story.versions))
        .where(Story.member_id == mentee, Story.visibility != StoryVisibility.ME)
        .order_by(Story.updated_at.desc(), Story.id.desc())
        .limit(MOST_STORIES)
    )
    return [(id_, title) for id_, title in rows]


async def _assignments(session: AsyncSession, mentor: MemberId, mentee: MemberId) -> Sequence[AssignmentLine]:
    rows = await session.scalars(
        select(MentorAssignment)
        .where(MentorAssignment.mentor_id == mentor, MentorAssignment.mentee_id == mentee)
        .order_by(MentorAssignment.assigned_at.desc(), MentorAssignment.id.desc())
        .limit(MOST_ASSIGNMENTS)
    )
    return [AssignmentLine(one.id, one.question, one.due_on, one.answered_at) for one in rows]


async def _reviews(session: AsyncSession, answer_id: str) -> tuple[float, int] | None:
    entry = await session.scalar(
        select(Entry)
        .where(Entry.answer_id == answer_id, Entry.state == EntryState.SUMMARISED)
        .order_by(Entry.id.desc())
        .limit(1)
    )
    result = read_result(entry) if entry is not None else None
    if result is None or result.mean is None or result.apart:
        return None
    return result.mean, result.reviews
