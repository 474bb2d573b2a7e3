"""Backups of a SQLite database: whole while somebody writes, refused where they would do harm, and brought back."""

from __future__ import annotations

import asyncio
import errno
import io
import json
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.base.errors import ConfigurationError
from bot.base.ids import MemberId, WorkspaceId
from bot.cli.app import app
from bot.cli.backups import back_up, restore
from bot.cli.opened_database import bring_up_to_date
from bot.data.erasing import mark_of
from storage.engine import Database
from storage.tables.erasure import Erasure
from storage.tables.people import Member, Workspace

HOUSE, ANA = WorkspaceId("w" * 26), MemberId("a" * 26)
SALT, NOW = "0f" * 16, datetime(2030, 3, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def with_ana(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database as a start leaves it, in which there is Ana."""
    file = tmp_path_factory.mktemp("filled") / "starling.sqlite3"
    asyncio.run(bring_up_to_date(f"sqlite:///{file}"))
    asyncio.run(_fill(f"sqlite:///{file}"))
    return file.read_bytes()


@pytest.fixture
def url(with_ana: bytes, tmp_path: Path) -> str:
    """A database of its own for each test."""
    file = tmp_path / "starling.sqlite3"
    file.write_bytes(with_ana)
    return f"sqlite:///{file}"


async def _fill(url: str) -> None:
    database = Database(url)
    async with database.write_everywhere() as session:
        session.add(Workspace(workspace_id=HOUSE, name="House", created_at=NOW))
        await session.flush()
        session.add(Member(id=ANA, workspace_id=HOUSE, display_name="Ana", time_zone=None, created_at=NOW))
    await database.close()


@contextmanager
def written(file: Path) -> Iterator[sqlite3.Connection]:
    """The database with a write-ahead log, as Starling keeps it; what was written is committed, the log stays."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=wal")
        with connection:
            yield connection


def names(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [name for (name,) in connection.execute("SELECT display_name FROM member ORDER BY display_name")]


def in_folder(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_a_backup_has_what_is_committed_while_somebody_writes_and_is_for_its_owner_alone(
    url: str, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "starling.sqlite3")) as writer:
        writer.execute("UPDATE member SET display_name = 'Ann'")
        back_up(url, tmp_path / "backup")
        writer.commit()
        back_up(url, tmp_path / "later")
    assert (names(tmp_path / "backup"), names(tmp_path / "later")) == (["Ana"], ["Ann"])
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600


def test_a_backup_writes_over_nothing(url: str, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="kept cannot be written: File exists"):
        back_up(url, tmp_path / "kept")
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "mine"


def test_a_backup_that_fails_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "odd.sqlite3").write_bytes(b"no database, but of some length " * 40)
    with pytest.raises(ConfigurationError, match="cannot be copied"):
        back_up(f"sqlite:///{tmp_path / 'odd.sqlite3'}", tmp_path / "backup")
    with pytest.raises(ConfigurationError, match="there is no database"):
        back_up(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path / "backup")
    assert in_folder(tmp_path) == {"odd.sqlite3"}


def test_a_backup_that_is_broken_off_leaves_no_file(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(_: int) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", broken_off)
    with pytest.raises(KeyboardInterrupt):
        back_up(url, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_a_backup_is_called_whole_only_once_the_disk_has_it(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", _no_space)
    with pytest.raises(ConfigurationError, match="backup cannot be written: No space left"):
        back_up(url, tmp_path / "backup")


class FullDisk(io.BytesIO):
    """Takes everything until it has to be written in fact."""

    def flush(self) -> None:
        _no_space()


def test_a_backup_that_is_piped_to_a_full_disk_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=FullDisk()))
    with pytest.raises(ConfigurationError, match="the backup cannot be written: No space left"):
        back_up(url, Path("-"))


def _no_space(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_backup_takes_the_place_of_a_database_with_all_that_its_log_still_held(url: str, tmp_path: Path) -> None:
    database, backup = tmp_path / "starling.sqlite3", tmp_path / "backup"
    back_up(url, backup)
    with written(database) as connection:
        connection.execute("DELETE FROM member")
    restore(url, backup, replace=True)
    assert names(database) == ["Ana"]
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert in_folder(tmp_path) <= {"starling.sqlite3", "starling.sqlite3-wal", "starling.sqlite3-shm", "backup"}


def test_a_backup_is_brought_back_to_where_nothing_is(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "backup")
    elsewhere = tmp_path / "new" / "starling.sqlite3"
    restore(f"sqlite:///{elsewhere}", tmp_path / "backup", replace=False)
    assert names(elsewhere) == ["Ana"]


def test_a_log_left_beside_a_database_that_is_gone_is_not_read_into_its_backup(url: str, tmp_path: Path) -> None:
    database, log = tmp_path / "starling.sqlite3", tmp_path / "starling.sqlite3-wal"
    back_up(url, tmp_path / "backup")
    with written(database) as connection:
        connection.execute("UPDATE member SET display_name = 'Ann'")
        connection.commit()
        left = log.read_bytes()
    database.unlink()
    log.write_bytes(left)
    restore(url, tmp_path / "backup", replace=False)
    assert names(database) == ["Ana"]


def test_a_damaged_database_gives_way_to_its_backup(url: str, tmp_path: Path) -> None:
    database = tmp_path / "starling.sqlite3"
    back_up(url, tmp_path / "backup")
    database.write_bytes(b"no database any more " * 400)
    (tmp_path / "starling.sqlite3-wal").write_bytes(b"nor a log")
    restore(url, tmp_path / "backup", replace=True)
    assert names(database) == ["Ana"]


@pytest.mark.parametrize("content", [b"", b"no database, but of some length " * 40, None])
def test_what_is_no_backup_changes_nothing(url: str, tmp_path: Path, content: bytes | None) -> None:
    backup = tmp_path / "backup"
    if content is not None:
        backup.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"is no backup of Starling|cannot be read"):
        restore(url, backup, replace=True)
    assert names(tmp_path / "starling.sqlite3") == ["Ana"]


def test_a_database_that_is_there_goes_only_where_that_is_said(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "backup")
    with pytest.raises(ConfigurationError, match="with --replace the backup takes its place"):
        restore(url, tmp_path / "backup", replace=False)


def test_a_database_in_use_is_not_replaced(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "backup")
    with closing(sqlite3.connect(tmp_path / "starling.sqlite3")) as running:
        running.execute("SELECT 1 FROM member").fetchall()
        with pytest.raises(ConfigurationError, match="is in use: stop Starling first"):
            restore(url, tmp_path / "backup", replace=True)


def test_what_cannot_be_replaced_is_not_said_to_be_in_use(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "backup")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigurationError, match="folder cannot be replaced: unable to open"):
        restore(f"sqlite:///{tmp_path / 'folder'}", tmp_path / "backup", replace=True)


def test_a_full_disk_is_not_told_of_as_a_backup_that_cannot_be_read(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(url, tmp_path / "backup")
    monkeypatch.setattr("bot.cli.backups.shutil.copyfileobj", _no_space)
    with pytest.raises(ConfigurationError, match="backup cannot be copied: No space left"):
        restore(url, tmp_path / "backup", replace=True)
    assert not [name for name in in_folder(tmp_path) if name.startswith(".backup")]


def test_a_backup_of_a_newer_starling_replaces_nothing(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "backup")
    with written(tmp_path / "backup") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of-tomorrow'")
        connection.execute("DELETE FROM member")
    with pytest.raises(ConfigurationError, match="Install the newest Starling"):
        restore(url, tmp_path / "backup", replace=True)
    assert names(tmp_path / "starling.sqlite3") == ["Ana"]
    assert not [name for name in in_folder(tmp_path) if name.startswith(".backup")]


def test_postgresql_has_programs_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="pg_dump"):
        back_up("postgresql://starling@127.0.0.1/starling", tmp_path / "backup")


def test_whoever_was_erased_since_the_backup_is_erased_again_after_it_is_restored(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STARLING_DATABASE_URL", url)
    run = CliRunner()
    backup = run.invoke(app, ["database", "backup", "-"], catch_exceptions=False).stdout_bytes
    erased = json.dumps({"number": "1", "salt": SALT, "mark": mark_of(ANA, SALT)}) + "\n"
    restored = run.invoke(app, ["database", "restore", "-", "--replace"], input=backup, catch_exceptions=False)
    assert "starling database forget-erased LIST" in restored.output
    again = run.invoke(app, ["database", "forget-erased", "-"], input=erased, catch_exceptions=False)
    assert again.output.startswith("1 of them")
    assert asyncio.run(_being_erased(url)) == [ANA]


async def _being_erased(url: str) -> list[MemberId | None]:
    database = Database(url)
    async with database.read_everywhere() as session:
        found = list(await session.scalars(select(Erasure.member_id)))
    await database.close()
    return found


def test_a_database_of_a_newer_starling_is_told_and_left(url: str, tmp_path: Path) -> None:
    with written(tmp_path / "starling.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of-tomorrow'")
    ended = CliRunner().invoke(app, ["database", "upgrade", "--database", url])
    assert isinstance(ended.exception, ConfigurationError)
    assert "Install the newest Starling" in str(ended.exception)
