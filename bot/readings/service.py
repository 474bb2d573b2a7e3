"""Asking a colleague for a level, reading it, handing it on, taking it back; the author alone gets what they say."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.policy import Subject
from bot.base.text import t
from bot.chat.events import MemberLeft
from bot.feature.context import Context
from bot.members.identity import member_of, name_of
from bot.readings import posts
from bot.readings.quoting import quotes
from bot.readings.records import about, may_be_read, takes_part, waiting_for, waits
from bot.readings.shown import Shown
from bot.review.substance import enough
from content.schema import LEVELS
from storage.once import insert_once
from storage.tables.readings import LevelReading

NOTHING_THERE = t("There is nothing to read here any more. Thank you all the same.")
YOURSELF = t("Ask somebody else: you know too well what you meant.")
NO_LEVEL = t("Choose a level from the list.")
NO_QUOTE = t("Quote a few words as they stand in the text, so that its author finds what you mean.")
NO_LIFT = t("Say in a sentence what would lift it. Addresses and emoji do not count.")


async def may_be_asked(ctx: Context, shown: Shown, reader: MemberId) -> LevelReading | None:
    """The earlier request to this person about these words, if there was one; a sentence where none can be made.

    With whom somebody does not want to be paired in rounds plays no part: that stays unknown, and whoever is asked by
    name can say no.
    """
    if reader == ctx.member:
        raise UserFacingError(YOURSELF)
    name = await name_of(ctx.session, reader)
    if not await takes_part(ctx.session, reader):
        raise UserFacingError(t("{name} takes no part here at present. Ask somebody else.", name=name))
    known = await ctx.session.scalar(
        select(LevelReading)
        .where(about(shown.what, shown.subject), LevelReading.reader_id == reader, LevelReading.mark == shown.mark)
        .with_for_update()
    )
    if known is not None and (known.answered_at or waits(known)):
        raise UserFacingError(t("You have asked {name} about this version already.", name=name))
    return known


async def ask(ctx: Context, shown: Shown, reader: MemberId) -> None:
    """Show this to one person and ask which level it shows.

    Who said no, was not reached or sees it no more can be asked again.
    """
    known = await may_be_asked(ctx, shown, reader)
    values: dict[str, Any] = {"title": shown.title, "text": shown.text, "by_rules": shown.by_rules, "asked_at": ctx.now}
    if known is not None:
        ends = dict.fromkeys(("opened_at", "declined_at", "unreached_at", "taken_back_at"))
        for name, value in {**values, **ends}.items():
            setattr(known, name, value)
        await posts.ask(ctx, known)
        return
    values |= {
        "id": new_id(), "author_id": ctx.member, "reader_id": reader, f"{shown.what}_id": shown.subject,
        "version": shown.version, "mark": shown.mark, "evidence": "", "lift": "",
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
    if not await may_be_read(ctx.session, reading):
        raise UserFacingError(NOTHING_THERE)
    return reading


async def open_reading(ctx: Context, reading_id: str) -> LevelReading:
    """The same, noting for its author that it was seen."""
    reading = await to_read(ctx, reading_id, lock=True)
    reading.opened_at, reading.unreached_at = reading.opened_at or ctx.now, None
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
        reading.answered_at, reading.declined_at, reading.unreached_at = ctx.now, None, None
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


async def member_left(ctx: Context, event: MemberLeft) -> bool:
    """Whoever waits for this reader is told that they need not; others may want the event too."""
    member = await member_of(ctx.session, event.actor) if event.actor is not None else None
    if member is not None:
        for reading in await waiting_for(ctx.session, member):
            await posts.not_reached(ctx, reading)
    return False


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
