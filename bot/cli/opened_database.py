"""The database that a command works on once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.base.errors import ConfigurationError
from bot.cli.settings_file import DEFAULT
from bot.runtime.config import read_config
from storage.engine import Database, database_url
from storage.migrate import upgrade


def meant(url: str) -> str:
    """`url`, or where it is empty the database that `starling run` would take in this folder."""
    return url or read_config(_env_file=DEFAULT).database


async def bring_up_to_date(url: str) -> None:
    """Make or renew the tables, and the folder of a SQLite file. `ConfigurationError` where that cannot be done."""
    place = database_url(url)
    with _said_in_a_sentence():
        if place.get_backend_name() == "sqlite" and place.database:
            Path(place.database).parent.mkdir(parents=True, exist_ok=True)
        await upgrade(url)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database at `url`, closed at the end. `ConfigurationError` where it is not there or has not our tables."""
    database = Database(url)
    try:
        with _said_in_a_sentence():
            yield database
    finally:
        await database.close()


@contextmanager
def _said_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except (OperationalError, ProgrammingError, ConnectionError, FileNotFoundError) as problem:
        reason = getattr(problem, "orig", None) or problem
        raise ConfigurationError(
            f"the database cannot be used: {reason}. Start this where your data folder is, or set "
            "STARLING_DATABASE_URL; `starling run` makes the tables when it starts"
        ) from problem
