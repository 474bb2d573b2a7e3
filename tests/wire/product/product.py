"""The product that is under test: all rooms, a SQLite file, and a clock that can be moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from bot.base.clock import MovedClock
from bot.chat.platform import ChatPlatform
from bot.cli.features import all_features
from bot.runtime.bootstrap import build
from bot.runtime.config import Config
from bot.runtime.runtime import Runtime
from storage.engine import Database
from tests.scenario.dsl import LEASE, LONGEST_LEASE, empty_database, whole_content, whole_rules


class Product:
    """Starling without a platform. What it keeps in memory dies with `dies()`; the file and the clock stay."""

    def __init__(self, folder: Path) -> None:
        file = folder / "starling.sqlite3"
        file.write_bytes(empty_database())
        self.clock = MovedClock()
        self.clock.move(until_wednesday_noon(self.clock.now()))
        self.database = Database(f"sqlite:///{file}")
        self.runtime: Runtime

    async def connect(self, platform: ChatPlatform) -> None:
        """A new process starts with this platform."""
        self.runtime = build(
            Config(),
            self.database,
            [platform],
            whole_content(),
            whole_rules(),
            all_features(),
            self.clock,
            lease_for=LEASE,
        )
        await platform.start(self.runtime)
        await self.runtime.know_installations()

    async def dies(self) -> None:
        """The process is gone; what it had leased is free again."""
        await self.database.close()
        self.database = Database(self.database.url.render_as_string(hide_password=False))

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.clock.move(by)


def until_wednesday_noon(now: datetime) -> timedelta:
    """How long it is until a time at which nobody sleeps and nobody is away, at whatever time the tests are run."""
    days = (2 - now.weekday()) % 7 or 7
    return (now + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0) - now


AFTER_LEASES = 2 * LONGEST_LEASE
"""How long to wait until a dead process holds nothing any more."""
