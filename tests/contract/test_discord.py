"""Discord is held to the contract, through discord.py and over the wire to a stand-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from adapters.discord.platform import DiscordPlatform
from adapters.discord.reactions import EMOJI
from bot.base.clock import SystemClock
from bot.chat.cards import Choice
from bot.chat.events import Event, Installed, MessagePosted
from bot.chat.grammar import Understood, read_line
from bot.chat.platform import Accepted, Acknowledged, Audience
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef
from tests.contract.harness import (
    COMMANDS,
    RATE_LIMIT_SECONDS,
    Fault,
    OpenedForm,
    RecordingInbound,
    SeenMessage,
)
from tests.wire.discord import reading
from tests.wire.discord.faults import Fault as WireFault
from tests.wire.discord.people import OpenModal
from tests.wire.discord.server import StandIn
from tests.wire.discord.state import BOT

FAULTS: Mapping[Fault, WireFault] = {
    "rate_limited": WireFault("rate_limited", seconds=RATE_LIMIT_SECONDS),
    "permission_missing": WireFault("refused", 403, 50013),
    "target_gone": WireFault("refused", 404, 10003),
    "payload_rejected": WireFault("refused", 400, 50035),
    "unavailable": WireFault("failed", 503),
    "answer_lost": WireFault("answer_lost"),
}
INPUT_TYPES = (3, 4, 5)


class WatchedPlatform(DiscordPlatform):
    """The adapter, in which only the look for a post of ours may read history."""

    def __init__(self, server: StandIn, *, reads_replies: bool = False) -> None:
        url = server.api_url
        super().__init__(server.world.token, SystemClock(), api_url=url, reads_replies=reads_replies, pause=0.01)
        self._server = server

    async def find_own_post(self, audience: Audience, key: str) -> MessageRef | None:
        self._server.world.history_allowed = True
        try:
            return await super().find_own_post(audience, key)
        finally:
            self._server.world.history_allowed = False


class _Installed:
    """Lets pass that Starling is installed, which Discord says at every start and the suite does not expect."""

    def __init__(self, inbound: RecordingInbound) -> None:
        self._inbound = inbound
        self.root_command = inbound.root_command
        self.commands = inbound.commands
        self.message_actions = inbound.message_actions
        self.complete = inbound.complete
        self.memory = inbound.memory

    async def accept(self, event: Event) -> Acknowledged:
        return Accepted() if isinstance(event, Installed) else await self._inbound.accept(event)


class DiscordHarness:
    """One server with one channel, and the adapter in the profile that asks for no privileged intent."""

    reads_replies = False

    def __init__(self, folder: Path) -> None:
        self.inbound = RecordingInbound()
        self._named: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        self.server = StandIn()
        await self.server.__aenter__()
        self.server.gateway.granted = (1 << 15) if self.reads_replies else 0
        self.guild = self.server.world.add_guild("Practice team")
        self._channel = self.server.world.add_channel(self.guild, "interview-practice")["id"]
        await self._connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connected = self.platform._connected
        ended = connected is not None and connected.running.done()
        await self.platform.stop()
        await self.server.__aexit__(kind, error, trace)
        assert not ended, "discord.py ended the connection by itself: a payload of the stand-in is not as it expects"

    async def _connect(self) -> None:
        self.platform = WatchedPlatform(self.server, reads_replies=self.reads_replies)
        await self.platform.start(_Installed(self.inbound))
        await self._idle()

    async def _idle(self) -> None:
        await self.server.people.settled()
        await self.platform.idle()

    async def restart(self) -> None:
        await self.platform.stop()
        await self._connect()

    @property
    def installation(self) -> InstallationRef:
        return InstallationRef("discord", self.guild.id)

    @property
    def channel(self) -> ConversationRef:
        return ConversationRef("discord", self.guild.id, self._channel)

    async def person(self, name: str) -> AccountRef:
        if name not in self._named:
            self._named[name] = self.server.people.join(self.guild, name)
        return AccountRef("discord", self.guild.id, self._named[name])

    async def direct(self, person: AccountRef) -> ConversationRef:
        return ConversationRef("discord", "", self.server.world.direct(person.user)["id"])

    async def say(
        self, person: AccountRef, conversation: ConversationRef, text: str, files: tuple[str, ...] = ()
    ) -> MessageRef:
        thread = conversation.thread
        if thread is not None and thread not in self.server.world.channels:
            await self.server.people.start_thread(person.user, self.server.world.messages[thread])
        message = await self.server.people.say(person.user, thread or conversation.channel, text, files)
        await self._idle()
        return MessageRef(conversation, message["id"])

    async def edit(self, person: AccountRef, message: MessageRef, text: str) -> None:
        await self.server.people.edit(self.server.world.messages[message.message], text)
        await self._idle()

    async def delete(self, person: AccountRef, message: MessageRef) -> None:
        await self.server.people.delete(self.server.world.messages[message.message])
        await self._idle()

    async def other_bot_says(self, conversation: ConversationRef, text: str) -> MessageRef:
        bot = self.server.people.join(self.guild, "Build bot", bot=True)
        return await self.say(AccountRef("discord", self.guild.id, bot), conversation, text)

    async def invoke(self, person: AccountRef, conversation: ConversationRef, line: str) -> OpenedForm | None:
        read = read_line(line, COMMANDS)
        assert isinstance(read, Understood)
        place = conversation.thread or conversation.channel
        opened = await self.server.people.invoke(person.user, place, "starling", read.command.path, read.options)
        return await self._opened(opened)

    async def use_menu_on(self, person: AccountRef, other: AccountRef, label: str) -> None:
        await self.server.people.use_menu_on(person.user, other.user, self.channel.channel, label)
        await self._idle()

    async def click(self, person: AccountRef, message: SeenMessage, label: str) -> OpenedForm | None:
        return await self._press(person, message, label)

    async def choose(self, person: AccountRef, message: SeenMessage, label: str, value: str) -> OpenedForm | None:
        return await self._press(person, message, label, (value,))

    async def _press(
        self, person: AccountRef, message: SeenMessage, label: str, values: tuple[str, ...] = ()
    ) -> OpenedForm | None:
        assert message.ref is not None
        found = self.server.world.messages[message.ref.message]
        control = next(each for each in reading.controls(found) if reading.label(each) == label)
        return await self._opened(await self.server.people.press(person.user, found, control, values))

    async def _opened(self, opened: OpenModal | None) -> OpenedForm | None:
        await self.platform.idle()
        if opened is None:
            return None
        labels = {control["custom_id"]: label["label"] for label, control in opened.inputs}
        values = {control["custom_id"]: _standing(control) for _, control in opened.inputs}
        return OpenedForm(opened.modal["title"], labels, values, handle=opened)

    async def submit(
        self, person: AccountRef, form: OpenedForm, values: Mapping[str, tuple[str, ...]]
    ) -> OpenedForm | None:
        assert isinstance(form.handle, OpenModal)
        await self.server.people.submit(person.user, form.handle, values)
        await self._idle()
        return None

    async def type_option(self, person: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        found = await self.server.people.type_option(
            person.user, self._channel, "starling", line.split(), option, prefix
        )
        return [Choice(each["value"], each["name"]) for each in found]

    async def open_home(self, person: AccountRef) -> str:
        raise NotImplementedError("there is no home on Discord")

    async def leave(self, person: AccountRef) -> None:
        await self.server.people.leave(self.guild, person.user)
        await self._idle()

    async def rename(self, channel: ConversationRef, name: str) -> None:
        await self.server.people.rename(channel.channel, name)
        await self._idle()

    async def archive(self, channel: ConversationRef) -> None:
        await self.server.people.delete_channel(channel.channel)
        await self._idle()

    async def messages_seen_by(self, person: AccountRef, conversation: ConversationRef) -> Sequence[SeenMessage]:
        world = self.server.world
        channel = world.channels.get(conversation.thread or conversation.channel)
        if channel is None or any(each["id"] != person.user for each in channel.get("recipients", ())):
            return []
        found = [message for message in world.messages.values() if message["channel_id"] == channel["id"]]
        return [
            self._seen(message, conversation)
            for message in found
            if world.only_for.get(message["id"], person.user) == person.user
        ]

    def _seen(self, message: dict[str, Any], conversation: ConversationRef) -> SeenMessage:
        world, author = self.server.world, message["author"]["id"]
        standing = {emoji for emoji, users in world.reactions.get(message["id"], {}).items() if BOT in users}
        order: tuple[Literal["seen", "done", "waiting"], ...] = ("seen", "done", "waiting")
        return SeenMessage(
            ref=None if message["id"] in world.only_for else MessageRef(conversation, message["id"]),
            author=None if author == BOT else AccountRef("discord", self.guild.id, author),
            text=reading.read(message),
            controls=tuple(reading.label(each) for each in reading.controls(message)),
            reactions=tuple(each for each in order if EMOJI[each] in standing),
            pinged=world.pinged.get(message["id"], frozenset()),
            files={each["filename"]: world.files[each["id"]] for each in message["attachments"] if author == BOT},
        )

    async def deliver_again(self, event: Event) -> None:
        assert isinstance(event, MessagePosted)
        await self.server.people.tell(self.server.world.messages[event.message.message], "MESSAGE_CREATE")
        await self._idle()

    def fail_next(self, fault: Fault) -> None:
        self.server.rest.faults.add(FAULTS[fault])


class ReadingDiscordHarness(DiscordHarness):
    """The same in the profile that may read what people write in channels."""

    reads_replies = True


def _standing(control: dict[str, Any]) -> tuple[str, ...]:
    """What stands in a control of a modal as it opens."""
    assert control["type"] in INPUT_TYPES
    if control.get("value"):
        return (control["value"],)
    chosen = [option["value"] for option in control.get("options") or () if option.get("default")]
    return tuple(chosen or [each["id"] for each in control.get("default_values") or ()])
