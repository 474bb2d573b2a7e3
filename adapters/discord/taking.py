"""Taking frames in: each is read, handed to the runtime, and acknowledged as that says.

Every frame is worked by itself, so that none waits for another; what stands open when the adapter stops is finished.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from adapters.discord.access import Access
from adapters.discord.direct import Direct
from adapters.discord.frames import Frame, Malformed
from adapters.discord.interacting import Interacting
from adapters.discord.keeping import Keeping
from adapters.discord.parse import Reader
from adapters.discord.posts import Posts
from bot.base.clock import Clock
from bot.chat.events import Event, MessageDeleted
from bot.chat.platform import Inbound

logger = logging.getLogger(__name__)


class Taking:
    """Takes the frames of one connection."""

    def __init__(
        self,
        inbound: Inbound,
        clock: Clock,
        reader: Reader,
        access: Access,
        posts: Posts,
        keeping: Keeping,
        direct: Direct,
        interacting: Callable[[Callable[[str], None]], Interacting],
    ) -> None:
        """`interacting` is made with what is to be told of a person who chose a server."""
        self._inbound = inbound
        self._clock = clock
        self._reader = reader
        self._access = access
        self._posts = posts
        self._keeping = keeping
        self._direct = direct
        self._interacting = interacting(self._take_again)
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended = False

    def take(self, kind: str, number: int, data: Mapping[str, Any]) -> None:
        """Begin to work one frame."""
        if not self._ended:
            self._begin(Frame(kind, number, data, self._clock.now()))

    def _begin(self, frame: Frame) -> None:
        task = asyncio.create_task(self._work(frame))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _take_again(self, user: str) -> None:
        """Work what somebody wrote before it was known which server they mean."""
        for frame in self._direct.released(user):
            self._begin(frame)

    async def end(self) -> None:
        """Take no further frames and finish those that were taken."""
        self._ended = True
        await self.idle()

    async def idle(self) -> None:
        """Wait until everything that came in so far is acknowledged."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self, frame: Frame) -> None:
        try:
            if frame.type == "INTERACTION_CREATE":
                await self._interacting.take(frame)
                return
            home = await self._direct.home_of(frame)
            for event in (*self._reader.events(replace(frame, home=home)), *self._access.events(frame)):
                await self._hand_on(event)
        except Malformed as problem:
            logger.warning("a frame of Discord could not be read: %s", problem)
        except Exception:
            logger.exception("an event of Discord could not be handled")
        finally:
            self._keeping.soon()

    async def _hand_on(self, event: Event) -> None:
        if isinstance(event, MessageDeleted) and self._posts.deleted_by_us(event.message.message):
            return
        await self._inbound.accept(event)
