"""Whatever goes wrong, in whatever order: each post is made exactly once and in its order, each event handled."""

from __future__ import annotations

from typing import cast, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.local.faults import FaultKind
from bot.runtime import steps
from bot.runtime.dispatcher import MOST_ATTEMPTS
from storage.tables.outbox import DeliveryState
from tests.scenario.dsl import Scene, SimulatedCrash, scene, states
from tests.scenario.toy_room import ToyRoom

PASSING = [kind for kind in get_args(FaultKind) if kind in ("dropped", "rate_limited", "failed", "answer_lost")]
EVENT_STEPS = [steps.HANDLED, steps.FINISHED]

mishaps = st.one_of(
    st.tuples(st.just("fault"), st.sampled_from(PASSING), st.sampled_from(["send", "find_own_post", "react", None])),
    st.tuples(st.just("crash"), st.sampled_from([*steps.POSTING_STEPS, *EVENT_STEPS]), st.none()),
)


def is_survived(days: list[tuple[str, str, str | None]]) -> bool:
    """Whether no event can be given up: one whose handling ends the process each time is, by rule."""
    return sum(which == steps.HANDLED for _, which, _ in days) < MOST_ATTEMPTS


async def live_through(s: Scene, days: list[tuple[str, str, str | None]]) -> None:
    for what, which, operation in days:
        if what == "fault":
            s.fails(cast(FaultKind, which), operation)
        else:
            s.crash.step = which
        try:
            await s.drain()
        except SimulatedCrash:
            await s.restarts()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(days=st.lists(mishaps, max_size=6).filter(is_survived), long=st.booleans())
async def test_every_post_is_made_exactly_once_and_in_order(
    days: list[tuple[str, str, str | None]], long: bool
) -> None:
    toy = ToyRoom()
    toy.text = "A long sentence that goes on. " * 2000 if long else "Hello"
    words = ["!one", "!two", "!three"]
    parts = [f"{word} ({part}/2)" for word in words for part in (1, 2)] if long else words
    async with scene(features=[toy.feature()]) as s:
        await s.ana.says("#general", "Good morning")
        await s.drain()
        for word in words:
            await s.ana.says("#general", word)
        await live_through(s, days)
        s.crash.step = None
        s.workspace.faults.clear()
        for _ in range(10):
            await s.clock_moves(minutes=6)
        assert s.posts() == parts
        assert await states(s) == [DeliveryState.POSTED] * 3
