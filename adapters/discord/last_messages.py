"""The last message of each thread, so that a thread that moved on while nobody listened is noticed.

A new session of the gateway replays nothing; the servers come with their open threads, and each thread with the id
of its last message. No history is read: what was written stays unknown, only that something was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adapters.discord.places import snowflake


class LastMessages:
    """What is known of one bot's threads, kept from one session to the next."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._met: set[str] = set()

    def saw(self, channel: str, message: str) -> None:
        """The gateway told of this message, or it is a post of ours."""
        self._last[channel] = max(self._last.get(channel, 0), int(message))

    def forget(self, channel: str) -> None:
        """The channel or thread is gone."""
        self._last.pop(channel, None)

    def forget_guild(self, guild: str) -> None:
        """Starling is not in this server any more."""
        self._met.discard(guild)

    def moved(self, guild: str, threads: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
        """The threads, with their last messages, that moved on unseen since the server came before.

        None where it comes for the first time. A thread that was opened meanwhile counts as moved; one in which a
        post of ours is the last does not, since nobody can tell whether somebody wrote before it.
        """
        first = guild not in self._met
        self._met.add(guild)
        found = []
        for thread in threads:
            if not thread.get("last_message_id"):
                continue
            channel, last = snowflake(thread["id"]), snowflake(thread["last_message_id"])
            if not first and int(last) > self._last.get(channel, 0):
                found.append((channel, last))
            self.saw(channel, last)
        return found
