"""Where things are: the servers, channels and threads as the gateway told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef

PLATFORM = "discord"
THREADS = frozenset({10, 11, 12})
"""Channel types that are threads: of announcements, public, private."""
FORUMS = frozenset({15, 16})
"""Channel types in which every post is a thread: forums and media channels."""
EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""Where the time in Discord's ids begins."""

Payload = Mapping[str, Any]
Change = Literal["archived", "renamed"]


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, or a thread with the channel it belongs to."""

    id: str
    guild: str
    name: str
    parent: str | None = None
    forum: bool = False
    owner: str | None = None
    """Who started a thread."""
    closed: bool = False
    """A thread nobody can write in any more: archived and locked."""
    required_tag: str | None = None
    """A tag to give every post, in a forum that asks for one."""

    @property
    def conversation(self) -> ConversationRef:
        """The place as features know it."""
        if self.parent is None:
            return ConversationRef(PLATFORM, self.guild, self.id)
        return ConversationRef(PLATFORM, self.guild, self.parent, self.id)


class Places:
    """What is known of one connection's servers."""

    def __init__(self) -> None:
        self._guilds: dict[str, str] = {}
        self._places: dict[str, Place] = {}

    @property
    def installations(self) -> list[InstallationRef]:
        """The servers Starling is in."""
        return [InstallationRef(PLATFORM, guild) for guild in self._guilds]

    def find(self, channel: str) -> Place | None:
        """The channel or thread with this id."""
        return self._places.get(channel)

    def add_guild(self, guild: str, name: str) -> None:
        """Starling is in this server."""
        self._guilds[guild] = name

    def drop_guild(self, guild: str) -> None:
        """Starling is not in this server any more."""
        self._guilds.pop(guild, None)
        self._places = {id: place for id, place in self._places.items() if place.guild != guild}

    def put(self, channel: Payload, guild: str) -> Change | None:
        """Remember a channel or thread as it is now; what changed since, if anything."""
        place = _place(channel, guild)
        before = self._places.get(place.id)
        self._places[place.id] = place
        if before is None:
            return None
        if place.closed and not before.closed:
            return "archived"
        return "renamed" if place.name != before.name else None

    def drop(self, channel: str) -> Place | None:
        """Forget a channel with its threads; what it was."""
        place = self._places.pop(channel, None)
        self._places = {id: each for id, each in self._places.items() if each.parent != channel}
        return place

    def learn_thread(self, thread: str, parent: str, guild: str) -> None:
        """A thread was met of which the gateway has not told."""
        if thread not in self._places:
            self._places[thread] = Place(thread, guild, "", parent)

    def name_of(self, guild: str) -> str:
        """What people call a server; empty for one that Starling is not in."""
        return self._guilds.get(guild, "")

    def is_ours(self, guild: str) -> bool:
        """Whether Starling is in this server."""
        return guild in self._guilds

    def conversation(self, channel: str, guild: str | None) -> ConversationRef:
        """The conversation with this channel id; a direct one outside every server."""
        if guild is None:
            return ConversationRef(PLATFORM, "", channel)
        place = self._places.get(channel)
        return replace(place, guild=guild).conversation if place else ConversationRef(PLATFORM, guild, channel)

    def message(self, channel: str, message: str, guild: str | None) -> MessageRef:
        """A message by its ids. The first of a forum's post belongs to the forum, under which it was posted."""
        conversation = self.conversation(channel, guild)
        parent = self._places.get(conversation.channel)
        if parent is not None and parent.forum and conversation.thread == message:
            conversation = conversation.root
        return MessageRef(conversation, message)

    def channel_of(self, message: MessageRef) -> str:
        """The id of the channel in which Discord keeps this message."""
        place = self._places.get(message.conversation.channel)
        if message.conversation.thread is None and place is not None and place.forum:
            return message.message
        return message.conversation.thread or message.conversation.channel


def snowflake(value: Any) -> str:
    """`value` as an id of Discord; `ValueError` for anything else."""
    if not (isinstance(value, str) and value.isascii() and value.isdecimal()):
        raise ValueError(f"{value!r} is no id")
    return value


def moment_of(snowflake: str) -> datetime:
    """When an id of Discord was made; `OverflowError` for a number that is no moment."""
    return EPOCH + timedelta(milliseconds=int(snowflake) >> 22)


def account(user: str, guild: str) -> AccountRef:
    """The account of a user in a server."""
    return AccountRef(PLATFORM, guild, user)


def _place(channel: Payload, guild: str) -> Place:
    kind, flags = channel.get("type"), channel.get("flags") or 0
    state = channel.get("thread_metadata") or {}
    tags = [tag for tag in channel.get("available_tags") or () if not tag.get("moderated")]
    return Place(
        id=snowflake(channel["id"]),
        guild=guild,
        name=str(channel.get("name") or ""),
        parent=snowflake(channel["parent_id"]) if kind in THREADS and channel.get("parent_id") else None,
        forum=kind in FORUMS,
        owner=snowflake(channel["owner_id"]) if kind in THREADS and channel.get("owner_id") else None,
        closed=bool(state.get("archived") and state.get("locked")),
        required_tag=snowflake(tags[0]["id"]) if flags & (1 << 4) and tags else None,
    )
