"""The steps that several scenarios share: the programme, the answers, and what is stored of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import select

from bot.chat.refs import MessageRef
from storage.base import Base
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION
from tests.wire.product.team import Someone, Team

T = TypeVar("T", bound=Base)
FULL = f"{SITUATION} {ACTION} {RESULT}"
EVERY_DAY = tuple("0123456")


async def set_up_daily_questions(team: Team, admin: Someone) -> timedelta:
    """An admin sets a programme up by its form; returns how long it is until the first question."""
    now = team.place.product.clock.now()
    due = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    await admin.runs("setup programme")
    await admin.fills_in(
        name="Practice", time=f"{due:%H:%M}", zone="UTC", weekdays=EVERY_DAY, mix="behavioral", quiet="180"
    )
    assert "Practice" in admin.alone
    return due - now


async def question_of_today(team: Team) -> MessageRef:
    """A programme is set up and its first question posted at its time."""
    ada = await team.admin("Ada")
    until_due = await set_up_daily_questions(team, ada)
    await team.waits(until_due + timedelta(seconds=5))
    return team.question(ada)


async def rows(team: Team, table: type[T]) -> Sequence[T]:
    """What is stored."""
    async with team.place.product.database.read_everywhere() as session:
        return (await session.scalars(select(table))).all()
