from __future__ import annotations

import asyncio

from bot.runtime.locks import KeyedLocks


async def test_holders_of_one_key_come_one_after_the_other_in_their_order() -> None:
    locks, order = KeyedLocks(), []

    async def hold(number: int) -> None:
        async with locks.holding("channel"):
            order.append(number)
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*(hold(number) for number in range(5)))
    assert order == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


async def test_holders_of_different_keys_do_not_await_each_other() -> None:
    locks, inside = KeyedLocks(), asyncio.Event()

    async def first() -> None:
        async with locks.holding("a"):
            await inside.wait()

    async def second() -> None:
        async with locks.holding("b"):
            inside.set()

    await asyncio.wait_for(asyncio.gather(first(), second()), 1)


async def test_two_keys_taken_in_opposite_orders_do_not_block_for_ever() -> None:
    locks = KeyedLocks()

    async def hold(*keys: str) -> None:
        for _ in range(20):
            async with locks.holding(*keys):
                await asyncio.sleep(0)

    await asyncio.wait_for(asyncio.gather(hold("a", "b"), hold("b", "a")), 1)


async def test_a_lock_nobody_wants_is_forgotten() -> None:
    locks = KeyedLocks()
    async with locks.holding("a", "a", "b"):
        pass
    assert locks._locks == {}
    assert locks._users == {}
