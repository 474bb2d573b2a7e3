"""Time that passes on a moved clock: what comes due on the way happens when it is due, as it does in life."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import case, func, select

from bot.base.clock import MovedClock
from bot.runtime.runtime import Runtime
from storage.engine import Database
from storage.tables.outbox import Delivery, DeliveryState, Schedule

SHORTEST_STEP = timedelta(minutes=1)
"""What is due within it happens at once, so that attempts that fail again and again do not hold time up."""
LONGEST_WAIT = 10.0
"""Seconds somebody waits for time to pass; what is left of the way then goes in one step."""


class PassingTime:
    """Moves the clock of a runtime from one due moment to the next, and has it work on each."""

    def __init__(self, runtime: Runtime, clock: MovedClock) -> None:
        """`clock` is the one that the runtime goes by."""
        self._runtime = runtime
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, by: timedelta) -> None:
        """Let so much time pass. Who asks meanwhile has theirs pass afterwards."""
        async with self._one_at_a_time:
            end, given_up = self._clock.now() + by, monotonic() + LONGEST_WAIT
            await self._runtime.drain()
            while (now := self._clock.now()) < end:
                due = await next_due(self._runtime.house.database) if monotonic() < given_up else None
                moment = end if due is None else min(end, max(due, now + SHORTEST_STEP))
                self._clock.move(moment - now)
                await self._runtime.drain()


async def next_due(database: Database) -> datetime | None:
    """When the next schedule or delivery of any workspace is due; None where nothing waits for its time."""
    blocked = Delivery.blocked_until
    ready = case((blocked > Delivery.due_at, blocked), else_=Delivery.due_at)
    async with database.read_everywhere() as session:
        moments = (
            await session.scalar(select(func.min(Schedule.next_run_at)).where(Schedule.paused.is_(False))),
            await session.scalar(select(func.min(ready)).where(Delivery.state == DeliveryState.WAITING)),
        )
    return min((moment for moment in moments if moment is not None), default=None)
