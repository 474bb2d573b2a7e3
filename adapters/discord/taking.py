"""Taking frames in: each is read, handed to the runtime, and acknowledged as that says.

Every frame is worked by itself, so that none waits for another; what stands open when the adapter stops is finished.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from adapters.discord.access import Access
from adapters.discord.commands import completion_payload, focused, line_of, path_and_options
from adapters.discord.interactions import COMPLETION as COMPLETIONS
from adapters.discord.interactions import Interactions
from adapters.discord.keeping import Keeping
from adapters.discord.parse import COMPLETION, Frame, Malformed, Reader
from adapters.discord.people import People
from adapters.discord.places import Places, account
from adapters.discord.posts import Posts
from adapters.discord.rest import Rest
from bot.base.clock import Clock
from bot.chat.errors import PlatformError
from bot.chat.events import ActionClicked, CommandInvoked, Event, FormSubmitted, MessageDeleted
from bot.chat.platform import Inbound

PAUSES = (0.2, 1.0, 4.0, 4.0)
"""Seconds before Discord is asked again whose server a direct message belongs to, so that it is not lost."""

logger = logging.getLogger(__name__)


class Taking:
    """Takes the frames of one connection."""

    def __init__(
        self,
        inbound: Inbound,
        clock: Clock,
        places: Places,
        rest: Rest,
        reader: Reader,
        access: Access,
        people: People,
        interactions: Interactions,
        posts: Posts,
        keeping: Keeping,
    ) -> None:
        self._inbound = inbound
        self._clock = clock
        self._places = places
        self._rest = rest
        self._reader = reader
        self._access = access
        self._people = people
        self._interactions = interactions
        self._posts = posts
        self._keeping = keeping
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended = False

    def take(self, kind: str, number: int, data: Mapping[str, Any]) -> None:
        """Begin to work one frame."""
        if self._ended:
            return
        task = asyncio.create_task(self._work(Frame(kind, number, data, self._clock.now())))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

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
            await self._find_home_of_author(frame)
            if frame.type == "INTERACTION_CREATE":
                self._note_language(frame.data)
                if frame.data.get("type") == COMPLETION:
                    await self._complete(frame.data)
                    return
            for event in (*self._reader.events(frame), *self._access.events(frame)):
                await self._hand_on(event, frame.data)
        except Malformed as problem:
            logger.warning("a frame of Discord could not be read: %s", problem)
        except Exception:
            logger.exception("an event of Discord could not be handled")
        finally:
            self._keeping.soon()

    async def _hand_on(self, event: Event, raw: Mapping[str, Any]) -> None:
        if isinstance(event, MessageDeleted) and self._posts.deleted_by_us(event.message.message):
            return
        if not isinstance(event, CommandInvoked | ActionClicked | FormSubmitted):
            await self._inbound.accept(event)
            return
        self._interactions.begin(event)
        try:
            how = await self._inbound.accept(event)
        except BaseException:
            self._interactions.refuse(event)
            raise
        await self._interactions.acknowledge(event, raw, how, public=self._is_public(event, raw))

    def _is_public(self, event: Event, raw: Mapping[str, Any]) -> bool:
        if not isinstance(event, CommandInvoked):
            return False
        path, _ = path_and_options(raw.get("data") or {})
        return any(each.path == path and each.acknowledgement == "public" for each in self._inbound.commands)

    async def _complete(self, data: Mapping[str, Any]) -> None:
        user, guild = _user_id(data), data.get("guild_id")
        home = guild or self._places.home_of(user)
        details = data.get("data") or {}
        typing = focused(details)
        choices: list[dict[str, Any]] = []
        if typing is not None and home is not None:
            option, prefix = typing
            actor = account(user, str(home))
            choices = completion_payload(await self._inbound.complete(actor, line_of(details), option, prefix))
        body = {"type": COMPLETIONS, "data": {"choices": choices}}
        await self._rest.answer("complete", str(data["id"]), str(data["token"]), body)

    async def _find_home_of_author(self, frame: Frame) -> None:
        """A direct message says nothing of a server; whose person it is has to be found out first."""
        if frame.type not in ("MESSAGE_CREATE", "INTERACTION_CREATE") or frame.data.get("guild_id"):
            return
        author = frame.data.get("author") or frame.data.get("user")
        if not isinstance(author, Mapping) or author.get("bot") or "id" not in author:
            return
        tries = len(PAUSES) if frame.type == "MESSAGE_CREATE" else 1
        for number, pause in enumerate(PAUSES[:tries], 1):
            try:
                await self._people.find_home(str(author["id"]))
                return
            except PlatformError as problem:
                logger.warning("the server of a direct message could not be found yet: %s", problem)
                if number == tries:
                    raise
                await asyncio.sleep(pause)

    def _note_language(self, data: Mapping[str, Any]) -> None:
        user, language = _user_id(data), data.get("locale")
        if user and isinstance(language, str):
            self._people.speaks(user, language)


def _user_id(data: Mapping[str, Any]) -> str:
    user = (data.get("member") or {}).get("user") or data.get("user") or {}
    return str(user.get("id") or "")
