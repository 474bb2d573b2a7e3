"""`starling data` and what the database is asked about erased people: for whoever runs Starling."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import select

from bot.base.clock import SystemClock
from bot.base.ids import WorkspaceId
from bot.cli.features import all_features
from bot.cli.opened_database import opened
from bot.cli.settings_file import settings_with
from bot.data.archive import write_archive
from bot.data.people import find
from bot.data.restoring import forget_again, marks_kept, read_marks
from bot.runtime.bootstrap import build
from bot.runtime.config import read_config
from bot.runtime.house import House
from content.loader import load_content
from content.rules import load_rules
from storage.engine import Database
from storage.tables.people import Workspace

OWNER_ONLY = 0o600


async def export(file: Path, called: str, folder: Path, say: Callable[[str], None]) -> Path:
    """Write the archive of the member who is meant into `folder`, readable by its owner alone; where it is."""
    async with _house(file) as house:
        async with house.database.read_everywhere() as session:
            workspace, member = await find(session, called)
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / f"starling-{member}.zip"
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as archive:
            async with house.database.read(workspace) as session:
                counts = await write_archive(house.context(session, workspace), member, archive)
    for name, count in counts.items():
        say(f"{name:12} {count:6d}")
    say(f"The archive is {place}. Hand it to this person alone, then delete it here.")
    return place


async def erased(file: Path, say: Callable[[str], None]) -> None:
    """Print one line for every erasure: keyed hashes, to be kept beside the backups."""
    async with _house(file) as house:
        for workspace in await _workspaces(house.database):
            async with house.database.read(workspace) as session:
                for entry in await marks_kept(house.context(session, workspace)):
                    say(json.dumps(entry))


async def forget_erased(file: Path, lines: Sequence[str]) -> int:
    """Begin to erase again whoever is on the list; how many they are. `starling run` carries it out."""
    marks, found = read_marks(lines), 0
    async with _house(file) as house:
        for workspace in await _workspaces(house.database):
            async with house.database.write(workspace) as session:
                found += await forget_again(house.context(session, workspace), marks)
    return found


async def _workspaces(database: Database) -> Sequence[WorkspaceId]:
    async with database.read_everywhere() as session:
        return (await session.scalars(select(Workspace.workspace_id))).all()


@asynccontextmanager
async def _house(file: Path) -> AsyncIterator[House]:
    """The house without its platforms: nothing is sent."""
    settings, config = settings_with(file), read_config(_env_file=file)
    async with opened(config.database) as database:
        content = load_content(config.questions_folder)
        rooms = all_features(settings)
        yield build(config, database, [], content, load_rules(), rooms, SystemClock()).house
