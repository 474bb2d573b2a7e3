"""Our one reaction on a person's message, in place of an earlier one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from adapters.discord.errors import UNKNOWN_EMOJI, code_of
from adapters.discord.places import Places, moment_of
from adapters.discord.rest import Rest
from bot.chat.errors import TargetGone
from bot.chat.refs import MessageRef

Reaction = Literal["seen", "done", "waiting"]
EMOJI: Mapping[Reaction, str] = {"seen": "👀", "done": "✅", "waiting": "⏳"}
OWN = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"
MOST = 5_000


class Reactions:
    """Knows which reaction stands on which message, as far as this process put it there."""

    def __init__(self, rest: Rest, places: Places, since: datetime) -> None:
        """`since` is when this process began: messages older than that may carry reactions of an earlier one."""
        self._rest = rest
        self._places = places
        self._since = since
        self._standing: OrderedDict[str, Reaction] = OrderedDict()

    async def put(self, message: MessageRef, reaction: Reaction) -> None:
        """Put our reaction on a message and take away another one of ours."""
        before = self._before(message.message)
        if before != [reaction]:
            await self._call("PUT", message, reaction)
        self._standing[message.message] = reaction
        if len(self._standing) > MOST:
            self._standing.popitem(last=False)
        for other in before:
            if other != reaction:
                await self._take_away(message, other)

    def _before(self, message: str) -> list[Reaction]:
        """The reactions of ours that may stand on a message."""
        if message in self._standing:
            return [self._standing[message]]
        if message.isdecimal() and moment_of(message) >= self._since:
            return []
        return list(EMOJI)

    async def _take_away(self, message: MessageRef, reaction: Reaction) -> None:
        try:
            await self._call("DELETE", message, reaction)
        except TargetGone as problem:
            if code_of(problem) != UNKNOWN_EMOJI:
                raise

    async def _call(self, method: str, message: MessageRef, reaction: Reaction) -> None:
        await self._rest.call(
            "react",
            method,
            OWN,
            channel_id=self._places.channel_of(message),
            message_id=message.message,
            emoji=EMOJI[reaction],
        )
