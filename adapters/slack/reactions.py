"""Our reaction on a person's message: one at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from adapters.slack.payloads import Malformed, moment
from adapters.slack.web import WebApi
from bot.chat.errors import PayloadRejected
from bot.chat.refs import MessageRef

Reaction = Literal["seen", "done", "waiting"]

EMOJI: dict[Reaction, str] = {"seen": "eyes", "done": "white_check_mark", "waiting": "hourglass_flowing_sand"}
LARGEST = 10_000


class Reactions:
    """Puts reactions, and remembers the latest ones to know which to take away."""

    def __init__(self, since: datetime) -> None:
        """`since` is when this process began: messages older than that may carry reactions of an earlier one."""
        self._since = since
        self._put: OrderedDict[MessageRef, Reaction] = OrderedDict()

    async def put(self, api: WebApi, message: MessageRef, reaction: Reaction) -> None:
        """Put this one, then take away an earlier one: of two, people see rather both than none for a moment."""
        before = self._before(message, reaction)
        if before == [reaction]:
            return
        await self._call(api, "reactions.add", message, reaction, "already_reacted")
        for other in before:
            if other != reaction:
                await self._call(api, "reactions.remove", message, other, "no_reaction")
        self._put[message] = reaction
        self._put.move_to_end(message)
        while len(self._put) > LARGEST:
            self._put.popitem(last=False)

    def _before(self, message: MessageRef, reaction: Reaction) -> Sequence[Reaction]:
        """The reactions of ours that may stand there.

        "seen" is always the first, so there it is enough that the message is younger than this process. Before
        another one, a process beside this one may have put it.
        """
        if message in self._put:
            return [self._put[message]]
        if reaction == "seen" and self._is_new(message):
            return []
        return list(EMOJI)

    def _is_new(self, message: MessageRef) -> bool:
        try:
            return moment(message.message) >= self._since
        except Malformed:
            return False

    async def _call(self, api: WebApi, method: str, message: MessageRef, reaction: Reaction, harmless: str) -> None:
        channel, name = message.conversation.channel, EMOJI[reaction]
        try:
            await api.call(method, channel=channel, timestamp=message.message, name=name)
        except PayloadRejected as problem:
            if problem.detail != harmless:
                raise
