"""The product on Slack: over Socket Mode or HTTP, with or without the reading of channels."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from adapters.slack.http import HttpConnection
from adapters.slack.payloads import PLATFORM
from bot.base.clock import Clock, SystemClock
from bot.chat.refs import AccountRef, ConversationRef, MessageRef
from tests.contract.harness import OpenedForm
from tests.contract.test_slack import SlackHarness, WatchedPlatform
from tests.wire.product.place import Copies, Seen, once
from tests.wire.product.product import AFTER_LEASES, Product
from tests.wire.product.shuffling import shuffled
from tests.wire.slack.blocks import controls, lines, unescaped
from tests.wire.slack.delivery import Delivered, Deliveries, Kind
from tests.wire.slack.payloads import Payload
from tests.wire.slack.slack import Slack
from tests.wire.slack.world import BOT_USER, EVERY_SCOPE, SECRET, TEAM, Message, World

READING = frozenset({"channels:history", "groups:history"})


class TimedWorld(World):
    """A workspace whose messages are written at the product's time."""

    clock: Clock = SystemClock()

    def now(self) -> float:
        return self.clock.now().timestamp()


@dataclass
class UnrulyDeliveries(Deliveries):
    """Deliveries that can be held back, and interactions that come more than once."""

    copies: Copies = once
    held: list[Payload] = field(default_factory=list)
    holds: bool = False

    async def deliver(self, kind: Kind, payload: Payload, *, attempt: int = 0) -> Delivered:
        if self.holds and kind == "events_api":
            self.held.append(payload)
            return Delivered(True)
        copies = self.copies() if kind == "interactive" else 1
        deliver = super().deliver
        results = await asyncio.gather(*(deliver(kind, payload, attempt=attempt) for _ in range(copies)))
        return results[0]


class SlackPlace(SlackHarness):
    """A workspace of Slack with the whole product in it."""

    def __init__(self, folder: Path, product: Product, *, http: bool = False, reads_replies: bool = True) -> None:
        super().__init__(folder, EVERY_SCOPE if reads_replies else EVERY_SCOPE - READING)
        self.product = product
        self.reads_replies = reads_replies
        self._http = http
        world = TimedWorld(self.slack.world.scopes)
        world.clock = product.clock
        self.slack = Slack(world, limits=False)
        self._deliveries = UnrulyDeliveries(retries=(0.0, 0.0, 0.0))
        self.slack.deliveries = self.slack.server.deliveries = self._deliveries

    @property
    def copies(self) -> Copies:
        """How often an interaction is delivered."""
        return self._deliveries.copies

    @copies.setter
    def copies(self, copies: Copies) -> None:
        self._deliveries.copies = copies

    def settings(self) -> dict[str, str]:
        found = super().settings()
        if self._http:
            del found["STARLING_SLACK_APP_TOKEN"]
            found |= {"STARLING_SLACK_SIGNING_SECRET": SECRET, "STARLING_SLACK_HTTP_PORT": "0"}
        return found

    async def _connect(self) -> None:
        self.platform = made = WatchedPlatform(self.slack, self.settings(), self.product.clock)
        await self.product.connect(made)
        if isinstance(made.connection, HttpConnection):
            self._deliveries.events_url = made.connection.address

    async def restart(self) -> None:
        await self.slack.idle()
        await self.platform.stop()
        await self.product.dies()
        await self.move(AFTER_LEASES)
        await self._connect()

    async def at_rest(self) -> None:
        """Wait until the bot was told of all that it caused."""
        await self.slack.idle()

    async def move(self, by: timedelta) -> None:
        """Let time pass, here and for the product."""
        self.product.move(by)

    async def admin(self, name: str) -> AccountRef:
        """An administrator of the workspace."""
        return AccountRef(PLATFORM, TEAM, self.slack.world.person(name, is_admin=True).id)

    async def mention(self, person: AccountRef, conversation: ConversationRef, text: str) -> MessageRef:
        """Write with a mention of Starling."""
        written = f"<@{BOT_USER}> {text}"
        message = await self.slack.say(person.user, conversation.channel, text, conversation.thread, written=written)
        return MessageRef(conversation, message.ts)

    async def run(self, person: AccountRef, line: str) -> OpenedForm | None:
        """Type the root command and this line."""
        return await self.invoke(person, self.channel, line)

    async def press(self, person: AccountRef, seen: Seen, label: str, value: str | None = None) -> OpenedForm | None:
        """Press a button of a message or choose in a select, of ephemeral ones too."""
        await self.slack.press(person.user, seen.record, label, value)
        return self._form(person)

    def seen_by(self, person: AccountRef) -> Sequence[Seen]:
        """All that this person sees in the channel, its threads and their direct conversation."""
        return [self._shown(each) for each in self.slack.world.messages if self._may_see(person, each)]

    def _may_see(self, person: AccountRef, message: Message) -> bool:
        owner = self.slack.world.channels[message.channel].person
        return owner in (None, person.user) and message.only_for in (None, person.user)

    def _shown(self, message: Message) -> Seen:
        text = "\n".join(line for block in message.blocks for line in lines(block))
        private = message.only_for is not None or self.slack.world.channels[message.channel].person is not None
        labels = tuple(label for label, _ in controls(message.blocks))
        return Seen(text or unescaped(message.text), labels, message.user == BOT_USER, private, message)

    def reference(self, seen: Seen) -> MessageRef:
        """The reference of a message of the channel."""
        return MessageRef(self.channel, seen.record.ts)

    def hold(self) -> None:
        """Deliver no event from now on."""
        self._deliveries.holds = True

    async def release(self, random: Random, between: Callable[[], Awaitable[None]]) -> int:
        """Deliver the events that were held."""
        held, self._deliveries.held, self._deliveries.holds = self._deliveries.held, [], False
        await shuffled([partial(self._again, payload) for payload in held], random, between)
        return len(held)

    async def _again(self, payload: Payload, number: int) -> Delivered:
        result = await self._deliveries.deliver("events_api", payload, attempt=number)
        assert result.acknowledged, "an event was not acknowledged"
        return result

    async def submit(
        self, person: AccountRef, form: OpenedForm, values: Mapping[str, tuple[str, ...]]
    ) -> OpenedForm | None:
        return await super().submit(person, form, {**form.values, **values})
