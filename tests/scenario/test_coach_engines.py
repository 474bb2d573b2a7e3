"""The coach does the same on every engine, and its budget holds where transactions run side by side."""

from __future__ import annotations

import asyncio

from bot.coach.budget import Amount, reserve, settle, spent_on
from storage.tables.coach import CoachCall, CoachRequest, CoachResult
from tests.scenario.coach_scene import rows, told
from tests.wire.llm.world import STORY, ask, score, seen


async def test_the_whole_way_and_back(database_url: str) -> None:
    async with told(database_url) as (s, model):
        await score(s, STORY)
        await ask(s)
        assert "The coach on your answer" in seen(s)
        await s.ana.clicks("Ask the coach")
        await s.drain()
        assert len(model.asked) == 1
        for label in ("My answer", "Withdraw my answer", "Withdraw it"):
            await s.ana.clicks(label)
            await s.drain()
        assert "The coach on your answer" not in seen(s)
        assert (await rows(s, CoachRequest), await rows(s, CoachResult)) == ([], [])
        (call,) = await rows(s, CoachCall)
        assert (call.request_id, call.tokens) == (None, 2500)


async def test_reservations_at_the_same_moment_stay_within_the_limit(database_url: str) -> None:
    async with told(database_url) as (s, _):
        workspace, each, limit = await s.workspace_id(), Amount(300, 20), Amount(1000, 1000)

        async def try_one() -> bool:
            async with s.database.write(workspace) as session:
                return await reserve(s.runtime.house.context(session, workspace), each, limit)

        assert sum(await asyncio.gather(*(try_one() for _ in range(8)))) == 3
        async with s.database.write(workspace) as session:
            ctx = s.runtime.house.context(session, workspace)
            today = s.clock.now().date()
            assert await spent_on(ctx, today) == Amount(900, 60)
            await settle(ctx, today, each, Amount(10, 1))
            assert await spent_on(ctx, today) == Amount(610, 41)
