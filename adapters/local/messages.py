"""Messages in the workspace's file: posting, changing, removing, and what one person may see."""

from __future__ import annotations

import json
import sqlite3
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from adapters.local.cards import Payload, plain_text
from adapters.local.cast import STARLING
from adapters.local.store import Store


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is stored. `thread` is the message its thread hangs on; `only_for` sees it alone."""

    id: int
    channel: str
    thread: int | None
    author: str
    only_for: str | None
    text: str
    files: tuple[str, ...]
    card: Payload | None
    key: str | None
    reaction: str | None
    posted_at: datetime
    edited_at: datetime | None
    deleted: bool

    @property
    def plain(self) -> str:
        """All that can be read in it."""
        return self.text if self.card is None else plain_text(self.card)


class Messages:
    """The messages of one workspace. Changes need a transaction of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        channel: str,
        thread: int | None,
        author: str,
        at: datetime,
        *,
        text: str = "",
        files: Iterable[str] = (),
        card: Payload | None = None,
        key: str | None = None,
        only_for: str | None = None,
    ) -> int:
        """Store a message; returns its id."""
        number = self._store.write(
            "INSERT INTO messages (channel, thread, author, only_for, text, files, card, key, posted_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(channel, thread, author, only_for, text, json.dumps(list(files)), self._stored(card), key),
            at.isoformat(),
        )
        self._keep_documents(number, card)
        self._store.changed("message", number, only_for)
        return number

    def rewrite(self, number: int, at: datetime, *, text: str = "", card: Payload | None = None) -> None:
        """Replace what a message says."""
        self._store.write(
            "UPDATE messages SET text = ?, card = ?, edited_at = ? WHERE id = ?",
            *(text, self._stored(card), at.isoformat(), number),
        )
        self._keep_documents(number, card)
        self._store.changed("message", number)

    def remove(self, number: int) -> None:
        """Erase what a message says; a thread that hangs on it stays."""
        self._store.write(
            "UPDATE messages SET deleted = 1, text = '', files = '[]', card = NULL, reaction = NULL WHERE id = ?",
            number,
        )
        self._keep_documents(number, None)
        self._store.changed("message", number)

    def react(self, number: int, reaction: str) -> None:
        """Put the bot's reaction on a message, in place of an earlier one."""
        self._store.write("UPDATE messages SET reaction = ? WHERE id = ?", reaction, number)
        self._store.changed("message", number)

    def get(self, number: int | str) -> Message | None:
        """The message with this id, removed ones included."""
        row = self._store.row("SELECT * FROM messages WHERE id = ?", number)
        return _message(row) if row else None

    def by_key(self, key: str) -> list[Message]:
        """The bot's own posts with this key that have not been removed, oldest first."""
        rows = self._store.rows(
            "SELECT * FROM messages WHERE key = ? AND author = ? AND deleted = 0 ORDER BY id", key, STARLING
        )
        return [_message(row) for row in rows]

    def of_bot(self) -> list[Message]:
        """Every post of the bot that has not been removed, oldest first."""
        rows = self._store.rows("SELECT * FROM messages WHERE author = ? AND deleted = 0 ORDER BY id", STARLING)
        return [_message(row) for row in rows]

    def seen_by(self, person: str, channel: str, thread: int | None) -> list[Message]:
        """What `person` sees in a channel or a thread, oldest first; removed ones only where a thread hangs on them."""
        rows = self._store.rows(
            "SELECT m.* FROM messages m JOIN channels c ON c.id = m.channel"
            " WHERE m.channel = ? AND m.thread IS ? AND (m.only_for IS NULL OR m.only_for = ?)"
            " AND (c.person IS NULL OR c.person = ?) AND (m.deleted = 0 OR EXISTS"
            " (SELECT 1 FROM messages r WHERE r.thread = m.id AND r.deleted = 0 AND r.only_for IS NULL)) ORDER BY m.id",
            *(channel, thread, person, person),
        )
        return [_message(row) for row in rows]

    def may_see(self, person: str, message: Message) -> bool:
        """Whether this message is there for `person` at all."""
        channel = self._store.row("SELECT person FROM channels WHERE id = ?", message.channel)
        return message.only_for in (None, person) and channel is not None and channel["person"] in (None, person)

    def image(self, number: str) -> tuple[bytes, str] | None:
        """A picture's bytes and its media type."""
        row = self._store.row("SELECT data, media_type FROM images WHERE id = ?", number)
        return (row["data"], row["media_type"]) if row else None

    def document(self, number: int, name: str) -> tuple[bytes, str] | None:
        """The bytes and the media type of a file that a message hands over."""
        row = self._store.row("SELECT data, media_type FROM documents WHERE message = ? AND name = ?", number, name)
        return (row["data"], row["media_type"]) if row else None

    def _keep_documents(self, number: int, card: Payload | None) -> None:
        """The files of a card, in place of those that its message had."""
        self._store.write("DELETE FROM documents WHERE message = ?", number)
        for element in card["elements"] if card else ():
            if element["kind"] == "document":
                self._store.write(
                    "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)",
                    *(number, element["name"], element["media_type"], b64decode(element["data"])),
                )

    def keep_images(self, card: Payload) -> Payload:
        """The card with its pictures moved to the table of pictures, and their ids in their place."""
        return {**card, "elements": [self._without_bytes(element) for element in card["elements"]]}

    def _stored(self, card: Payload | None) -> str | None:
        return None if card is None else json.dumps(self.keep_images(card))

    def _without_bytes(self, element: Payload) -> Payload:
        if element["kind"] == "document":
            return {**element, "data": ""}
        if element["kind"] != "image":
            return element
        data = b64decode(element["data"])
        number = sha256(data).hexdigest()
        self._store.write("INSERT OR IGNORE INTO images VALUES (?, ?, ?)", number, data, element["media_type"])
        return {"kind": "image", "image": number, "alt": element["alt"]}


def _message(row: sqlite3.Row) -> Message:
    values: dict[str, Any] = dict(row)
    return Message(
        **{
            **values,
            "files": tuple(json.loads(row["files"])),
            "card": json.loads(row["card"]) if row["card"] else None,
            "posted_at": datetime.fromisoformat(row["posted_at"]),
            "edited_at": datetime.fromisoformat(row["edited_at"]) if row["edited_at"] else None,
            "deleted": bool(row["deleted"]),
        }
    )
