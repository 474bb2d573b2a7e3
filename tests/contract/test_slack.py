"""Slack is held to the contract, through the real client library and over the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from adapters.slack.http import HttpConnection
from adapters.slack.parse import parse
from adapters.slack.payloads import PLATFORM, Me
from adapters.slack.platform import SlackPlatform
from adapters.slack.reactions import EMOJI
from adapters.slack.settings import read_settings
from bot.base.clock import Clock, SystemClock
from bot.chat.cards import Choice
from bot.chat.events import Event, Installed
from bot.chat.platform import Accepted, Acknowledged, Audience, ChatPlatform
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef
from tests.contract.harness import RATE_LIMIT_SECONDS, Fault, OpenedForm, RecordingInbound, SeenMessage
from tests.wire.slack.blocks import controls, lines, notified, unescaped
from tests.wire.slack.faults import Fault as SlackFault
from tests.wire.slack.slack import Slack
from tests.wire.slack.views import entered_in, labels_of, opened_with, title_of
from tests.wire.slack.world import APP_TOKEN, BOT, BOT_TOKEN, BOT_USER, EVERY_SCOPE, SECRET, TEAM, Message, World

FAULTS: Mapping[Fault, SlackFault] = {
    "rate_limited": SlackFault("rate_limited", seconds=RATE_LIMIT_SECONDS),
    "permission_missing": SlackFault("refused", error="missing_scope", facts={"needed": "chat:write"}),
    "target_gone": SlackFault("refused", error="channel_not_found"),
    "payload_rejected": SlackFault("refused", error="invalid_blocks"),
    "unavailable": SlackFault("failed"),
    "answer_lost": SlackFault("answer_lost"),
}
REACTIONS: tuple[Literal["seen", "done", "waiting"], ...] = ("seen", "done", "waiting")


class _AfterInstallation:
    """The suite's inbound side, spared the news of the installation, which it does not expect."""

    def __init__(self, inbound: RecordingInbound) -> None:
        self._inbound = inbound
        self.root_command, self.commands = inbound.root_command, inbound.commands
        self.message_actions, self.memory = inbound.message_actions, inbound.memory

    async def accept(self, event: Event) -> Acknowledged:
        return Accepted() if isinstance(event, Installed) else await self._inbound.accept(event)

    async def complete(self, actor: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        return await self._inbound.complete(actor, line, option, prefix)


class WatchedPlatform(SlackPlatform):
    """The adapter, in which only the look for a post of ours may read history."""

    def __init__(self, slack: Slack, settings: Mapping[str, str], clock: Clock) -> None:
        read = read_settings(settings)
        assert read is not None
        super().__init__(read, clock)
        self._methods = slack.server.methods

    async def find_own_post(self, audience: Audience, key: str) -> MessageRef | None:
        self._methods.history_allowed = True
        try:
            return await super().find_own_post(audience, key)
        finally:
            self._methods.history_allowed = False


class SlackHarness:
    """The stand-in for Slack, with the adapter connected over Socket Mode."""

    def __init__(self, folder: Path, scopes: frozenset[str] = EVERY_SCOPE) -> None:
        self.slack = Slack(World(scopes), limits=False)
        self.inbound = RecordingInbound()
        self.platform: ChatPlatform

    async def __aenter__(self) -> Self:
        await self.slack.__aenter__()
        await self._connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.slack.idle()
        await self.platform.stop()
        await self.slack.__aexit__(kind, error, trace)

    def settings(self) -> dict[str, str]:
        """What an operator would set."""
        return {
            "STARLING_SLACK_BOT_TOKEN": BOT_TOKEN,
            "STARLING_SLACK_APP_TOKEN": APP_TOKEN,
            "STARLING_SLACK_API_URL": f"{self.slack.server.address}/api/",
        }

    async def _connect(self) -> None:
        self.platform = WatchedPlatform(self.slack, self.settings(), SystemClock())
        await self.platform.start(_AfterInstallation(self.inbound))

    async def restart(self) -> None:
        await self.slack.idle()
        await self.platform.stop()
        await self._connect()

    @property
    def installation(self) -> InstallationRef:
        return InstallationRef(PLATFORM, TEAM)

    @property
    def channel(self) -> ConversationRef:
        return ConversationRef(PLATFORM, TEAM, "C0PRACTICE")

    async def person(self, name: str) -> AccountRef:
        return AccountRef(PLATFORM, TEAM, self.slack.world.person(name).id)

    async def direct(self, person: AccountRef) -> ConversationRef:
        return ConversationRef(PLATFORM, TEAM, self.slack.world.direct(person.user).id)

    async def say(
        self, person: AccountRef, conversation: ConversationRef, text: str, files: tuple[str, ...] = ()
    ) -> MessageRef:
        message = await self.slack.say(person.user, conversation.channel, text, conversation.thread, files)
        return MessageRef(conversation, message.ts)

    async def edit(self, person: AccountRef, message: MessageRef, text: str) -> None:
        await self.slack.edit(self._found(message), text)

    async def delete(self, person: AccountRef, message: MessageRef) -> None:
        await self.slack.delete(self._found(message))

    async def other_bot_says(self, conversation: ConversationRef, text: str) -> MessageRef:
        bot = self.slack.world.person("Build bot", is_bot=True)
        message = await self.slack.say(bot.id, conversation.channel, text, conversation.thread, bot="B0BUILD")
        return MessageRef(conversation, message.ts)

    async def invoke(self, person: AccountRef, conversation: ConversationRef, line: str) -> OpenedForm | None:
        await self.slack.invoke(person.user, conversation.channel, line)
        return self._form(person)

    async def use_menu_on(self, person: AccountRef, other: AccountRef, label: str) -> None:
        raise AssertionError("there is no menu on people here")

    async def click(self, person: AccountRef, message: SeenMessage, label: str) -> OpenedForm | None:
        assert message.ref is not None
        await self.slack.press(person.user, self._found(message.ref), label)
        return self._form(person)

    async def choose(self, person: AccountRef, message: SeenMessage, label: str, value: str) -> OpenedForm | None:
        assert message.ref is not None
        await self.slack.press(person.user, self._found(message.ref), label, value)
        return self._form(person)

    async def submit(
        self, person: AccountRef, form: OpenedForm, values: Mapping[str, tuple[str, ...]]
    ) -> OpenedForm | None:
        await self.slack.submit(person.user, values)
        return self._form(person)

    def _form(self, person: AccountRef) -> OpenedForm | None:
        view = self.slack.open_form(person.user)
        if view is None:
            return None
        values = entered_in(view.state) if view.state else opened_with(view.json)
        return OpenedForm(title_of(view.json), labels_of(view.json), values, view.errors)

    async def type_option(self, person: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        raise NotImplementedError("Slack completes nothing as one types")

    async def open_home(self, person: AccountRef) -> str:
        return await self.slack.open_home(person.user)

    async def leave(self, person: AccountRef) -> None:
        await self.slack.leave(person.user)

    async def rename(self, channel: ConversationRef, name: str) -> None:
        await self.slack.rename(channel.channel, name)

    async def archive(self, channel: ConversationRef) -> None:
        await self.slack.archive(channel.channel)

    async def messages_seen_by(self, person: AccountRef, conversation: ConversationRef) -> Sequence[SeenMessage]:
        await self.slack.idle()
        found = self.slack.world.seen_by(person.user, conversation.channel, conversation.thread)
        return [self._seen(message, conversation) for message in found]

    def _seen(self, message: Message, conversation: ConversationRef) -> SeenMessage:
        ours = {name for user, name in message.reactions if user == BOT_USER}
        text = "\n".join(line for block in message.blocks for line in lines(block))
        uploaded = self.slack.server.methods.files.kept
        shared = [id_ for id_, _ in message.shares]
        return SeenMessage(
            ref=None if message.only_for else MessageRef(conversation, shared[0] if shared else message.ts),
            author=None if message.user == BOT_USER else AccountRef(PLATFORM, TEAM, message.user),
            text=text or unescaped(message.text),
            controls=tuple(label for label, _ in controls(message.blocks)),
            reactions=tuple(each for each in REACTIONS if EMOJI[each] in ours),
            pinged=notified(message.text, message.blocks),
            files={uploaded[id_].title: uploaded[id_].data or b"" for id_ in shared},
        )

    def _found(self, message: MessageRef) -> Message:
        found = self.slack.world.find(message.conversation.channel, message.message)
        assert found is not None
        return found

    async def deliver_again(self, event: Event) -> None:
        me = Me(self.installation, BOT_USER, BOT)
        for kind, payload, _ in list(self.slack.deliveries.log):
            again = parse(payload, me, datetime.now(UTC))
            if getattr(again, "delivery_id", None) == event.delivery_id:
                await self.slack.deliver(kind, payload)
                return
        raise AssertionError(f"nothing was delivered that says {event}")

    def fail_next(self, fault: Fault) -> None:
        self.slack.server.faults.add(replace(FAULTS[fault]))


class SlackHttpHarness(SlackHarness):
    """The same, with the stand-in calling the adapter over signed HTTP, and with leave to upload files."""

    def __init__(self, folder: Path, scopes: frozenset[str] = EVERY_SCOPE | {"files:write"}) -> None:
        super().__init__(folder, scopes)

    def settings(self) -> dict[str, str]:
        return {
            "STARLING_SLACK_BOT_TOKEN": BOT_TOKEN,
            "STARLING_SLACK_SIGNING_SECRET": SECRET,
            "STARLING_SLACK_HTTP_PORT": "0",
            "STARLING_SLACK_API_URL": f"{self.slack.server.address}/api/",
        }

    async def _connect(self) -> None:
        await super()._connect()
        assert isinstance(self.platform, SlackPlatform)
        assert isinstance(self.platform.connection, HttpConnection)
        self.slack.deliveries.events_url = self.platform.connection.address


class SlackWithoutReadingHarness(SlackHarness):
    """The same, in a workspace that lets nobody read its channels."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, EVERY_SCOPE - {"channels:history", "groups:history"})


class SlackNotReadingHarness(SlackHarness):
    """The same, where Slack would send what is said in channels and the administrator does not want it read."""

    def settings(self) -> dict[str, str]:
        return super().settings() | {"STARLING_SLACK_READS_REPLIES": "no"}
