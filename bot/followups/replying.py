"""Replies to follow-ups: opened from feedback, judged, kept with the version they belong to, tried again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete, select

from bot.answers.records import Reviewed, report_of
from bot.base.errors import UserFacingError
from bot.base.ids import new_id
from bot.base.text import Text, t
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.followups.forms import REPLY, reply_form
from bot.scoring.followups import FOLLOW_UP_KINDS, FollowUpKind, FollowUpReport, judge_follow_up
from content.follow_ups import follow_up_cues
from storage.tables.answers import Answer, AnswerState, Revision
from storage.tables.followups import FollowUpReply

LISTED = 10
GONE = t("This answer is not there any more. It was withdrawn or erased.")


@dataclass(frozen=True, slots=True)
class Judged:
    """A stored reply with what was said of it, the version of the answer it belongs to, and the newest one."""

    reply: FollowUpReply
    report: FollowUpReport
    version: int
    newest: int


async def opened(ctx: Context, answer_id: str) -> Form:
    """The form on one's own answer, with the question that its report asks back chosen."""
    revision = await ctx.session.scalar(
        select(Revision)
        .join(Answer, Answer.id == Revision.answer_id)
        .where(Answer.id == answer_id, Answer.member_id == ctx.member, Answer.state != AnswerState.WITHDRAWN)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    if revision is None:
        raise UserFacingError(GONE)
    if revision.kind != "behavioral":
        raise UserFacingError(t("These follow-ups are asked after a story of your own. This question had none."))
    return reply_form(revision.id, _kind(report_of(revision).follow_up_code))


async def opened_again(ctx: Context, reply_id: str) -> Form:
    """The form with the words of an earlier reply."""
    reply = await _own(ctx, reply_id)
    return reply_form(reply.revision_id, cast(FollowUpKind, reply.kind), reply.text)


def kind_of(values: Mapping[str, Sequence[str]]) -> FollowUpKind:
    """The follow-up that was chosen in the form."""
    return _kind("".join(values.get("kind", ())))


def _kind(code: str) -> FollowUpKind:
    """The follow-up of this code; what one would do differently is asked after any story."""
    return next((kind for kind in FOLLOW_UP_KINDS if kind == code), "differently")


def problems(values: Mapping[str, Sequence[str]]) -> dict[str, Text]:
    """What is wrong with a submitted form: nothing to read in it."""
    if any(char.isalnum() for char in "".join(values.get(REPLY, ()))):
        return {}
    return {REPLY: t("There are no words here that I can read. Write it as you would say it.")}


async def give(ctx: Context, found: Reviewed, kind: FollowUpKind, text: str) -> Judged:
    """Judge and keep a reply to a follow-up on this version; the same words sent twice are one reply."""
    await ctx.session.execute(select(Answer.id).where(Answer.id == found.answer.id).with_for_update())
    last = await ctx.session.scalar(
        select(FollowUpReply)
        .where(FollowUpReply.revision_id == found.revision.id, FollowUpReply.kind == kind)
        .order_by(FollowUpReply.number.desc())
        .limit(1)
    )
    if last is None or last.text != text:
        with ctx.timed("scoring"):
            report = judge_follow_up(kind, text, ctx.rules, follow_up_cues(), found.revision.text)
        last = FollowUpReply(
            id=new_id(),
            member_id=found.answer.member_id,
            answer_id=found.answer.id,
            revision_id=found.revision.id,
            kind=kind,
            number=last.number + 1 if last else 1,
            text=text,
            report=report.to_json().decode(),
            created_at=ctx.now,
        )
        ctx.session.add(last)
        await ctx.session.flush()
    return await judged(ctx, last)


async def own_reply(ctx: Context, reply_id: str) -> Judged:
    """One's own reply with what was said of it; a sentence where it is gone."""
    return await judged(ctx, await _own(ctx, reply_id))


async def judged(ctx: Context, reply: FollowUpReply) -> Judged:
    """A reply with its report and its place among the versions of the answer."""
    numbers = await ctx.session.execute(
        select(Revision.id, Revision.number).where(Revision.answer_id == reply.answer_id).order_by(Revision.number)
    )
    versions = {revision.id: revision.number for revision in numbers}
    return Judged(reply, FollowUpReport.from_json(reply.report), versions[reply.revision_id], max(versions.values()))


async def latest(ctx: Context) -> Sequence[FollowUpReply]:
    """One's own latest replies, newest first."""
    rows = await ctx.session.scalars(
        select(FollowUpReply)
        .where(FollowUpReply.member_id == ctx.member)
        .order_by(FollowUpReply.created_at.desc(), FollowUpReply.id.desc())
        .limit(LISTED)
    )
    return rows.all()


async def last_story(ctx: Context) -> str | None:
    """The id of one's own newest answer that tells a story."""
    return await ctx.session.scalar(
        select(Answer.id)
        .join(Revision, Revision.answer_id == Answer.id)
        .where(Answer.member_id == ctx.member, Answer.state != AnswerState.WITHDRAWN, Revision.kind == "behavioral")
        .order_by(Revision.created_at.desc(), Revision.id.desc())
        .limit(1)
    )


async def answer_withdrawn(ctx: Context, answer_id: str) -> None:
    """Forget the replies that belong to an answer that is being withdrawn."""
    await ctx.session.execute(delete(FollowUpReply).where(FollowUpReply.answer_id == answer_id))


async def _own(ctx: Context, reply_id: str) -> FollowUpReply:
    reply = await ctx.session.scalar(
        select(FollowUpReply).where(FollowUpReply.id == reply_id, FollowUpReply.member_id == ctx.member)
    )
    if reply is None:
        raise UserFacingError(t("This reply is not there any more. It went with its answer."))
    return reply
