"""What this room holds about a person, on both sides: as a mentee and as a mentor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import delete, or_, select, update

from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.mentoring import digest_times
from bot.mentoring.records import mentees_agreed_with, names_of
from bot.mentoring.service import looks_at
from bot.mentoring.telling import take_back_messages, tell
from storage.tables.answers import Answer
from storage.tables.mentoring import (
    MentorAssignment,
    MentorComment,
    MentoringTarget,
    MentorLook,
    MentorNote,
    MentorQuestion,
    Mentorship,
    NoteSeenBy,
    TargetState,
)

TwoSided = Mentorship | MentorAssignment | MentorQuestion
_TWO_SIDES: tuple[type[TwoSided], ...] = (Mentorship, MentorAssignment, MentorQuestion)
"""Tables whose rows name a mentor and a mentee, and go with either."""
EVERY_LOOK = 100_000


async def export(ctx: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """Everything: what was agreed on, asked, written and looked at, with whom.

    Notes that others wrote about the person for themselves or for each other are theirs; the person gets those that
    were for them.
    """
    return [
        *await _agreed_and_asked(ctx, member),
        *await _notes(ctx, member),
        *await _comments(ctx, member),
        *await _targets(ctx, member),
        *await _looks(ctx, member),
    ]


async def _agreed_and_asked(ctx: Context, member: MemberId) -> list[Mapping[str, Any]]:
    rows: list[TwoSided] = []
    for table in _TWO_SIDES:
        either = or_(table.mentor_id == member, table.mentee_id == member)
        found = await ctx.session.scalars(select(table).where(either).order_by(table.id))
        rows += [cast(TwoSided, one) for one in found]
    names = await names_of(ctx.session, [id_ for row in rows for id_ in (row.mentor_id, row.mentee_id)])
    return [
        {"with": names.get(row.mentee_id if row.mentor_id == member else row.mentor_id, ""), **_row(row, member)}
        for row in rows
    ]


async def _notes(ctx: Context, member: MemberId) -> list[Mapping[str, Any]]:
    for_them = (MentorNote.mentee_id == member) & (MentorNote.seen_by == NoteSeenBy.MENTEE)
    notes = await ctx.session.scalars(
        select(MentorNote).where(or_(MentorNote.author_id == member, for_them)).order_by(MentorNote.id)
    )
    return [
        {"what": "note", "mine": one.author_id == member, "for": one.seen_by.value, "text": one.text,
         "at": one.written_at.isoformat()}
        for one in notes
    ]  # fmt: skip


async def _comments(ctx: Context, member: MemberId) -> list[Mapping[str, Any]]:
    comments = await ctx.session.scalars(
        select(MentorComment)
        .join(Answer, Answer.id == MentorComment.answer_id)
        .where(or_(MentorComment.mentor_id == member, Answer.member_id == member))
        .order_by(MentorComment.id)
    )
    return [
        {"what": "comment", "mine": one.mentor_id == member, "text": one.text, "at": one.written_at.isoformat()}
        for one in comments
    ]


async def _targets(ctx: Context, member: MemberId) -> list[Mapping[str, Any]]:
    targets = await ctx.session.scalars(
        select(MentoringTarget)
        .where(or_(MentoringTarget.mentee_id == member, MentoringTarget.proposed_by == member))
        .order_by(MentoringTarget.id)
    )
    return [
        {"what": "target", "mine": one.mentee_id == member, "level": one.level, "by": one.by_on.isoformat(),
         "state": one.state.value}
        for one in targets
    ]  # fmt: skip


async def _looks(ctx: Context, member: MemberId) -> list[Mapping[str, Any]]:
    """Who looked at what of the person's; and when they looked at something of others', whose it was left out."""
    own = await ctx.session.scalars(
        select(MentorLook).where(MentorLook.viewer_id == member).order_by(MentorLook.looked_at, MentorLook.id)
    )
    return [
        *(
            {"what": "look", "by": one.name, "at_what": one.what, "at": one.at.isoformat()}
            for one in await looks_at(ctx.session, member, EVERY_LOOK)
        ),
        *({"what": "look of yours", "at_what": one.what, "at": one.looked_at.isoformat()} for one in own),
    ]


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase all of it, and have our messages removed that tell others of the person; how many rows went.

    Mentees are told that a mentor is gone, without who; targets that this mentor proposed and nobody took go. In the
    logs of those whom the person looked at, that somebody looked stays, without who.
    """
    session = ctx.session
    await take_back_messages(ctx, member)
    for mentee in await mentees_agreed_with(session, member):
        await tell(ctx, "gone", mentee, mentee, (), once=ctx.now.isoformat())
    erased = await digest_times.forget(session, member)
    for table in _TWO_SIDES:
        either = or_(table.mentor_id == member, table.mentee_id == member)
        result: Any = await session.execute(delete(table).where(either))
        erased += result.rowcount
    proposed = (MentoringTarget.proposed_by == member) & (MentoringTarget.state == TargetState.PROPOSED)
    statements = (
        delete(MentorNote).where(or_(MentorNote.author_id == member, MentorNote.mentee_id == member)),
        delete(MentorComment).where(MentorComment.mentor_id == member),
        delete(MentoringTarget).where(or_(MentoringTarget.mentee_id == member, proposed)),
        update(MentoringTarget).where(MentoringTarget.proposed_by == member).values(proposed_by=None),
        delete(MentorLook).where(MentorLook.mentee_id == member),
        update(MentorLook).where(MentorLook.viewer_id == member).values(viewer_id=None),
    )
    for statement in statements:
        result = await session.execute(statement)
        erased += result.rowcount
    return erased


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
