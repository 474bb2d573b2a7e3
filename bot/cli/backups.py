"""`starling database backup` and `restore`: a whole copy of a SQLite database while Starling runs, and the way back.

PostgreSQL has programs of its own for both; docs/running.md has their lines.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.base.errors import ConfigurationError
from bot.cli.reading import PIPED
from storage.engine import database_url

OWNER_ONLY = 0o600
BUSY_SECONDS = 10.0


def back_up(url: str, to: Path) -> None:
    """Write all of the database at `url` into the new file `to`, or to the standard output for `-`.

    What is committed when it begins is in it, and nobody has to wait. `ConfigurationError` where that cannot be done.
    """
    database = _sqlite_file(url)
    if not database.is_file():
        raise ConfigurationError(f"there is no database {database}; start this where your data folder is")
    if to == PIPED:
        with _beside(database) as copy:
            _copy(database, copy)
            with copy.open("rb") as whole:
                shutil.copyfileobj(whole, sys.stdout.buffer)
        return
    try:
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    except OSError as problem:
        raise ConfigurationError(f"the backup {to} cannot be written: {problem.strerror}") from problem
    try:
        _copy(database, to)
    except ConfigurationError:
        to.unlink()
        raise


def restore(url: str, backup: Path, *, replace: bool) -> None:
    """Put `backup`, or for `-` what is piped in, in the place of the database at `url`.

    A database that is there goes only where `replace` says so. `ConfigurationError` where Starling still runs on it,
    or the backup is none: then everything is as it was.
    """
    database = _sqlite_file(url)
    if database.exists() and not replace:
        raise ConfigurationError(f"{database} is there already; with --replace the backup takes its place")
    database.parent.mkdir(parents=True, exist_ok=True)
    with _beside(database) as copy:
        _fill(copy, backup)
        _check(copy, backup)
        if database.exists():
            _close_its_log(database)
        copy.replace(database)


def _sqlite_file(url: str) -> Path:
    place = database_url(url)
    if place.get_backend_name() != "sqlite" or not place.database:
        raise ConfigurationError(
            "PostgreSQL is backed up by pg_dump and restored by psql; docs/running.md of Starling has both lines"
        )
    return Path(place.database)


@contextmanager
def _beside(database: Path) -> Iterator[Path]:
    """An empty file in the database's folder that only its owner can read; it is gone at the end."""
    try:
        with NamedTemporaryFile(dir=database.parent, prefix=".backup-", delete=False) as made:
            place = Path(made.name)
    except OSError as problem:
        raise ConfigurationError(f"nothing can be written beside {database}: {problem.strerror}") from problem
    try:
        yield place
    finally:
        place.unlink(missing_ok=True)


def _copy(database: Path, to: Path) -> None:
    try:
        with closing(
            sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        ) as source:
            source.execute("VACUUM INTO ?", (str(to),))
    except sqlite3.Error as problem:
        raise ConfigurationError(f"the database {database} cannot be copied: {problem}") from problem


def _fill(copy: Path, backup: Path) -> None:
    with copy.open("wb") as whole:
        if backup == PIPED:
            shutil.copyfileobj(sys.stdin.buffer, whole)
            return
        try:
            with backup.open("rb") as source:
                shutil.copyfileobj(source, whole)
        except OSError as problem:
            raise ConfigurationError(f"the backup {backup} cannot be read: {problem.strerror}") from problem


def _check(copy: Path, backup: Path) -> None:
    name = "what was piped in" if backup == PIPED else str(backup)
    try:
        with closing(sqlite3.connect(copy)) as connection:
            whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.DatabaseError as problem:
        raise ConfigurationError(f"{name} is no backup of Starling: {problem}") from problem
    if not whole:
        raise ConfigurationError(f"{name} is damaged; take an earlier backup")


def _close_its_log(database: Path) -> None:
    """Take the write-ahead log into the file, which SQLite does only where nobody else has the database open."""
    try:
        with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=delete").fetchall()
    except sqlite3.OperationalError as problem:
        raise ConfigurationError(f"{database} is in use: stop Starling first") from problem
    except sqlite3.DatabaseError:
        # Too damaged to be opened: its log is of no use to the backup either.
        for end in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                database.with_name(database.name + end).unlink()
