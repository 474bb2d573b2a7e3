"""The last message of each thread, so that a thread that moved on while nobody listened is noticed.

A new session of the gateway replays nothing; the servers come with their open threads, and each thread with the id
of its last message. No history is read: what was written stays unknown, only that something was. What is known is
kept over restarts as notes of each server: the last message by thread, and that the server was met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from adapters.discord.places import moment_of, snowflake

MET = "met"
"""The note of a server that came once, with whatever threads: from then on a thread that is new has moved."""
KEPT = timedelta(days=30)
"""How long a thread without a message is remembered; what is older counts as known."""

Notes = Mapping[str, str | None]


class LastMessages:
    """What is known of the threads of one bot's servers."""

    def __init__(self, kept: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """`kept` are the notes of an earlier process, by server."""
        self._last = {
            guild: {thread: int(last) for thread, last in notes.items() if thread.isdecimal() and last.isdecimal()}
            for guild, notes in (kept or {}).items()
            if MET in notes
        }
        self._changed: dict[str, dict[str, str | None]] = {}

    def saw(self, guild: str, thread: str, message: str) -> None:
        """The gateway told of this message of a thread, or it is a post of ours."""
        known = self._last.get(guild)
        if known is not None and int(message) > known.get(thread, 0):
            known[thread] = int(message)
            self._note(guild, thread, message)

    def forget(self, guild: str, thread: str) -> None:
        """The thread is gone."""
        if self._last.get(guild, {}).pop(thread, None) is not None:
            self._note(guild, thread, None)

    def forget_guild(self, guild: str) -> None:
        """Starling is not in this server any more."""
        known = self._last.pop(guild, None)
        if known is not None:
            self._changed[guild] = dict.fromkeys([MET, *known])

    def moved(self, guild: str, threads: Iterable[Mapping[str, Any]], now: datetime) -> list[tuple[str, str]]:
        """The threads, with their last messages, that moved on unseen since the server came before.

        None where it comes for the first time. A thread that was opened meanwhile counts as moved; one in which a
        post of ours is the last does not, since nobody can tell whether somebody wrote before it.
        """
        first = guild not in self._last
        known = self._last.setdefault(guild, {})
        if first:
            self._note(guild, MET, "yes")
        found, there = [], set()
        for thread in threads:
            channel = snowflake(thread["id"])
            there.add(channel)
            if not thread.get("last_message_id"):
                continue
            last = snowflake(thread["last_message_id"])
            if not first and int(last) > known.get(channel, 0) and moment_of(last) > now - KEPT:
                found.append((channel, last))
            self.saw(guild, channel, last)
        for channel in [each for each, last in known.items() if moment_of(str(last)) <= now - KEPT]:
            if channel not in there:
                self.forget(guild, channel)
        return found

    @property
    def has_changed(self) -> bool:
        """Whether there are changes to take."""
        return bool(self._changed)

    def take_changes(self) -> Mapping[str, Notes]:
        """The notes that changed since they were taken last, by server; None for one that is to be forgotten."""
        changed, self._changed = self._changed, {}
        return changed

    def put_back(self, changes: Mapping[str, Notes]) -> None:
        """These could not be kept; later changes hold."""
        for guild, notes in changes.items():
            self._changed[guild] = {**notes, **self._changed.get(guild, {})}

    def _note(self, guild: str, name: str, value: str | None) -> None:
        self._changed.setdefault(guild, {})[name] = value
