"""What Starling asks of a Slack workspace, each with its reason: the one list for manifests, OAuth and checks."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.text import Text, t

SCOPES: Mapping[str, Text] = {
    "app_mentions:read": t("To take what people say to Starling by name."),
    "channels:read": t("To notice when a public channel is renamed or archived."),
    "chat:write": t("To post questions, feedback and reminders."),
    "commands": t("To offer the slash command and the shortcuts."),
    "groups:read": t("To notice when a private channel is renamed or archived."),
    "im:history": t("To take direct messages to Starling."),
    "im:write": t("To look for its own direct messages to a person, so that nothing is sent twice."),
    "metadata.message:read": t("To recognise its own posts, so that nothing is posted twice."),
    "reactions:write": t("To show that an answer was taken in."),
    "users:read": t("To know names, time zones and who is an admin."),
}
"""Needed always."""
READING_SCOPES: Mapping[str, Text] = {
    "channels:history": t("To take replies in threads of public channels as answers."),
    "groups:history": t("To take replies in threads of private channels as answers."),
}
"""Needed in addition where replies in channels are read."""
IMAGE_SCOPES: Mapping[str, Text] = {
    "files:write": t("To show charts in its messages, and to hand people their own data as a file."),
}
"""Needed in addition where pictures are shown and files handed over."""
EVENTS: Mapping[str, str] = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "app_uninstalled": "",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message_metadata_posted": "metadata.message:read",
    "tokens_revoked": "",
    "user_change": "users:read",
}
"""The events to subscribe to, each with the scope it needs."""


def needed_scopes(*, reads_replies: bool, shows_images: bool = False) -> Mapping[str, Text]:
    """The scopes to ask for, each with its reason."""
    return {
        **SCOPES,
        **(READING_SCOPES if reads_replies else {}),
        **(IMAGE_SCOPES if shows_images else {}),
    }


def subscribed_events(*, reads_replies: bool) -> tuple[str, ...]:
    """The events to subscribe to with these scopes."""
    scopes = {"", *needed_scopes(reads_replies=reads_replies)}
    return tuple(event for event, scope in EVENTS.items() if scope in scopes)
