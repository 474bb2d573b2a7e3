"""Interactions that stand open: how each is acknowledged, and what is shown through it afterwards.

A command promises a message ("is thinking"), which the first answer fills; a button and a form sent from a message
promise nothing. An answer that comes while the acknowledgement is on its way waits for it. Tokens are kept in
memory for as long as Discord takes them, 15 minutes.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from adapters.discord.errors import ALREADY_ACKNOWLEDGED, code_of
from adapters.discord.forms import modal
from adapters.discord.places import Places
from adapters.discord.render import EPHEMERAL, rendered
from adapters.discord.rest import Rest
from bot.chat.errors import PermissionMissing, PlatformError, TargetGone
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.platform import Acknowledged, DeliveredAs, InConversation, OpenForm, Post, Receipt
from bot.chat.refs import ConversationRef

PROMISE, NO_PROMISE, COMPLETION, MODAL = 5, 6, 8, 9
"""Types of answers to an interaction."""
LIFE = 15 * 60.0
"""Seconds a token can be used."""
MOST = 10_000
"""Tokens kept at a time."""
PATIENCE = 120.0
"""Seconds after which a promise that nobody kept is taken back."""

logger = logging.getLogger(__name__)

Interaction = CommandInvoked | ActionClicked | FormSubmitted


@dataclass(slots=True)
class _Open:
    user: str
    since: float
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    failed: bool = False
    promised: bool = False
    private: bool = True


class Interactions:
    """The open interactions of one connection."""

    def __init__(self, rest: Rest, places: Places) -> None:
        self._rest = rest
        self._places = places
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, event: Interaction) -> None:
        """Keep the token of this event from now on."""
        now = monotonic()
        while self._open and (len(self._open) > MOST or now - next(iter(self._open.values())).since > LIFE):
            self._open.popitem(last=False)
        if event.trigger is not None and event.actor is not None and event.trigger not in self._open:
            self._open[event.trigger] = _Open(event.actor.user, now)

    async def acknowledge(self, event: Interaction, raw: Mapping[str, Any], how: Acknowledged, *, public: bool) -> None:
        """Acknowledge `event` as the runtime said; one that came too late is logged and used no further."""
        token = event.trigger or ""
        entry = self._open.get(token)
        try:
            if isinstance(how, OpenForm) and not isinstance(event, FormSubmitted):
                body: dict[str, Any] = {"type": MODAL, "data": modal(how.form)}
            elif raw.get("message"):
                body = {"type": NO_PROMISE}
            else:
                body = {"type": PROMISE, "data": {} if public else {"flags": EPHEMERAL}}
            await self._rest.answer("acknowledge", str(raw["id"]), token, body)
            if entry is not None and body["type"] == PROMISE:
                entry.promised, entry.private = True, not public
                self._take_back_later(token)
        except PlatformError as problem:
            if entry is not None and code_of(problem) != ALREADY_ACKNOWLEDGED:
                entry.failed = True
            logger.warning("an interaction could not be acknowledged: %s", problem)
        finally:
            if entry is not None:
                entry.acknowledged.set()

    def refuse(self, event: Interaction) -> None:
        """Nothing can be said through this interaction any more: it could not be stored."""
        entry = self._open.pop(event.trigger or "", None)
        if entry is not None:
            entry.failed = True
            entry.acknowledged.set()

    async def reply(self, post: Post) -> Receipt | None:
        """Show `post` through its interaction; None where that is not possible (any more).

        Raises `PlatformError`s where nobody knows whether it was shown, or it has to wait.
        """
        entry = self._open.get(post.trigger or "")
        if entry is None or post.trigger is None:
            return None
        await entry.acknowledged.wait()
        private = not isinstance(post.audience, InConversation)
        if entry.failed or monotonic() - entry.since > LIFE or not _may_see(post, entry):
            return None
        if not private and (not entry.promised or entry.private):
            return None
        message = rendered(post.card, key=post.key, flags=EPHEMERAL if private else 0, home=home_of(post))
        promised, entry.promised = entry.promised, False
        first = promised and entry.private == private
        try:
            if promised and not first:
                await self._rest.take_back_promise("send", post.trigger)
            answer = await self._rest.follow_up("send", post.trigger, message, first=first)
        except (TargetGone, PermissionMissing) as problem:
            logger.info("an interaction takes no answers any more: %s", problem)
            entry.failed = True
            return None
        except PlatformError:
            entry.promised = promised
            raise
        self._settle(post.trigger)
        if not isinstance(post.audience, InConversation):
            return Receipt("ephemeral")
        place = post.audience.conversation
        reference = self._places.message(str(answer["channel_id"]), str(answer["id"]), place.installation or None)
        return Receipt(landed_as(place), reference)

    async def close(self) -> None:
        """Forget every interaction and stop every timer."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._open.clear()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _settle(self, token: str) -> None:
        timer = self._timers.pop(token, None)
        if timer is not None:
            timer.cancel()

    def _take_back_later(self, token: str) -> None:
        loop = asyncio.get_running_loop()
        self._timers[token] = loop.call_later(PATIENCE, self._take_back, token)

    def _take_back(self, token: str) -> None:
        self._timers.pop(token, None)
        entry = self._open.get(token)
        if entry is not None and entry.promised:
            entry.promised = False
            task = asyncio.create_task(self._unpromise(token))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _unpromise(self, token: str) -> None:
        try:
            await self._rest.take_back_promise("acknowledge", token)
        except PlatformError as problem:
            logger.info("a promised message could not be taken back: %s", problem)


def home_of(post: Post) -> str | None:
    """The server that a post to one person is about."""
    return None if isinstance(post.audience, InConversation) else post.audience.account.installation


def landed_as(place: ConversationRef) -> DeliveredAs:
    """As what a post for everybody in a place counts."""
    if not place.installation:
        return "direct"
    return "thread" if place.thread else "channel"


def _may_see(post: Post, entry: _Open) -> bool:
    """A private post is shown through the interaction of its own person only."""
    return isinstance(post.audience, InConversation) or post.audience.account.user == entry.user
