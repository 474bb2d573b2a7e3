"""What comes in from a chat platform, parsed: one frozen class per kind of event.

Each event carries the `delivery_id` under which the platform delivered it: the same event delivered again
has the same id, and is handled once. `trigger` is the platform's credential for answering an interaction
at once (a trigger id, an interaction token); it is never stored. The raw payload stays in the adapter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    delivery_id: str
    installation: InstallationRef
    occurred_at: datetime
    actor: AccountRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Interaction(_Event):
    trigger: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(_Event):
    """A person wrote. `text` is what they typed; `files` names attachments that carry no text."""

    kind: Literal["message_posted"] = "message_posted"
    message: MessageRef
    text: str
    files: tuple[str, ...] = ()
    direct: bool = False
    addressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(_Event):
    """A person changed the text of a message."""

    kind: Literal["message_edited"] = "message_edited"
    message: MessageRef
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(_Event):
    """A message was removed."""

    kind: Literal["message_deleted"] = "message_deleted"
    message: MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandInvoked(_Interaction):
    """A slash command; `line` is what stood after the root command, in the one grammar of `bot.chat.grammar`."""

    kind: Literal["command_invoked"] = "command_invoked"
    conversation: ConversationRef
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionClicked(_Interaction):
    """A button was pressed or a select changed; `action` is the packed payload, `chosen` the selected values."""

    kind: Literal["action_clicked"] = "action_clicked"
    conversation: ConversationRef
    action: str
    chosen: tuple[str, ...] = ()
    message: MessageRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSubmitted(_Interaction):
    """A form came back: `action` is the form's packed payload, `values` what was entered, by input name."""

    kind: Literal["form_submitted"] = "form_submitted"
    conversation: ConversationRef
    action: str
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened(_Interaction):
    """A person opened Starling's home."""

    kind: Literal["home_opened"] = "home_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft(_Event):
    """The actor left the installation."""

    kind: Literal["member_left"] = "member_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed(_Event):
    """Starling was installed; `name` is what people call the installation."""

    kind: Literal["installed"] = "installed"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninstalled(_Event):
    """Starling was removed from the installation."""

    kind: Literal["uninstalled"] = "uninstalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChanged(_Event):
    """A channel was archived, closed to us, opened again, or renamed (then `name` is the new name)."""

    kind: Literal["channel_changed"] = "channel_changed"
    conversation: ConversationRef
    change: Literal["archived", "closed", "opened", "renamed"]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepliesMissed(_Event):
    """Messages may have come into this thread that never reached us and cannot be read any more."""

    kind: Literal["replies_missed"] = "replies_missed"
    conversation: ConversationRef


Event = (
    MessagePosted
    | MessageEdited
    | MessageDeleted
    | CommandInvoked
    | ActionClicked
    | FormSubmitted
    | HomeOpened
    | MemberLeft
    | Installed
    | Uninstalled
    | ChannelChanged
    | RepliesMissed
)


@cache
def _adapter() -> TypeAdapter[Event]:
    return TypeAdapter(Annotated[Event, Field(discriminator="kind")])


def event_to_json(event: Event) -> str:
    """The event as JSON, without its trigger: what the inbox stores.

    Half a character, which JSON can carry and no database can store, becomes a replacement character.
    """
    bare = replace(event, trigger=None) if isinstance(event, _Interaction) else event
    text = json.dumps(_adapter().dump_python(bare, mode="json"), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def event_from_json(text: str) -> Event:
    """Read what `event_to_json` wrote; `pydantic.ValidationError` where it is something else."""
    return _adapter().validate_json(text)


def conversation_of(event: Event) -> ConversationRef | None:
    """The conversation an event happened in, where it happened in one."""
    match event:
        case MessagePosted() | MessageEdited() | MessageDeleted():
            return event.message.conversation
        case CommandInvoked() | ActionClicked() | FormSubmitted() | ChannelChanged() | RepliesMissed():
            return event.conversation
        case _:
            return None
