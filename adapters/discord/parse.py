"""From a frame of the gateway to events: pure, but for what it remembers of where things are.

A frame that is no event for us gives none; one that is not as Discord describes it raises `Malformed`. Only
messages people write count (types "default" and "reply"); bots and webhooks are dropped here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from adapters.discord.commands import CHAT_INPUT, IN_DIRECT, ON_MESSAGE, ON_PERSON
from adapters.discord.forms import values_of
from adapters.discord.invoking import line_of
from adapters.discord.last_messages import LastMessages
from adapters.discord.places import PLATFORM, THREADS, Place, Places, account, moment_of, snowflake
from adapters.discord.render import EPHEMERAL
from bot.chat.commands import Command
from bot.chat.events import (
    ActionClicked,
    ChannelChanged,
    CommandInvoked,
    Event,
    FormSubmitted,
    Installed,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    RepliesMissed,
    Uninstalled,
)
from bot.chat.grammar import write_line
from bot.chat.refs import ConversationRef, InstallationRef, MessageRef

Payload = Mapping[str, Any]

WRITTEN = frozenset({0, 19})
COMMAND, COMPONENT, COMPLETION, SUBMISSION = 2, 3, 4, 5


UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError, IndexError)
"""What reading a payload raises that is not as Discord describes it."""


class Malformed(ValueError):
    """The frame is not as Discord describes it."""


@contextmanager
def readable(frame: Frame) -> Iterator[None]:
    """Raise `Malformed` for what `frame` turns out not to hold."""
    try:
        yield
    except UNREADABLE as problem:
        raise Malformed(f"{frame.type}: {type(problem).__name__} {problem}") from problem


@dataclass(frozen=True, slots=True)
class Frame:
    """One dispatch of the gateway: its type, its number in the session, its data, and when it came.

    `home` is the server it belongs to, where it comes from outside of Starling's servers.
    """

    type: str
    number: int
    data: Payload
    came: datetime
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads frames as the bot `user`.

    `on_messages` are the packed actions of messages' menus by their names there, `on_people` the commands of people's.
    """

    user: str
    places: Places
    on_messages: Mapping[str, str] = field(default_factory=dict)
    last_messages: LastMessages = field(default_factory=LastMessages)
    on_people: Mapping[str, Command] = field(default_factory=dict)

    def events(self, frame: Frame) -> Sequence[Event]:
        """The events of a frame, none for most; `Malformed` for a frame that cannot be read."""
        read = _READERS.get(frame.type)
        if read is None:
            return ()
        with readable(frame):
            return read(self, frame)

    def is_outside(self, frame: Frame) -> bool:
        """Whether this happened in no server that Starling is installed in; `Malformed` where that cannot be read.

        Interactions say for whom Starling is installed where they happen ("0" the server, "1" the person), which
        holds for a server the gateway has not told of yet, too.
        """
        with readable(frame):
            guild = _guild(frame.data)
            if guild is None or frame.type != "INTERACTION_CREATE" or self.places.is_ours(guild):
                return guild is None
            owners = frame.data.get("authorizing_integration_owners") or {}
            return bool(owners.get("0") != guild)

    def person_of(self, frame: Frame) -> str:
        """Who wrote or acts; `Malformed` where nobody is named."""
        with readable(frame):
            return snowflake(_author(frame.data)["id"])

    def is_of_a_person(self, frame: Frame) -> bool:
        """Whether a person wrote this: no bot, nobody whom we stand for, and a message as people write them."""
        with readable(frame):
            data = frame.data
            author = data["author"]
            by_us = author.get("bot") or author["id"] == self.user or data.get("webhook_id")
            return not by_us and data.get("type", 0) in WRITTEN

    def _posted(self, frame: Frame) -> Sequence[Event]:
        data = frame.data
        self._note_last(data)
        guild, user = self._whose(frame)
        if guild is None or data.get("type", 0) not in WRITTEN:
            return ()
        files = tuple(str(each["filename"]) for each in data.get("attachments") or ())
        message = self.places.message(snowflake(data["channel_id"]), snowflake(data["id"]), _guild(data))
        direct = data.get("guild_id") is None
        text = self._without_address(str(data.get("content") or ""))
        unreadable = not text and not files and not self._mentions_us(data)
        if unreadable and not direct and message.conversation.thread is None:
            return ()
        event = MessagePosted(
            delivery_id=f"message:{message.message}",
            installation=InstallationRef(message.conversation.platform, guild),
            occurred_at=_moment(data.get("timestamp"), message.message),
            actor=account(user, guild),
            message=message,
            text=text,
            files=files,
            direct=direct,
            addressed=self._mentions_us(data),
        )
        return (event,)

    def _note_last(self, data: Payload) -> None:
        """Whoever wrote it, this is the last message of its thread now."""
        place = self.places.find(snowflake(data["channel_id"]))
        if place is not None and place.parent is not None:
            self.last_messages.saw(place.guild, place.id, snowflake(data["id"]))

    def _edited(self, frame: Frame) -> Sequence[Event]:
        data = frame.data
        edited, content = data.get("edited_timestamp"), data.get("content")
        if not edited or not content or "author" not in data or data.get("type", 0) not in WRITTEN:
            return ()
        guild, user = self._whose(frame)
        if guild is None:
            return ()
        message = self.places.message(snowflake(data["channel_id"]), snowflake(data["id"]), _guild(data))
        event = MessageEdited(
            delivery_id=f"edit:{message.message}:{edited}",
            installation=InstallationRef(message.conversation.platform, guild),
            occurred_at=_moment(edited, message.message),
            actor=account(user, guild),
            message=message,
            text=self._without_address(str(content)),
        )
        return (event,)

    def _deleted(self, frame: Frame) -> Sequence[Event]:
        data = frame.data
        ids = data["ids"] if "ids" in data else [data["id"]]
        channel, guild = snowflake(data["channel_id"]), _guild(data)
        installation = guild or frame.home
        if installation is None:
            return ()
        return [
            MessageDeleted(
                delivery_id=f"delete:{snowflake(one)}",
                installation=InstallationRef(PLATFORM, installation),
                occurred_at=frame.came,
                message=self.places.message(channel, str(one), guild),
            )
            for one in ids
        ]

    def _interaction(self, frame: Frame) -> Sequence[Event]:
        data = frame.data
        kind, details = data["type"], data.get("data") or {}
        guild, user = self._whose(frame)
        if guild is None or kind not in (COMMAND, COMPONENT, SUBMISSION):
            return ()
        common: dict[str, Any] = {
            "delivery_id": f"interaction:{data['id']}",
            "installation": InstallationRef(PLATFORM, guild),
            "occurred_at": _moment(None, snowflake(data["id"])),
            "actor": account(user, guild),
            "trigger": str(data["token"]),
            "conversation": self._where(frame, user),
        }
        if kind == COMMAND and details.get("type") == ON_MESSAGE:
            return self._on_message(frame, common)
        if kind == COMMAND:
            line = self._line(details)
            return (CommandInvoked(line=line, **common),) if line is not None else ()
        action = str(details["custom_id"])
        if kind == SUBMISSION:
            return (FormSubmitted(action=action, values=values_of(details.get("components") or ()), **common),)
        chosen = tuple(str(value) for value in details.get("values") or ())
        return (
            ActionClicked(action=action, chosen=chosen, message=self._clicked(frame, common["conversation"]), **common),
        )

    def _line(self, details: Payload) -> str | None:
        """What was typed, or what an entry of a person's menu stands for."""
        kind = details.get("type", CHAT_INPUT)
        if kind == CHAT_INPUT:
            return line_of(details)
        command = self.on_people.get(str(details["name"])) if kind == ON_PERSON else None
        if command is None:
            return None
        return write_line(command.path, {command.options[0].name: f"<@{snowflake(details['target_id'])}>"})

    def _on_message(self, frame: Frame, common: dict[str, Any]) -> Sequence[Event]:
        """An entry of a message's menu: the message comes with it, readable whatever the intents are."""
        data = frame.data
        details = data["data"]
        action = self.on_messages.get(str(details["name"]))
        if action is None:
            return ()
        target = details["resolved"]["messages"][details["target_id"]]
        message = self._message(frame, target, common["conversation"])
        chosen = (str(target["author"]["id"]), str(target.get("content") or ""))
        return (ActionClicked(action=action, chosen=chosen, message=message, **common),)

    def _where(self, frame: Frame, user: str) -> ConversationRef:
        """Where somebody acted; outside of our servers that is the person's own conversation, for nobody else."""
        data = frame.data
        if self.is_outside(frame):
            if _guild(data) is not None or data.get("context", IN_DIRECT) != IN_DIRECT:
                return ConversationRef(PLATFORM, frame.home or "", user)
            return self.places.conversation(snowflake(data["channel_id"]), None)
        channel = data.get("channel") or {}
        if channel.get("type") in THREADS and channel.get("parent_id"):
            self.places.learn_thread(
                snowflake(channel["id"]), snowflake(channel["parent_id"]), snowflake(data["guild_id"])
            )
        return self.places.conversation(snowflake(data.get("channel_id") or channel.get("id")), _guild(data))

    def _clicked(self, frame: Frame, where: ConversationRef) -> MessageRef | None:
        message = frame.data.get("message")
        if not message or (message.get("flags") or 0) & EPHEMERAL:
            return None
        return self._message(frame, message, where)

    def _message(self, frame: Frame, message: Payload, where: ConversationRef) -> MessageRef:
        """A message that came with an interaction; one outside of our servers is known by its id alone."""
        if self.is_outside(frame):
            return MessageRef(where, snowflake(message["id"]))
        channel = snowflake(message.get("channel_id") or frame.data["channel_id"])
        return self.places.message(channel, snowflake(message["id"]), _guild(frame.data))

    def _whose(self, frame: Frame) -> tuple[str | None, str]:
        """The server a payload belongs to and its author; no server where it is no person's or from nowhere."""
        data = frame.data
        author = _author(data)
        user = snowflake(author["id"])
        if author.get("bot") or user == self.user or data.get("webhook_id"):
            return None, user
        return frame.home if self.is_outside(frame) else _guild(data), user

    def _mentions_us(self, data: Payload) -> bool:
        return any(each["id"] == self.user for each in data.get("mentions") or ())

    def _without_address(self, text: str) -> str:
        return re.sub(rf"^\s*<@!?{self.user}>\s*", "", text)

    def _guild_came(self, frame: Frame) -> Sequence[Event]:
        data = frame.data
        guild = snowflake(data["id"])
        if data.get("unavailable"):
            return ()
        self.places.add_guild(guild, str(data["name"]))
        for channel in [*(data.get("channels") or ()), *(data.get("threads") or ())]:
            self.places.put(channel, guild)
        event = Installed(
            delivery_id=f"installed:{guild}:{data.get('joined_at')}",
            installation=InstallationRef(PLATFORM, guild),
            occurred_at=_moment(data.get("joined_at"), guild),
            name=str(data["name"]),
        )
        return (event, *self._missed(frame, guild))

    def _missed(self, frame: Frame, guild: str) -> Sequence[RepliesMissed]:
        """One event for each thread in the frame that moved on unseen."""
        return [
            RepliesMissed(
                delivery_id=f"missed:{thread}:{last}",
                installation=InstallationRef(PLATFORM, guild),
                occurred_at=frame.came,
                conversation=self.places.conversation(thread, guild),
            )
            for thread, last in self.last_messages.moved(guild, frame.data.get("threads") or (), frame.came)
        ]

    def _guild_went(self, frame: Frame) -> Sequence[Event]:
        guild = snowflake(frame.data["id"])
        if frame.data.get("unavailable"):
            return ()
        self.places.drop_guild(guild)
        self.last_messages.forget_guild(guild)
        event = Uninstalled(
            delivery_id=f"uninstalled:{guild}:{_about(frame)}",
            installation=InstallationRef(PLATFORM, guild),
            occurred_at=frame.came,
        )
        return (event,)

    def _channel_is(self, frame: Frame) -> Sequence[Event]:
        data = frame.data
        if not data.get("guild_id"):
            return ()
        change = self.places.put(data, snowflake(data["guild_id"]))
        place = self.places.find(snowflake(data["id"]))
        return () if change is None or place is None else (changed(frame, place, change),)

    def _channel_went(self, frame: Frame) -> Sequence[Event]:
        channel = snowflake(frame.data["id"])
        place = self.places.find(channel)
        if place is None:
            return ()
        self.places.drop(channel)
        self.last_messages.forget(place.guild, channel)
        return (changed(frame, place, "archived"),)

    def _threads_are(self, frame: Frame) -> Sequence[Event]:
        """Threads of channels that we see again: what came while we did not is missed as well."""
        guild = snowflake(frame.data["guild_id"])
        for thread in frame.data.get("threads") or ():
            self.places.put(thread, guild)
        return self._missed(frame, guild)


