"""The process dies while an answer is collected, closed or fed back: nothing is lost and nothing comes twice."""

from __future__ import annotations

import pytest

from bot.runtime import steps
from storage.tables.answers import AnswerPart, Revision
from tests.scenario.answers_scene import ACTION, CHANNEL, SITUATION, question_posted
from tests.scenario.dsl import SimulatedCrash


@pytest.mark.parametrize("step", steps.EVENT_STEPS[1:])
async def test_a_crash_while_a_reply_is_taken_leaves_one_part(step: str) -> None:
    async with question_posted() as q:
        q.s.crash.step = step
        await q.s.ana.says(CHANNEL, f"{SITUATION} {ACTION}", q.question)
        with pytest.raises(SimulatedCrash):
            await q.s.drain()
        await q.s.restarts()
        await q.s.drain()
        assert [part.text for part in await q.rows(AnswerPart)] == [f"{SITUATION} {ACTION}"]


@pytest.mark.parametrize(
    "step", [steps.CLAIMED, steps.PREPARED, steps.SENDING, steps.SENT, steps.RECORDED, steps.POSTED]
)
async def test_a_crash_at_any_step_leaves_one_revision_and_one_feedback(step: str) -> None:
    async with question_posted() as q:
        await q.reply("ana", f"{SITUATION} {ACTION}")
        q.s.crash.step = step
        with pytest.raises(SimulatedCrash):
            await q.quiet()
        await q.s.restarts()
        await q.s.clock_moves(minutes=10)
        assert len(await q.rows(Revision)) == 1
        direct = q.s.channel("@starling", seen_by=q.s.ana)
        assert direct.count("Starling: Feedback on your answer") == 1
