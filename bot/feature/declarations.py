"""What a room offers the others and the runtime: declarations, as data.

A room's `declare.py` builds one `Feature`. From the gathered features come the commands of every platform,
help texts, the home, the authorisation matrix of the tests and the walk over a person's data.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.base.settings import Setting
from bot.base.text import Text, t
from bot.chat.actions import Action
from bot.chat.cards import Button, Card, Choice, Element
from bot.chat.commands import Command
from bot.chat.events import ActionClicked, CommandInvoked, Event, FormSubmitted
from bot.chat.forms import Form
from bot.chat.pages import Page
from bot.chat.platform import Receipt
from bot.chat.refs import MessageRef
from bot.feature.context import Context, Follower, Outside, To
from bot.scoring.rubric import Rules
from content.loader import Content
from storage.tables.outbox import Delivery

Options = Mapping[str, str | int]
"""The typed options of a command by name; an absent optional one is absent."""


@dataclass(frozen=True, slots=True)
class CommandDeclaration:
    """A command and its handler.

    `opens` builds the form of a command declared with `form` as its acknowledgement: it may do one indexed
    read and nothing else, since the platform waits. `completions` suggest values for options as one types.
    """

    command: Command
    verb: str
    handle: Callable[[Context, CommandInvoked, Options], Awaitable[None]] | None = None
    opens: Callable[[Context, Options], Awaitable[Form]] | None = None
    completions: Mapping[str, Callable[[Context, str], Awaitable[Sequence[Choice]]]] | None = None


@dataclass(frozen=True, slots=True)
class ActionDeclaration:
    """A button or select payload and its handler; `opens` where pressing it opens a form at once.

    `on_messages` is the label under which a payload without fields is offered on people's messages too, on
    one's own only where `own_messages` (`bot.chat.commands.MessageAction`).
    """

    action: type[Action]
    verb: str
    handle: Callable[[Context, Any, ActionClicked], Awaitable[None]] | None = None
    opens: Callable[[Context, Any], Awaitable[Form]] | None = None
    on_messages: Text | None = None
    own_messages: bool = False


@dataclass(frozen=True, slots=True)
class FormDeclaration:
    """A form's payload and the handler of its submission.

    `check` looks at the values before they are accepted: sentences by input name, none if all is well. A
    platform that can shows them in the form; elsewhere a private card gives them and reopens the form.
    """

    action: type[Action]
    verb: str
    handle: Callable[[Context, Any, FormSubmitted], Awaitable[None]]
    check: Callable[[Any, FormSubmitted], Mapping[str, Text]] | None = None


@dataclass(frozen=True, slots=True)
class ListenerDeclaration:
    """A handler of a kind of event that is no interaction (messages, edits, deletions, channel changes …).

    Listeners run in the order of the gathered features; the first that returns True has taken the event.
    """

    event: type[Event]
    handle: Callable[[Context, Any], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Send:
    """Post this card; where a card is too long for one message the parts follow in order."""

    to: To
    card: Card


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the card of a message of ours."""

    message: MessageRef
    card: Card


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove a message of ours."""

    message: MessageRef


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is to be sent: the work was done in the transaction."""


