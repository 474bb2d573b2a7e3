"""The local workspace is held to the contract, reached in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from adapters.local import administration
from adapters.local.cards import controls
from adapters.local.cast import CAST, STARLING, Person
from adapters.local.faults import Fault as LocalFault
from adapters.local.faults import FaultKind
from adapters.local.messages import Message
from adapters.local.platform import LocalPlatform
from adapters.local.workspace import Workspace
from bot.base.clock import MovedClock
from bot.chat.cards import Choice
from bot.chat.events import Event
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef
from tests.contract.harness import RATE_LIMIT_SECONDS, Fault, OpenedForm, RecordingInbound, SeenMessage

FAULTS: Mapping[Fault, FaultKind] = {
    "rate_limited": "rate_limited",
    "permission_missing": "permission_missing",
    "target_gone": "target_gone",
    "payload_rejected": "rejected",
    "unavailable": "failed",
    "answer_lost": "answer_lost",
}
REACTIONS: tuple[Literal["seen", "done", "waiting"], ...] = ("seen", "done", "waiting")


class LocalHarness:
    """A workspace in a folder of its own, with the adapter connected in this process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.inbound = RecordingInbound()

    async def __aenter__(self) -> Self:
        self.workspace = Workspace(self._folder, MovedClock(), mark="contract")
        await self._take_installation()
        await self._connect()
        return self

    async def _take_installation(self) -> None:
        """Let the event of a new workspace pass, which the suite does not expect."""
        first = LocalPlatform(self.workspace)
        await first.start(RecordingInbound())
        await self.workspace.idle()
        await first.stop()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._disconnect()

    async def _connect(self) -> None:
        self.platform = LocalPlatform(self.workspace)
        await self.platform.start(self.inbound)
        await self.workspace.idle()

    async def _disconnect(self) -> None:
        await self.platform.stop()
        self.workspace.close()

    async def restart(self) -> None:
        await self._disconnect()
        self.workspace = Workspace(self._folder, MovedClock())
        await self._connect()

    @property
    def installation(self) -> InstallationRef:
        return self.workspace.installation

    @property
    def channel(self) -> ConversationRef:
        return self.workspace.conversation("interview-practice")

    async def person(self, name: str) -> AccountRef:
        if self.workspace.roster.find(name) is None:
            await administration.join(self.workspace, Person(name.lower(), name))
        return self.workspace.account(name)

    async def direct(self, person: AccountRef) -> ConversationRef:
        return self.workspace.direct(person.user)

    async def say(
        self, person: AccountRef, conversation: ConversationRef, text: str, files: tuple[str, ...] = ()
    ) -> MessageRef:
        message = await self.workspace.say(person.user, conversation.channel, text, conversation.thread, files)
        await self.workspace.idle()
        return message

    async def edit(self, person: AccountRef, message: MessageRef, text: str) -> None:
        await self.workspace.edit(person.user, message, text)
        await self.workspace.idle()

    async def delete(self, person: AccountRef, message: MessageRef) -> None:
        await self.workspace.delete(person.user, message)
        await self.workspace.idle()

    async def other_bot_says(self, conversation: ConversationRef, text: str) -> MessageRef:
        if self.workspace.roster.find("build-bot") is None:
            await administration.join(self.workspace, Person("build-bot", "Build bot", is_bot=True))
        return await self.say(self.workspace.account("build-bot"), conversation, text)

    async def invoke(self, person: AccountRef, conversation: ConversationRef, line: str) -> OpenedForm | None:
        await self.workspace.command(person.user, conversation.channel, line, conversation.thread)
        return await self._form(person)

    async def use_menu_on(self, person: AccountRef, other: AccountRef, label: str) -> None:
        raise AssertionError("there is no menu on people here")

    async def click(self, person: AccountRef, message: SeenMessage, label: str) -> OpenedForm | None:
        assert message.ref is not None
        await self.workspace.click(person.user, message.ref, label)
        return await self._form(person)

    async def choose(self, person: AccountRef, message: SeenMessage, label: str, value: str) -> OpenedForm | None:
        assert message.ref is not None
        await self.workspace.choose(person.user, message.ref, label, value)
        return await self._form(person)

    async def submit(
        self, person: AccountRef, form: OpenedForm, values: Mapping[str, tuple[str, ...]]
    ) -> OpenedForm | None:
        await self.workspace.submit(person.user, values)
        return await self._form(person)

    async def _form(self, person: AccountRef) -> OpenedForm | None:
        await self.workspace.idle()
        opened = self.workspace.open_form(person.user)
        if opened is None:
            return None
        labels = {each["name"]: each["label"] for each in opened.form["inputs"]}
        return OpenedForm(opened.title, labels, opened.values, opened.problems)

    async def type_option(self, person: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        found = await self.workspace.questions.ask(person.user, line, option, prefix)
        return [Choice(each["value"], each["label"]) for each in found]

    async def open_home(self, person: AccountRef) -> str:
        await self.workspace.open_home(person.user)
        await self.workspace.idle()
        return self.workspace.home_text(person.user)

    async def leave(self, person: AccountRef) -> None:
        await administration.leave(self.workspace, person.user)
        await self.workspace.idle()

    async def rename(self, channel: ConversationRef, name: str) -> None:
        await administration.rename(self.workspace, channel.channel, name)
        await self.workspace.idle()

    async def archive(self, channel: ConversationRef) -> None:
        await administration.archive(self.workspace, channel.channel)
        await self.workspace.idle()

    async def messages_seen_by(self, person: AccountRef, conversation: ConversationRef) -> Sequence[SeenMessage]:
        found = self.workspace.seen_by(person.user, conversation.channel, conversation.thread)
        return [self._seen(message) for message in found]

    def _file(self, message: Message, name: str) -> bytes | None:
        found = self.workspace.messages.document(message.id, name)
        return found[0] if found else None

    def _seen(self, message: Message) -> SeenMessage:
        elements = message.card["elements"] if message.card else ()
        handed = [each["name"] for each in elements if each["kind"] == "document"]
        return SeenMessage(
            ref=self.workspace.reference(message),
            author=None if message.author == STARLING else self.workspace.account(message.author),
            text=message.plain,
            controls=tuple(control["label"] for control in controls(message.card)) if message.card else (),
            reactions=tuple(each for each in REACTIONS if each == message.reaction),
            pinged=self.workspace.pinged(message),
            files={name: data for name in handed if (data := self._file(message, name)) is not None},
        )

    async def deliver_again(self, event: Event) -> None:
        self.workspace.events.again(event.delivery_id)
        await self.workspace.idle()

    def fail_next(self, fault: Fault) -> None:
        self.workspace.faults.add(LocalFault(kind=FAULTS[fault], seconds=RATE_LIMIT_SECONDS))


def test_the_cast_has_distinct_people_with_zones_and_languages() -> None:
    assert len({person.id for person in CAST}) == len(CAST) == 6
    assert all(person.zone and person.language for person in CAST)
