"""Deliveries gone wrong as they do on real platforms: repeated, out of order, and several at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import Any

MOST_COPIES = 4
MOST_AT_ONCE = 3

Delivery = Callable[[int], Awaitable[Any]]
"""Delivers one thing; the number says which time it is."""


async def shuffled(deliveries: Sequence[Delivery], random: Random, between: Callable[[], Awaitable[None]]) -> None:
    """Deliver each 1 to 4 times, in any order, up to three at once; the product works now and then in between."""
    waiting = [(one, number) for one in deliveries for number in range(random.randint(1, MOST_COPIES))]
    random.shuffle(waiting)
    while waiting:
        together = [waiting.pop() for _ in range(min(len(waiting), random.randint(1, MOST_AT_ONCE)))]
        await asyncio.gather(*(one(number) for one, number in together))
        if random.random() < 0.5:
            await between()
