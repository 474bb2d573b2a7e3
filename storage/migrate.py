"""Bringing a database to the newest schema."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, Enum, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.base import Base, Json, UtcDateTime
from storage.engine import database_url, postgres_engine
from storage.sqlite import sqlite_engine

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 0x5374_6172  # any number does, as long as every replica locks the same one


async def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema, in one transaction; nothing happens where it is there.

    Replicas that start together wait for the first. `ConfigurationError` for a URL that cannot be used.
    """
    async with migrating_engine(url) as engine, engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        await connection.run_sync(_upgrade)


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, with the connection it is to work on."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def configure(context: Any, connection: Any) -> None:
    """Tell alembic's environment or migration context how this schema is written and compared."""
    import storage.tables  # noqa: F401 - completes the metadata

    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=_render,
        transactional_ddl=True,
        compare_type=True,
        include_name=is_ours,
        on_version_apply=_look_after_search,
    )


@asynccontextmanager
async def migrating_engine(url: str) -> AsyncIterator[AsyncEngine]:
    """An engine for changing tables: on SQLite foreign keys are off, since there a table is changed by a copy."""
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = sqlite_engine(parsed, pragmas={"foreign_keys": "off"})
    else:
        engine = postgres_engine(parsed, pool_size=1)
    try:
        yield engine
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), "head")


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a migration looks after it; the index that an engine makes for the search it makes itself."""
    return kind != "table" or not (name or "").startswith("search_tokens")


def _look_after_search(*, ctx: Any, step: Any, **_: Any) -> None:
    """Make the engine's index with the tables, and take it away with them."""
    from storage.tables import search

    (search.prepare if step.is_upgrade else search.drop)(ctx.connection)


def _render(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"  # a new state is no change of the schema
    if kind == "type" and isinstance(item, UtcDateTime | Json):
        context.imports.add("from storage.base import Json, UtcDateTime")
        return f"{type(item).__name__}()"
    return False
