"""Storing events as they come: those that wait at the same moment share one transaction."""

from __future__ import annotations

import asyncio

from bot.outbox.inbox import Arrival, receive
from bot.runtime.house import House

MOST_TOGETHER = 100


class Storing:
    """Commits what has gathered while the commit before was under way; nobody hears of a row before its commit."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._waiting: list[tuple[Arrival, asyncio.Future[str | None]]] = []
        self._work: asyncio.Task[None] | None = None

    async def store(self, arrival: Arrival) -> str | None:
        """The id of the stored row; None where the event is known. Raises what kept it from being stored."""
        stored: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, stored))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._store_all())
        return await stored

    async def _store_all(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            try:
                await self._store(together)
            except Exception:
                # One of them cannot be stored: the others are not to suffer for it.
                for one in together:
                    await self._store_alone(one)

    async def _store_alone(self, one: tuple[Arrival, asyncio.Future[str | None]]) -> None:
        try:
            await self._store([one])
        except Exception as problem:
            if not one[1].done():
                one[1].set_exception(problem)

    async def _store(self, together: list[tuple[Arrival, asyncio.Future[str | None]]]) -> None:
        arrivals = [arrival for arrival, _ in together]
        async with self._house.database.write_everywhere(urgent=True) as session:
            ids = await receive(session, arrivals, now=self._house.clock.now())
        for (_, stored), inbox_id in zip(together, ids, strict=True):
            if not stored.done():
                stored.set_result(inbox_id)
