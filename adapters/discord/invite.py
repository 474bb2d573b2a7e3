"""The invitation of Starling to a Discord server, from what the rooms declare: permissions with their reasons. Pure.

Bits are those of Discord's reference of permissions. Administrator is never among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.chat.setup import Ability, Grant, Offered

AUTHORIZE = "https://discord.com/oauth2/authorize"
APPLICATION = "APPLICATION_ID"
"""Stands in the kept document for the id of the application."""
MESSAGE_CONTENT = "Message Content Intent"


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission as the server's settings call it, and as the interface does."""

    title: str
    name: str
    bit: int
    ability: Ability
    reason: str


PERMISSIONS = (
    Permission("View Channels", "view_channel", 1 << 10, "posts", "To see the channels in which it works."),
    Permission("Send Messages", "send_messages", 1 << 11, "posts", "To post questions and reminders."),
    Permission(
        "Create Public Threads",
        "create_public_threads",
        1 << 35,
        "answers",
        "To open a thread under each question, where answers go.",
    ),
    Permission(
        "Send Messages in Threads",
        "send_messages_in_threads",
        1 << 38,
        "answers",
        "To offer the buttons for answering and for feedback in that thread.",
    ),
    Permission("Add Reactions", "add_reactions", 1 << 6, "answers", "To show that an answer was taken in."),
    Permission(
        "Read Message History",
        "read_message_history",
        1 << 16,
        "posts",
        "To look for its own posts after an interruption, so that nothing is posted twice, and to react to answers.",
    ),
)


def needed(offered: Offered) -> Sequence[Permission]:
    """The permissions that the rooms need."""
    return [permission for permission in PERMISSIONS if permission.ability in offered.used_by]


def grants(offered: Offered) -> Sequence[Grant]:
    """The same with reasons, for people."""
    return [Grant(each.title, each.reason, offered.used_by[each.ability]) for each in needed(offered)]


def bits(offered: Offered) -> int:
    """The needed permissions as one number."""
    return sum(permission.bit for permission in needed(offered))


def invite_link(application: str, offered: Offered) -> str:
    """Where an admin of a server lets Starling in, with exactly these permissions."""
    query = {"client_id": application, "permissions": bits(offered), "scope": "bot applications.commands"}
    return f"{AUTHORIZE}?{urlencode(query)}"


def personal_link(application: str) -> str:
    """Where a person lets Starling's commands in for themselves, with no permission anywhere."""
    query = {"client_id": application, "integration_type": 1, "scope": "applications.commands"}
    return f"{AUTHORIZE}?{urlencode(query)}"


def document(offered: Offered) -> str:
    """The permissions and intents as a page to keep."""
    rows = [
        f"| {each.title} | `{each.bit:#x}` | {', '.join(offered.used_by[each.ability])} | {each.reason} |"
        for each in needed(offered)
    ]
    lines = [
        "# What Starling asks for on Discord",
        "",
        "| permission | bit | for | reason |",
        "|---|---|---|---|",
        *rows,
        "",
        f"Together they are {bits(offered)}. Administrator is not asked for.",
        "",
        "| intent | privileged | reason |",
        "|---|---|---|",
        "| Guilds | no | To know servers, channels, threads and its own permissions. |",
        "| Guild Messages | no | To take mentions and replies to it. |",
        "| Direct Messages | no | To take what people write to it. |",
        f"| {MESSAGE_CONTENT} | yes | Only with `STARLING_DISCORD_READS_REPLIES=yes`: to take replies in threads "
        "as answers. |",
        "",
        "The link that invites Starling to a server, with the id of your application in it:",
        "",
        f"    {invite_link(APPLICATION, offered)}",
        "",
        "Where User Install is switched on for the application, the link by which a member has their own commands in "
        "every conversation; it asks for no permission:",
        "",
        f"    {personal_link(APPLICATION)}",
    ]
    return "\n".join(lines) + "\n"
