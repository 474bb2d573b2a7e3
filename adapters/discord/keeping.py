"""Keeping the last messages over restarts: together, a moment after they changed, and when the adapter stops.

A process that is killed in that moment leaves the note on replies that were missed without need at worst; none that
were missed stay untold.
"""

from __future__ import annotations

import asyncio
import logging

from adapters.discord.last_messages import LastMessages
from adapters.discord.places import PLATFORM
from bot.chat.platform import Memory
from bot.chat.refs import InstallationRef

PAUSE = 1.0
"""Seconds in which changes are gathered."""

logger = logging.getLogger(__name__)


class Keeping:
    """Writes what changed to the memory of the runtime."""

    def __init__(self, memory: Memory, last_messages: LastMessages) -> None:
        self._memory = memory
        self._last_messages = last_messages
        self._waiting: asyncio.Task[None] | None = None

    def soon(self) -> None:
        """Something may have changed."""
        if self._last_messages.has_changed and (self._waiting is None or self._waiting.done()):
            self._waiting = asyncio.create_task(self._after_a_pause())

    async def _after_a_pause(self) -> None:
        await asyncio.sleep(PAUSE)
        await self.now()

    async def now(self) -> None:
        """Keep what changed; what fails is tried again with the next change."""
        changes = self._last_messages.take_changes()
        for guild, notes in list(changes.items()):
            try:
                await self._memory.remember(InstallationRef(PLATFORM, guild), notes)
            except Exception:
                logger.exception("what was seen last in threads of a server could not be kept")
                self._last_messages.put_back({guild: notes})

    async def stop(self) -> None:
        """Keep the rest."""
        if self._waiting is not None:
            self._waiting.cancel()
            await asyncio.gather(self._waiting, return_exceptions=True)
        await self.now()
