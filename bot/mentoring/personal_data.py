"""What this room holds about a person, on both sides: as a mentee and as a mentor."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from sqlalchemy import or_, select

from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.mentoring import digest_times
from bot.mentoring.records import names_of
from bot.mentoring.telling import take_back_messages, tell
from storage.batches import Share, batches
from storage.tables.answers import Answer
from storage.tables.mentoring import (
    MentorAssignment,
    MentorComment,
    MentoringTarget,
    MentorLook,
    MentorNote,
    MentorQuestion,
    Mentorship,
    MentorshipState,
    NoteSeenBy,
    TargetState,
)

TwoSided = Mentorship | MentorAssignment | MentorQuestion
_TWO_SIDES: tuple[type[TwoSided], ...] = (Mentorship, MentorAssignment, MentorQuestion)
"""Tables whose rows name a mentor and a mentee, and go with either."""
AT_ONCE = 200
"""Rows erased in one transaction."""


async def export(ctx: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    """Everything: what was agreed on, asked, written and looked at, with whom.

    Notes that others wrote about the person for themselves or for each other are theirs; the person gets those that
    were for them.
    """
    for part in (_agreed_and_asked, _notes, _comments, _targets, _looks):
        async for row in part(ctx, member):
            yield row


async def _agreed_and_asked(ctx: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    for table in _TWO_SIDES:
        either = or_(table.mentor_id == member, table.mentee_id == member)
        async for found in batches(ctx.session, table, either, order_by=(table.id,)):
            names = await names_of(ctx.session, [id_ for row in found for id_ in (row.mentor_id, row.mentee_id)])
            for row in found:
                other = row.mentee_id if row.mentor_id == member else row.mentor_id
                yield {"with": names.get(other, ""), **_row(row, member)}


async def _notes(ctx: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    for_them = (MentorNote.mentee_id == member) & (MentorNote.seen_by == NoteSeenBy.MENTEE)
    theirs = or_(MentorNote.author_id == member, for_them)
    async for notes in batches(ctx.session, MentorNote, theirs, order_by=(MentorNote.id,)):
        for one in notes:
            yield {
                "what": "note", "mine": one.author_id == member, "for": one.seen_by.value, "text": one.text,
                "at": one.written_at.isoformat(),
            }  # fmt: skip


async def _comments(ctx: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    on_theirs = MentorComment.answer_id.in_(select(Answer.id).where(Answer.member_id == member))
    either = or_(MentorComment.mentor_id == member, on_theirs)
    async for comments in batches(ctx.session, MentorComment, either, order_by=(MentorComment.id,)):
        for one in comments:
            yield {
                "what": "comment", "mine": one.mentor_id == member, "text": one.text, "at": one.written_at.isoformat(),
            }  # fmt: skip


async def _targets(ctx: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    either = or_(MentoringTarget.mentee_id == member, MentoringTarget.proposed_by == member)
    async for targets in batches(ctx.session, MentoringTarget, either, order_by=(MentoringTarget.id,)):
        for one in targets:
            yield {
                "what": "target", "mine": one.mentee_id == member, "level": one.level, "by": one.by_on.isoformat(),
                "state": one.state.value,
            }  # fmt: skip


async def _looks(ctx: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    """Who looked at what of the person's; and when they looked at something of others', whose it was left out."""
    order = (MentorLook.looked_at, MentorLook.id)
    async for looks in batches(ctx.session, MentorLook, MentorLook.mentee_id == member, order_by=order):
        names = await names_of(ctx.session, [one.viewer_id for one in looks if one.viewer_id is not None])
        for one in looks:
            by = names.get(one.viewer_id, "") if one.viewer_id is not None else ""
            yield {"what": "look", "by": by, "at_what": one.what, "at": one.looked_at.isoformat()}
    async for looks in batches(ctx.session, MentorLook, MentorLook.viewer_id == member, order_by=order):
        for one in looks:
            yield {"what": "look of yours", "at_what": one.what, "at": one.looked_at.isoformat()}


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase some of it, and have our messages removed that tell others of the person; how many rows went.

    Mentees are told that a mentor is gone, without who; targets that this mentor proposed and nobody took go. In the
    logs of those whom the person looked at, that somebody looked stays, without who.
    """
    share = Share(ctx.session, AT_ONCE)
    await _end_all(ctx, member, share)
    for table in (MentorAssignment, MentorQuestion):
        await share.delete(table, or_(table.mentor_id == member, table.mentee_id == member))
    await share.delete(MentorNote, or_(MentorNote.author_id == member, MentorNote.mentee_id == member))
    await share.delete(MentorComment, MentorComment.mentor_id == member)
    proposed = (MentoringTarget.proposed_by == member) & (MentoringTarget.state == TargetState.PROPOSED)
    await share.delete(MentoringTarget, or_(MentoringTarget.mentee_id == member, proposed))
    await share.update(MentoringTarget, MentoringTarget.proposed_by == member, proposed_by=None)
    await share.delete(MentorLook, MentorLook.mentee_id == member)
    await share.update(MentorLook, MentorLook.viewer_id == member, viewer_id=None)
    if share.left:
        await take_back_messages(ctx, member)
        share.took(await digest_times.forget(ctx.session, member))
    return share.done


async def _end_all(ctx: Context, member: MemberId, share: Share) -> None:
    """Mentorships on both sides go; each mentee of a mentor is told in the transaction in which theirs does."""
    either = or_(Mentorship.mentor_id == member, Mentorship.mentee_id == member)
    some = (await ctx.session.scalars(select(Mentorship).where(either).order_by(Mentorship.id).limit(share.left))).all()
    for one in some:
        if one.mentor_id == member and one.state is MentorshipState.ACTIVE:
            await tell(ctx, "gone", one.mentee_id, one.mentee_id, (), once=ctx.now.isoformat())
    await share.delete(Mentorship, Mentorship.id.in_([one.id for one in some]))


def _row(row: TwoSided, member: MemberId) -> Mapping[str, Any]:
    side = "mentor" if row.mentor_id == member else "mentee"
    match row:
        case Mentorship():
            return {
                "what": "mentorship", "as": side, "state": row.state.value, "shows": row.shares,
                "since": row.since.isoformat() if row.since else None,
                "ended_at": row.ended_at.isoformat() if row.ended_at else None,
            }  # fmt: skip
        case MentorAssignment():
            return {
                "what": "assigned question", "as": side, "question": row.question, "due_on": row.due_on.isoformat(),
                "answered_at": row.answered_at.isoformat() if row.answered_at else None,
            }  # fmt: skip
        case _:
            return {
                "what": "question to a mentor", "as": side, "text": row.text, "reply": row.reply,
                "asked_at": row.asked_at.isoformat(),
            }  # fmt: skip
