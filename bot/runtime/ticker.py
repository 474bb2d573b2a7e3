"""The one tick: once a second, due schedules become deliveries and the workers are woken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.base.clock import Clock
from bot.base.ids import new_id
from bot.data.keeping import keep_house
from bot.outbox.inbox import forget_handled
from bot.outbox.schedules import fire_due_schedules
from bot.runtime import drafts, page_access
from bot.runtime.house import House
from bot.runtime.logs import faults
from bot.runtime.troubles import report_broken_schedule

EVERY = timedelta(seconds=1)
TIDY_EVERY = timedelta(hours=1)
AT_ONCE = 100

log = structlog.get_logger()


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
            due, broken = await fire_due_schedules(session, now, AT_ONCE)
            for schedule in broken:
                error_id = new_id()[-8:]
                log.error("schedule_broken", error_id=error_id, schedule=schedule.id, **faults(schedule.problem))
                await report_broken_schedule(session, schedule, error_id, now)
        if self._tidied is None or now - self._tidied >= TIDY_EVERY:
            await self._tidy(now)
        self.last = now
        return due

    async def _tidy(self, now: datetime) -> None:
        """Forget ids of events after a week, forms nobody finished after a month, ways to pages that have
        ended, and the rest as the rooms declare.
        """
        async with self._house.database.write_everywhere() as session:
            await forget_handled(session, now)
            await drafts.forget_old(session, now)
            await page_access.forget_ended(session, now)
        house = self._house
        await keep_house(house.database, house.clock, house.gathered.retentions)
        self._tidied = now

    def is_recent(self, clock: Clock) -> bool:
        """Whether the last tick was a moment ago."""
        return self.last is not None and clock.now() - self.last < 30 * EVERY


class Alarm:
    """APScheduler with the one job there is. What is due stands in the database, so nothing is kept here."""

    def __init__(self, ring: Callable[[], Awaitable[None]], every: timedelta = EVERY) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._ring = ring
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self._once,
            "interval",
            seconds=every.total_seconds(),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Ring every second from now on."""
        self._scheduler.start()

    async def stop(self, within: timedelta) -> None:
        """Ring no more. A round that is under way ends first, if it does in that time."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        with suppress(TimeoutError):
            async with asyncio.timeout(within.total_seconds()):
                await asyncio.sleep(0)  # a round that was just begun gets to say so
                await self._at_rest.wait()
        self._scheduler.shutdown(wait=False)

    async def _once(self) -> None:
        self._at_rest.clear()
        try:
            await self._ring()
        finally:
            self._at_rest.set()
