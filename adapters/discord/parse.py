"""From a frame of the gateway to events: pure, but for what it remembers of where things are.

A frame that is no event for us gives none; one that is not as Discord describes it raises `Malformed`. Only
messages people write count (types "default" and "reply"); bots and webhooks are dropped here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from adapters.discord import parse_interactions, parse_messages, parse_places
from adapters.discord.frames import Frame, readable
from adapters.discord.reading import Reading
from bot.chat.events import Event


@dataclass(frozen=True, slots=True)
class Reader(Reading):
    """Reads frames of every kind."""

    def events(self, frame: Frame) -> Sequence[Event]:
        """The events of a frame, none for most; `Malformed` for a frame that cannot be read."""
        read = _READERS.get(frame.type)
        if read is None:
            return ()
        with readable(frame):
            return read(self, frame)


_READERS: Mapping[str, Callable[[Reading, Frame], Sequence[Event]]] = {
    "MESSAGE_CREATE": parse_messages.posted,
    "MESSAGE_UPDATE": parse_messages.edited,
    "MESSAGE_DELETE": parse_messages.deleted,
    "MESSAGE_DELETE_BULK": parse_messages.deleted,
    "INTERACTION_CREATE": parse_interactions.interaction,
    "GUILD_CREATE": parse_places.guild_came,
    "GUILD_DELETE": parse_places.guild_went,
    "CHANNEL_CREATE": parse_places.channel_is,
    "CHANNEL_UPDATE": parse_places.channel_is,
    "CHANNEL_DELETE": parse_places.channel_went,
    "THREAD_CREATE": parse_places.channel_is,
    "THREAD_UPDATE": parse_places.channel_is,
    "THREAD_DELETE": parse_places.channel_went,
    "THREAD_LIST_SYNC": parse_places.threads_are,
}
