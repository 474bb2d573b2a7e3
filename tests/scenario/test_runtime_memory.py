"""What adapters ask to be kept: there again after a restart, taken out and erased with the person it is about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.clock import MovedClock
from bot.base.ids import MemberId, WorkspaceId
from bot.chat.platform import Profile
from bot.chat.refs import AccountRef, InstallationRef
from bot.members.identity import actor_of, install
from bot.runtime import memory
from bot.runtime.memory import KeptNotes
from storage.engine import Database
from tests.scenario.dsl import empty_database

TEAM, NOWHERE = InstallationRef("discord", "700"), InstallationRef("discord", "")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    file = tmp_path / "starling.sqlite3"
    file.write_bytes(empty_database())
    made = Database(f"sqlite:///{file}")
    yield made
    await made.close()


async def test_notes_outlive_the_process_and_change_one_by_one(database: Database) -> None:
    first = KeptNotes(database, MovedClock())
    assert await first.recall("discord") == {}
    await first.remember(TEAM, {"1000": "1001", "met": "yes"})
    await first.remember(TEAM, {"1000": "1002", "gone": None})
    await first.remember(InstallationRef("slack", "700"), {"1000": "other"})
    again = KeptNotes(database, MovedClock())
    assert await again.recall("discord") == {"700": {"1000": "1002", "met": "yes"}}
    await again.remember(TEAM, {"1000": None})
    assert await again.recall("discord") == {"700": {"met": "yes"}}


class _Context:
    """As much of a handler's context as taking out and erasing need."""

    def __init__(self, session: object) -> None:
        self.session = session


async def test_what_is_noted_of_a_person_is_taken_out_and_erased_and_nothing_else(database: Database) -> None:
    clock = MovedClock()
    async with database.write_everywhere() as session:
        workspace = await install(session, TEAM, "Team", clock.now())
    ana = await member(database, workspace, "801")
    notes = KeptNotes(database, clock)
    await notes.remember(NOWHERE, {"801": "700", "802": "700"})
    await notes.remember(TEAM, {"801": "a thread with the number of a person"})
    async with database.write(workspace) as session:
        context = _Context(session)
        (found,) = await memory.export(context, ana)  # type: ignore[arg-type]
        assert found["note"] == "700"
        assert await memory.erase(context, ana) == 1  # type: ignore[arg-type]
    assert await notes.recall("discord") == {
        "": {"802": "700"},
        "700": {"801": "a thread with the number of a person"},
    }


async def member(database: Database, workspace: WorkspaceId, user: str) -> MemberId:
    async with database.write(workspace) as session:
        actor = await actor_of(session, AccountRef("discord", "700", user), Profile("Ana"), MovedClock().now())
    return actor.member
