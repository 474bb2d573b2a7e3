"""The manifest of the Slack app, from what the rooms declare: scopes with their reasons, events, command, shortcuts.

Field names and lengths are those of Slack's reference of app manifests. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import yaml

from adapters.slack.http import PATH
from adapters.slack.oauth import RETURN_PATH
from adapters.slack.render import METADATA
from adapters.slack.scopes import EVENTS, IMAGE_SCOPES, needed_scopes, subscribed_events
from bot.base.text import render
from bot.chat.commands import MessageAction
from bot.chat.cutting import shortened
from bot.chat.setup import Ability, Grant, Offered

Manifest = dict[str, Any]

NEW_APP = "https://api.slack.com/apps"
LONGEST_SHORTCUT, LONGEST_DESCRIPTION = 24, 150
USED_FOR: Mapping[str, Ability] = {
    "app_mentions:read": "answers",
    "channels:history": "answers",
    "channels:read": "channels",
    "chat:write": "posts",
    "commands": "commands",
    "groups:history": "answers",
    "groups:read": "channels",
    "im:history": "answers",
    "im:write": "posts",
    "metadata.message:read": "posts",
    "reactions:write": "answers",
    "users:read": "commands",
}
"""What each scope is there for: where no room uses that, the scope is not asked for."""


def grants(offered: Offered, *, reads_replies: bool, shows_images: bool = False) -> Sequence[Grant]:
    """The scopes that the rooms need, sorted by name."""
    needed = needed_scopes(reads_replies=reads_replies, shows_images=shows_images)
    used_for = {**USED_FOR, **dict.fromkeys(IMAGE_SCOPES, USED_FOR["chat:write"])}
    return [
        Grant(scope, render(needed[scope]), offered.used_by[used_for[scope]])
        for scope in sorted(needed)
        if used_for[scope] in offered.used_by
    ]


def manifest(
    offered: Offered,
    *,
    reads_replies: bool,
    shows_images: bool = False,
    public_url: str = "",
    many: bool = False,
) -> Manifest:
    """The manifest: for Socket Mode, or for HTTP where Slack reaches us at `public_url`.

    `many` is for an app that workspaces install by themselves, over HTTP; their tokens are changed regularly.
    """
    scopes = [grant.name for grant in grants(offered, reads_replies=reads_replies, shows_images=shows_images)]
    address = {"request_url": public_url + PATH} if public_url else {}
    options = {"message_menu_options_url": public_url + PATH} if public_url else {}
    return {
        "display_information": {
            "name": "Starling",
            "description": "Coaches a team for behavioural interviews.",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Starling", "always_online": True},
            "slash_commands": [_command(offered.root_command, public_url)],
            "shortcuts": [_shortcut(action) for action in offered.message_actions],
        },
        "oauth_config": {
            **({"redirect_urls": [public_url + RETURN_PATH]} if many else {}),
            "scopes": {"bot": scopes},
        },
        "settings": {
            "event_subscriptions": {
                **address,
                "bot_events": _events(scopes, reads_replies=reads_replies),
                "metadata_subscriptions": [{"app_id": "*", "event_type": METADATA}],
            },
            "interactivity": {"is_enabled": True, **address, **options},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not public_url,
            "token_rotation_enabled": many,
        },
    }


def document(made: Manifest, granted: Sequence[Grant]) -> str:
    """A manifest as YAML, the reason of each scope beside it."""
    reasons = {grant.name: grant.reason for grant in granted}
    lines = yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=200).splitlines()
    return "\n".join(_with_reason(line, reasons) for line in lines) + "\n"


def creation_link(made: Manifest) -> str:
    """Where Slack opens its page for a new app with this manifest filled in."""
    return f"{NEW_APP}?{urlencode({'new_app': 1, 'manifest_json': json.dumps(made, separators=(',', ':'))})}"


def _events(scopes: Sequence[str], *, reads_replies: bool) -> list[str]:
    granted = {"", *scopes}
    return [event for event in subscribed_events(reads_replies=reads_replies) if EVENTS[event] in granted]


def _command(root: str, public_url: str) -> Manifest:
    return {
        "command": f"/{root}",
        "description": "Interview practice with your team",
        "usage_hint": "help",
        "should_escape": True,
        **({"url": public_url + PATH} if public_url else {}),
    }


def _shortcut(action: MessageAction) -> Manifest:
    label = render(action.label)
    return {
        "name": shortened(label, LONGEST_SHORTCUT),
        "type": "message",
        "callback_id": action.action,
        "description": shortened(label, LONGEST_DESCRIPTION),
    }


def _with_reason(line: str, reasons: Mapping[str, str]) -> str:
    reason = reasons.get(line.strip().removeprefix("- "))
    return f"{line}  # {reason}" if reason and line.strip().startswith("- ") else line
