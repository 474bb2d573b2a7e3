from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.runtime.hands import Hands

AT_ONCE = timedelta(0)


async def test_in_tests_one_thing_is_done_after_the_other() -> None:
    hands, done = Hands(3), []

    async def work(number: int) -> None:
        await asyncio.sleep(0)
        done.append(number)

    for number in range(3):
        await hands.take(work(number))
        assert done[-1] == number


async def test_in_service_things_are_done_side_by_side_up_to_so_many() -> None:
    hands, inside, most = Hands(2), 0, 0
    hands.side_by_side = True

    async def work() -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.001)
        inside -= 1

    for _ in range(6):
        await hands.take(work())
    assert await hands.finish(timedelta(seconds=5)) == 0
    assert (inside, most) == (0, 2)


async def test_what_is_not_finished_in_time_is_cancelled_and_counted() -> None:
    hands = Hands(2)
    hands.side_by_side = True
    await hands.take(asyncio.Event().wait())  # type: ignore[arg-type]
    assert await hands.finish(AT_ONCE) == 1


async def test_what_is_to_be_done_later_is_done_later_or_not_at_all() -> None:
    hands, done = Hands(2), []
    hands.side_by_side = True

    async def work(word: str) -> None:
        done.append(word)

    hands.take_later(AT_ONCE, work("soon"))
    hands.take_later(timedelta(hours=1), work("never"))
    await asyncio.sleep(0.01)
    assert done == ["soon"]
    assert await hands.finish(AT_ONCE) == 0
    assert done == ["soon"]
