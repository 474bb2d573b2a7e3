"""The database: SQLite for one process, PostgreSQL for any number, one way to use both.

    database = Database("sqlite:///starling.sqlite3")
    async with database.write(workspace) as session:
        ...                                   # one transaction: committed at the end, rolled back on an error

SQLite allows one writer. Left to itself it lets transactions that began as readers fail with "database is
locked" when they write, whatever the busy timeout; so writers take turns (`storage.turns`), begin
with `BEGIN IMMEDIATE`, and readers have an engine of their own that cannot write (`storage.sqlite`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from bot.base.errors import ConfigurationError
from bot.base.ids import WorkspaceId
from storage import sqlite
from storage.direct import ON_LOOP
from storage.tenancy import WorkspaceSession, session_info
from storage.together import Together
from storage.turns import Turns

T = TypeVar("T")

WRITING = {"wal_autocheckpoint": "0", "secure_delete": "on"}
DRIVERS = {"sqlite": sqlite.DRIVER, "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


class Database:
    """One database and its connections. Nothing is opened before the first session, so a process may fork
    after making one and before using it."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        """`url` as SQLAlchemy writes it; raises `ConfigurationError` for one that cannot be used.

        `pool_size` is the number of connections kept to PostgreSQL, or of reading connections to SQLite.
        """
        self.url = database_url(url)
        self._pool_size = pool_size
        self._writer: AsyncEngine | None = None
        self._reader: AsyncEngine | None = None
        self._turns: Turns | None = None
        self._checkpoints: sqlite.Checkpoints | None = None
        self._writing: set[asyncio.Task[Any] | None] = set()
        self._together = Together(self.write, lambda: self._turns is not None and self._turns.pressed)

    @property
    def is_sqlite(self) -> bool:
        """Whether one process at a time works this database."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def write(self, workspace: WorkspaceId) -> AsyncIterator[AsyncSession]:
        """One writing transaction of one workspace. A task holds one at a time (`RuntimeError`)."""
        async with self._write(workspace) as session:
            yield session

    async def write_together(self, workspace: WorkspaceId, act: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """What `act` gives in a writing transaction of one workspace, once that is committed.

        On SQLite those who come at the same moment share one (`storage.together`): `act` may be done twice, the first
        time in vain, so it causes nothing outside of its session. `RuntimeError` within a writing transaction.
        """
        if self.is_sqlite and asyncio.current_task() not in self._writing:
            return await self._together.do(workspace, act)
        async with self.write(workspace) as session:
            return await act(session)

    @asynccontextmanager
    async def read(self, workspace: WorkspaceId) -> AsyncIterator[AsyncSession]:
        """One consistent view of one workspace; writing in it fails."""
        async with self._session(self._reading_engine(), workspace) as session:
            yield session

    @asynccontextmanager
    async def write_everywhere(self, *, urgent: bool = False) -> AsyncIterator[AsyncSession]:
        """One writing transaction over all workspaces: the runtime's own, for the inbox and due rows.

        On SQLite an `urgent` one waits for the writer under way only, not for those who wait already.
        """
        async with self._write(None, urgent=urgent) as session:
            yield session

    @asynccontextmanager
    async def read_everywhere(self) -> AsyncIterator[AsyncSession]:
        """One consistent view of all workspaces, for the runtime."""
        async with self._session(self._reading_engine(), None) as session:
            yield session

    async def scrub(self) -> None:
        """Leave no byte of what was deleted in the database's files.

        Nobody writes meanwhile. PostgreSQL does it by its own vacuum, which it runs by itself.
        """
        if not self.is_sqlite:
            return
        self._writing_engine()
        async with self._turns.turn() if self._turns is not None else nullcontext():
            await asyncio.to_thread(sqlite.scrub, self.url.database or "")

    async def close(self) -> None:
        """Close every connection. The next session opens new ones, on its own event loop."""
        engines = self._reader, self._writer
        self._writer = self._reader = self._turns = None
        for engine in engines:
            if engine is not None:
                await engine.dispose()

    @asynccontextmanager
    async def _write(self, workspace: WorkspaceId | None, *, urgent: bool = False) -> AsyncIterator[AsyncSession]:
        task = asyncio.current_task()
        if task in self._writing:
            raise RuntimeError("this task is already in a writing transaction; pass its session on")
        engine = self._writing_engine()
        async with self._turns.turn(urgent=urgent) if self._turns is not None else nullcontext():
            self._writing.add(task)
            try:
                async with self._session(engine, workspace) as session:
                    yield session
                if self._checkpoints is not None:
                    await self._checkpoints.committed()
            finally:
                self._writing.discard(task)

    @asynccontextmanager
    async def _session(self, engine: AsyncEngine, workspace: WorkspaceId | None) -> AsyncIterator[AsyncSession]:
        session = AsyncSession(
            engine, expire_on_commit=False, sync_session_class=WorkspaceSession, info=session_info(workspace)
        )
        try:
            if self.is_sqlite:
                await session.connection()
                session.info[ON_LOOP] = True
            yield session
            await session.commit()
        finally:
            # What was not committed is rolled back. SQLite awaits nothing here; elsewhere nobody is to cancel it.
            await (session.close() if self.is_sqlite else asyncio.shield(session.close()))

    def _writing_engine(self) -> AsyncEngine:
        if self._writer is None:
            if self.is_sqlite:
                self._writer = sqlite.sqlite_engine(self.url, pragmas=WRITING)
                self._turns = Turns()
                self._checkpoints = sqlite.Checkpoints(self.url.database or "")
            else:
                self._writer = postgres_engine(self.url, self._pool_size)
        return self._writer

    def _reading_engine(self) -> AsyncEngine:
        if self._reader is None:
            if self.is_sqlite:
                self._reader = sqlite.sqlite_engine(
                    self.url, begin=sqlite.TO_READ, pool_size=self._pool_size, pragmas={"query_only": "on"}
                )
            else:
                self._reader = self._writing_engine().execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
        return self._reader


def database_url(url: str) -> URL:
    """The URL with the driver Starling uses (`sqlite://` and `postgresql://` get theirs).

    Raises `ConfigurationError` for other databases and for SQLite without a file.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(
            "database_url is not a URL; write sqlite:///file.sqlite3 or postgresql://user@host/name"
        ) from error
    driver = DRIVERS.get(parsed.get_backend_name())
    if driver is None:
        raise ConfigurationError(f"database_url names {parsed.get_backend_name()}; use sqlite or postgresql")
    if driver.startswith("sqlite") and parsed.database in (None, "", ":memory:"):
        raise ConfigurationError("database_url needs a file for SQLite, such as sqlite:///starling.sqlite3")
    return parsed.set(drivername=driver)


def postgres_engine(url: URL, pool_size: int) -> AsyncEngine:
    """An ordinary pool; a connection that the server closed meanwhile is replaced unnoticed."""
    try:
        return create_async_engine(
            url,
            pool_size=pool_size,
            pool_pre_ping=True,
            connect_args={"server_settings": {"application_name": "starling", "timezone": "UTC"}},
        )
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "PostgreSQL needs a driver; in Starling's folder: pip install -e '.[postgres]'"
        ) from error
