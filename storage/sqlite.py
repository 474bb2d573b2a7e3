"""SQLite on the event loop itself, without a thread between.

A statement of ours takes tens of microseconds, a hop to a thread and back several times that, and under load each hop
waits for the interpreter's lock besides: measured, with a thread for each connection an answer cost half as much
again. So statements run where they are said, and one that took long would hold everything up: what runs often has an
index, and what reads a whole table reads a team's. What may wait does not run there:

- Waiting for another process's lock. The busy timeout is zero; a transaction that cannot begin sleeps a moment on
  the event loop and tries again. Once begun it never waits: a writer holds the one lock there is, and a reader of a
  database with a write-ahead log has its view.
- Waiting for the disk. With a write-ahead log and `synchronous=normal` a commit only appends to a file; the disk is
  waited for when the log is taken over into the database, and a thread does that (`Checkpoints`).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from time import monotonic
from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, Connection, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import LRUCache, await_only

DRIVER = "sqlite+onloop"
BUSY_SECONDS = 10.0
"""How long a transaction tries to begin while another process holds the database."""
PAUSE_SECONDS = 0.005
MOST_COMPILED = 1000
"""Statements that are kept compiled; there are not as many."""
COMMITS_PER_CHECKPOINT = 100
TO_WRITE = ("BEGIN IMMEDIATE",)
TO_READ = ("BEGIN", "SELECT 1 FROM sqlite_schema LIMIT 1")
"""The view is taken at once, so that no later statement has to wait for one."""

registry.register("sqlite.onloop", __name__, "OnLoop")


class OnLoop(SQLiteDialect_pysqlite):
    """The standard library's driver, offered to SQLAlchemy's asyncio side as it is: nothing in it is awaited.

    `AsyncConnection.execute()` insists on an await and so refuses it; sessions and `run_sync()` do not.
    """

    driver = "onloop"
    is_async = True
    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        """Each engine has a dialect of its own, all alike: what one has compiled serves the others."""
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def get_pool_class(cls, url: URL) -> type[AsyncAdaptedQueuePool]:
        """A pool whose waiting leaves the event loop free."""
        return AsyncAdaptedQueuePool


class Cursor(sqlite3.Cursor):
    """A cursor as SQLAlchemy's asyncio side wants it. Whatever is said goes through one."""

    async def _async_soft_close(self) -> None:
        """There is nothing on a server to let go of."""


class _Connection(sqlite3.Connection):
    """A connection whose cursors are such."""

    def cursor(self, factory: Any = Cursor) -> Any:
        return super().cursor(factory)


def sqlite_engine(
    url: URL, *, begin: Sequence[str] = TO_WRITE, pool_size: int = 1, pragmas: Mapping[str, str] | None = None
) -> AsyncEngine:
    """An engine whose transactions start with the statements of `begin`, since the driver would start them too late."""
    arguments = {"timeout": 0, "factory": _Connection}
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        connect_args=arguments,
        execution_options={"compiled_cache": _compiled_statements()},
    )
    settings = {"synchronous": "normal", "foreign_keys": "on", **(pragmas or {})}

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        _keep_a_write_ahead_log(connection)
        await_only(_when_free(connection, [f"PRAGMA {name}={value}" for name, value in settings.items()]))

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        await_only(_when_free(driver, begin))

    return engine


@cache
def _compiled_statements() -> LRUCache[Any, Any]:
    """Statements that were compiled, for every engine of this process: to compile one takes longer than to run it."""
    return LRUCache(MOST_COMPILED)


def _keep_a_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Put the file into WAL mode, which it keeps.

    SQLite does not wait here for other connections. Whoever holds the lock has asked for the same before, so
    the file is in this mode, or will be before our first transaction gets its turn.
    """
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode=wal")


async def _when_free(connection: sqlite3.Connection, statements: Sequence[str]) -> None:
    """Say `statements`; while another process holds the database, sleep and try again."""
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            for statement in statements:
                connection.execute(statement).fetchall()
            return
        except sqlite3.OperationalError as problem:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
        await asyncio.sleep(PAUSE_SECONDS)


class Checkpoints:
    """Takes the write-ahead log over into the database every so many commits, in a thread.

    SQLite would do it inside a commit, with the event loop waiting for the disk. Whoever calls holds the right to
    write, so that nothing is appended meanwhile and the log can begin anew.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._commits = 0

    async def committed(self) -> None:
        """A writing transaction has ended."""
        self._commits += 1
        if self._commits % COMMITS_PER_CHECKPOINT == 0:
            await asyncio.to_thread(self._checkpoint)

    def _checkpoint(self) -> None:
        with closing(sqlite3.connect(self._file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def scrub(file: str) -> None:
    """Write the file anew without anything that was deleted, and empty its log. Nobody else may write meanwhile.

    Deleted rows are overwritten as they go (`secure_delete`); copies of them that were left where rows moved within a
    page, and words in an index for searching that stay until it merges its parts, are not.
    """
    with closing(sqlite3.connect(file, isolation_level=None, timeout=BUSY_SECONDS)) as connection:
        indexes = connection.execute("SELECT name FROM sqlite_schema WHERE sql LIKE '%USING fts5%'").fetchall()
        for (index,) in indexes:
            connection.execute(f'INSERT INTO "{index}"("{index}") VALUES (\'optimize\')')
        connection.execute("PRAGMA secure_delete=on")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
