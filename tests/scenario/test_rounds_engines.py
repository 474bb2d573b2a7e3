"""A round on both engines."""

from __future__ import annotations

from storage.tables.review import ReleaseReason, RoundState
from tests.scenario.rounds_scene import names, rounds


async def test_a_round_runs_on_both_engines(database_url: str) -> None:
    async with rounds(7, database_url=database_url) as r:
        await r.answered(*names(6))
        await r.hands_out()
        await r.answered("gina")
        await r.click("ana", "Not this time")
        await r.reviews_all(*names(7)[1:4])
        await r.moves_to((await r.round()).closes_at)
        assert (await r.round()).state is RoundState.CLOSED
        assert {review.reason for review in await r.reviews("ana")} == {ReleaseReason.OPTED_OUT}
        assert "round 1: closed" in r.hub()
