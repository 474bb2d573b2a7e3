"""What mentor and mentee say to each other: comments on answers, questions and replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, true, update

from bot.answers.records import own_answer
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.text import t
from bot.feature.context import Context
from bot.members.mentorships import Shared, mentors_of
from bot.mentoring.records import OVER, mentee_subject
from bot.mentoring.service import looked, was_active
from bot.mentoring.telling import tell
from bot.mentoring.viewing import AnswerView, answer_for
from storage.tables.mentoring import MentorAssignment, MentorComment, MentorQuestion
from storage.tables.people import Member

NO_WORDS = t("Write a sentence first.")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about an answer: by whom, when; a question of the mentee's has their reply beside it."""

    name: str
    text: str
    at: datetime
    reply: str = ""
    asked: bool = False
    """The mentee asked this of `name`."""


async def look_at(ctx: Context, answer_id: str) -> AnswerView:
    """The actor reads a mentee's answer: it is written down, and what they asked for is looked at."""
    seen = await answer_for(ctx, answer_id, ctx.member)
    shown: dict[Shared, bool] = {
        "answers": True, "scores": seen.rating is not None, "reviews": seen.reviews is not None
    }  # fmt: skip
    for what, there in shown.items():
        if there:
            await looked(ctx, ctx.member, seen.mentee, what, answer_id)
    await ctx.session.execute(
        update(MentorAssignment)
        .where(MentorAssignment.answer_id == answer_id, MentorAssignment.mentor_id == ctx.member)
        .values(looked_at=ctx.now)
    )
    return seen


async def comment(ctx: Context, answer_id: str, text: str) -> MentorComment:
    """The actor says something about a mentee's answer, to the mentee; questions about it are replied to by that."""
    seen = await look_at(ctx, answer_id)
    ctx.require("mentee.help", await mentee_subject(ctx, seen.mentee))
    row = MentorComment(id=new_id(), mentor_id=ctx.member, answer_id=answer_id, text=_words(text), written_at=ctx.now)
    ctx.session.add(row)
    await ctx.session.flush()
    await ctx.session.execute(
        update(MentorQuestion)
        .where(
            MentorQuestion.mentor_id == ctx.member,
            MentorQuestion.answer_id == answer_id,
            MentorQuestion.replied_at.is_(None),
        )
        .values(replied_at=ctx.now)
    )
    await tell(ctx, "comment", row.id, seen.mentee, (ctx.member,))
    return row


async def ask(ctx: Context, mentor: MemberId, text: str, answer_id: str = "") -> MentorQuestion:
    """The actor asks a mentor of theirs, about an answer of their own where one is named."""
    if mentor not in await mentors_of(ctx.session, ctx.member):
        raise UserFacingError(t("This person is not your mentor. Choose one of your mentors."))
    if answer_id:
        await own_answer(ctx, answer_id, "feedback.see")
    row = MentorQuestion(
        id=new_id(), mentor_id=mentor, mentee_id=ctx.member, answer_id=answer_id or None, text=_words(text),
        asked_at=ctx.now,
    )  # fmt: skip
    ctx.session.add(row)
    await ctx.session.flush()
    await tell(ctx, "question", row.id, mentor, (ctx.member,))
    return row


async def question_to(ctx: Context, question_id: str) -> MentorQuestion:
    """A question that a mentee asked the actor; a sentence where it is settled or the mentorship is over."""
    row = await ctx.session.get(MentorQuestion, question_id)
    if row is None or row.mentor_id != ctx.member:
        raise NotAllowed(t("You cannot do that here. If you think you should be able to, ask an admin."))
    if ctx.member not in await mentors_of(ctx.session, row.mentee_id):
        raise UserFacingError(OVER)
    return row


async def reply(ctx: Context, row: MentorQuestion, text: str) -> None:
    """The mentor replies; a later reply replaces an earlier one, and is told anew."""
    row.reply, row.replied_at = _words(text), ctx.now
    await ctx.session.flush()
    await was_active(ctx, row.mentor_id, row.mentee_id)
    await tell(ctx, "reply", row.id, row.mentee_id, (row.mentor_id,), once=ctx.now.isoformat())


async def said_about(ctx: Context, answer_id: str, *, by: MemberId | None = None) -> Sequence[Said]:
    """What mentors said about an answer and were asked about it, the oldest first; `by` one of them alone."""
    comment_by = MentorComment.mentor_id == by if by is not None else true()
    asked_of = MentorQuestion.mentor_id == by if by is not None else true()
    comments = await ctx.session.execute(
        select(MentorComment, Member.display_name)
        .join(Member, Member.id == MentorComment.mentor_id)
        .where(MentorComment.answer_id == answer_id, comment_by)
    )
    asked = await ctx.session.execute(
        select(MentorQuestion, Member.display_name)
        .join(Member, Member.id == MentorQuestion.mentor_id)
        .where(MentorQuestion.answer_id == answer_id, asked_of)
    )
    found = [Said(name, row.text, row.written_at) for row, name in comments]
    found += [Said(name, row.text, row.asked_at, row.reply, asked=True) for row, name in asked]
    return sorted(found, key=lambda one: one.at)


async def answer_withdrawn(ctx: Context, answer_id: str) -> None:
    """With an answer goes what was said about it; a question keeps its words without it."""
    await ctx.session.execute(delete(MentorComment).where(MentorComment.answer_id == answer_id))
    await ctx.session.execute(
        update(MentorQuestion).where(MentorQuestion.answer_id == answer_id).values(answer_id=None)
    )


def _words(text: str) -> str:
    if not any(character.isalnum() for character in text):
        raise UserFacingError(NO_WORDS)
    return text.strip()
