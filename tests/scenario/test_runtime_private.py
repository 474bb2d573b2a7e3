"""Private messages of which nobody can know whether they arrived wait in the person's home."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.local.options import Options
from storage.tables.outbox import DeliveryState
from tests.scenario.dsl import Scene, scene, states
from tests.scenario.test_runtime_platforms import whisper
from tests.scenario.toy_room import ToyRoom


@pytest.fixture
async def blind(toy: ToyRoom) -> AsyncIterator[Scene]:
    """A platform that cannot look for posts of its own, on which one private message was lost."""
    async with scene(features=[toy.feature()], options=Options(finds_own_posts=False)) as made:
        await made.ana.says("#general", "Good morning")
        await made.ada.says("#general", "Good morning")
        await made.drain()
        yield made


async def lose(s: Scene, title: str, *, asked_for: bool) -> None:
    s.fails("dropped")
    await whisper(s, s.ana, title, asked_for=asked_for)
    await s.drain()
    await s.clock_moves(minutes=2)
    assert await states(s) == [DeliveryState.UNCERTAIN]


async def test_an_uncertain_private_message_waits_in_the_home(blind: Scene) -> None:
    s = blind
    await lose(s, "your feedback", asked_for=True)
    assert s.private(s.ada) == ""
    await s.ana.opens_home()
    await s.drain()
    assert s.ana.home.splitlines()[:4] == [
        "Your home in Starling",
        "  Waiting for you",
        "  One message may not have reached you.",
        "  [Show message 1]",
    ]
    await s.ana.clicks_home("Show message 1")
    await s.drain()
    assert s.private(s.ana) == "Starling: It is on its way to you.\nStarling: your feedback"
    assert "Waiting for you" not in s.ana.home


async def test_an_uncertain_reminder_is_dropped(blind: Scene) -> None:
    s = blind
    await lose(s, "a reminder", asked_for=False)
    await s.ana.opens_home()
    await s.clock_moves(days=1)
    assert "Waiting for you" not in s.ana.home
    assert s.private(s.ana) == s.private(s.ada) == ""
