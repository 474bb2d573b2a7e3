"""Asking a colleague for a level, reading it, handing it on, taking it back; the author alone gets what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.policy import Subject
from bot.base.text import t
from bot.feature.context import Context
from bot.members.identity import name_of
from bot.readings import posts
from bot.readings.quoting import quotes
from bot.readings.shown import Shown
from bot.review.substance import enough
from content.schema import LEVELS
from storage.once import insert_once
from storage.tables.people import Member, MemberState
from storage.tables.readings import LevelReading

NOTHING_THERE = t("There is nothing left to read here. Thank you all the same.")
YOURSELF = t("Ask somebody else: you know too well what you meant.")
NO_LEVEL = t("Choose a level from the list.")
NO_QUOTE = t("Quote a few words as they stand in the text, so that its author finds what you mean.")
NO_LIFT = t("Say in a sentence what would lift it. Addresses and emoji do not count.")


async def may_be_asked(ctx: Context, shown: Shown, reader: MemberId) -> LevelReading | None:
    """The earlier request to this person about this version, if there was one; a sentence where none can be made."""
    if reader == ctx.member:
        raise UserFacingError(YOURSELF)
    member, name = await ctx.session.get(Member, reader), await name_of(ctx.session, reader)
    if member is None or member.state is not MemberState.ACTIVE:
        raise UserFacingError(t("{name} takes no part here at present. Ask somebody else.", name=name))
    known = await ctx.session.scalar(
        select(LevelReading)
        .where(
            about(shown.what, shown.subject), LevelReading.reader_id == reader, LevelReading.version == shown.version
        )
        .with_for_update()
    )
    if known is not None and (known.answered_at or not (known.declined_at or known.taken_back_at)):
        raise UserFacingError(t("You have asked {name} about this version already.", name=name))
    return known


async def ask(ctx: Context, shown: Shown, reader: MemberId) -> None:
    """Show this to one person and ask which level it shows; who said no, or saw it no more, can be asked again."""
    known = await may_be_asked(ctx, shown, reader)
    values: dict[str, Any] = {"title": shown.title, "text": shown.text, "by_rules": shown.by_rules, "asked_at": ctx.now}
    if known is not None:
        for name, value in {**values, "opened_at": None, "declined_at": None, "taken_back_at": None}.items():
            setattr(known, name, value)
        await posts.ask(ctx, known)
        return
    values |= {
        "id": new_id(), "author_id": ctx.member, "reader_id": reader, f"{shown.what}_id": shown.subject,
        "version": shown.version, "evidence": "", "lift": "",
    }  # fmt: skip
    if await insert_once(ctx.session, LevelReading, values):
        await posts.ask(ctx, await ctx.session.get_one(LevelReading, values["id"]))


async def to_read(ctx: Context, reading_id: str, *, lock: bool = False) -> LevelReading:
    """What the actor was asked to read; a sentence where it is gone or was taken back."""
    reading = await ctx.session.get(LevelReading, reading_id, with_for_update=lock or None)
    if reading is None:
        raise UserFacingError(NOTHING_THERE)
    asked = Subject(ctx.workspace, reading.author_id, "reviewers", reviewers=frozenset({reading.reader_id}))
    ctx.require("reading.give", asked)
    if reading.taken_back_at is not None:
        name = await name_of(ctx.session, reading.author_id)
        raise UserFacingError(t("{name} has taken it back, so there is nothing left to read.", name=name))
    return reading


async def open_reading(ctx: Context, reading_id: str) -> LevelReading:
    """The same, noting for its author that it was seen."""
    reading = await to_read(ctx, reading_id, lock=True)
    reading.opened_at = reading.opened_at or ctx.now
    return reading


async def hand_in(ctx: Context, reading_id: str, level: str | None, evidence: str, lift: str) -> LevelReading:
    """Keep a reading and send it to the author; the same again changes nothing, anything else takes its place."""
    reading = await to_read(ctx, reading_id, lock=True)
    if level not in LEVELS:
        raise UserFacingError(NO_LEVEL)
    if not quotes(evidence, reading.text):
        raise UserFacingError(NO_QUOTE)
    if not enough(lift):
        raise UserFacingError(NO_LIFT)
    said = (level, evidence.strip(), lift.strip())
    if reading.answered_at is None or said != (reading.level, reading.evidence, reading.lift):
        reading.level, reading.evidence, reading.lift = said
        reading.answered_at, reading.declined_at = ctx.now, None
        await posts.tell(ctx, reading, "read")
    return reading


async def decline(ctx: Context, reading_id: str) -> None:
    """The reader has no time for it; they may read it all the same, and its author may ask somebody else."""
    reading = await to_read(ctx, reading_id, lock=True)
    if reading.answered_at is None and reading.declined_at is None:
        reading.declined_at = ctx.now
        await posts.tell(ctx, reading, "declined")


async def take_back(ctx: Context, reading_id: str) -> LevelReading:
    """The reader sees it no more from now on; what they said of it stays with its author."""
    reading = await ctx.session.get(LevelReading, reading_id, with_for_update=True)
    if reading is None:
        raise UserFacingError(t("This is not there any more."))
    ctx.require("reading.own", Subject(ctx.workspace, reading.author_id))
    if reading.taken_back_at is None:
        reading.taken_back_at, reading.text = ctx.now, ""
    return reading


async def readings_about(ctx: Context, what: str, subject: str) -> Sequence[LevelReading]:
    """The actor's readings of one story or answer, the newest request first."""
    rows = await ctx.session.scalars(
        select(LevelReading)
        .where(about(what, subject), LevelReading.author_id == ctx.member)
        .order_by(LevelReading.asked_at.desc(), LevelReading.id.desc())
    )
    return rows.all()


async def readings_of_stories(ctx: Context) -> Sequence[LevelReading]:
    """All readings of the actor's stories, the newest request first."""
    rows = await ctx.session.scalars(
        select(LevelReading)
        .where(LevelReading.author_id == ctx.member, LevelReading.story_id.is_not(None))
        .order_by(LevelReading.asked_at.desc(), LevelReading.id.desc())
    )
    return rows.all()


async def forget_story(ctx: Context, story: str) -> None:
    """A story is deleted: what others read in it goes with it."""
    await _forget(ctx, "story", story)


async def forget_answer(ctx: Context, answer: str) -> None:
    """An answer is withdrawn: what others read in it goes with it."""
    await _forget(ctx, "answer", answer)


async def _forget(ctx: Context, what: str, subject: str) -> None:
    for reading in (await ctx.session.scalars(select(LevelReading).where(about(what, subject)))).all():
        await posts.remove_posts(ctx, [reading.id], posts.TOLD, subject)
        await ctx.session.delete(reading)
    await ctx.session.flush()


def about(what: str, subject: str) -> ColumnElement[bool]:
    """Which readings are about this story or answer."""
    column = LevelReading.story_id if what == "story" else LevelReading.answer_id
    return column == subject
