"""What is the same for every scenario and takes its time to make: content, rules, and a database without rows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine

import storage.tables  # noqa: F401 - completes the metadata
from bot.scoring.rubric import Rules
from content.loader import Content, load_content
from content.rules import load_rules
from storage.base import Base


@cache
def whole_content() -> Content:
    return load_content()


@cache
def whole_rules() -> Rules:
    return load_rules()


@cache
def empty_database() -> bytes:
    """A SQLite file with all tables and no rows, in the mode that Starling would put it into."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite3"
        engine = create_engine(f"sqlite:///{file}")
        Base.metadata.create_all(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=wal")
        engine.dispose()
        return file.read_bytes()


def new_database(folder: Path) -> str:
    """The URL of a SQLite file with all tables and no rows."""
    file = folder / "starling.sqlite3"
    file.write_bytes(empty_database())
    return f"sqlite:///{file}"
