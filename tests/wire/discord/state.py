"""The state of the stand-in: payloads as Discord has them, and what Discord keeps beside them."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Payload = dict[str, Any]

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
BOT = "900000000000000001"
OWNER = "800000000000000001"
TEXT, DIRECT, GROUP, PUBLIC_THREAD, FORUM = 0, 1, 3, 11, 15
THREADS = (10, 11, 12)

VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_GUILD = 1 << 5
ADD_REACTIONS = 1 << 6
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
SEND_MESSAGES_IN_THREADS = 1 << 38
EVERYBODY = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | ADD_REACTIONS
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS
)
NONCE_MINUTES = 5

NOTHING = (
    "emojis",
    "stickers",
    "features",
    "voice_states",
    "presences",
    "stage_instances",
    "guild_scheduled_events",
    "soundboard_sounds",
)
UNSET = (
    "icon",
    "splash",
    "discovery_splash",
    "afk_channel_id",
    "application_id",
    "system_channel_id",
    "rules_channel_id",
    "vanity_url_code",
    "description",
    "banner",
    "public_updates_channel_id",
)
ZERO = (
    "verification_level",
    "default_message_notifications",
    "explicit_content_filter",
    "mfa_level",
    "system_channel_flags",
    "premium_tier",
    "nsfw_level",
)
"""Parts of a server that nothing here depends on."""


@dataclass
class Guild:
    """One server."""

    id: str
    name: str
    members: dict[str, Payload] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)
    """Permissions by role; the role for everybody has the server's own id."""


@dataclass
class Interaction:
    """One interaction, and what was done with it."""

    payload: Payload
    began: datetime
    user: str
    acknowledged: Any
    """A future of the type of the answer."""
    answer: Payload = field(default_factory=dict)
    original: str | None = None

    @property
    def token(self) -> str:
        return str(self.payload["token"])


