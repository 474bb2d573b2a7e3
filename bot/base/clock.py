"""The clock port. Whatever depends on time asks a `Clock`, so that tests and the demo can move it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time; nothing else in Starling does."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovedClock:
    """The machine's clock, or a fixed moment, moved forward by whole steps: the demo's and the tests' clock."""

    def __init__(self, start: datetime | None = None, *, behind: timedelta = timedelta()) -> None:
        """`start` fixes the clock at that aware moment; without it the machine's clock runs underneath.

        It begins so long `behind` that.
        """
        self._start = start
        self._moved = -behind
        self._live: Callable[[timedelta], Awaitable[None]] | None = None

    def now(self) -> datetime:
        return (self._start or datetime.now(UTC)) + self._moved

    def move(self, by: timedelta) -> None:
        """Move forward; time never runs backwards here (`ValueError`)."""
        if by < timedelta():
            raise ValueError("a clock moves forward only")
        self._moved += by

    def lived_by(self, live: Callable[[timedelta], Awaitable[None]]) -> None:
        """From now on `pass_time` is left to `live`, which moves this clock and does on the way what comes due."""
        self._live = live

    async def pass_time(self, by: timedelta) -> None:
        """Move forward as time passes in life; in one step where nobody lives by this clock."""
        if self._live is None:
            self.move(by)
        else:
            await self._live(by)
