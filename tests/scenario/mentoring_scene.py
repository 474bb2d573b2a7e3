"""A scene in which Ben mentors Ana, with shorthands for what both do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import select

from bot.base.policy import Actor
from bot.chat.refs import MessageRef
from bot.feature.context import Context
from storage.base import Base
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, AnswersScene, question_posted
from tests.scenario.dsl import CAST, Someone
from tests.scenario.kept import Kept, begun_again, keep

T = TypeVar("T", bound=Base)
EVERYTHING = ("answers", "scores", "stories", "reviews", "participation", "notes")


class MentoringScene:
    """The scene with today's question, in which everybody has been seen once."""

    def __init__(self, q: AnswersScene) -> None:
        self.q, self.s = q, q.s

    def who(self, name: str) -> Someone:
        someone: Someone = getattr(self.s, name)
        return someone

    async def run(self, name: str, line: str) -> str:
        """What somebody sees anew after a command."""
        before = self.seen(name)
        await self.who(name).runs(line)
        await self.s.drain()
        return self.seen(name).removeprefix(before)

    async def click(self, name: str, *labels: str) -> str:
        """What somebody sees anew after these buttons."""
        before = self.seen(name)
        for label in labels:
            await self.who(name).clicks(label)
            await self.s.drain()
        return self.seen(name).removeprefix(before)

    async def submit(self, name: str, **values: str | Sequence[str]) -> str:
        """What somebody sees anew after sending the form before them."""
        before = self.seen(name)
        await self.who(name).submits(**values)
        await self.s.drain()
        return self.seen(name).removeprefix(before)

    def seen(self, name: str) -> str:
        return self.s.private(self.who(name))

    async def agree(self, mentor: str = "ben", mentee: str = "ana", shares: Sequence[str] = EVERYTHING) -> None:
        """The mentor offers, the mentee accepts and ticks."""
        await self.run(mentor, f"mentor offer member:@{mentee}")
        await self.click(mentee, "Accept and choose")
        await self.submit(mentee, shares=shares)

    async def share(self, mentee: str, *shares: str) -> None:
        """The mentee chooses anew."""
        await self.click(mentee, "Choose what is seen")
        await self.submit(mentee, shares=shares)

    async def answers(self, mentee: str = "ana", visibility: str = "mentors") -> None:
        """The mentee answers the question by its form, and lets mentors see it."""
        await self.q.answer_privately(mentee, situation=SITUATION, action=ACTION, result=RESULT)
        await self.q.click(mentee, "My answer")
        await self.q.choose(mentee, "Change who may see it", visibility)

    async def rows(self, table: type[T], *conditions: Any) -> Sequence[T]:
        return await self.q.rows(table, *conditions)

    async def one(self, table: type[T], *conditions: Any) -> T:
        (row,) = await self.rows(table, *conditions)
        return row

    @asynccontextmanager
    async def acting(self, name: str) -> AsyncIterator[Context]:
        """A transaction in which somebody acts."""
        workspace, member = await self.s.workspace_id(), await self.s.member(self.who(name))
        async with self.s.database.write(workspace) as session:
            account = self.s.workspace.account(self.who(name).id)
            yield self.s.runtime.house.context(session, workspace, actor=Actor(workspace, member), account=account)


_PLAYED: dict[bool, tuple[Kept, MessageRef, str]] = {}


@asynccontextmanager
async def mentoring(*, agreed: bool = True) -> AsyncIterator[MentoringScene]:
    """Ana, Ben and Cleo are known; where `agreed`, Ben mentors Ana and sees everything. Played once, begun again."""
    if agreed not in _PLAYED:
        async with question_posted() as q:
            m = MentoringScene(q)
            for name in ("ana", "ben", "cleo"):
                await m.run(name, "mentor list")
            if agreed:
                await m.agree()
            _PLAYED[agreed] = keep(q.s), q.question, q.slot
    kept, question, slot = _PLAYED[agreed]
    async with begun_again(kept, CAST) as s:
        yield MentoringScene(AnswersScene(s, question, slot))


async def first(session: Any, table: type[T], *conditions: Any) -> T:
    """The one row of a table in a transaction."""
    row: T = (await session.scalars(select(table).where(*conditions))).one()
    return row