def changed(frame: Frame, place: Place, change: Literal["archived", "closed", "opened", "renamed"]) -> ChannelChanged:
    """The event that a frame changed a place in this way; a name stands in it only where that is new."""
    return ChannelChanged(
        delivery_id=f"{change}:{place.id}:{_about(frame)}",
        installation=InstallationRef(PLATFORM, place.guild),
        occurred_at=frame.came,
        conversation=place.conversation,
        change=change,
        name=place.name if change == "renamed" else "",
    )


def _moment(stated: Any, snowflake: str) -> datetime:
    moment = datetime.fromisoformat(stated) if isinstance(stated, str) else moment_of(snowflake)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _author(data: Payload) -> Any:
    return data.get("author") or (data.get("member") or {}).get("user") or data.get("user") or {}


def _guild(data: Payload) -> str | None:
    """The server of a payload; None where there is none."""
    guild = data.get("guild_id")
    return None if guild is None else snowflake(guild)


def _about(frame: Frame) -> str:
    """Tells frames apart that have no id of their own: the number in the session, and the day."""
    return f"{frame.came:%Y%m%d}:{frame.number}"


_READERS: Mapping[str, Callable[[Reader, Frame], Sequence[Event]]] = {
    "MESSAGE_CREATE": Reader._posted,
    "MESSAGE_UPDATE": Reader._edited,
    "MESSAGE_DELETE": Reader._deleted,
    "MESSAGE_DELETE_BULK": Reader._deleted,
    "INTERACTION_CREATE": Reader._interaction,
    "GUILD_CREATE": Reader._guild_came,
    "GUILD_DELETE": Reader._guild_went,
    "CHANNEL_CREATE": Reader._channel_is,
    "CHANNEL_UPDATE": Reader._channel_is,
    "CHANNEL_DELETE": Reader._channel_went,
    "THREAD_CREATE": Reader._channel_is,
    "THREAD_UPDATE": Reader._channel_is,
    "THREAD_DELETE": Reader._channel_went,
    "THREAD_LIST_SYNC": Reader._threads_are,
}
