"""The one tick: once a second, due schedules become deliveries and the workers are woken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.base.clock import Clock
from bot.outbox.inbox import forget_handled
from bot.outbox.schedules import fire_due_schedules
from bot.runtime import drafts
from bot.runtime.house import House

EVERY = timedelta(seconds=1)
TIDY_EVERY = timedelta(hours=1)
AT_ONCE = 100


class Ticker:
    """Fires schedules and tidies up. `tick()` does one round; `start()` has APScheduler call it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._tidied: datetime | None = None
        self.last: datetime | None = None
        """When the last tick was through."""

    async def tick(self) -> int:
        """Turn due runs into deliveries; how many schedules were due."""
        now = self._house.clock.now()
        async with self._house.database.write_everywhere() as session:
            fired = await fire_due_schedules(session, now, AT_ONCE)
        if self._tidied is None or now - self._tidied >= TIDY_EVERY:
            await self._tidy(now)
        self.last = now
        return fired

    async def _tidy(self, now: datetime) -> None:
        """Forget ids of events after a week, and forms nobody finished after a month."""
        async with self._house.database.write_everywhere() as session:
            await forget_handled(session, now)
            await drafts.forget_old(session, now)
        self._tidied = now

    def is_recent(self, clock: Clock) -> bool:
        """Whether the last tick was a moment ago."""
        return self.last is not None and clock.now() - self.last < 30 * EVERY


class Alarm:
    """APScheduler with the one job there is. What is due stands in the database, so nothing is kept here."""

    def __init__(self, ring: Callable[[], Awaitable[None]]) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            ring, "interval", seconds=EVERY.total_seconds(), max_instances=1, coalesce=True, misfire_grace_time=None
        )

    def start(self) -> None:
        """Ring every second from now on."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
