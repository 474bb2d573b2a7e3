"""Who writes next: one at a time, the urgent before the others, and nobody starves."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """A lock with two lines of waiters, each in the order it came.

    An urgent one (somebody waits for an acknowledgement) goes first, so it waits for the transaction under way and
    not for the dozens behind it. After an urgent turn one of the others is next, however many are urgent.
    """

    def __init__(self) -> None:
        self._taken = False
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @property
    def pressed(self) -> bool:
        """Whether somebody urgent waits."""
        return bool(self._urgent)

    @asynccontextmanager
    async def turn(self, *, urgent: bool = False) -> AsyncIterator[None]:
        """Wait for a turn, and pass it on at the end."""
        await self._take(self._urgent if urgent else self._others)
        try:
            yield
        finally:
            self._pass_on(after_urgent=urgent)

    async def _take(self, line: deque[asyncio.Future[None]]) -> None:
        if not self._taken:
            self._taken = True
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.cancelled():
                line.remove(mine)
            else:
                # The turn was handed over just as its taker gave up.
                self._pass_on(after_urgent=line is self._urgent)
            raise

    def _pass_on(self, *, after_urgent: bool) -> None:
        lines = (self._others, self._urgent) if after_urgent else (self._urgent, self._others)
        for line in lines:
            for waiting in line:
                if not waiting.done():
                    line.remove(waiting)
                    waiting.set_result(None)
                    return
        self._taken = False
