from __future__ import annotations

import pytest

from storage.engine import Database
from tests.databases import database, database_url, sqlite_database
from tests.unit.questions.desk import Desk

__all__ = ["database", "database_url", "sqlite_database"]


@pytest.fixture
async def desk(sqlite_database: Database) -> Desk:
    """A workspace with an admin, a moderator and a member, and a bank of a few questions."""
    return await Desk.open(sqlite_database)


@pytest.fixture
async def any_desk(database: Database) -> Desk:
    """The same on each engine."""
    return await Desk.open(database)
