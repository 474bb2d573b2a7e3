"""Events: handled once, in order, with a sentence for everything that cannot be done."""

from __future__ import annotations

import pytest

from tests.scenario.dsl import Scene
from tests.scenario.toy_room import ToyRoom


async def test_what_is_said_is_taken_and_answered_once(s: Scene, toy: ToyRoom) -> None:
    await s.ana.says("#general", "!hello")
    await s.drain()
    assert toy.said == ["!hello"]
    assert s.channel("#general") == "Ana: !hello (seen)\nStarling: !hello\n  Hello"


@pytest.mark.parametrize("times", [1, 2, 3, 4])
async def test_an_event_that_comes_again_is_handled_once(s: Scene, toy: ToyRoom, times: int) -> None:
    await s.ana.says("#general", "!hello")
    await s.comes_again(times)
    await s.drain()
    await s.comes_again(times)
    await s.drain()
    assert toy.said == ["!hello"]
    assert s.posts() == ["!hello"]
