"""The workspace behind the wire: its people, channels and messages, and who may see what."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

TEAM, APP, BOT_USER, BOT = "T0STANDIN", "A0STANDIN", "U0STARLING", "B0STARLING"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-stand-in", "xapp-stand-in", "signing-secret-of-the-stand-in"
EVERY_SCOPE = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "metadata.message:read",
        "reactions:write",
        "users:read",
    }
)
HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
"""The scope that lets messages of a kind of channel reach the bot."""


@dataclass
class Person:
    """A user of the workspace, people and bots alike."""

    id: str
    name: str
    zone: str = "Europe/Berlin"
    locale: str = "en-US"
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False
    team: str = TEAM

    def json(self) -> dict[str, Any]:
        """The user object of `users.info`."""
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name.lower(),
            "real_name": self.name,
            "deleted": self.deleted,
            "tz": self.zone,
            "locale": self.locale,
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_bot": self.is_bot,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            "profile": {"display_name": self.name, "real_name": self.name},
        }


@dataclass
class Channel:
    """A channel, or the direct conversation of one person with the bot."""

    id: str
    name: str
    kind: str = "channel"
    bot_is_member: bool = True
    archived: bool = False
    person: str | None = None


@dataclass
class Message:
    """A message; `only_for` is the one who sees an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str
    thread: str | None = None
    blocks: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    files: tuple[str, ...] = ()
    shares: tuple[tuple[str, str], ...] = ()
    """Ids and names of files that were uploaded into the channel by us."""
    bot: str | None = None
    only_for: str | None = None
    reactions: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of user and emoji."""

    def json(self) -> dict[str, Any]:
        """The message object, without what only some may read."""
        found: dict[str, Any] = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": TEAM}
        if self.thread is not None:
            found["thread_ts"] = self.thread
        if self.bot is not None:
            found |= {"bot_id": self.bot, "app_id": APP if self.bot == BOT else "A0OTHER"}
        if self.blocks:
            found["blocks"] = self.blocks
        if self.files:
            found["files"] = [{"id": f"F{number}", "name": name} for number, name in enumerate(self.files)]
        if self.shares:
            found |= {"files": [{"id": id_, "name": name} for id_, name in self.shares], "subtype": "file_share"}
        return found


class World:
    """All that the stand-in knows. It outlives the bot's connection, as Slack does."""

    def __init__(self, scopes: frozenset[str] = EVERY_SCOPE) -> None:
        self.scopes = scopes
        self.people: dict[str, Person] = {BOT_USER: Person(BOT_USER, "Starling", is_bot=True)}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.homes: dict[str, dict[str, Any]] = {}
        self._numbers = itertools.count(1)
        self.channel("C0PRACTICE", "interview-practice")

    def person(self, name: str, **traits: Any) -> Person:
        """The person of this name, made where there is none."""
        known = next((each for each in self.people.values() if each.name == name), None)
        if known is None:
            id_ = "U0" + "".join(letter for letter in name.upper() if letter.isalnum())
            known = self.people[id_] = Person(id_, name, **traits)
        return known

    def channel(self, id_: str, name: str, **traits: Any) -> Channel:
        """The channel of this id, made where there is none."""
        return self.channels.setdefault(id_, Channel(id_, name, **traits))

    def direct(self, user: str) -> Channel:
        """The direct conversation of this person with the bot."""
        return self.channel("D0" + user.removeprefix("U0"), "direct", kind="im", person=user)

    def now(self) -> float:
        """This world's time in seconds since 1970."""
        return time.time()

    def new_ts(self) -> str:
        """A timestamp of its own for each message."""
        return f"{int(self.now())}.{next(self._numbers):06d}"

    def event_ts(self) -> str:
        """The time of an event that is no message, different for each."""
        return f"{int(self.now())}.{900_000 + next(self._numbers) % 100_000:06d}"

    def find(self, channel: str, ts: str) -> Message | None:
        """The message, if it is there."""
        return next((each for each in self.messages if (each.channel, each.ts) == (channel, ts)), None)

    def seen_by(self, user: str, channel: str, thread: str | None) -> Iterator[Message]:
        """What this person sees in a channel, or in one thread of it without the message it hangs from."""
        place = self.channels.get(channel)
        if place is None or place.person not in (None, user):
            return
        for message in self.messages:
            reply = message.thread if message.thread != message.ts else None
            if (message.channel, reply) == (channel, thread) and message.only_for in (None, user):
                yield message

    def bot_hears(self, channel: Channel) -> bool:
        """Whether messages of this channel reach the bot."""
        return channel.bot_is_member and HISTORY[channel.kind] in self.scopes
