"""The process ends, or something breaks, while the coach is asked."""

from __future__ import annotations

import pytest

from bot.coach.reasons import SENTENCES, Reason
from storage.tables.coach import CallState, CoachCall
from tests.scenario.coach_scene import rows, told
from tests.scenario.dsl import SimulatedCrash
from tests.wire.llm.world import STORY, ask, score, seen


async def test_a_crash_before_the_call_loses_nothing() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        await ask(s, agree=False)
        await s.ana.clicks("I agree")
        await s.runtime._event_round()
        await s.restarts()
        await s.drain()
        assert "The coach on your answer" in seen(s)
        assert len(model.asked) == 1


async def test_a_crash_during_the_call_costs_at_most_one_call_more() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        model.acts = [dies]
        await ask(s, agree=False)
        await s.ana.clicks("I agree")
        with pytest.raises(SimulatedCrash):
            await s.drain()
        await s.restarts()
        await s.drain()
        await s.clock_moves(minutes=2)
        assert seen(s).count("The coach on your answer") == 1
        assert len(model.asked) == 2
        lost, ended = sorted(await rows(s, CoachCall), key=lambda call: call.begun_at)
        assert (lost.state, ended.state) == (CallState.LOST, CallState.ENDED)
        assert lost.tokens == lost.reserved_tokens


async def test_a_text_that_kills_every_process_is_given_up() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        model.acts = [dies] * 5
        await ask(s, agree=False)
        await s.ana.clicks("I agree")
        for _ in range(2):
            with pytest.raises(SimulatedCrash):
                await s.drain()
            await s.restarts()
        await s.drain()
        await s.clock_moves(minutes=3)
        assert SENTENCES[Reason.INTERRUPTED].source in seen(s)
        assert len(model.asked) == 2


@pytest.mark.parametrize("step", ["prepared", "sending", "sent", "recorded"])
async def test_a_crash_while_the_words_are_sent_makes_no_second_call_and_no_second_message(step: str) -> None:
    async with told() as (s, model):
        await score(s, STORY)
        await ask(s, agree=False)
        await s.ana.clicks("I agree")
        s.crash.reached = []
        await s.runtime._event_round()
        s.crash.step = step
        with pytest.raises(SimulatedCrash):
            await s.drain()
        await s.restarts()
        await s.drain()
        assert seen(s).count("The coach on your answer") == 1
        assert len(model.asked) == 1


async def dies() -> None:
    raise SimulatedCrash("during the call")


async def test_a_defect_of_ours_is_told_in_a_sentence() -> None:
    async with told() as (s, model):

        async def breaks() -> None:
            raise RuntimeError("a defect")

        model.acts = [breaks]
        await score(s, STORY)
        await ask(s)
        assert SENTENCES[Reason.BROKEN].source in seen(s)
        (call,) = await rows(s, CoachCall)
        assert call.state is CallState.LOST
