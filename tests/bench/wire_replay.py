"""What the product says to its database, kept and said again: `python -m tests.bench.wire_replay FOLDER`.

A replay says exactly the product's statements in its transactions, and runs its scorer on the same answers, with
nothing else: no chat library, no parsing, no rendering, no object mapper. There are two:

- `stack`, the baseline: through the product's own storage, which is `storage.engine.Database` with SQLAlchemy beneath,
  since the product is to be held against its own ground. Transactions follow each other without a gap, in the order
  they ended, so that none ever waits for another: no order in which they overlap is faster on one event loop.
- `bare_driver`, the harder figure: through Python's `sqlite3` alone.

Prints one JSON object: of each its seconds and CPU seconds, and how many statements and transactions there were.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import Session

from bot.answers.revising import recorded_inputs
from bot.scoring import score
from bot.scoring.doc import Answer
from content.rules import load_rules
from storage import direct
from storage.engine import Database
from storage.sqlite import TO_READ, TO_WRITE, Cursor
from storage.tables.answers import Revision

TRANSACTIONS, ANSWERS, BEFORE = "transactions.pickle", "answers.pickle", "before.sqlite3"


@dataclass
class Transaction:
    """What was said from a begin to its end, each statement with its values (a list of them where there were many)."""

    writes: bool
    statements: list[tuple[str, Any]] = field(default_factory=list)
    committed: bool = True


class Recording:
    """Keeps every transaction of every engine in this process, from `begin()` to `end()`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[int, Transaction] = {}
        self._ended: list[Transaction] = []

    def begin(self, database: Path) -> None:
        """Keep a copy of the database as it is, and everything said to it from now on."""
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("VACUUM INTO ?", (str(self._folder / BEFORE),))
        event.listen(Engine, "begin", self._begun)
        self._listen("execute")
        self._listen("executemany")
        event.listen(Engine, "commit", lambda connection: self._end(connection, committed=True))
        event.listen(Engine, "rollback", lambda connection: self._end(connection, committed=False))

    async def end(self, database: Database) -> None:
        """Store what was kept, and the inputs of every report."""
        ended = list(self._ended)
        async with database.read_everywhere() as session:
            answers = [recorded_inputs(each) for each in await session.scalars(select(Revision))]
        (self._folder / TRANSACTIONS).write_bytes(pickle.dumps(ended))
        (self._folder / ANSWERS).write_bytes(pickle.dumps(answers))

    def _begun(self, connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        (reads_only,) = driver.execute("PRAGMA query_only").fetchone()
        self._open[id(driver)] = Transaction(writes=not reads_only)

    def _listen(self, name: str) -> None:
        """Keep what is said by this method of a cursor, save for what begins a transaction."""
        say = getattr(Cursor, name)

        def kept(cursor: Cursor, statement: str, values: Any = ()) -> Any:
            transaction = self._open.get(id(cursor.connection))
            if transaction is not None and statement not in (*TO_READ, *TO_WRITE):
                transaction.statements.append((statement, [*values] if name == "executemany" else tuple(values)))
            return say(cursor, statement, values)

        setattr(Cursor, name, kept)

    def _end(self, connection: Connection, *, committed: bool) -> None:
        transaction = self._open.pop(id(connection.connection.dbapi_connection), None)
        if transaction is not None:
            transaction.committed = committed
            self._ended.append(transaction)


def replay(folder: Path) -> dict[str, Any]:
    """Say it all again in both ways; how long that took."""
    transactions: list[Transaction] = pickle.loads((folder / TRANSACTIONS).read_bytes())
    answers: list[Answer] = pickle.loads((folder / ANSWERS).read_bytes())
    rules = load_rules()
    score(answers[0], rules)

    def scores() -> None:
        for answer in answers:
            score(answer, rules)

    async def through_the_stack() -> dict[str, float]:
        database = Database(f"sqlite:///{shutil.copyfile(folder / BEFORE, folder / 'stack.sqlite3')}")
        async with database.write_everywhere(), database.read_everywhere():
            clock = _Clock()
        for transaction in transactions:
            await _say(database, transaction)
        scores()
        measured = clock.read()
        await database.close()
        return measured

    return {
        "answers": len(answers),
        "statements": sum(len(transaction.statements) for transaction in transactions),
        "transactions": len(transactions),
        "stack": asyncio.run(through_the_stack()),
        "bare_driver": _through_the_driver(folder, transactions, scores),
    }


class _Clock:
    """Seconds and CPU seconds since it was made."""

    def __init__(self) -> None:
        self._began, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        return {"seconds": time.perf_counter() - self._began, "cpu_seconds": time.process_time() - self._cpu}


async def _say(database: Database, transaction: Transaction) -> None:
    opened = database.write_everywhere() if transaction.writes else database.read_everywhere()
    async with opened as session:
        for statement, values in transaction.statements:
            await direct.run(session, _say_one, statement, values)
        if not transaction.committed:
            await session.rollback()


def _say_one(session: Session, statement: str, values: Any) -> None:
    """The way of `storage.prepared`, which is the least that a statement costs in the product."""
    if isinstance(values, list):
        session.connection().exec_driver_sql(statement, values)
    else:
        direct.say(session, statement, values).fetchall()


def _through_the_driver(
    folder: Path, transactions: Sequence[Transaction], scores: Callable[[], None]
) -> dict[str, float]:
    file = shutil.copyfile(folder / BEFORE, folder / "bare.sqlite3")
    with closing(_opened(file)) as writer, closing(_opened(file)) as reader:
        clock = _Clock()
        for transaction in transactions:
            connection = writer if transaction.writes else reader
            connection.execute("BEGIN IMMEDIATE" if transaction.writes else "BEGIN")
            for statement, values in transaction.statements:
                if isinstance(values, list):
                    connection.executemany(statement, values)
                else:
                    connection.execute(statement, values).fetchall()
            connection.execute("COMMIT" if transaction.committed else "ROLLBACK")
        scores()
        return clock.read()


def _opened(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=wal", "synchronous=normal", "foreign_keys=on"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


if __name__ == "__main__":
    # What was pickled knows the classes by this module's own name.
    from tests.bench.wire_replay import replay as _replay

    print(json.dumps(_replay(Path(sys.argv[1]))))
