"""What an adapter has to offer so that the contract suite can be run on it.

A harness stands up one platform of its kind: a world with people in it, and the real adapter under test
connected to it. The suite acts as people (`say`, `click`, `submit`), looks through people's eyes
(`messages_seen_by`) and reads what reached the recording inbound side. An act returns once the platform has
delivered and the adapter has acknowledged whatever event it causes, so that no test ever waits by sleeping.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Protocol, Self, TypeVar

from bot.base.text import t
from bot.chat.cards import Choice
from bot.chat.commands import Command, MessageAction, Option
from bot.chat.events import Event
from bot.chat.platform import Accepted, Acknowledged, ChatPlatform
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef

Fault = Literal["rate_limited", "permission_missing", "target_gone", "payload_rejected", "unavailable", "answer_lost"]
"""What goes wrong with the next call to the platform, at the wire:

- `rate_limited`: refused, with a wait of 7 seconds
- `permission_missing`: refused for want of a permission
- `target_gone`: refused since the channel, message or person does not exist any more
- `payload_rejected`: the content is refused
- `unavailable`: no answer, and the call took no effect
- `answer_lost`: the call takes effect, but its answer never arrives
"""

RATE_LIMIT_SECONDS = 7

LEVELS = (Choice("L3", "Level 3"), Choice("L4", "Level 4"))
COMMANDS = (
    Command(("help",), t("What Starling can do")),
    Command(
        ("guide", "archetype"),
        t("Look up an archetype"),
        (
            Option("name", t("Which archetype"), required=True, completes=True),
            Option("level", t("For which level"), "choice", choices=LEVELS),
            Option("examples", t("How many examples"), "integer"),
        ),
    ),
    Command(("answer",), t("Answer in a form"), acknowledgement="form"),
    Command(
        ("progress", "of"),
        t("Show somebody's progress"),
        (Option("person", t("Whose"), "member", required=True),),
        on_people=t("Show their progress"),
    ),
)
"""The commands of the contract suite: one of each kind."""

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message as one person sees it."""

    ref: MessageRef | None
    """None where it cannot be referred to (a message shown to one person only, on some platforms)."""
    author: AccountRef | None
    """Who wrote it; None where it is ours."""
    text: str
    """All that can be read in it from top to bottom, alternative texts of pictures included."""
    controls: tuple[str, ...] = ()
    """The labels of its buttons and selects, in order."""
    reactions: tuple[Literal["seen", "done", "waiting"], ...] = ()
    """Our reactions on it."""
    pinged: frozenset[str] = frozenset()
    """Whom it notified by a mention: user ids, or "everyone"."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The files that can be taken from it, by the names that are read."""


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """A form as it stands open before a person."""

    title: str
    labels: Mapping[str, str]
    """The label of each input, by the input's name."""
    values: Mapping[str, tuple[str, ...]]
    """What stands in the inputs, by name; an empty input may be absent."""
    problems: Mapping[str, str] = field(default_factory=dict)
    """Sentences shown beside inputs, by name."""
    handle: object = None
    """Whatever the harness needs to submit it."""


@dataclass
class Notes:
    """What an adapter asked to be kept, over restarts."""

    kept: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    async def recall(self, platform: str) -> Mapping[str, Mapping[str, str]]:
        return {place: dict(notes) for (name, place), notes in self.kept.items() if name == platform}

    async def remember(self, installation: InstallationRef, notes: Mapping[str, str | None]) -> None:
        standing = self.kept.setdefault((installation.platform, installation.installation), {})
        for name, value in notes.items():
            standing.pop(name, None)
            if value is not None:
                standing[name] = value


