"""`starling database backup` and `restore`: a whole copy of a SQLite database while Starling runs, and the way back.

PostgreSQL has programs of its own for both; docs/running.md has their lines.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy.engine import URL

from bot.base.errors import ConfigurationError
from bot.cli.opened_database import bring_up_to_date
from bot.cli.reading import PIPED
from storage.engine import database_url

OWNER_ONLY = 0o600
BUSY_SECONDS = 10.0
LOGS = ("-wal", "-shm", "-journal")
"""How the names end of what SQLite keeps beside a database, and reads into whatever has the database's name."""


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
            _print(copy)
        return
    try:
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    except OSError as problem:
        raise ConfigurationError(f"the backup {to} cannot be written: {problem.strerror}") from problem
    try:
        _copy(database, to)
        _flush(to)
    except BaseException:
        to.unlink(missing_ok=True)
        raise


def restore(url: str, backup: Path, *, replace: bool) -> None:
    """Put `backup`, or for `-` what is piped in, in the place of the database at `url`.

    A database that is there goes only where `replace` says so, and only for a backup that is up to date by then.
    `ConfigurationError` where Starling still runs on it, or the backup is none of this Starling or an older one: then
    everything is as it was.
    """
    database = _sqlite_file(url)
    if database.exists() and not replace:
        raise ConfigurationError(f"{database} is there already; with --replace the backup takes its place")
    database.parent.mkdir(parents=True, exist_ok=True)
    with _beside(database) as copy:
        _fill(copy, backup)
        _check(copy, backup)
        asyncio.run(bring_up_to_date(URL.create("sqlite", database=str(copy)).render_as_string(hide_password=False)))
        _take_away_logs(copy)
        _flush(copy)
        _take_away_logs(database)
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


def _print(copy: Path) -> None:
    try:
        with copy.open("rb") as whole:
            shutil.copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except OSError as problem:
        raise ConfigurationError(f"the backup cannot be written: {problem.strerror}") from problem


def _fill(copy: Path, backup: Path) -> None:
    try:
        source = sys.stdin.buffer if backup == PIPED else backup.open("rb")
    except OSError as problem:
        raise ConfigurationError(f"the backup {backup} cannot be read: {problem.strerror}") from problem
    try:
        with source, copy.open("wb") as whole:
            shutil.copyfileobj(source, whole)
    except OSError as problem:
        raise ConfigurationError(f"{_named(backup)} cannot be copied: {problem.strerror}") from problem


def _flush(file: Path) -> None:
    """Wait until the disk has all of it, for which SQLite does not wait when it copies."""
    try:
        with file.open("rb") as whole:
            os.fsync(whole.fileno())
    except OSError as problem:
        raise ConfigurationError(f"{file} cannot be written: {problem.strerror}") from problem


def _named(backup: Path) -> str:
    return "what was piped in" if backup == PIPED else f"the backup {backup}"


def _check(copy: Path, backup: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.DatabaseError as problem:
        raise ConfigurationError(f"{_named(backup)} is no backup of Starling: {problem}") from problem
    if not whole:
        raise ConfigurationError(f"{_named(backup)} is damaged; take an earlier backup")


def _take_away_logs(database: Path) -> None:
    """Leave nothing beside `database` that would be read into what takes its place.

    SQLite takes its log into the file, which it does only where nobody else has the database open.
    """
    if database.exists():
        try:
            with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode=delete").fetchall()
            return
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise ConfigurationError(f"{database} is in use: stop Starling first") from problem
            raise ConfigurationError(f"{database} cannot be replaced: {problem}") from problem
        except sqlite3.DatabaseError:
            pass  # Too damaged to be opened: its log is of no use to the backup either.
    for end in LOGS:
        database.with_name(database.name + end).unlink(missing_ok=True)
