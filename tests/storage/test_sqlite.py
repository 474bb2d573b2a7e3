"""SQLite on the event loop: what has to wait leaves the loop free, and the log does not grow for ever."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.engine.interfaces import CacheStats
from sqlalchemy.exc import OperationalError

from bot.base.ids import WorkspaceId
from storage import sqlite
from storage.engine import Database
from storage.tables.people import Member, Workspace

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def new_workspace(database: Database) -> WorkspaceId:
    async with database.write_everywhere() as session:
        workspace = Workspace(name="Rowan", created_at=NOW)
        session.add(workspace)
    return workspace.id


def another_process(database: Database) -> sqlite3.Connection:
    assert database.url.database is not None
    return sqlite3.connect(database.url.database, isolation_level=None)


async def names(database: Database) -> tuple[list[str], bool]:
    """The names of all workspaces, and whether the statement had been compiled before."""
    async with database.read_everywhere() as session:
        found = await session.run_sync(lambda opened: opened.connection().execute(select(Workspace.name)))
        return list(found.scalars()), found.context.cache_hit is CacheStats.CACHE_HIT


async def test_what_was_compiled_for_one_database_serves_the_next_which_sees_its_own_rows_alone(
    sqlite_database: Database, tmp_path: Path
) -> None:
    assert sqlite_database.url.database is not None
    shutil.copyfile(sqlite_database.url.database, tmp_path / "other.sqlite3")
    await new_workspace(sqlite_database)
    assert (await names(sqlite_database))[0] == ["Rowan"]
    other = Database(f"sqlite:///{tmp_path}/other.sqlite3")
    try:
        assert await names(other) == ([], True)
    finally:
        await other.close()


async def test_the_event_loop_goes_on_while_another_process_writes(sqlite_database: Database) -> None:
    await new_workspace(sqlite_database)
    with closing(another_process(sqlite_database)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(new_workspace(sqlite_database))
        for _ in range(100):
            await asyncio.sleep(0)
        assert not writing.done()
        other.execute("COMMIT")
        assert await writing


async def test_a_writer_that_never_gets_its_turn_says_so(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await new_workspace(sqlite_database)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.0)
    with closing(another_process(sqlite_database)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises((OperationalError, sqlite3.OperationalError), match="locked"):
            await new_workspace(sqlite_database)
        other.execute("COMMIT")
    assert await new_workspace(sqlite_database)


async def test_what_was_committed_is_taken_over_into_the_database(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sqlite, "COMMITS_PER_CHECKPOINT", 3)
    for _ in range(3):
        await new_workspace(sqlite_database)
    alone = shutil.copyfile(str(sqlite_database.url.database), tmp_path / "without its log.sqlite3")
    with closing(sqlite3.connect(alone)) as connection:
        assert connection.execute("SELECT count(*) FROM workspace").fetchone() == (3,)


async def test_a_row_that_a_session_has_read_costs_it_nothing_more(sqlite_database: Database) -> None:
    workspace = await new_workspace(sqlite_database)
    async with sqlite_database.write(workspace) as session:
        member = Member(display_name="Ada", created_at=NOW)
        session.add(member)
    said: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        async with sqlite_database.read(workspace) as session:
            names = [(await session.get_one(Member, member.id)).display_name for _ in range(3)]
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
    assert (names, len(said)) == (["Ada"] * 3, 1)
