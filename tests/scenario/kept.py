"""Scenes that are played once and begun again from where they ended: what many tests share is paid for once.

Everything a scene holds is in two databases and a clock. A new process on copies of them is what a restart is anyway.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.local.cast import Person
from adapters.local.platform import LocalPlatform
from adapters.local.workspace import Workspace
from tests.scenario.dsl import START, Scene, scene


@dataclass(frozen=True, slots=True)
class Kept:
    """A scene at rest: its database, its workspace, and how far its clock was moved."""

    database: bytes
    workspace: bytes
    moved: timedelta


def keep(s: Scene) -> Kept:
    """What a scene of a SQLite file comes to, once nothing is due in it."""
    assert s.database.url.database is not None
    with closing(sqlite3.connect(s.database.url.database)) as file, closing(sqlite3.connect(":memory:")) as copy:
        file.backup(copy)
        database = copy.serialize()
    return Kept(database, s.workspace.store._db.serialize(), s.clock.now() - START)


@asynccontextmanager
async def begun_again(kept: Kept, people: Sequence[Person]) -> AsyncIterator[Scene]:
    """Another scene that goes on from there; `people` are those it was played with."""
    moved = False

    def platform(workspace: Workspace) -> LocalPlatform:
        nonlocal moved
        if not moved:
            moved = True
            workspace.store._db.deserialize(kept.workspace)
            workspace.clock.move(kept.moved)  # type: ignore[attr-defined]
        return LocalPlatform(workspace, pause=0.001)

    with TemporaryDirectory() as folder:
        file = Path(folder) / "starling.sqlite3"
        file.write_bytes(kept.database)
        async with scene(people=people, platform=platform, database_url=f"sqlite:///{file}") as s:
            yield s
