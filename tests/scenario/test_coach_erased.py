"""The coach's words go with the answer and with the person."""

from __future__ import annotations

import json

from bot.base.ids import MemberId
from bot.feature.gather import gather
from storage.tables.coach import CallState, CoachCall, CoachRequest, CoachResult
from tests.scenario.coach_scene import rows, told
from tests.wire.llm.world import STORY, ask, press, score, seen


async def test_the_words_go_with_the_answer() -> None:
    async with told() as (s, _):
        await score(s, STORY)
        await ask(s)
        await s.ana.clicks("My answer")
        await s.drain()
        await press(s, "Withdraw my answer")
        await s.ana.clicks("Withdraw it")
        await s.drain()
        assert "The coach on your answer" not in seen(s)
        assert await rows(s, CoachResult) == []
        assert await rows(s, CoachRequest) == []
        (call,) = await rows(s, CoachCall)
        assert (call.request_id, call.tokens) == (None, 2500)


async def test_an_answer_that_is_withdrawn_while_the_coach_reads_gets_no_words() -> None:
    async with told() as (s, model):
        await score(s, STORY)

        async def withdraw() -> None:
            for label in ("My answer", "Withdraw my answer", "Withdraw it"):
                await s.ana.clicks(label)
                await s.runtime._event_round()

        model.acts = [withdraw]
        await ask(s)
        assert "The coach on your answer" not in seen(s)
        assert await rows(s, CoachResult) == []
        (call,) = await rows(s, CoachCall)
        assert call.state is CallState.ENDED


async def test_a_person_takes_out_all_of_it_and_has_it_erased() -> None:
    async with told() as (s, _):
        await score(s, STORY)
        await ask(s)
        (held,) = [each for each in gather(s.features).personal_data if each.name == "coach"]
        member: MemberId = await s.member(s.ana)
        async with s.database.write(await s.workspace_id()) as session:
            ctx = s.runtime.house.context(session, await s.workspace_id())
            taken = [entry async for entry in held.entries(ctx, member)]
            assert [row["what"] for row in taken] == [
                "consent to the coach", "words of the coach", "call to the coach's service",
            ]  # fmt: skip
            json.dumps(taken)
            assert await held.erase(ctx, member) == 4
            assert [entry async for entry in held.entries(ctx, member)] == []
        await s.drain()
        assert "The coach on your answer" not in seen(s)
        (call,) = await rows(s, CoachCall)
        assert (call.member_id, call.tokens) == (None, 2500)
