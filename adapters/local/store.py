"""The workspace's own database file: one connection, short transactions, and a log of what changed.

Every call is synchronous and takes well under a millisecond, so that a whole act of a person (the message,
its event, the change others see) is one transaction.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, zone TEXT NOT NULL, language TEXT NOT NULL, about TEXT NOT NULL,
    is_admin INTEGER NOT NULL, is_bot INTEGER NOT NULL, is_outsider INTEGER NOT NULL, "left" INTEGER NOT NULL
);
CREATE TABLE channels (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, topic TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'archived', 'closed')), person TEXT REFERENCES people (id)
);
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL REFERENCES channels (id),
    thread INTEGER REFERENCES messages (id), author TEXT NOT NULL REFERENCES people (id),
    only_for TEXT REFERENCES people (id), text TEXT NOT NULL, files TEXT NOT NULL DEFAULT '[]', card TEXT, key TEXT,
    reaction TEXT, posted_at TEXT NOT NULL, edited_at TEXT, deleted INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX messages_by_place ON messages (channel, thread, id);
CREATE INDEX messages_by_key ON messages (key) WHERE key IS NOT NULL;
CREATE TABLE images (id TEXT PRIMARY KEY, data BLOB NOT NULL, media_type TEXT NOT NULL);
CREATE TABLE read_marks (
    person TEXT NOT NULL, channel TEXT NOT NULL, thread INTEGER NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (person, channel, thread)
);
CREATE TABLE forms (
    person TEXT PRIMARY KEY, channel TEXT NOT NULL, thread TEXT, form TEXT NOT NULL,
    entered TEXT NOT NULL DEFAULT '{}', problems TEXT NOT NULL DEFAULT '{}', waits INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE homes (person TEXT PRIMARY KEY, card TEXT NOT NULL);
CREATE TABLE events (
    number INTEGER PRIMARY KEY AUTOINCREMENT, delivery_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, trigger TEXT,
    attempts INTEGER NOT NULL DEFAULT 0, acknowledged INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX events_waiting ON events (number) WHERE acknowledged = 0;
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, person TEXT, subject TEXT NOT NULL
);
"""

DOCUMENTS = """
CREATE TABLE IF NOT EXISTS documents (
    message INTEGER NOT NULL REFERENCES messages (id), name TEXT NOT NULL, media_type TEXT NOT NULL,
    data BLOB NOT NULL, PRIMARY KEY (message, name)
)
"""
"""Files that messages hand over; workspaces made before there were any get it when they are opened."""


class Bell:
    """Wakes whoever waits for a change. For one event loop: look, then wait, with no await in between."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait for the next ring; False where `seconds` passed first."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return False
        return True


class Store:
    """The database file of one workspace. `bell` rings after every transaction that wrote."""

    def __init__(self, file: Path | None) -> None:
        """Open or make `file`; without one the workspace lives in memory."""
        self._db = sqlite3.connect(file or ":memory:", isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self.bell = Bell()
        self.is_new = not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'about'")
        if self.is_new:
            self._db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")
        self._db.execute(DOCUMENTS)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction; a nested one joins the outer. Rings the bell once it is committed."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        self.bell.ring()

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """The first row of a query, if there is one."""
        found: sqlite3.Row | None = self._db.execute(sql, values).fetchone()
        return found

    def write(self, sql: str, *values: Any) -> int:
        """Change something inside a transaction; returns the id of an inserted row."""
        if not self._db.in_transaction:
            raise RuntimeError("a change needs a transaction")
        return self._db.execute(sql, values).lastrowid or 0

    def changed(self, kind: str, subject: str | int = "", person: str | None = None) -> None:
        """Note that something changed, for everybody's page or for one person's."""
        self.write("INSERT INTO changes (kind, person, subject) VALUES (?, ?, ?)", kind, person, str(subject))

    def close(self) -> None:
        """Close the file."""
        self._db.close()
