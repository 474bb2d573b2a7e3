"""The runtime does the same on both databases."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.events import FormSubmitted, MessagePosted
from bot.chat.refs import MessageRef
from bot.runtime import steps
from storage.tables.outbox import DeliveryState
from tests.scenario.dsl import SimulatedCrash, scene, states
from tests.scenario.toy_room import ToyRoom


async def test_events_forms_and_posts_go_the_same_way(database_url: str, toy: ToyRoom) -> None:
    async with scene(features=[toy.feature()], database_url=database_url) as s:
        await s.ana.runs("story")
        await s.ana.submits(part1="one", part2="two")
        await s.comes_again(2)
        await s.drain()
        assert toy.saved == [{"part1": ("one",), "part2": ("two",)}]
        s.fails("answer_lost")
        await s.ana.says("#general", "!hello")
        await s.drain()
        await s.clock_moves(minutes=2)
        s.crash.step = steps.SENT
        await s.ana.says("#general", "!again")
        with pytest.raises(SimulatedCrash):
            await s.drain()
        await s.restarts()
        await s.drain()
        assert [post for post in s.posts() if post.startswith("!")] == ["!hello", "!again"]
        assert await states(s) == [DeliveryState.POSTED] * 2


async def test_many_events_at_once_are_each_worked_once_and_in_order(database_url: str, toy: ToyRoom) -> None:
    words = [f"!{number}" for number in range(40)]
    async with scene(features=[toy.feature()], database_url=database_url) as s:
        await s.platform.stop()
        await s.runtime.start()
        for number, word in enumerate(words):
            await s.ana.says("#general" if number % 2 else "#interview-practice", word)
        async with asyncio.timeout(20):
            while len(s.posts("#general") + s.posts("#interview-practice")) < len(words):
                await asyncio.sleep(0.02)
        await s.runtime.stop()
        assert s.posts("#general") == words[1::2]
        assert s.posts("#interview-practice") == words[0::2]
        assert sorted(toy.said) == sorted(words)


async def test_what_no_database_takes_is_replaced_and_nothing_is_lost(database_url: str, toy: ToyRoom) -> None:
    async with scene(features=[toy.feature()], database_url=database_url) as s:
        said = MessagePosted(
            delivery_id="odd-1",
            installation=s.workspace.installation,
            occurred_at=s.clock.now(),
            actor=s.workspace.account("ana"),
            message=MessageRef(s.workspace.conversation("general"), "77"),
            text="!half \ud83d and \0 nothing",
        )
        await s.runtime.accept(said)
        await s.drain()
        await s.ana.runs("story")
        form = FormSubmitted(
            delivery_id="odd-2",
            installation=s.workspace.installation,
            occurred_at=s.clock.now(),
            actor=s.workspace.account("ana"),
            conversation=s.workspace.conversation("general"),
            action=s.ana.form.form["action"],
            values={"part1": ("\0one\udc00",), "part2": ()},
        )
        await s.runtime.accept(form)
        await s.drain()
        assert toy.said == ["!half \ufffd and \ufffd nothing"]
        assert toy.saved == [{"part1": ("\ufffdone\ufffd",), "part2": ()}]