@dataclass(frozen=True, slots=True)
class Skip:
    """By rule nothing is sent; `reason` is recorded and can be asked for."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """Come back at `until`."""

    until: datetime
    reason: str


Outcome = Send | Edit | Delete | Done | Skip | Later


A_MESSAGE = t("a message")


@dataclass(frozen=True, slots=True)
class DeliveryDeclaration:
    """How a kind of delivery becomes a post.

    `prepare` runs in the transaction that marks the delivery as being sent: what it decides (which question)
    is stored before anything is posted, and asked again after a crash it must come to the same answer.
    `sent` runs in the transaction that marks it posted. `uncertain` runs where nobody can know. `gone` runs
    where the channel or the person is not there any more, in place of the runtime's word to an admin.

    `work` is what has to be done first and holds up nobody else: it runs outside of any transaction each time the
    delivery is taken up before its sending has begun, again after a crash, and has a part of the lease to be done in.

    `called` says in a sentence to an admin what it was that may be missing: "while posting the daily question".
    """

    kind: str
    prepare: Callable[[Context, Delivery], Awaitable[Outcome]]
    sent: Callable[[Context, Delivery, Sequence[Receipt]], Awaitable[None]] | None = None
    uncertain: Callable[[Context, Delivery], Awaitable[None]] | None = None
    gone: Callable[[Context, Delivery], Awaitable[None]] | None = None
    work: Callable[[Outside, Delivery], Awaitable[None]] | None = None
    called: Text = A_MESSAGE


@dataclass(frozen=True, slots=True)
class PlaceDeclaration:
    """A button this room puts in another room's named place, built from the id of the card's subject."""

    place: str
    button: Callable[[str], Button]


@dataclass(frozen=True, slots=True)
class FollowerDeclaration:
    """What this room does, in the same transaction, when another room tells that `happening` happens."""

    happening: str
    follow: Follower


@dataclass(frozen=True, slots=True)
class HomeSection:
    """A part of every member's home; `order` sorts the sections, smallest first."""

    order: int
    build: Callable[[Context], Awaitable[Sequence[Element]]]


Entry = Mapping[str, Any]
"""One thing that is held about a person, as it is taken out."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What this room holds about a person: how to take it out, and how to erase it (returns rows erased).

    Where there may be thousands of entries, `export` yields them one by one, and `erase` is `in_steps`: a call erases
    a number of rows that holds nobody up, and it is called again, each time in a transaction of its own, until it
    returns 0.

    `documents` yields what is read better as pages: a file name and Markdown, beside the rows of `export`. What is
    `last` is erased after all else, since the others find theirs through it.
    """

    name: str
    what: Text
    export: Callable[[Context, MemberId], Awaitable[Sequence[Entry]] | AsyncIterator[Entry]]
    erase: Callable[[Context, MemberId], Awaitable[int]]
    in_steps: bool = False
    documents: Callable[[Context, MemberId], AsyncIterator[tuple[str, str]]] | None = None
    last: bool = False

    async def entries(self, context: Context, member: MemberId) -> AsyncIterator[Entry]:
        """Each entry of what is held, in whichever way the room gives them."""
        held = self.export(context, member)
        if isinstance(held, AsyncIterator):
            async for entry in held:
                yield entry
        else:
            for entry in await held:
                yield entry


@dataclass(frozen=True, slots=True)
class Retention:
    """What this room keeps for a time only.

    `days` is a setting of the workspace. `purge` deletes at most so many rows that are older than a moment, and
    returns how many there were: it is called again until there are fewer.
    """

    what: Text
    days: Setting[int]
    purge: Callable[[AsyncSession, datetime, int], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class PageDeclaration:
    """A page of this room, under `name` in its address; `label` is what the buttons that lead to it say.

    `build` gets the id of what the page is about (empty for one's own), asks the policy about it as a handler does,
    and returns None where there is no such thing for this reader. What `writes` may write as it is built: who looked.
    """

    name: str
    label: Text
    verb: str
    build: Callable[[Context, str], Awaitable[Page | None]]
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """All that one room declares."""

    name: str
    commands: tuple[CommandDeclaration, ...] = ()
    actions: tuple[ActionDeclaration, ...] = ()
    forms: tuple[FormDeclaration, ...] = ()
    listeners: tuple[ListenerDeclaration, ...] = ()
    deliveries: tuple[DeliveryDeclaration, ...] = ()
    places: tuple[PlaceDeclaration, ...] = ()
    followers: tuple[FollowerDeclaration, ...] = ()
    home: tuple[HomeSection, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    retentions: tuple[Retention, ...] = ()
    pages: tuple[PageDeclaration, ...] = ()
    warm: Callable[[Content, Rules], None] | None = None
    """Reads what takes long the first time, once when a process has started and before anybody asks for it."""
    brings: Mapping[Callable[[Content, Rules], Any], Any] = field(default_factory=dict)
    """What `Context.once` gives for these, in place of what they make: what the process was configured with."""
