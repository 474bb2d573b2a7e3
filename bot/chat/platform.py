"""The two sides between Starling and a chat platform: the port an adapter implements and the one it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.base.clock import Clock
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Card, Choice, Document
from bot.chat.commands import Command, MessageAction
from bot.chat.events import Event
from bot.chat.forms import Form
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef

Fallback = Literal["direct", "home", "drop"]
DeliveredAs = Literal["channel", "thread", "ephemeral", "direct", "home", "dropped"]


@dataclass(frozen=True, slots=True)
class InConversation:
    """For everybody in a channel or a thread."""

    conversation: ConversationRef


@dataclass(frozen=True, slots=True)
class PrivateTo:
    """For one person alone.

    Shown in `near` where the platform can show one person something there, else as `fallback` says: a direct
    message, the person's home, or nothing. It is never shown to anybody else.
    """

    account: AccountRef
    near: ConversationRef | None = None
    fallback: Fallback = "direct"


Audience = InConversation | PrivateTo


@dataclass(frozen=True, slots=True)
class Post:
    """One message to send: a resolved and fitted card, its audience and its idempotency key."""

    key: str
    audience: Audience
    card: Card
    trigger: str | None = None
    """The interaction this answers, where there is one and it is still open."""

    def __post_init__(self) -> None:
        if isinstance(self.audience, InConversation) and any(isinstance(e, Document) for e in self.card.elements):
            raise ValueError("a file is handed to one person, not to a conversation")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a post landed. `message` is None where it cannot be referred to later (an ephemeral, a drop)."""

    delivered_as: DeliveredAs
    message: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What the platform says of an account at this moment."""

    name: str
    zone: str | None = None
    language: str | None = None
    is_admin: bool = False
    is_bot: bool = False
    is_outsider: bool = False
    """A guest from another organisation."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The event is stored (or known already): acknowledge it, the rest follows."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Acknowledge by opening this form, already resolved and fitted."""

    form: Form


@dataclass(frozen=True, slots=True)
class FormProblems:
    """The submitted form stays open and shows these sentences by input name (only where `form_errors`)."""

    problems: dict[str, str] = field(default_factory=dict)


Acknowledged = Accepted | OpenForm | FormProblems


class Memory(Protocol):
    """What the runtime keeps for an adapter over restarts: short texts by name, nothing that people wrote."""

    async def recall(self, platform: str) -> Mapping[str, Mapping[str, str]]:
        """All that is kept for a platform, by installation and name."""
        ...

    async def remember(self, installation: InstallationRef, notes: Mapping[str, str | None]) -> None:
        """Keep these from now on, in place of what had their names; None is forgotten.

        An installation without an id stands for what belongs to none of them.
        """
        ...


class Inbound(Protocol):
    """What the runtime offers an adapter."""

    @property
    def root_command(self) -> str:
        """The name of the one root command, without its slash."""
        ...

    @property
    def commands(self) -> Sequence[Command]:
        """Every declared command, to register or to complete from."""
        ...

    @property
    def message_actions(self) -> Sequence[MessageAction]:
        """Every action declared for people's messages."""
        ...

    @property
    def memory(self) -> Memory:
        """What outlives this process."""
        ...

    async def accept(self, event: Event) -> Acknowledged:
        """Store `event`, then say how to acknowledge it. The caller acknowledges after this returns, at once."""
        ...

    async def complete(self, actor: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        """At most 25 choices, resolved, for `option` of the command that `line` begins with."""
        ...


class ChatPlatform(Protocol):
    """A chat platform, as an adapter presents it. Every call raises only `PlatformError`s."""

    @property
    def name(self) -> str:
        """The platform's name, the first part of its references."""
        ...

    async def start(self, inbound: Inbound) -> None:
        """Connect, and hand events to `inbound` from now on; returns once connected."""
        ...

    async def stop(self) -> None:
        """Take no further events, finish what is being acknowledged, disconnect."""
        ...

    def ready(self) -> bool:
        """Whether the connection stands at this moment."""
        ...

    def capabilities(self, conversation: ConversationRef) -> Capabilities:
        """What this conversation can do, with the permissions granted now."""
        ...

    async def send(self, post: Post) -> Receipt:
        """Post once. A second call with the same key may be recognised by the platform, but need not be."""
        ...

    async def find_own_post(self, audience: Audience, key: str) -> MessageRef | None:
        """Our post with this key, if it was accepted. Looks at nothing but the bot's own posts."""
        ...

    async def edit(self, message: MessageRef, card: Card) -> None:
        """Replace the card of a message of ours."""
        ...

    async def delete(self, message: MessageRef) -> None:
        """Remove a message of ours; one that is gone already is no error."""
        ...

    async def react(self, message: MessageRef, reaction: Literal["seen", "done", "waiting"]) -> None:
        """Put our reaction on a person's message, in place of an earlier one of ours."""
        ...

    async def show_home(self, account: AccountRef, card: Card) -> None:
        """Draw a person's home anew, where the platform has one."""
        ...

    async def profile(self, account: AccountRef) -> Profile | None:
        """What the platform says of this account now; None for one it does not know (any more)."""
        ...

    async def installations(self) -> Sequence[InstallationRef]:
        """The installations this connection serves."""
        ...


class Connect(Protocol):
    """An entry point of the group `starling.adapters`: how an adapter is found and made."""

    def __call__(self, settings: Mapping[str, str], clock: Clock) -> ChatPlatform | None:
        """The platform these settings describe, not yet started; None where its credentials are absent.

        `settings` maps upper-case names (`STARLING_LOCAL_FOLDER`) to values. Raises `ConfigurationError`
        for one that is wrong.
        """
        ...
