"""Who looked: every view of something of a mentee's is written down, for the mentee to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, new_id
from bot.feature.context import Context
from bot.members.mentorships import Shared
from storage.tables.answers import Answer, AnswerState, Revision
from storage.tables.mentoring import MentorLook, Mentorship, MentorshipState
from storage.tables.outbox import Delivery
from storage.tables.people import Member
from storage.tables.review import Entry
from storage.tables.stories import Story, StoryVersion

SAME_LOOK = timedelta(minutes=10)
"""Looking at the same thing again within this time is one look."""
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log. `name` is empty where whoever looked was erased since; `subject` is the one answer or
    story, empty where it was a list or figures."""

    name: str
    what: str
    at: datetime
    subject: str = ""


async def looked(
    ctx: Context, viewer: MemberId, mentee: MemberId, what: Shared, subject: str = "", *, in_person: bool = True
) -> None:
    """Write down that `viewer` saw this of `mentee`'s; `subject` is the one answer or story.

    Looking at what is one's own is nobody's business. A summary that came by itself is written down too, but says
    nothing about whether the mentor is there: then it is not `in_person`.
    """
    if viewer == mentee:
        return
    again = await ctx.session.scalar(
        select(MentorLook.id)
        .where(
            MentorLook.mentee_id == mentee,
            MentorLook.viewer_id == viewer,
            MentorLook.what == what,
            MentorLook.subject_id == subject,
            MentorLook.looked_at > ctx.now - SAME_LOOK,
        )
        .limit(1)
    )
    if again is None:
        row = MentorLook(
            id=new_id(), viewer_id=viewer, mentee_id=mentee, what=what, subject_id=subject, looked_at=ctx.now
        )
        ctx.session.add(row)
        await ctx.session.flush()
    if in_person:
        await was_active(ctx, viewer, mentee)


async def story_seen(ctx: Context, story: str) -> None:
    """A mentor found or opened a mentee's story elsewhere: that is a look too."""
    owner = await ctx.session.scalar(select(Story.member_id).where(Story.id == story))
    if owner is not None:
        await looked(ctx, ctx.member, owner, "stories", story)


async def review_seen(ctx: Context, delivery_id: str) -> None:
    """A mentor was sent what reviewers found, below the words of the answer: both came by themselves."""
    delivery = await ctx.session.get_one(Delivery, delivery_id)
    entry = await ctx.session.get(Entry, delivery.subject_id)
    if entry is not None and delivery.member_id is not None:
        for what in ("answers", "reviews"):
            await looked(ctx, delivery.member_id, entry.author_id, what, entry.answer_id, in_person=False)


async def was_active(ctx: Context, mentor: MemberId, mentee: MemberId) -> None:
    """The mentor looked, or wrote: they are not silent."""
    await ctx.session.execute(
        update(Mentorship)
        .where(
            Mentorship.mentor_id == mentor,
            Mentorship.mentee_id == mentee,
            Mentorship.state == MentorshipState.ACTIVE,
        )
        .values(mentor_active_at=ctx.now)
    )


async def looks_at(session: AsyncSession, mentee: MemberId, most: int = SHOWN) -> Sequence[Look]:
    """Who looked at what of `mentee`'s, the latest first."""
    rows = await session.execute(
        select(Member.display_name, MentorLook.what, MentorLook.looked_at, MentorLook.subject_id)
        .outerjoin_from(MentorLook, Member, Member.id == MentorLook.viewer_id)
        .where(MentorLook.mentee_id == mentee)
        .order_by(MentorLook.looked_at.desc(), MentorLook.id.desc())
        .limit(most)
    )
    return [Look(name or "", what, at, subject) for name, what, at, subject in rows]


async def titles_of(session: AsyncSession, looks: Sequence[Look]) -> Mapping[str, str]:
    """What was looked at, by its id: the question of an answer (empty for a text of one's own), the title of a story.

    What is gone since has none.
    """
    subjects = {look.subject for look in looks}
    answers = await session.execute(
        select(Revision.answer_id, Revision.question)
        .join(Answer, Answer.id == Revision.answer_id)
        .where(Revision.answer_id.in_(subjects), Answer.state != AnswerState.WITHDRAWN)
        .order_by(Revision.number)
    )
    stories = await session.execute(
        select(StoryVersion.story_id, StoryVersion.title)
        .where(StoryVersion.story_id.in_(subjects))
        .order_by(StoryVersion.number)
    )
    return {subject: title for rows in (answers, stories) for subject, title in rows}


async def forget_looks(session: AsyncSession, before: datetime, limit: int) -> int:
    """Delete at most so many entries of the log that are older; how many there were."""
    old = select(MentorLook.id).where(MentorLook.looked_at < before).limit(limit)
    ids = (await session.scalars(old)).all()
    if ids:
        await session.execute(delete(MentorLook).where(MentorLook.id.in_(ids)))
    return len(ids)


async def forget_mentorships(session: AsyncSession, before: datetime, limit: int) -> int:
    """Delete at most so many mentorships that ended before; how many there were."""
    old = select(Mentorship.id).where(Mentorship.ended_at < before).limit(limit)
    ids = (await session.scalars(old)).all()
    if ids:
        await session.execute(delete(Mentorship).where(Mentorship.id.in_(ids)))
    return len(ids)
