"""Whatever the service does, the person reads one plain sentence, and the rules' feedback stands as it was."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from bot.coach.reasons import SENTENCES, Reason
from storage.tables.coach import CallState, CoachCall, CoachDay
from tests.scenario.dsl import Scene
from tests.wire.llm.standin import Fault
from tests.wire.llm.world import STORY, ask, coached, score, seen, since


async def calls(s: Scene) -> Sequence[CoachCall]:
    async with s.database.read(await s.workspace_id()) as session:
        return (await session.scalars(select(CoachCall).order_by(CoachCall.begun_at, CoachCall.id))).all()


async def spent(s: Scene) -> tuple[int, int]:
    async with s.database.read(await s.workspace_id()) as session:
        day = (await session.scalars(select(CoachDay))).one()
        return day.tokens, day.micros


@pytest.mark.parametrize(
    ("fault", "reason", "charged"),
    [
        ("cut", Reason.CUT_OFF, "in full"),
        ("no json", Reason.NOT_USABLE, "in full"),
        ("no usage", Reason.NOT_USABLE, "in full"),
        ("html", Reason.NOT_USABLE, "in full"),
        ("refusal", Reason.REFUSED, "as counted"),
        ("too long", Reason.CUT_OFF, "as counted"),
        ("prose", Reason.NOT_USABLE, "as counted"),
        ("other form", Reason.NOT_USABLE, "as counted"),
        ("forbidden", Reason.KEY_REFUSED, "nothing"),
    ],
)
async def test_a_reply_that_cannot_be_used_leaves_the_rules_alone(fault: Fault, reason: Reason, charged: str) -> None:
    async with coached() as (s, end):
        await score(s, STORY)
        before = seen(s)
        end.faults = [fault]
        await ask(s)
        assert f"Rules only\n  {SENTENCES[reason].source}" in since(before, seen(s))
        (call,) = await calls(s)
        assert call.outcome == reason.value
        assert len(end.asked) == 1, "a call that may have been paid for is not made again by itself"
        expected = {"in full": call.reserved_tokens, "nothing": 0}.get(charged)
        assert call.tokens == expected if expected is not None else 0 < call.tokens < call.reserved_tokens
        assert await spent(s) == (call.tokens, call.micros)


async def test_a_service_that_does_not_answer_is_given_up_in_time() -> None:
    async with coached(timeout_seconds=0.2) as (s, end):
        await score(s, STORY)
        end.faults = ["hang"]
        await ask(s)
        assert SENTENCES[Reason.TIMEOUT].source in seen(s)
        (call,) = await calls(s)
        assert call.tokens == call.reserved_tokens, "nobody knows whether it was paid for"


@pytest.mark.parametrize("fault", ["rate limit", "server error", "overloaded"])
async def test_an_overloaded_service_is_asked_again_after_the_time_it_names(fault: Fault) -> None:
    async with coached() as (s, end):
        await score(s, STORY)
        end.faults, end.retry_after = [fault], "7"
        await ask(s)
        assert "The coach on your answer" not in seen(s)
        await s.clock_moves(seconds=1)
        assert len(end.asked) == 1
        await s.clock_moves(seconds=6)
        assert len(end.asked) == 2
        assert "The coach on your answer" in seen(s)
        assert [call.tokens == 0 for call in await calls(s)] == [True, False]


async def test_a_service_that_stays_overloaded_is_left_alone_after_three_calls() -> None:
    async with coached() as (s, end):
        await score(s, STORY)
        end.faults = ["overloaded"] * 9
        await ask(s)
        for _ in range(20):
            await s.clock_moves(seconds=10)
        assert len(end.asked) == 3
        assert SENTENCES[Reason.OVERLOADED].source in seen(s)
        assert await spent(s) == (0, 0)


async def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    async with coached(deadline_seconds=60) as (s, end):
        await score(s, STORY)
        end.faults, end.retry_after = ["rate limit"], "61"
        await ask(s)
        assert SENTENCES[Reason.OVERLOADED].source in seen(s)
        assert len(end.asked) == 1


async def test_a_service_that_is_not_there_costs_nothing() -> None:
    async with coached(base_url="http://127.0.0.1:9", tries=1) as (s, _):
        await score(s, STORY)
        await ask(s)
        assert SENTENCES[Reason.UNREACHABLE].source in seen(s)
        assert await spent(s) == (0, 0)


async def test_a_refused_key_is_told_to_an_admin_once() -> None:
    async with coached(api_key="sk-wrong-0000000000") as (s, end):
        await s.ada.runs("help")
        await score(s, STORY)
        await ask(s)
        await s.ana.clicks("Ask the coach again")
        await s.drain()
        assert seen(s).count(SENTENCES[Reason.KEY_REFUSED].source) == 2
        told = s.private(s.ada)
        assert told.count("The coach cannot work.") == 1
        assert "STARLING_COACH_API_KEY" in told
        assert "sk-wrong" not in told
        assert end.refused == ["invalid x-api-key"] * 2


async def test_a_model_that_the_service_does_not_know_is_told_to_an_admin() -> None:
    async with coached(model="claude-from-tomorrow", price_input=1, price_output=1) as (s, _):
        await s.ada.runs("help")
        await score(s, STORY)
        await ask(s)
        assert SENTENCES[Reason.NOT_ACCEPTED].source in seen(s)
        assert "status 404" in s.private(s.ada)


async def test_the_feedback_by_the_rules_is_the_same_before_and_after_a_failure() -> None:
    async with coached() as (s, end):
        await score(s, STORY)
        (before,) = [part for part in seen(s).split("Starling: ") if part.startswith("Feedback on your answer")]
        end.faults = ["cut"]
        await ask(s)
        await s.ana.clicks("Show my feedback")
        await s.drain()
        shown = [part for part in seen(s).split("Starling: ") if part.startswith("Feedback on your answer")]
        assert [part.strip() for part in shown] == [before.strip()] * 2


async def test_a_call_that_ended_leaves_none_under_way() -> None:
    async with coached() as (s, end):
        await score(s, STORY)
        end.faults = ["prose"]
        await ask(s)
        assert [call.state for call in await calls(s)] == [CallState.ENDED]
