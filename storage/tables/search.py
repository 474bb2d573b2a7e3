"""What is looked for: entries on shelves, and how often each term stands on a shelf.

A shelf is what somebody may look at as a whole (a member's own, what the team may see), so that a search names the
shelves it may look at and never meets what stands on others. The full-text index itself (`storage.search`) belongs to
the engine and is made from these rows.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Connection, Index, Integer, LargeBinary, String, Table, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import ID_LENGTH, Base, Identified, WorkspaceScoped, reference

INDEX = "search_tokens"
"""The engine's own index, and the beginning of the names of all that it keeps for it."""
SHELF_LENGTH, TERM_LENGTH = 64, 64


class SearchEntry(WorkspaceScoped, Base):
    """One thing that can be found, on one shelf."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("workspace_id", "subject_id"),
        Index("ix_search_entry_owner", "owner_id", "workspace_id", "number"),
    )

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    subject_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    owner_id: Mapped[MemberId] = reference("member.id", index=False)
    shelf: Mapped[str] = mapped_column(String(SHELF_LENGTH))
    terms: Mapped[dict[str, Any]]
    """What it is found by, with how much it is about each."""
    meaning: Mapped[bytes] = mapped_column(LargeBinary)
    """What a model of meaning wrote of it; empty without one."""


class SearchTerm(Identified, WorkspaceScoped, Base):
    """In how many entries of a shelf a term stands; the empty term counts the entries themselves."""

    __tablename__ = "search_term"
    __table_args__ = (
        UniqueConstraint("workspace_id", "shelf", "term"),
        Index("ix_search_term_beginning", "workspace_id", "shelf", "beginning", "length"),
    )

    shelf: Mapped[str] = mapped_column(String(SHELF_LENGTH))
    term: Mapped[str] = mapped_column(String(TERM_LENGTH))
    beginning: Mapped[str] = mapped_column(String(3))
    """The kind of the term and its first letter, by which slips are looked up."""
    length: Mapped[int]
    entries: Mapped[int]


def prepare(connection: Connection) -> None:
    """Make the engine's index where there is none: no migration looks after what is made from rows."""
    if connection.dialect.name == "sqlite":
        connection.execute(
            text(f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(tokens, content='', detail=none)")
        )
        return
    connection.execute(
        text(f"CREATE TABLE IF NOT EXISTS {INDEX} (number integer PRIMARY KEY, tokens tsvector NOT NULL)")
    )
    connection.execute(
        text(f"CREATE INDEX IF NOT EXISTS {INDEX}_gin ON {INDEX} USING gin (tokens) WITH (fastupdate = off)")
    )


@event.listens_for(cast(Table, SearchEntry.__table__), "after_create")
def _prepare(_table: Table, connection: Connection, **_: Any) -> None:
    prepare(connection)


@event.listens_for(cast(Table, SearchEntry.__table__), "before_drop")
def _drop(_table: Table, connection: Connection, **_: Any) -> None:
    drop(connection)


def drop(connection: Connection) -> None:
    """Take the engine's index away."""
    connection.execute(text(f"DROP TABLE IF EXISTS {INDEX}"))
