from __future__ import annotations

import asyncio

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from storage.base import Base
from storage.engine import Database
from storage.migrate import alembic_config, is_ours, migrating_engine, upgrade
from storage.tables.people import Workspace
from tests.storage.test_engine import new_workspace

REMEDY = "the tables changed: add a migration, as storage/migrations/__init__.py says"


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "render_as_batch": True, "include_name": is_ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


async def test_migrating_makes_the_tables_that_the_code_describes(empty_database_url: str) -> None:
    await upgrade(empty_database_url)
    async with migrating_engine(empty_database_url) as engine, engine.begin() as connection:
        assert await connection.run_sync(differences) == [], REMEDY


async def test_migrating_again_changes_nothing(empty_database_url: str) -> None:
    await upgrade(empty_database_url)
    database = Database(empty_database_url)
    workspace = await new_workspace(database)
    await upgrade(empty_database_url)
    async with database.read(workspace.id) as session:
        assert await session.get(Workspace, workspace.id) is not None
    await database.close()


async def test_replicas_that_migrate_at_the_same_time_wait_for_each_other(empty_database_url: str) -> None:
    await asyncio.gather(*(upgrade(empty_database_url) for _ in range(3)))
    database = Database(empty_database_url)
    await new_workspace(database)
    await database.close()


async def test_every_migration_can_be_taken_back(empty_database_url: str) -> None:
    await upgrade(empty_database_url)
    async with migrating_engine(empty_database_url) as engine, engine.begin() as connection:
        await connection.run_sync(lambda c: command.downgrade(alembic_config(c), "base"))
        tables = await connection.run_sync(lambda c: inspect(c).get_table_names())
    assert tables == ["alembic_version"]


async def test_a_migration_that_breaks_off_leaves_the_database_as_it_was(empty_database_url: str) -> None:
    async with migrating_engine(empty_database_url) as engine, engine.connect() as connection:
        transaction = await connection.begin()
        await connection.run_sync(lambda c: command.upgrade(alembic_config(c), "head"))
        await transaction.rollback()
    async with migrating_engine(empty_database_url) as engine, engine.begin() as connection:
        assert await connection.run_sync(lambda c: inspect(c).get_table_names()) == []
