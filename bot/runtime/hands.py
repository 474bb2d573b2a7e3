"""The hands that work: so many things at a time, none of which waits for another."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import structlog

from bot.runtime.logs import faults

log = structlog.get_logger()


class Hands:
    """Works what it is given: at once and side by side in service, one after the other in tests."""

    def __init__(self, most: int) -> None:
        self._free = asyncio.Semaphore(most)
        self._tasks: set[asyncio.Task[None]] = set()
        self._later: set[asyncio.Task[None]] = set()
        self.side_by_side = False

    async def take(self, work: Coroutine[Any, Any, None]) -> None:
        """Work on this. In service it returns as soon as a hand is free for it; else when the work is done."""
        if not self.side_by_side:
            await work
            return
        await self._free.acquire()
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def take_later(self, after: timedelta, work: Coroutine[Any, Any, None]) -> None:
        """Work on this after a while, for what may as well be lost: in tests, where nothing waits, it is."""
        if not self.side_by_side:
            work.close()
            return
        task = asyncio.create_task(_delayed(after, work))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._free.release()
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.error("work_failed", **faults(problem))

    async def rest(self) -> int:
        """Wait until all that is in hand now is done; how many things those were."""
        in_hand = set(self._tasks)
        if in_hand:
            await asyncio.wait(in_hand)
        return len(in_hand)

    async def finish(self, within: timedelta) -> int:
        """Wait for what is in hand; what is not finished in time is cancelled. Returns how many those were."""
        for waiting in self._later:
            waiting.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)
        if not self._tasks:
            return 0
        _, unfinished = await asyncio.wait(set(self._tasks), timeout=max(0.0, within.total_seconds()))
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        return len(unfinished)


async def _delayed(after: timedelta, work: Coroutine[Any, Any, None]) -> None:
    try:
        await asyncio.sleep(after.total_seconds())
    except asyncio.CancelledError:
        work.close()
        raise
    await work
