"""What a handler is given, and what it may cause.

A handler works inside one transaction of one workspace. Whatever must surely happen it enqueues as a
delivery (`bot.outbox`) in that transaction; a courtesy that may be lost with a crash (an immediate private
reply, a reaction) it asks for here, and the runtime carries it out after the commit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import NotAllowed
from bot.base.ids import MemberId, WorkspaceId
from bot.base.policy import Actor, Subject, may
from bot.base.text import Text, t
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Button, Card
from bot.chat.forms import Form
from bot.chat.platform import Fallback, Profile
from bot.chat.refs import AccountRef, ConversationRef, MessageRef
from bot.scoring.rubric import Rules
from content.loader import Content

if TYPE_CHECKING:
    from bot.feature.declarations import PersonalData, Retention

Reaction = Literal["seen", "done", "waiting"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer the interaction at hand, for its actor alone (or for all, where the command is declared public)."""

    card: Card


@dataclass(frozen=True, slots=True)
class React:
    """Put a reaction on a person's message."""

    message: MessageRef
    reaction: Reaction


@dataclass(frozen=True, slots=True)
class RefreshHome:
    """Draw this member's home anew where the platform has one."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class OfferForm:
    """Give the actor a private card with a button that opens this form as it is filled in here."""

    form: Form
    sentence: Text


Courtesy = Reply | React | RefreshHome | OfferForm


@dataclass(frozen=True, slots=True)
class ToConversation:
    """A delivery for everybody in a channel or thread."""

    conversation: ConversationRef


@dataclass(frozen=True, slots=True)
class ToMember:
    """A delivery for one member alone, `near` a conversation if it can be shown privately there."""

    member: MemberId
    near: ConversationRef | None = None
    fallback: Fallback = "direct"
    asked_for: bool = False
    """The person asked for it: notification limits do not hold it back."""


To = ToConversation | ToMember


@dataclass(slots=True)
class Context:
    """One handled event, command or delivery. `actor` is None for a delivery, which nobody in person causes."""

    session: AsyncSession
    workspace: WorkspaceId
    now: datetime
    content: Content
    rules: Rules
    actor: Actor | None
    account: AccountRef | None
    language: str
    capabilities: Callable[[ConversationRef], Capabilities]
    profile: Callable[[AccountRef], Awaitable[Profile | None]]
    buttons_for: Callable[[str, str], Sequence[Button]]
    """Buttons other rooms declared for a named place, given the place's name and its subject's id."""
    courtesies: list[Courtesy] = field(default_factory=list)
    timed: Callable[[str], AbstractContextManager[None]] = lambda _work: nullcontext()
    """Measures a piece of work by its name: `with context.timed("scoring"): ...`."""
    followers: Callable[[str], Sequence[Follower]] = lambda _happening: ()
    """What other rooms do when something happens, by its name."""
    holdings: Sequence[PersonalData] = ()
    """What every room holds about people."""
    retentions: Sequence[Retention] = ()
    """What every room keeps for a time only."""
    made: dict[Callable[[Content, Rules], Any], Any] = field(default_factory=dict)
    """What was made of content and rules, by what made it; as long-lived as these. Ask for it by `once()`."""

    def once(self, make: Callable[[Content, Rules], T]) -> T:
        """What `make` (a plain function) makes of content and rules: made at the first call, kept beside them."""
        if make not in self.made:
            self.made[make] = make(self.content, self.rules)
        found: T = self.made[make]
        return found

    @property
    def member(self) -> MemberId:
        """The acting member; only where somebody acts."""
        return self.acting.member

    @property
    def acting(self) -> Actor:
        """The actor; `LookupError` in a delivery, where there is none."""
        if self.actor is None:
            raise LookupError("nobody acts in a delivery")
        return self.actor

    def require(self, verb: str, subject: Subject) -> None:
        """Raise `NotAllowed` unless the actor may do `verb` to `subject`."""
        if not may(self.acting, verb, subject):
            raise NotAllowed(t("You cannot do that here. If you think you should be able to, ask an admin."))

    async def tell(self, happening: str, subject: str) -> None:
        """Let the rooms that declared to follow `happening` do their part of it, in this transaction."""
        for follow in self.followers(happening):
            await follow(self, subject)

    def reply(self, card: Card) -> None:
        """Answer the interaction at hand after the commit."""
        self.courtesies.append(Reply(card))

    def react(self, message: MessageRef, reaction: Reaction) -> None:
        """React to a person's message after the commit."""
        self.courtesies.append(React(message, reaction))

    def refresh_home(self, member: MemberId) -> None:
        """Draw a member's home anew after the commit."""
        self.courtesies.append(RefreshHome(member))

    def offer_form(self, form: Form, sentence: Text) -> None:
        """After the commit, hand the actor a button that opens `form` filled in as it is, with `sentence` above."""
        self.courtesies.append(OfferForm(form, sentence))


Follower = Callable[[Context, str], Awaitable[None]]
"""What a room does when another room tells that something happens; given the id of what it happens to."""


class Apart(Protocol):
    """Reads much, in a thread with an event loop and connections of its own: nobody else waits meanwhile."""

    async def __call__(self, read: Callable[[Context], Awaitable[T]]) -> T:
        """The answer of `read`, which is given one consistent view and cannot write."""
        ...


async def _nothing() -> None:
    """There are no files."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What work outside of any transaction is given.

    `transaction()` opens one with a context in it, and commits it at the end. Courtesies asked for in it are not
    carried out: nobody waits for them.
    """

    transaction: Callable[[], AbstractAsyncContextManager[Context]]
    apart: Apart
    scrub: Callable[[], Awaitable[None]] = _nothing
    """Sees to it that no byte of what was deleted stays in the database's files."""
