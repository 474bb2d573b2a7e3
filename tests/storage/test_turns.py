from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.turns import Turns


async def test_an_urgent_one_goes_before_those_who_wait_already() -> None:
    turns, order = Turns(), list[str]()

    async def take(name: str, *, urgent: bool = False) -> None:
        async with turns.turn(urgent=urgent):
            order.append(name)

    async with turns.turn():
        waiting = [asyncio.create_task(take(name)) for name in ("first", "second")]
        await asyncio.sleep(0)
        waiting.append(asyncio.create_task(take("urgent", urgent=True)))
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert order == ["urgent", "first", "second"]


async def test_however_many_are_urgent_the_others_get_their_turn_between() -> None:
    turns, order = Turns(), list[str]()

    async def take(name: str) -> None:
        async with turns.turn(urgent=name == "urgent"):
            order.append(name)

    async with turns.turn():
        names = ["urgent", "urgent", "urgent", "other", "other"]
        waiting = [asyncio.create_task(take(name)) for name in names]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert order == ["urgent", "other", "urgent", "other", "urgent"]


@given(
    comers=st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.one_of(st.none(), st.integers(0, 12))), max_size=12)
)
@settings(max_examples=150, deadline=None)
def test_whoever_gives_up_when_there_is_one_at_a_time_and_all_others_get_their_turn(
    comers: list[tuple[bool, int, int | None]],
) -> None:
    async def play() -> None:
        turns, inside, served = Turns(), list[int](), set[int]()

        async def take(number: int, urgent: bool, rounds: int) -> None:
            async with turns.turn(urgent=urgent):
                assert not inside
                inside.append(number)
                try:
                    for _ in range(rounds):
                        await asyncio.sleep(0)
                finally:
                    inside.clear()
                served.add(number)

        tasks = [asyncio.create_task(take(number, urgent, rounds)) for number, (urgent, rounds, _) in enumerate(comers)]
        for moment in range(13):
            for task, (_, _, gives_up) in zip(tasks, comers, strict=True):
                if gives_up == moment:
                    task.cancel()
            await asyncio.sleep(0)
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        gave_up = {number for number, each in enumerate(outcomes) if isinstance(each, asyncio.CancelledError)}
        assert [each for each in outcomes if each is not None and not isinstance(each, asyncio.CancelledError)] == []
        assert served | gave_up == set(range(len(comers)))
        async with asyncio.timeout(1), turns.turn():
            pass

    asyncio.run(play())
