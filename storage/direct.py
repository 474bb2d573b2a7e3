"""SQLite's statements said to its driver.

SQLAlchemy makes a statement of `storage.prepared` and `storage.once` and compiles it, once. What it does besides each
time one is said (a cache's key, a context, a result that describes itself) takes many times what SQLite takes, so here
the text it made is said to the driver with values converted as it would convert them, in the session's own
transaction. PostgreSQL, whose driver has to be awaited, goes SQLAlchemy's way.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

ON_LOOP = "on_loop"
"""In a session's info: its transaction has begun on a connection whose statements need not be awaited."""
T = TypeVar("T")
Convert = Callable[[Any], Any] | None


async def run(session: AsyncSession, act: Callable[..., T], *values: Any) -> T:
    """`session.run_sync`, which makes a coroutine of `act`, only where anything in it has to be awaited."""
    if session.info.get(ON_LOOP):
        return act(session.sync_session, *values)
    return await session.run_sync(act, *values)


def say(session: Session, text: str, values: Sequence[Any]) -> sqlite3.Cursor:
    """Say this in the transaction of a session on SQLite. Raises SQLAlchemy's errors, as any other statement."""
    connection = session.connection()
    driver: Any = connection.connection.dbapi_connection
    try:
        found: sqlite3.Cursor = driver.cursor().execute(text, values)
    except sqlite3.Error:
        # It did nothing. Said once more, it fails the same way, with the error that everybody knows.
        connection.exec_driver_sql(text, tuple(values))
        raise
    return found


class Direct:
    """A compiled statement: its text, the order and conversion of its values, and what becomes of rows found."""

    def __init__(self, statement: Any, dialect: Dialect, given: Collection[str]) -> None:
        """`given` names the values that come with each use, none of which is a list of several."""
        compiled = statement.compile(dialect=dialect, column_keys=list(given))
        assert isinstance(compiled, SQLCompiler)
        state = compiled.construct_expanded_state(dict.fromkeys(given))
        made: dict[str, Any] = {column.key: column.default for column in compiled.insert_prefetch}
        self.text = state.statement
        self._values: list[Any] = []
        self._given: list[tuple[int, str, Convert]] = []
        self._made: list[tuple[int, Callable[[Any], Any], Convert]] = []
        for place, name in enumerate(state.positiontup or ()):
            bound, default, constant = compiled.binds.get(name), made.get(name), state.parameters[name]
            convert = _bound(bound.type, dialect) if bound is not None else state.processors.get(name)
            if name in given:
                self._given.append((place, name, convert))
            elif default is not None and default.is_callable:
                self._made.append((place, default.arg, convert))
            elif default is not None:
                constant = default.arg
            self._values.append(convert(constant) if convert is not None else constant)
        self._row, self._columns = _row_of(statement, dialect)

    def said(self, session: Session, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """Say it with these values, to be read by `rows()`."""
        ordered = self._values.copy()
        for place, name, convert in self._given:
            ordered[place] = values[name] if convert is None else convert(values[name])
        for place, make, convert in self._made:
            ordered[place] = make(None) if convert is None else convert(make(None))
        return say(session, self.text, ordered)

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """The rows as named tuples, with the values that the columns stand for."""
        if self._columns:
            found = [list(row) for row in found]
            for place, convert in self._columns:
                for row in found:
                    row[place] = convert(row[place])  # type: ignore[index]
        return [self._row(row) for row in found]


def _row_of(
    statement: Any, dialect: Dialect
) -> tuple[Callable[[Sequence[Any]], Any], list[tuple[int, Callable[[Any], Any]]]]:
    """What makes a row of values found, and the places of those that are to be converted before, with what by."""
    columns = statement.exported_columns
    converted = [(place, _found(column.type, dialect)) for place, column in enumerate(columns)]
    row = namedtuple("row", columns.keys(), rename=True)  # type: ignore[misc]
    return row._make, [(place, convert) for place, convert in converted if convert is not None]


def _bound(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _found(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
