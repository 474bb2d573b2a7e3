"""What is offered to somebody who types which command help is wanted on."""

from __future__ import annotations

from tests.scenario.dsl import Scene, scene
from tests.scenario.toy_room import ToyRoom


async def offered(s: Scene, who: str, typed: str) -> list[str]:
    choices = await s.runtime.complete(s.workspace.account(who), "help", "command", typed)
    return [choice.value for choice in choices]


async def test_only_commands_that_one_may_use_are_offered() -> None:
    async with scene(features=[ToyRoom().feature()]) as s:
        assert "rule" not in await offered(s, "ana", "")
        assert "rule" in await offered(s, "ada", "")
        assert await offered(s, "ana", "hel") == ["help"]
        assert await offered(s, "ana", "ELP ") == ["help"]
        assert await offered(s, "ana", "nothing like it") == []
