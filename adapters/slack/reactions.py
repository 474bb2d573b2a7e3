"""Our reaction on a person's message: one at a time."""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal

from adapters.slack.web import WebApi
from bot.chat.errors import PayloadRejected
from bot.chat.refs import MessageRef

Reaction = Literal["seen", "done", "waiting"]

EMOJI: dict[Reaction, str] = {"seen": "eyes", "done": "white_check_mark", "waiting": "hourglass_flowing_sand"}
LARGEST = 10_000


class Reactions:
    """Puts reactions, and remembers the latest ones to know which to take away."""

    def __init__(self) -> None:
        self._put: OrderedDict[MessageRef, Reaction] = OrderedDict()

    async def put(self, api: WebApi, message: MessageRef, reaction: Reaction) -> None:
        """Put this one, then take away an earlier one: of two, people see rather both than none for a moment."""
        earlier = self._put.get(message)
        if earlier == reaction:
            return
        await self._call(api, "reactions.add", message, reaction, "already_reacted")
        for other in [earlier] if earlier else [each for each in EMOJI if each != reaction]:
            await self._call(api, "reactions.remove", message, other, "no_reaction")
        self._put[message] = reaction
        self._put.move_to_end(message)
        while len(self._put) > LARGEST:
            self._put.popitem(last=False)

    async def _call(self, api: WebApi, method: str, message: MessageRef, reaction: Reaction, harmless: str) -> None:
        channel, name = message.conversation.channel, EMOJI[reaction]
        try:
            await api.call(method, channel=channel, timestamp=message.message, name=name)
        except PayloadRejected as problem:
            if problem.detail != harmless:
                raise
