"""The database that a command works on once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from socket import gaierror

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

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
    from alembic.util import CommandError

    place = database_url(url)
    step = "Check STARLING_DATABASE_URL, and that the database runs and lets this user in"
    with _said_in_a_sentence(step, SQLAlchemyError, OSError):
        if place.get_backend_name() == "sqlite" and place.database:
            Path(place.database).parent.mkdir(parents=True, exist_ok=True)
        try:
            await upgrade(url)
        except CommandError as problem:
            raise ConfigurationError(
                f"the database was not made by this Starling: {problem}. Install the newest Starling, or use the "
                "database that belongs to this one"
            ) from problem


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database at `url`, closed at the end. `ConfigurationError` where it is not there or has not our tables."""
    database = Database(url)
    try:
        with _said_in_a_sentence(
            "Start this where your data folder is, or set STARLING_DATABASE_URL; `starling run` makes the tables when "
            "it starts"
        ):
            yield database
    finally:
        await database.close()


@contextmanager
def _said_in_a_sentence(step: str, *more: type[Exception]) -> Iterator[None]:
    told: tuple[type[Exception], ...] = (DBAPIError, ConnectionError, FileNotFoundError, gaierror, *more)
    try:
        yield
    except told as problem:
        reason = getattr(problem, "orig", None) or problem
        raise ConfigurationError(f"the database cannot be used: {reason}. {step}") from problem
