"""Whatever the gateway sends, the connection stands and every interaction gets an answer."""

from __future__ import annotations

import pytest

from tests.wire.discord.fuzzing import INTERACTION, Fuzzing, fuzzed
from tests.wire.discord.server import StandIn


async def test_payloads_begin_as_real_ones_of_every_kind() -> None:
    async with StandIn() as server:
        fuzzing = Fuzzing(server, seed=0)
        await fuzzing.begin()
        await fuzzing.end()
    interactions = [data for kind, data, _ in fuzzing.samples if kind == INTERACTION]
    assert {data["type"] for data in interactions} == {2, 3, 4, 5}
    assert {data["context"] for data in interactions} == {0, 1, 2}
    assert len({kind for kind, _, _ in fuzzing.samples}) >= 15


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_no_changed_payload_ends_the_connection_or_leaves_an_interaction_without_an_answer(seed: int) -> None:
    outcome = await fuzzed(200, seed)
    assert outcome.interactions > 50
    assert outcome.faults == []
    assert outcome.unacknowledged == []
