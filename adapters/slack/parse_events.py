"""Payloads of the Events API to events: messages, channels, people, the home. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from adapters.slack.payloads import Me, Payload, maybe, moment, needed, part, parts
from adapters.slack.render import KEY, METADATA
from adapters.slack.words import mentions, readable, without_address
from bot.chat.events import (
    ChannelChanged,
    Event,
    HomeOpened,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Uninstalled,
)

POSTED = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""The subtypes under which a person writes."""
CHANNELS: Mapping[str, Literal["archived", "closed", "opened", "renamed"]] = {
    "channel_archive": "archived",
    "group_archive": "archived",
    "channel_unarchive": "opened",
    "group_unarchive": "opened",
    "channel_deleted": "closed",
    "group_deleted": "closed",
    "channel_left": "closed",
    "group_left": "closed",
    "channel_rename": "renamed",
    "group_rename": "renamed",
    "member_joined_channel": "opened",
    "member_left_channel": "closed",
}


@dataclass(frozen=True, slots=True)
class Echo:
    """Slack tells us of a message of ours: where the post with this key landed."""

    key: str
    channel: str
    ts: str


def read_event(envelope: Payload, me: Me) -> Event | Echo | None:
    """What an Events API payload says; None for what is no concern of ours, `Malformed` for what cannot be read."""
    event = part(envelope, "event")
    kind = needed(event, "type")
    if kind in CHANNELS:
        return _channel(envelope, event, kind, me)
    read = _READERS.get(kind)
    return read(envelope, event, me) if read else None


def _message(envelope: Payload, event: Payload, me: Me) -> Event | Echo | None:
    subtype = maybe(event, "subtype")
    if subtype == "message_changed":
        return _changed(envelope, event, me)
    if subtype == "message_deleted":
        return _deleted(envelope, event, part(event, "previous_message"), needed(event, "deleted_ts"), me)
    if me.is_author(event):
        return own_key(event, needed(event, "channel"), needed(event, "ts"))
    if subtype not in POSTED or event.get("bot_id"):
        return None
    return _posted(envelope, event, me)


def _posted(envelope: Payload, event: Payload, me: Me) -> Event | None:
    """What a person wrote. A mention comes as two events, so its message is what gives the delivery its id."""
    if me.is_author(event) or event.get("bot_id"):
        return None
    channel, ts, text = needed(event, "channel"), needed(event, "ts"), maybe(event, "text") or ""
    return MessagePosted(
        delivery_id=f"message:{channel}:{ts}",
        installation=me.installation,
        occurred_at=moment(ts),
        actor=me.account(needed(event, "user")),
        message=me.message(channel, ts, maybe(event, "thread_ts")),
        text=readable(without_address(text, me.user)),
        files=tuple(maybe(file, "name") or maybe(file, "id") or "file" for file in parts(event, "files")),
        direct=event.get("channel_type") == "im" or channel.startswith("D"),
        addressed=mentions(text, me.user),
    )


def _changed(envelope: Payload, event: Payload, me: Me) -> Event | None:
    """An edit, where a person's text changed. A deleted message that has replies stays as a tombstone."""
    message, before = part(event, "message"), part(event, "previous_message")
    if message.get("subtype") == "tombstone":
        return _deleted(envelope, event, before, needed(message, "ts"), me)
    new, old = maybe(message, "text") or "", maybe(before, "text") or ""
    if me.is_author(message) or message.get("bot_id") or new == old:
        return None
    return MessageEdited(
        delivery_id=needed(envelope, "event_id"),
        installation=me.installation,
        occurred_at=moment(maybe(event, "event_ts") or needed(event, "ts")),
        actor=me.account(needed(message, "user")),
        message=me.message(needed(event, "channel"), needed(message, "ts"), maybe(message, "thread_ts")),
        text=readable(without_address(new, me.user)),
    )


def _deleted(envelope: Payload, event: Payload, before: Payload, ts: str, me: Me) -> Event | None:
    if me.is_author(before) or before.get("bot_id"):
        return None
    user = maybe(before, "user")
    return MessageDeleted(
        delivery_id=needed(envelope, "event_id"),
        installation=me.installation,
        occurred_at=moment(maybe(event, "event_ts") or needed(event, "ts")),
        actor=me.account(user) if user else None,
        message=me.message(needed(event, "channel"), ts, maybe(before, "thread_ts")),
    )


def own_key(message: Payload, channel: str, ts: str) -> Echo | None:
    """The key in the metadata of a message of ours."""
    metadata = message.get("metadata")
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != METADATA:
        return None
    key = maybe(metadata, "event_payload", KEY)
    return Echo(key, channel, ts) if key else None


def _metadata(envelope: Payload, event: Payload, me: Me) -> Echo | None:
    if event.get("bot_id") != me.bot and event.get("user_id") != me.user:
        return None
    return own_key(event, needed(event, "channel_id"), needed(event, "message_ts"))


def _channel(envelope: Payload, event: Payload, kind: str, me: Me) -> Event | None:
    if kind.startswith("member_") and event.get("user") != me.user:
        return None
    renamed = CHANNELS[kind] == "renamed"
    channel = needed(event, "channel", "id") if renamed else needed(event, "channel")
    return ChannelChanged(
        delivery_id=needed(envelope, "event_id"),
        installation=me.installation,
        occurred_at=_when(envelope, event),
        conversation=me.place(channel),
        change=CHANNELS[kind],
        name=needed(event, "channel", "name") if renamed else "",
    )


def _home(envelope: Payload, event: Payload, me: Me) -> Event | None:
    if event.get("tab") != "home":
        return None
    return HomeOpened(
        delivery_id=needed(envelope, "event_id"),
        installation=me.installation,
        occurred_at=_when(envelope, event),
        actor=me.account(needed(event, "user")),
    )


def _person(envelope: Payload, event: Payload, me: Me) -> Event | None:
    user = part(event, "user")
    if user.get("deleted") is not True or needed(user, "id") == me.user:
        return None
    return MemberLeft(
        delivery_id=needed(envelope, "event_id"),
        installation=me.installation,
        occurred_at=_when(envelope, event),
        actor=me.account(needed(user, "id")),
    )


def _removed(envelope: Payload, event: Payload, me: Me) -> Event | None:
    """`app_uninstalled` and `tokens_revoked` come in either order; a revoked token of a person alone ends nothing."""
    tokens = event.get("tokens")
    if event.get("type") == "tokens_revoked" and not (isinstance(tokens, Mapping) and tokens.get("bot")):
        return None
    return Uninstalled(
        delivery_id=needed(envelope, "event_id"),
        installation=me.installation,
        occurred_at=_when(envelope, event),
    )


def _when(envelope: Payload, event: Payload) -> datetime:
    ts = maybe(event, "event_ts")
    return moment(ts) if ts else moment(str(envelope.get("event_time")))


_READERS: Mapping[str, Callable[[Payload, Payload, Me], Event | Echo | None]] = {
    "message": _message,
    "app_mention": _posted,
    "message_metadata_posted": _metadata,
    "app_home_opened": _home,
    "user_change": _person,
    "app_uninstalled": _removed,
    "tokens_revoked": _removed,
}
