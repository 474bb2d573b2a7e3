"""What the product says to its database, kept and said again: `python -m tests.bench.wire_replay FOLDER`.

The replay runs exactly the product's statements in its transactions, and its scorer on the same answers, with nothing
else: no chat library, no parsing, no rendering, no object mapper. It prints one JSON object with its seconds and its
CPU seconds.
"""

from __future__ import annotations

import json
import pickle
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, select

from bot.answers.revising import recorded_inputs
from bot.scoring import score
from content.rules import load_rules
from storage.engine import Database
from storage.tables.answers import Revision

Step = tuple[int, str, Any]
"""The connection, what it said, and with which values; "COMMIT" and "ROLLBACK" end a transaction."""
STEPS, ANSWERS, BEFORE = "steps.pickle", "answers.pickle", "before.sqlite3"


class Recording:
    """Keeps every statement of every engine in this process, from `begin()` to `end()`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._steps: list[Step] = []

    def begin(self, database: Path) -> None:
        """Keep a copy of the database as it is, and everything said to it from now on."""
        with sqlite3.connect(database) as connection:
            connection.execute("VACUUM INTO ?", (str(self._folder / BEFORE),))
        connection.close()
        event.listen(Engine, "before_cursor_execute", self._said)
        event.listen(Engine, "commit", lambda connection: self._ended(connection, "COMMIT"))
        event.listen(Engine, "rollback", lambda connection: self._ended(connection, "ROLLBACK"))

    async def end(self, database: Database) -> None:
        """Store what was kept, and the inputs of every report."""
        steps = list(self._steps)
        async with database.read_everywhere() as session:
            answers = [recorded_inputs(each) for each in await session.scalars(select(Revision))]
        (self._folder / STEPS).write_bytes(pickle.dumps(steps))
        (self._folder / ANSWERS).write_bytes(pickle.dumps(answers))

    def _said(
        self, connection: Connection, _cursor: Any, statement: str, values: Any, _context: Any, many: bool
    ) -> None:
        self._steps.append((_number(connection), statement, list(values) if many else (values,)))

    def _ended(self, connection: Connection, how: str) -> None:
        self._steps.append((_number(connection), how, ((),)))


def _number(connection: Connection) -> int:
    return id(connection.connection.dbapi_connection)


def replay(folder: Path) -> dict[str, float]:
    """Say it all again; how long that took."""
    steps: list[Step] = pickle.loads((folder / STEPS).read_bytes())
    answers = pickle.loads((folder / ANSWERS).read_bytes())
    rules = load_rules()
    score(answers[0], rules)
    connections: dict[int, sqlite3.Connection] = {}
    began, cpu = time.perf_counter(), time.process_time()
    for number, statement, every in steps:
        connection = connections.get(number)
        if connection is None:
            connection = connections[number] = _opened(folder / BEFORE)
        if statement in ("COMMIT", "ROLLBACK") and not connection.in_transaction:
            continue
        for values in every:
            connection.execute(statement, values).fetchall()
    for answer in answers:
        score(answer, rules)
    return {
        "answers": len(answers),
        "statements": len(steps),
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - cpu,
    }


def _opened(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=wal", "synchronous=normal", "foreign_keys=on"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


if __name__ == "__main__":
    print(json.dumps(replay(Path(sys.argv[1]))))
