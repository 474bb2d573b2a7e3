"""Mutated payloads over the wire: each is acknowledged, none ends the connection."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from bot.chat.events import MessagePosted
from tests.contract.test_slack import SlackHarness
from tests.unit.slack.test_fuzz import mutated
from tests.wire.slack.samples import REAL

JUNK: tuple[Any, ...] = (None, True, 0, -1.5, 10**30, "", "x", "\u0000", "é" * 300, [], [[]], {}, {"a": {}}, ["T0"])
ROUNDS = 12


async def test_a_mutated_payload_is_acknowledged(either_bot: SlackHarness) -> None:
    chance = random.Random(7)
    deliver = either_bot.slack.deliveries.deliver
    for _ in range(ROUNDS):
        batch = [mutated(each, chance.randrange(10_000), chance.choice(JUNK), chance.random() < 0.3) for each in REAL]
        results = await asyncio.gather(*(deliver(_kind(each), each) for each in batch))
        assert [each for each, result in zip(batch, results, strict=True) if not result.acknowledged] == []
    before = len(either_bot.inbound.of(MessagePosted))
    await either_bot.slack.say("U0ANA", "C0PRACTICE", "still here")
    assert len(either_bot.inbound.of(MessagePosted)) == before + 1


def _kind(payload: dict[str, Any]) -> Any:
    if "event_id" in payload or payload.get("type") == "event_callback":
        return "events_api"
    return "slash_commands" if "team_domain" in payload else "interactive"
