"""A delivery's work: outside of any transaction, again after a crash, and not once its sending has begun."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.commands import Command
from bot.chat.events import CommandInvoked
from bot.feature.context import Context, Outside, ToConversation
from bot.feature.declarations import CommandDeclaration, DeliveryDeclaration, Feature, Later, Options, Outcome, Send
from bot.outbox.queue import enqueue
from storage.tables.outbox import Delivery
from tests.scenario.dsl import Scene, SimulatedCrash, scene

KIND = "toy.work"


class WorkingRoom:
    """Posts once its work is done; `crashes` so often in the middle of it."""

    def __init__(self) -> None:
        self.scene: Scene
        self.begun = 0
        self.done = False
        self.crashes = 0

    def feature(self) -> Feature:
        command = CommandDeclaration(Command(("go",), t("Go")), "answer.give", handle=self.go)
        delivery = DeliveryDeclaration(KIND, self.prepare, work=self.work)
        return Feature("working", commands=(command,), deliveries=(delivery,))

    async def go(self, ctx: Context, event: CommandInvoked, _options: Options) -> None:
        await enqueue(
            ctx.session,
            workspace_id=ctx.workspace,
            kind=KIND,
            subject_id="it",
            due_at=ctx.now,
            key=KIND,
            audience={"conversation": event.conversation.encode()},
        )

    async def work(self, outside: Outside, delivery: Delivery) -> None:
        self.begun += 1
        async with outside.transaction() as ctx:
            assert await ctx.session.scalar(select(Delivery.id).where(Delivery.id == delivery.id)) == delivery.id
        # Were a transaction open here, this one would wait for it for ever.
        async with self.scene.database.write(await self.scene.workspace_id()):
            pass
        if self.crashes:
            self.crashes -= 1
            raise SimulatedCrash("in the middle of the work")
        self.done = True

    async def prepare(self, ctx: Context, delivery: Delivery) -> Outcome:
        if not self.done:
            return Later(ctx.now, "the work is not done")
        conversation = self.scene.workspace.conversation("general")
        return Send(ToConversation(conversation), Card("Done."))


async def test_work_comes_first_and_holds_up_no_other_transaction() -> None:
    room = WorkingRoom()
    async with scene(features=[room.feature()]) as s:
        room.scene = s
        await s.ana.runs("go")
        await s.drain()
        assert s.posts() == ["Done."]
        assert room.begun == 1


async def test_work_is_taken_up_again_after_a_crash() -> None:
    room = WorkingRoom()
    room.crashes = 1
    async with scene(features=[room.feature()]) as s:
        room.scene = s
        await s.ana.runs("go")
        with pytest.raises(SimulatedCrash):
            await s.drain()
        await s.restarts()
        await s.drain()
        assert s.posts() == ["Done."]
        assert room.begun == 2


@pytest.mark.parametrize("step", ["sending", "sent"])
async def test_a_post_that_may_have_been_made_needs_no_further_work(step: str) -> None:
    room = WorkingRoom()
    async with scene(features=[room.feature()]) as s:
        room.scene = s
        s.crash.step = step
        await s.ana.runs("go")
        with pytest.raises(SimulatedCrash):
            await s.drain()
        await s.restarts()
        await s.drain()
        assert s.posts() == ["Done."]
        assert room.begun == 1
