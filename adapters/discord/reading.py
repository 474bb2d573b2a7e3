"""What reading a frame has to know: who we are, where things are, and what menus stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.discord.frames import Frame, Payload, author_of, guild_of, readable
from adapters.discord.last_messages import LastMessages
from adapters.discord.places import Places, snowflake
from bot.chat.commands import Command

WRITTEN = frozenset({0, 19})
"""The types of messages that people write: "default" and "reply"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Reading as the bot `user`.

    `on_messages` are the packed actions of messages' menus by their names there, `on_people` the commands of people's.
    """

    user: str
    places: Places
    on_messages: Mapping[str, str] = field(default_factory=dict)
    last_messages: LastMessages = field(default_factory=LastMessages)
    on_people: Mapping[str, Command] = field(default_factory=dict)

    def is_outside(self, frame: Frame) -> bool:
        """Whether this happened in no server that Starling is installed in; `Malformed` where that cannot be read.

        Interactions say for whom Starling is installed where they happen ("0" the server, "1" the person), which
        holds for a server the gateway has not told of yet, too.
        """
        with readable(frame):
            guild = guild_of(frame.data)
            if guild is None or frame.type != "INTERACTION_CREATE" or self.places.is_ours(guild):
                return guild is None
            owners = frame.data.get("authorizing_integration_owners") or {}
            return bool(owners.get("0") != guild)

    def person_of(self, frame: Frame) -> str:
        """Who wrote or acts; `Malformed` where nobody is named."""
        with readable(frame):
            return snowflake(author_of(frame.data)["id"])

    def is_of_a_person(self, frame: Frame) -> bool:
        """Whether a person wrote this: no bot, nobody whom we stand for, and a message as people write them."""
        with readable(frame):
            data = frame.data
            author = data["author"]
            by_us = author.get("bot") or author["id"] == self.user or data.get("webhook_id")
            return not by_us and data.get("type", 0) in WRITTEN

    def whose(self, frame: Frame) -> tuple[str | None, str]:
        """The server a payload belongs to and its author; no server where it is no person's or from nowhere."""
        data = frame.data
        author = author_of(data)
        user = snowflake(author["id"])
        if author.get("bot") or user == self.user or data.get("webhook_id"):
            return None, user
        return frame.home if self.is_outside(frame) else guild_of(data), user

    def mentions_us(self, data: Payload) -> bool:
        """Whether a message mentions us."""
        return any(each["id"] == self.user for each in data.get("mentions") or ())

    def without_address(self, text: str) -> str:
        """What somebody wrote, without our name at its beginning."""
        return re.sub(rf"^\s*<@!?{self.user}>\s*", "", text)
