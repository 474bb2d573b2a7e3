"""Looking requests up, and what is known of those who were asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.feature.context import Context
from storage.tables.answers import Answer
from storage.tables.people import Member, MemberState
from storage.tables.readings import LevelReading


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who was asked: what people call them, and whether they take part at present."""

    name: str
    here: bool = True


def about(what: str, subject: str) -> ColumnElement[bool]:
    """Which requests are about this story or answer."""
    column = LevelReading.story_id if what == "story" else LevelReading.answer_id
    return column == subject


def waits(reading: LevelReading) -> bool:
    """Whether its author still waits for this reader."""
    ended = (reading.answered_at, reading.declined_at, reading.unreached_at, reading.taken_back_at)
    return not any(ended)


async def takes_part(session: AsyncSession, member: MemberId) -> bool:
    """Whether they are here, and no moderator has blocked them."""
    row = await session.get(Member, member)
    return row is not None and row.state is MemberState.ACTIVE


async def may_be_read(session: AsyncSession, reading: LevelReading) -> bool:
    """Whether its author still takes part, and no moderator has hidden what it is about."""
    answer = await session.get(Answer, reading.answer_id) if reading.answer_id is not None else None
    hidden = answer is not None and answer.hidden_at is not None
    return not hidden and await takes_part(session, reading.author_id)


async def waiting_for(session: AsyncSession, reader: MemberId) -> Sequence[LevelReading]:
    """Every request that waits for this reader."""
    rows = await session.scalars(select(LevelReading).where(LevelReading.reader_id == reader))
    return [reading for reading in rows if waits(reading)]


async def readings_about(ctx: Context, what: str, subject: str) -> Sequence[LevelReading]:
    """The actor's requests about one story or answer, the newest first."""
    return await _own(ctx, about(what, subject))


async def readings_of_stories(ctx: Context) -> Sequence[LevelReading]:
    """All requests about the actor's stories, the newest first."""
    return await _own(ctx, LevelReading.story_id.is_not(None))


async def readers_of(session: AsyncSession, readings: Sequence[LevelReading]) -> Mapping[str, Reader]:
    """Those who were asked, by their ids."""
    asked = {reading.reader_id for reading in readings}
    rows = await session.execute(select(Member.id, Member.display_name, Member.state).where(Member.id.in_(asked)))
    return {str(id_): Reader(name, state is MemberState.ACTIVE) for id_, name, state in rows}


async def _own(ctx: Context, condition: ColumnElement[bool]) -> Sequence[LevelReading]:
    rows = await ctx.session.scalars(
        select(LevelReading)
        .where(condition, LevelReading.author_id == ctx.member)
        .order_by(LevelReading.asked_at.desc(), LevelReading.id.desc())
    )
    return rows.all()
