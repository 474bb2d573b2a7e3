"""What people write, change and delete: frames about messages to events."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.discord.frames import Frame, Payload, guild_of, moment
from adapters.discord.places import PLATFORM, account, snowflake
from adapters.discord.reading import WRITTEN, Reading
from bot.chat.events import Event, MessageDeleted, MessageEdited, MessagePosted
from bot.chat.refs import InstallationRef


def posted(reading: Reading, frame: Frame) -> Sequence[Event]:
    """A message that a person wrote; none for one that we can neither read nor answer."""
    data = frame.data
    _note_last(reading, data)
    guild, user = reading.whose(frame)
    if guild is None or data.get("type", 0) not in WRITTEN:
        return ()
    files = tuple(str(each["filename"]) for each in data.get("attachments") or ())
    message = reading.places.message(snowflake(data["channel_id"]), snowflake(data["id"]), guild_of(data))
    direct = data.get("guild_id") is None
    text = reading.without_address(str(data.get("content") or ""))
    unreadable = not text and not files and not reading.mentions_us(data)
    if unreadable and not direct and message.conversation.thread is None:
        return ()
    event = MessagePosted(
        delivery_id=f"message:{message.message}",
        installation=InstallationRef(message.conversation.platform, guild),
        occurred_at=moment(data.get("timestamp"), message.message),
        actor=account(user, guild),
        message=message,
        text=text,
        files=files,
        direct=direct,
        addressed=reading.mentions_us(data),
    )
    return (event,)


def edited(reading: Reading, frame: Frame) -> Sequence[Event]:
    """A change of what somebody wrote; an update without a new text, such as a link's preview, is none."""
    data = frame.data
    edited_at, content = data.get("edited_timestamp"), data.get("content")
    if not edited_at or not content or "author" not in data or data.get("type", 0) not in WRITTEN:
        return ()
    guild, user = reading.whose(frame)
    if guild is None:
        return ()
    message = reading.places.message(snowflake(data["channel_id"]), snowflake(data["id"]), guild_of(data))
    event = MessageEdited(
        delivery_id=f"edit:{message.message}:{edited_at}",
        installation=InstallationRef(message.conversation.platform, guild),
        occurred_at=moment(edited_at, message.message),
        actor=account(user, guild),
        message=message,
        text=reading.without_address(str(content)),
    )
    return (event,)


def deleted(reading: Reading, frame: Frame) -> Sequence[Event]:
    """One event for each message that is gone."""
    data = frame.data
    ids = data["ids"] if "ids" in data else [data["id"]]
    channel, guild = snowflake(data["channel_id"]), guild_of(data)
    installation = guild or frame.home
    if installation is None:
        return ()
    return [
        MessageDeleted(
            delivery_id=f"delete:{snowflake(one)}",
            installation=InstallationRef(PLATFORM, installation),
            occurred_at=frame.came,
            message=reading.places.message(channel, str(one), guild),
        )
        for one in ids
    ]


def _note_last(reading: Reading, data: Payload) -> None:
    """Whoever wrote it, this is the last message of its thread now."""
    place = reading.places.find(snowflake(data["channel_id"]))
    if place is not None and place.parent is not None:
        reading.last_messages.saw(place.guild, place.id, snowflake(data["id"]))
