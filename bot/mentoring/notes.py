"""Notes about a mentee: who reads one is chosen each time it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.text import t
from bot.feature.context import Context
from bot.members.mentorships import sees
from bot.mentoring.records import mentee_subject, names_of
from bot.mentoring.service import was_active
from bot.mentoring.telling import tell
from storage.tables.mentoring import MentorNote, NoteSeenBy

SHOWN = 8


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note as one reader sees it; `own` where they wrote it."""

    id: str
    author: str
    text: str
    seen_by: NoteSeenBy
    at: datetime
    own: bool


async def write(ctx: Context, mentee: MemberId, text: str, seen_by: NoteSeenBy) -> MentorNote:
    """The actor's note about a mentee; the mentee is told of one that is for them."""
    ctx.require("mentee.help", await mentee_subject(ctx, mentee))
    if not text.strip():
        raise UserFacingError(t("There is nothing in this note yet."))
    note = MentorNote(
        id=new_id(), author_id=ctx.member, mentee_id=mentee, seen_by=seen_by, text=text.strip(), written_at=ctx.now
    )
    ctx.session.add(note)
    await ctx.session.flush()
    await was_active(ctx, ctx.member, mentee)
    if seen_by is NoteSeenBy.MENTEE:
        await tell(ctx, "note", note.id, mentee, (ctx.member,))
    return note


async def readable(ctx: Context, mentee: MemberId, reader: MemberId) -> Sequence[NoteLine]:
    """The notes about `mentee` that `reader` may read, the newest first.

    One's own; as the mentee those for the mentee; as a mentor who is shown notes those for the other mentors. What
    a mentor writes for the others the mentee can switch off for each of them, but does not read.
    """
    rows = (
        await ctx.session.scalars(
            select(MentorNote)
            .where(MentorNote.mentee_id == mentee)
            .order_by(MentorNote.written_at.desc(), MentorNote.id.desc())
        )
    ).all()
    others = await sees(ctx.session, reader, mentee, "notes")
    seen = [
        note
        for note in rows
        if note.author_id == reader
        or (note.seen_by is NoteSeenBy.MENTEE and reader == mentee)
        or (note.seen_by is NoteSeenBy.MENTORS and others)
    ][:SHOWN]
    names = await names_of(ctx.session, [note.author_id for note in seen])
    return [
        NoteLine(
            note.id, names.get(note.author_id, ""), note.text, note.seen_by, note.written_at, note.author_id == reader
        )
        for note in seen
    ]


async def remove(ctx: Context, note_id: str) -> MentorNote:
    """Its author deletes a note."""
    note = await ctx.session.get(MentorNote, note_id)
    if note is None:
        raise UserFacingError(t("This note is not there any more."))
    if note.author_id != ctx.member:
        raise NotAllowed(t("Only whoever wrote a note can delete it."))
    await ctx.session.delete(note)
    await ctx.session.flush()
    return note
