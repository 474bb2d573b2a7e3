"""Time that passes on a moved clock: on its way happens what would have happened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.members.declare import feature as members
from bot.questions.declare import feature as questions
from bot.runtime.passing import PassingTime
from tests.scenario.dsl import START, Scene, scene
from tests.scenario.test_questions_daily import posts, set_up
from tests.scenario.test_runtime_platforms import whisper
from tests.scenario.toy_room import ToyRoom

NIGHT = timedelta(hours=14)
"""From nine in the morning into the quiet hours that everybody has at first."""


@pytest.fixture
async def s() -> AsyncIterator[Scene]:
    """A workspace with daily questions, whose clock is lived by."""
    async with scene(features=[questions(), members(), ToyRoom().feature()]) as made:
        await made.ana.says("#general", "Good morning")
        await made.drain()
        made.clock.lived_by(PassingTime(made.runtime, made.clock))
        yield made


async def test_two_weeks_ask_a_question_on_each_of_their_days(s: Scene) -> None:
    await set_up(s, weekdays=("0", "1", "2", "3", "4"))
    await s.clock.pass_time(timedelta(days=14))
    assert len(posts(s)) == 10
    assert s.clock.now() == START + timedelta(days=14)


async def test_what_was_put_off_for_the_night_comes_in_the_morning_though_the_clock_ends_at_night(s: Scene) -> None:
    s.clock.move(NIGHT)
    await whisper(s, s.ana, "a reminder", asked_for=False)
    await s.drain()
    assert "a reminder" not in s.private(s.ana), "she sleeps"
    await s.clock.pass_time(timedelta(days=1))
    assert "a reminder" in s.private(s.ana)
    assert s.clock.now() == START + NIGHT + timedelta(days=1)


async def test_nobody_waits_for_ever_the_rest_of_the_way_then_goes_in_one_step(
    s: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.passing.LONGEST_WAIT", 0.0)
    await set_up(s)
    await s.clock.pass_time(timedelta(days=14))
    assert s.clock.now() == START + timedelta(days=14)
    assert posts(s) == []
