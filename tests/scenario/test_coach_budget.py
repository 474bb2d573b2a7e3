"""What the coach may cost in a day, and the ledger of its calls."""

from __future__ import annotations

import pytest

from bot.coach.model import Failed
from bot.coach.prices import Usage
from bot.coach.reasons import SENTENCES, Reason
from storage.tables.coach import CoachCall, CoachDay
from tests.scenario.coach_scene import rows, told
from tests.wire.llm.world import LONGER, STORY, ask, do, press, score, seen


async def test_a_call_that_might_go_over_the_budget_is_not_made() -> None:
    async with told(daily_tokens=5_000) as (s, model):
        await score(s, STORY)
        await ask(s)
        assert SENTENCES[Reason.BUDGET].source in seen(s)
        assert model.asked == []


async def test_money_is_limited_as_tokens_are() -> None:
    async with told(daily_usd=0.001) as (s, model):
        await score(s, STORY)
        await ask(s)
        assert SENTENCES[Reason.BUDGET].source in seen(s)
        assert model.asked == []


async def test_what_was_reserved_and_not_used_is_given_back() -> None:
    async with told() as (s, _):
        await score(s, STORY)
        await ask(s)
        (call,) = await rows(s, CoachCall)
        (day,) = await rows(s, CoachDay)
        assert (day.tokens, day.micros) == (call.tokens, call.micros) == (2500, 450)
        assert call.reserved_tokens > 2500


async def test_the_budget_starts_anew_on_the_next_day() -> None:
    async with told(daily_tokens=16_500) as (s, model):
        model.usage = Usage(4000, 500)
        await score(s, STORY)
        await ask(s)
        await score(s, LONGER)
        assert SENTENCES[Reason.BUDGET].source in await press(s, "Ask the coach")
        await s.clock_moves(days=1)
        assert "The coach on your answer" in await press(s, "Ask the coach again")
        assert len(model.asked) == 2


async def test_an_admin_sets_a_smaller_budget_and_sees_sums_only() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        await ask(s)
        await s.ada.runs("setup coach")
        await s.drain()
        await s.ada.submits(tokens="0")
        await s.drain()
        shown = seen(s, "ada")
        assert "1 call, 2500 tokens" in shown
        assert "Ana" not in shown
        await score(s, LONGER)
        assert SENTENCES[Reason.BUDGET].source in await press(s, "Ask the coach")
        assert len(model.asked) == 1


async def test_an_admin_cannot_raise_the_budget() -> None:
    async with told(daily_tokens=5_000) as (s, model):
        await s.ada.runs("setup coach")
        await s.drain()
        await s.ada.submits(tokens="900000000")
        await s.drain()
        await score(s, STORY)
        await ask(s)
        assert SENTENCES[Reason.BUDGET].source in seen(s)
        assert model.asked == []


@pytest.mark.parametrize("entered", ["many", "-1", "1.5", "²"])
async def test_a_budget_that_is_no_number_is_asked_for_again(entered: str) -> None:
    async with told() as (s, _):
        await s.ada.runs("setup coach")
        await s.drain()
        await s.ada.submits(tokens=entered)
        await s.drain()
        assert "is saved" not in seen(s, "ada")


async def test_a_model_without_a_price_is_limited_by_tokens() -> None:
    async with told(model="house-model", daily_usd=0) as (s, _):
        await score(s, STORY)
        await ask(s)
        assert "The coach on your answer" in seen(s)
        (call,) = await rows(s, CoachCall)
        assert (call.tokens, call.micros) == (2500, 0)


async def test_a_person_sees_their_own_calls() -> None:
    async with told() as (s, _):
        await score(s, STORY)
        await ask(s)
        shown = await do(s, "coach ledger")
        assert "1 call to the coach's service" in shown
        assert "claude-haiku-5-5 at llm.example" in shown
        assert "2500 tokens, $0.0005" in shown
        assert "Nothing of yours was sent" in await do(s, "coach ledger", "ben")


async def test_a_failed_call_stands_in_the_ledger_too() -> None:
    async with told() as (s, model):
        model.fails = [Failed(Reason.TIMEOUT, "unknown")]
        await score(s, STORY)
        await ask(s)
        assert SENTENCES[Reason.TIMEOUT].source in await do(s, "coach ledger")


async def test_lines_of_the_ledger_are_kept_for_a_good_year() -> None:
    async with told() as (s, _):
        await score(s, STORY)
        await ask(s)
        await s.clock_moves(days=395)
        assert len(await rows(s, CoachCall)) == 1
        await s.clock_moves(days=45)
        assert await rows(s, CoachCall) == []
