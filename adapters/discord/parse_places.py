"""Servers, channels and threads that come, change and go: frames about places to events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from adapters.discord.frames import Frame, moment, told_apart
from adapters.discord.places import PLATFORM, Place, snowflake
from adapters.discord.reading import Reading
from bot.chat.events import ChannelChanged, Event, Installed, RepliesMissed, Uninstalled
from bot.chat.refs import InstallationRef


def guild_came(reading: Reading, frame: Frame) -> Sequence[Event]:
    """A server that we are in, with the threads in it that moved on unseen."""
    data = frame.data
    guild = snowflake(data["id"])
    if data.get("unavailable"):
        return ()
    reading.places.add_guild(guild, str(data["name"]))
    for channel in [*(data.get("channels") or ()), *(data.get("threads") or ())]:
        reading.places.put(channel, guild)
    event = Installed(
        delivery_id=f"installed:{guild}:{data.get('joined_at')}",
        installation=InstallationRef(PLATFORM, guild),
        occurred_at=moment(data.get("joined_at"), guild),
        name=str(data["name"]),
    )
    return (event, *_missed(reading, frame, guild))


def guild_went(reading: Reading, frame: Frame) -> Sequence[Event]:
    """A server that we were removed from; one that only cannot be reached is none."""
    guild = snowflake(frame.data["id"])
    if frame.data.get("unavailable"):
        return ()
    reading.places.drop_guild(guild)
    reading.last_messages.forget_guild(guild)
    event = Uninstalled(
        delivery_id=f"uninstalled:{guild}:{told_apart(frame)}",
        installation=InstallationRef(PLATFORM, guild),
        occurred_at=frame.came,
    )
    return (event,)


def channel_is(reading: Reading, frame: Frame) -> Sequence[Event]:
    """A channel or thread as it is now, where that is news to us."""
    data = frame.data
    if not data.get("guild_id"):
        return ()
    change = reading.places.put(data, snowflake(data["guild_id"]))
    place = reading.places.find(snowflake(data["id"]))
    return () if change is None or place is None else (changed(frame, place, change),)


def channel_went(reading: Reading, frame: Frame) -> Sequence[Event]:
    """A channel or thread that was deleted."""
    channel = snowflake(frame.data["id"])
    place = reading.places.find(channel)
    if place is None:
        return ()
    reading.places.drop(channel)
    reading.last_messages.forget(place.guild, channel)
    return (changed(frame, place, "archived"),)


def threads_are(reading: Reading, frame: Frame) -> Sequence[Event]:
    """Threads of channels that we see again: what came while we did not is missed as well."""
    guild = snowflake(frame.data["guild_id"])
    for thread in frame.data.get("threads") or ():
        reading.places.put(thread, guild)
    return _missed(reading, frame, guild)


def changed(frame: Frame, place: Place, change: Literal["archived", "closed", "opened", "renamed"]) -> ChannelChanged:
    """The event that a frame changed a place in this way; a name stands in it only where that is new."""
    return ChannelChanged(
        delivery_id=f"{change}:{place.id}:{told_apart(frame)}",
        installation=InstallationRef(PLATFORM, place.guild),
        occurred_at=frame.came,
        conversation=place.conversation,
        change=change,
        name=place.name if change == "renamed" else "",
    )


def _missed(reading: Reading, frame: Frame, guild: str) -> Sequence[RepliesMissed]:
    """One event for each thread in the frame that moved on unseen."""
    return [
        RepliesMissed(
            delivery_id=f"missed:{thread}:{last}",
            installation=InstallationRef(PLATFORM, guild),
            occurred_at=frame.came,
            conversation=reading.places.conversation(thread, guild),
        )
        for thread, last in reading.last_messages.moved(guild, frame.data.get("threads") or (), frame.came)
    ]