class World:
    """Servers, people, messages. Payloads are plain dictionaries, as they go over the wire."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._moved = timedelta()
        self._last = datetime.now(UTC)
        self.token = "stand-in-token"
        self.users: dict[str, Payload] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Payload] = {}
        self.messages: dict[str, Payload] = {}
        self.only_for: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        """What was attached, by the attachment's id."""
        """Who alone sees a message, by its id."""
        self.pinged: dict[str, frozenset[str]] = {}
        self.reactions: dict[str, dict[str, list[str]]] = {}
        self.nonces: dict[tuple[str, str], tuple[str, datetime]] = {}
        self.commands: list[Payload] = []
        self.installable = ["0"]
        """For whom the application can be installed: "0" servers, "1" people."""
        self.commands_shown_to_all = False
        """Admins of the servers let everybody see every command, whatever permission it asks for by itself."""
        self.interactions: dict[str, Interaction] = {}
        self.installed_for: set[str] = set()
        """People who installed the application for themselves."""
        self.closed_to_bot: set[str] = set()
        """People who take no direct messages."""
        self.failures: list[str] = []
        """What the bot did that it must never do."""
        self.history_allowed = False
        self.add_user(BOT, "Starling", bot=True)
        self.add_user(OWNER, "Owner")

    def now(self) -> datetime:
        """The time, never twice the same."""
        self._last = max(datetime.now(UTC) + self._moved, self._last + timedelta(microseconds=1))
        return self._last

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._moved += by

    def stamp(self) -> str:
        """The time as Discord writes it."""
        return self.now().isoformat(timespec="microseconds")

    def snowflake(self) -> str:
        """A new id."""
        milliseconds = int((time.time() - EPOCH.timestamp() + self._moved.total_seconds()) * 1000)
        return str((milliseconds << 22) | (next(self._numbers) & 0x3FFFFF))

    def add_user(self, user: str, name: str, *, bot: bool = False) -> Payload:
        """An account."""
        payload: Payload = {
            "id": user,
            "username": name.lower().replace(" ", "_"),
            "global_name": name,
            "discriminator": "0",
            "avatar": None,
            "public_flags": 0,
        }
        if bot:
            payload["bot"] = True
        self.users[user] = payload
        return payload

    def add_guild(self, name: str) -> Guild:
        """A server with its owner and the bot in it."""
        guild = Guild(self.snowflake(), name)
        guild.roles[guild.id] = EVERYBODY
        self.guilds[guild.id] = guild
        for user in (BOT, OWNER):
            self.join(guild, user)
        return guild

    def join(self, guild: Guild, user: str, roles: tuple[str, ...] = ()) -> None:
        """This user is a member now."""
        guild.members[user] = {
            "user": self.users[user],
            "nick": None,
            "avatar": None,
            "roles": list(roles),
            "joined_at": self.stamp(),
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "communication_disabled_until": None,
        }

    def add_channel(self, guild: Guild, name: str, kind: int = TEXT, **more: Any) -> Payload:
        """A channel or forum."""
        channel: Payload = {
            "id": self.snowflake(),
            "type": kind,
            "guild_id": guild.id,
            "name": name,
            "position": 0,
            "permission_overwrites": [],
            "nsfw": False,
            "topic": None,
            "last_message_id": None,
            "rate_limit_per_user": 0,
            "parent_id": None,
            "flags": 0,
            **({"available_tags": []} if kind == FORUM else {}),
            **more,
        }
        self.channels[channel["id"]] = channel
        return channel

    def add_thread(self, parent: Payload, name: str, owner: str, thread: str | None = None) -> Payload:
        """A thread; one made from a message has the message's id."""
        made: Payload = {
            "id": thread or self.snowflake(),
            "type": PUBLIC_THREAD,
            "guild_id": parent["guild_id"],
            "parent_id": parent["id"],
            "owner_id": owner,
            "name": name,
            "last_message_id": None,
            "message_count": 0,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "total_message_sent": 0,
            "flags": 0,
            "thread_metadata": {
                "archived": False,
                "locked": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": self.stamp(),
                "create_timestamp": self.stamp(),
            },
        }
        self.channels[made["id"]] = made
        return made

    def direct(self, user: str) -> Payload:
        """The direct conversation between this person and the bot."""
        for channel in self.channels.values():
            if channel["type"] == DIRECT and channel["recipients"][0]["id"] == user:
                return channel
        made: Payload = {
            "id": self.snowflake(),
            "type": DIRECT,
            "last_message_id": None,
            "flags": 0,
            "recipients": [self.users[user]],
        }
        self.channels[made["id"]] = made
        return made

    def add_message(self, author: str, channel: str, content: str = "", **more: Any) -> Payload:
        """A message, with what Discord adds to it."""
        mentioned = [user for user in self.users.values() if f"<@{user['id']}>" in content]
        message: Payload = {
            "id": self.snowflake(),
            "channel_id": channel,
            "author": self.users[author],
            "content": content,
            "timestamp": self.stamp(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": mentioned,
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": 0,
            "components": [],
            **more,
        }
        self.messages[message["id"]] = message
        return message

    def attachment(self, name: str, data: bytes = b"") -> Payload:
        """A file of that name."""
        made = self.snowflake()
        self.files[made] = data
        url = f"https://cdn.example.org/{made}/{name}"
        return {"id": made, "filename": name, "size": 1, "url": url, "proxy_url": url, "content_type": None}

    def guild_of(self, channel: str) -> Guild | None:
        """The server of a channel; None for a direct conversation."""
        return self.guilds.get(self.channels[channel].get("guild_id", ""))

    def context_of(self, channel: str) -> int:
        """0 in a server, 1 in the direct conversation with the bot, 2 in another private conversation."""
        if self.guild_of(channel) is not None:
            return 0
        return 1 if self.channels[channel]["type"] == DIRECT else 2

    def group(self, *users: str) -> Payload:
        """A private conversation of people without the bot."""
        made: Payload = {
            "id": self.snowflake(),
            "type": GROUP,
            "last_message_id": None,
            "flags": 0,
            "recipients": [self.users[user] for user in users],
        }
        self.channels[made["id"]] = made
        return made

    def permissions(self, user: str, channel: str) -> int:
        """What this member may do in a channel, or in the channel of a thread."""
        found = self.channels[channel]
        if found["type"] in THREADS:
            found = self.channels[found["parent_id"]]
        guild = self.guild_of(channel)
        if guild is None:
            return EVERYBODY
        if user not in guild.members:
            return 0
        granted = guild.roles[guild.id]
        for role in guild.members[user]["roles"]:
            granted |= guild.roles[role]
        for overwrite in found["permission_overwrites"]:
            if overwrite["id"] in (user, guild.id):
                granted = granted & ~int(overwrite["deny"]) | int(overwrite["allow"])
        return granted

    def deny(self, channel: str, permissions: int) -> None:
        """Take these permissions in a channel from the bot."""
        overwrite = {"id": BOT, "type": 1, "allow": "0", "deny": str(permissions)}
        self.channels[channel]["permission_overwrites"] = [overwrite]

    def guild_payload(self, guild: Guild) -> Payload:
        """The server as the gateway sends it."""
        mine = [channel for channel in self.channels.values() if channel.get("guild_id") == guild.id]
        nothing: Payload = {name: [] for name in NOTHING}
        unset: Payload = dict.fromkeys(UNSET)
        zero: Payload = dict.fromkeys(ZERO, 0)
        return {
            **nothing,
            **unset,
            **zero,
            "id": guild.id,
            "name": guild.name,
            "owner_id": OWNER,
            "afk_timeout": 300,
            "preferred_locale": "en-US",
            "premium_progress_bar_enabled": False,
            "max_members": 500_000,
            "joined_at": guild.members[BOT]["joined_at"],
            "large": False,
            "unavailable": False,
            "member_count": len(guild.members),
            "members": [guild.members[BOT]],
            "channels": [channel for channel in mine if channel["type"] not in THREADS],
            "threads": [channel for channel in mine if channel["type"] in THREADS and not _archived(channel)],
            "roles": [_role(role, granted) for role, granted in guild.roles.items()],
        }


def _archived(thread: Payload) -> bool:
    return bool(thread["thread_metadata"]["archived"])


def _role(role: str, granted: int) -> Payload:
    return {
        "id": role,
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": 0,
        "permissions": str(granted),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
