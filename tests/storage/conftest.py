from __future__ import annotations

from tests.databases import database, database_url, empty_database_url, sqlite_database

__all__ = ["database", "database_url", "empty_database_url", "sqlite_database"]
