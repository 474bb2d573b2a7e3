"""A scene in which a known question stands in the practice channel, and answers of known quality to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from adapters.local.options import Options
from bot.base.ids import new_id
from bot.base.settings import Setting
from bot.chat.refs import MessageRef
from bot.members.settings import write
from bot.outbox.nextrun import WallClockRule
from bot.questions.choosing import Wishes
from bot.questions.programmes import Plan, create_programme, post_now
from storage.base import Base
from storage.tables.answers import Answer
from storage.tables.questions import QueueEntry, Slot
from tests.scenario.dsl import START, Scene, scene

CHANNEL = "#interview-practice"
QUESTION = "q-harm-by-your-change"
QUIET = timedelta(minutes=3)

SITUATION = "In 2023 I looked after the billing service, and on a Friday I changed how invoices were rounded."
ACTION = (
    "Some customers were charged twice. I stopped the job at once, told support and finance what had happened, and "
    "wrote a script that found every wrong invoice. I chose to refund by hand because the tool had caused the harm."
)
RESULT = (
    "All 212 customers had their money back within two days, and none of them left. Since then I never change a "
    "billing rule without running it beside the old one for a week first."
)
WEAK = "We had some problem in production once. We fixed it and in the end everything was fine for everyone involved."

T = TypeVar("T", bound=Base)


class AnswersScene:
    """The scene, the posted question and shorthands around them."""

    def __init__(self, s: Scene, question: MessageRef, slot: str) -> None:
        self.s = s
        self.question = question
        self.slot = slot

    async def reply(self, who: str, text: str, files: Sequence[str] = ()) -> MessageRef:
        """Somebody writes in the question's thread, and what is due at once is done."""
        said: MessageRef = await getattr(self.s, who).says(CHANNEL, text, self.question, files)
        await self.s.drain()
        return said

    async def edit(self, who: str, message: MessageRef, text: str) -> None:
        """Somebody changes their message."""
        await getattr(self.s, who).edits(message, text)
        await self.s.drain()

    async def delete(self, who: str, message: MessageRef) -> None:
        """Somebody deletes their message."""
        await getattr(self.s, who).deletes(message)
        await self.s.drain()

    async def click(self, who: str, *labels: str) -> None:
        """Somebody presses these buttons, one after the other."""
        for label in labels:
            await getattr(self.s, who).clicks(label)
            await self.s.drain()

    async def choose(self, who: str, label: str, value: str) -> None:
        """Somebody picks this from the select of that label."""
        await getattr(self.s, who).chooses(label, value)
        await self.s.drain()

    async def quiet(self) -> None:
        """The quiet time passes."""
        await self.s.clock_moves(seconds=QUIET.total_seconds() + 1)

    async def answer(self, who: str, *texts: str) -> list[MessageRef]:
        """Somebody answers in parts, and the quiet time passes."""
        said = [await self.reply(who, text) for text in texts]
        await self.quiet()
        return said

    async def answer_privately(self, who: str, **parts: str) -> None:
        """Somebody answers by the form on the question's card."""
        someone = getattr(self.s, who)
        await someone.clicks("Answer privately", self.question)
        await self.s.drain()
        await someone.submits(**parts)
        await self.s.drain()

    def seen(self, who: str) -> str:
        """What this person and Starling see alone."""
        return self.s.private(getattr(self.s, who))

    def thread(self) -> str:
        """What everybody sees in the question's thread."""
        return self.s.channel(CHANNEL, self.question)

    async def rows(self, table: type[T], *conditions: Any) -> Sequence[T]:
        """Stored rows of the workspace."""
        async with self.s.database.read(await self.s.workspace_id()) as session:
            return (await session.scalars(select(table).where(*conditions))).all()

    async def answers(self, who: str) -> Sequence[Answer]:
        """Somebody's stored answers."""
        return await self.rows(Answer, Answer.member_id == await self.s.member(getattr(self.s, who)))

    async def sets(self, setting: Setting[Any], value: Any) -> None:
        """An admin sets something for the whole workspace."""
        workspace = await self.s.workspace_id()
        async with self.s.database.write(workspace) as session:
            await write(session, setting, "workspace", workspace, value, None, self.s.clock.now())


@asynccontextmanager
async def question_posted(
    options: Options | None = None,
    closes_after: timedelta | None = None,
    question: str = QUESTION,
    database_url: str | None = None,
) -> AsyncIterator[AnswersScene]:
    """A workspace of all rooms with today's question just posted."""
    async with scene(options=options, database_url=database_url) as s:
        await s.drain()
        yield await post_question(s, question, closes_after)


async def post_question(s: Scene, question: str, closes_after: timedelta | None = None) -> AnswersScene:
    """Set up a programme in the practice channel that has this question in its queue, and post it now."""
    plan = Plan(
        name="Practice",
        rule=WallClockRule("UTC", time(9)),
        wishes=Wishes(kind_mix={"behavioral": 50, "situational": 50}),
        quiet=QUIET,
        closes_after=closes_after,
    )
    async with s.database.write(await s.workspace_id()) as session:
        channel = s.workspace.conversation(s.channel_id(CHANNEL, s.ana))
        programme = await create_programme(session, s.clock.now(), replace(channel), plan)
        session.add(
            QueueEntry(id=new_id(), programme_id=programme.id, question_id=question, position=1, queued_at=START)
        )
        await session.flush()
        await post_now(session, programme, s.clock.now())
    await s.drain()
    async with s.database.read(await s.workspace_id()) as session:
        slot = (await session.scalars(select(Slot).where(Slot.programme_id == programme.id))).one()
    assert slot.message is not None, "the question was not posted"
    return AnswersScene(s, MessageRef.decode(slot.message), slot.id)
