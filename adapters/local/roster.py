"""Who and what is in the workspace: its people and its channels."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from adapters.local.cast import STARLING, Channel, Person, direct_channel
from adapters.local.store import Store


class Roster:
    """People and channels of one workspace. Changes need a transaction of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def fill(self, people: Iterable[Person], channels: Iterable[Channel]) -> None:
        """Furnish a new workspace."""
        self.join(Person(STARLING, "Starling", about="Your interview coach", is_bot=True))
        for channel in channels:
            self.open(channel)
        for person in people:
            self.join(person)

    def join(self, person: Person) -> None:
        """Let somebody in; a person also gets a direct conversation with Starling."""
        self._store.write("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *astuple(person))
        if not person.is_bot:
            self.open(Channel(direct_channel(person.id), "Starling", person=person.id))

    def open(self, channel: Channel) -> None:
        """Add a channel."""
        self._store.write(
            "INSERT INTO channels (id, name, topic, state, person) VALUES (?, ?, ?, ?, ?)", *astuple(channel)
        )

    def leave(self, person: str) -> None:
        """Somebody is not in the workspace any more."""
        self._store.write('UPDATE people SET "left" = 1 WHERE id = ?', person)
        self._store.changed("people")

    def change(self, channel: str, *, name: str | None = None, state: str | None = None) -> None:
        """Rename a channel, or archive, close or open it."""
        self._store.write(
            "UPDATE channels SET name = coalesce(?, name), state = coalesce(?, state) WHERE id = ?",
            name,
            state,
            channel,
        )
        self._store.changed("channels")

    def find(self, who: str) -> Person | None:
        """The person with this id or this name."""
        row = self._store.row("SELECT * FROM people WHERE id = ? OR lower(name) = ?", who, who.lower())
        return _person(row) if row else None

    def people(self) -> list[Person]:
        """Everybody who is there, bots aside, in the order they came."""
        rows = self._store.rows('SELECT * FROM people WHERE "left" = 0 AND is_bot = 0 ORDER BY rowid')
        return [_person(row) for row in rows]

    def channel(self, channel: str) -> Channel | None:
        """The channel with this id."""
        row = self._store.row("SELECT id, name, topic, state, person FROM channels WHERE id = ?", channel)
        return Channel(*row) if row else None

    def channels_of(self, person: str) -> list[Channel]:
        """The channels this person is in, the direct conversation last."""
        rows = self._store.rows(
            "SELECT id, name, topic, state, person FROM channels WHERE person IS NULL OR person = ?"
            " ORDER BY person IS NOT NULL, position",
            person,
        )
        return [Channel(*row) for row in rows]


def _person(row: sqlite3.Row) -> Person:
    values: dict[str, Any] = dict(row)
    for flag in ("is_admin", "is_bot", "is_outsider", "left"):
        values[flag] = bool(values[flag])
    return Person(**values)
