"""Direct messages: to which server each belongs, and what is kept while a person has yet to say so.

What somebody wrote waits in memory until they chose; after a restart they are asked to write it again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence

from adapters.discord.frames import Frame, readable
from adapters.discord.homes import OUTSIDE, Homes
from adapters.discord.limits import capabilities_in_direct
from adapters.discord.parse import Reader
from adapters.discord.people import People
from adapters.discord.places import PLATFORM, snowflake
from adapters.discord.posts import Posts
from bot.chat.cards import Card, resolved
from bot.chat.errors import PlatformError
from bot.chat.fit import fit
from bot.chat.platform import InConversation, Post
from bot.chat.refs import ConversationRef

WRITTEN, REMOVED = ("MESSAGE_CREATE", "MESSAGE_UPDATE"), ("MESSAGE_DELETE", "MESSAGE_DELETE_BULK")
PAUSES = (0.2, 1.0, 4.0, 4.0)
"""Seconds before Discord is asked again whose server a direct message belongs to, so that it is not lost."""
MOST_PEOPLE, MOST_KEPT = 10_000, 20
"""People whose direct conversations are known, and messages kept of one who has yet to choose."""

logger = logging.getLogger(__name__)


class Direct:
    """The direct conversations of one connection."""

    def __init__(self, reader: Reader, people: People, homes: Homes, posts: Posts) -> None:
        self._reader = reader
        self._people = people
        self._homes = homes
        self._posts = posts
        self._with: OrderedDict[str, str] = OrderedDict()
        self._kept: OrderedDict[str, list[Frame]] = OrderedDict()

    async def home_of(self, frame: Frame) -> str | None:
        """The server a frame about direct messages belongs to.

        None for any other frame, and for one that is not to be handled (yet): its author is asked or told why.
        """
        if frame.type not in (*WRITTEN, *REMOVED) or not self._reader.is_outside(frame):
            return None
        with readable(frame):
            channel = snowflake(frame.data["channel_id"])
        user = self._author_of(frame, channel) if frame.type in WRITTEN else await self._met_in(channel)
        if user is None:
            return None
        homes = await self._homes_of(user, tries=len(PAUSES) if frame.type == "MESSAGE_CREATE" else 1)
        if len(homes) == 1:
            return homes[0]
        if frame.type == "MESSAGE_CREATE":
            await self._answer(user, channel, frame, homes)
        return None

    def released(self, user: str) -> Sequence[Frame]:
        """What was kept of a person who has chosen now."""
        return self._kept.pop(user, [])

    def _author_of(self, frame: Frame, channel: str) -> str | None:
        if not self._reader.is_of_a_person(frame):
            return None
        user = self._with[channel] = self._reader.person_of(frame)
        if len(self._with) > MOST_PEOPLE:
            self._with.popitem(last=False)
        return user

    async def _met_in(self, channel: str) -> str | None:
        return self._with.get(channel) or await self._people.of_direct(channel)

    async def _homes_of(self, user: str, *, tries: int) -> Sequence[str]:
        for number, pause in enumerate(PAUSES[:tries], 1):
            try:
                return await self._homes.of(user)
            except PlatformError as problem:
                logger.warning("the server of a direct message could not be found yet: %s", problem)
                if number == tries:
                    raise
                await asyncio.sleep(pause)
        return ()

    async def _answer(self, user: str, channel: str, frame: Frame, homes: Sequence[str]) -> None:
        """Tell an outsider so; ask somebody of several servers which one they mean, and keep what they wrote."""
        if homes:
            kept = self._kept.setdefault(user, [])
            kept.append(frame)
            del kept[:-MOST_KEPT]
            if len(self._kept) > MOST_PEOPLE:
                self._kept.popitem(last=False)
            if len(kept) > 1:
                return
        card = resolved(self._homes.question(homes) if homes else Card(OUTSIDE), self._people.language_of(user))
        place = ConversationRef(PLATFORM, "", channel)
        key = f"home:{channel}:{frame.data.get('id')}"
        await self._posts.send(Post(key, InConversation(place), fit(card, capabilities_in_direct()).cards[0]))