@dataclass
class RecordingInbound:
    """The inbound side of the suite: keeps every event, and answers as it was told to."""

    root_command: str = "starling"
    commands: Sequence[Command] = COMMANDS
    message_actions: Sequence[MessageAction] = ()
    memory: Notes = field(default_factory=Notes)
    events: list[Event] = field(default_factory=list)
    completions: Sequence[Choice] = ()
    asked: list[tuple[AccountRef, str, str, str]] = field(default_factory=list)
    """What `complete` was asked: actor, line, option, prefix."""
    _answers: list[Acknowledged] = field(default_factory=list)
    _open: asyncio.Event = field(default_factory=asyncio.Event)
    _entered: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._open.set()

    def hold(self) -> None:
        """Let no event be acknowledged before `release()`."""
        self._open.clear()

    def release(self) -> None:
        """Acknowledge what was held."""
        self._open.set()

    async def entered(self) -> None:
        """Wait until an event is being accepted, or was."""
        await self._entered.wait()

    def answer_next_with(self, acknowledged: Acknowledged) -> None:
        """Acknowledge the next event so; every other is simply accepted."""
        self._answers.append(acknowledged)

    async def accept(self, event: Event) -> Acknowledged:
        self._entered.set()
        await self._open.wait()
        self.events.append(event)
        return self._answers.pop(0) if self._answers else Accepted()

    async def complete(self, actor: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        self.asked.append((actor, line, option, prefix))
        return self.completions

    def of(self, kind: type[E]) -> list[E]:
        """The events of one kind, in the order they came."""
        return [event for event in self.events if isinstance(event, kind)]

    def only(self, kind: type[E]) -> E:
        """The one event of that kind; fails where there are none or several."""
        found = self.of(kind)
        assert len(found) == 1, f"one {kind.__name__} was expected, these came: {self.events}"
        return found[0]


class Harness(Protocol):
    """One adapter under test with its world. Entering starts the platform, leaving stops all it started."""

    @property
    def platform(self) -> ChatPlatform:
        """The adapter under test, started with `inbound`; another object after `restart()`."""
        ...

    @property
    def inbound(self) -> RecordingInbound:
        """The one inbound side, which stays the same over restarts."""
        ...

    @property
    def installation(self) -> InstallationRef:
        """The installation the world consists of."""
        ...

    @property
    def channel(self) -> ConversationRef:
        """A channel that Starling and every person of the harness are in."""
        ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    async def person(self, name: str) -> AccountRef:
        """A person of that name in the installation, made where there is none yet."""
        ...

    async def direct(self, person: AccountRef) -> ConversationRef:
        """The direct conversation between this person and Starling."""
        ...

    async def say(
        self, person: AccountRef, conversation: ConversationRef, text: str, files: tuple[str, ...] = ()
    ) -> MessageRef:
        """This person writes in a channel, a thread or the direct conversation, with attachments of these names."""
        ...

    async def edit(self, person: AccountRef, message: MessageRef, text: str) -> None:
        """This person changes a message of theirs."""
        ...

    async def delete(self, person: AccountRef, message: MessageRef) -> None:
        """This person removes a message of theirs."""
        ...

    async def other_bot_says(self, conversation: ConversationRef, text: str) -> MessageRef:
        """A bot that is not Starling writes."""
        ...

    async def invoke(self, person: AccountRef, conversation: ConversationRef, line: str) -> OpenedForm | None:
        """This person runs the root command with `line` after it; returns the form that opened, if one did."""
        ...

    async def use_menu_on(self, person: AccountRef, other: AccountRef, label: str) -> None:
        """This person chooses the entry with this label in the menu on another person, in the channel."""
        ...

    async def click(self, person: AccountRef, message: SeenMessage, label: str) -> OpenedForm | None:
        """This person presses the button with this label; returns the form that opened, if one did."""
        ...

    async def choose(self, person: AccountRef, message: SeenMessage, label: str, value: str) -> OpenedForm | None:
        """This person picks the choice with this value from the select with this label."""
        ...

    async def submit(
        self, person: AccountRef, form: OpenedForm, values: Mapping[str, tuple[str, ...]]
    ) -> OpenedForm | None:
        """This person submits the form with these values; returns the form if it stays open with problems."""
        ...

    async def type_option(self, person: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        """This person has typed `prefix` for `option` after `line`; returns the completions shown."""
        ...

    async def open_home(self, person: AccountRef) -> str:
        """This person opens Starling's home; returns all that can be read there."""
        ...

    async def leave(self, person: AccountRef) -> None:
        """This person leaves the installation for good."""
        ...

    async def rename(self, channel: ConversationRef, name: str) -> None:
        """Somebody renames the channel."""
        ...

    async def archive(self, channel: ConversationRef) -> None:
        """Somebody archives the channel."""
        ...

    async def messages_seen_by(self, person: AccountRef, conversation: ConversationRef) -> Sequence[SeenMessage]:
        """The messages this person sees in a channel, a thread or the direct conversation, in order."""
        ...

    async def deliver_again(self, event: Event) -> None:
        """The platform delivers once more what this event was read from."""
        ...

    def fail_next(self, fault: Fault) -> None:
        """The adapter's next call to the platform goes wrong in this way."""
        ...

    async def restart(self) -> None:
        """Stop the adapter and start a new one on the same world; nothing it kept in memory survives."""
        ...
