"""Payloads as Slack builds them: of events, commands, buttons, shortcuts and forms."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from tests.wire.slack.world import APP, BOT_USER, TEAM, Channel, Message

Payload = dict[str, Any]
AT = "1700000003.000100"
"""When a thing happened of which nobody says when."""


def event_callback(event: Mapping[str, Any], team: str = TEAM, at: str = AT) -> Payload:
    """The envelope around one event of the Events API, sent at that time."""
    return {
        "token": "legacy",
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": dict(event),
        "type": "event_callback",
        "event_id": "Ev" + uuid.uuid4().hex[:10].upper(),
        "event_time": int(float(at)),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-stand-in",
    }


def message_event(message: Message, channel: Channel, *, with_metadata: bool) -> Payload:
    """A message that was posted."""
    event = message.json() | {"channel": channel.id, "channel_type": channel.kind, "event_ts": message.ts}
    if message.files:
        event["subtype"] = "file_share"
    if message.bot is None:
        event["client_msg_id"] = str(uuid.uuid4())
    if with_metadata and message.metadata is not None:
        event["metadata"] = message.metadata
    return event


def mention_event(message: Message) -> Payload:
    """The second event that a mention of the bot causes."""
    return message.json() | {"type": "app_mention", "channel": message.channel, "event_ts": message.ts}


def changed_event(message: Message, channel: Channel, before: Mapping[str, Any], at: str = AT) -> Payload:
    """A message whose content changed."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.kind,
        "message": message.json() | {"edited": {"user": message.user, "ts": at}},
        "previous_message": dict(before),
        "ts": at,
        "event_ts": at,
    }


def tombstone_event(message: Message, channel: Channel, at: str = AT) -> Payload:
    """A message that was removed while it has replies."""
    changed = changed_event(message, channel, message.json(), at)
    changed["message"] = {
        "type": "message",
        "subtype": "tombstone",
        "user": "USLACKBOT",
        "text": "This message was deleted.",
        "hidden": True,
        "ts": message.ts,
        "thread_ts": message.ts,
    }
    return changed


def deleted_event(message: Message, channel: Channel, at: str = AT) -> Payload:
    """A message that was removed."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.kind,
        "deleted_ts": message.ts,
        "previous_message": message.json(),
        "ts": at,
        "event_ts": at,
    }


def metadata_event(message: Message, bot: str) -> Payload:
    """The echo of a post that carries metadata; it does not say in which thread."""
    return {
        "type": "message_metadata_posted",
        "app_id": APP,
        "bot_id": bot,
        "user_id": message.user,
        "team_id": TEAM,
        "channel_id": message.channel,
        "metadata": message.metadata,
        "message_ts": message.ts,
        "event_ts": message.ts,
    }


def slash(command: str, text: str, user: str, channel: Channel, trigger: str, response_url: str) -> Payload:
    """A slash command; it comes as form data, so all its values are strings."""
    return {
        "token": "legacy",
        "team_id": TEAM,
        "team_domain": "stand-in",
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user,
        "user_name": user.lower(),
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def _interaction(kind: str, user: str, trigger: str) -> Payload:
    return {
        "type": kind,
        "user": {"id": user, "username": user.lower(), "team_id": TEAM},
        "api_app_id": APP,
        "token": "legacy",
        "trigger_id": trigger,
        "team": {"id": TEAM, "domain": "stand-in"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def pressed(message: Message, action: Payload, user: str, trigger: str, response_url: str) -> Payload:
    """A button or a select of a message."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread is not None:
        container["thread_ts"] = message.thread
    found = _interaction("block_actions", user, trigger) | {
        "container": container,
        "channel": {"id": message.channel, "name": "channel"},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [action],
    }
    return found if message.only_for is not None else found | {"message": message.json()}


def pressed_at_home(view: Mapping[str, Any], action: Payload, user: str, trigger: str) -> Payload:
    """A button or a select of the home."""
    return _interaction("block_actions", user, trigger) | {
        "container": {"type": "view", "view_id": view["id"]},
        "view": dict(view),
        "actions": [action],
    }


def action_of(element: Mapping[str, Any], chosen: Mapping[str, Any] | None = None, at: str = AT) -> Payload:
    """What an element says when it is used."""
    found = {"action_id": element["action_id"], "block_id": "b", "type": element["type"], "action_ts": at}
    if element["type"] == "button":
        return found | {"text": element["text"]} | ({"value": element["value"]} if "value" in element else {})
    return found | {"selected_option": dict(chosen or {})}


def message_shortcut(
    callback_id: str, message: Message, user: str, trigger: str, response_url: str, at: str = AT
) -> Payload:
    """A shortcut chosen on a message."""
    return _interaction("message_action", user, trigger) | {
        "callback_id": callback_id,
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": {"id": message.channel, "name": "channel"},
        "message": message.json(),
        "action_ts": at,
    }


def global_shortcut(callback_id: str, user: str, trigger: str, at: str = AT) -> Payload:
    """A shortcut chosen from the menu of shortcuts."""
    return _interaction("shortcut", user, trigger) | {"callback_id": callback_id, "action_ts": at}


def submitted(view: Mapping[str, Any], values: Mapping[str, Any], user: str, trigger: str) -> Payload:
    """A modal that was submitted."""
    return _interaction("view_submission", user, trigger) | {
        "view": {**view, "state": {"values": dict(values)}},
        "response_urls": [],
    }


def closed(view: Mapping[str, Any], user: str, trigger: str) -> Payload:
    """A modal that was closed without being submitted."""
    return _interaction("view_closed", user, trigger) | {"view": dict(view), "is_cleared": False}


def suggestion(
    action: str, typed: str, user: str, trigger: str, *, view: Mapping[str, Any] | None = None, block: str = "b"
) -> Payload:
    """What somebody has typed into a select that asks for its options, in a message or a modal."""
    if view is not None:
        return _interaction("block_suggestion", user, trigger) | {
            "action_id": action,
            "block_id": block,
            "value": typed,
            "container": {"type": "view", "view_id": view["id"]},
            "view": dict(view),
        }
    return _interaction("block_suggestion", user, trigger) | {
        "action_id": action,
        "block_id": "b",
        "value": typed,
        "container": {"type": "message", "message_ts": AT, "channel_id": "C0PRACTICE", "is_ephemeral": False},
        "channel": {"id": "C0PRACTICE", "name": "channel"},
    }
