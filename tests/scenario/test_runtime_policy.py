"""Every declaration of every room is held to the policy by the dispatcher, before its room hears of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.runtime.bootstrap import declarations
from bot.runtime.help import needs_a_role
from storage.tables.inbox import InboxEvent, InboxState
from tests.scenario.dsl import Scene, everything, scene

REFUSED = "Starling: You cannot do that here. If you think you should be able to, ask an admin."
COMMANDS = declarations(everything(), "starling").commands
FOR_ROLES = sorted(" ".join(path) for path, declared in COMMANDS.items() if needs_a_role(declared.verb))
FOR_ALL = sorted(" ".join(path) for path, declared in COMMANDS.items() if not needs_a_role(declared.verb))


@pytest.fixture
async def house() -> AsyncIterator[Scene]:
    async with scene() as made:
        yield made


def test_there_are_commands_of_both_kinds() -> None:
    assert FOR_ROLES
    assert FOR_ALL


async def test_a_command_for_a_role_is_refused_to_others_before_anything_opens(house: Scene) -> None:
    s = house
    for line in FOR_ROLES:
        await s.ana.runs(line, "#general")
        assert not s.ana.has_a_form, line
    await s.drain()
    assert s.private(s.ana).splitlines() == [REFUSED] * len(FOR_ROLES)


@pytest.mark.parametrize("line", [*FOR_ALL, *FOR_ROLES])
async def test_no_command_is_met_with_silence_or_a_fault(house: Scene, line: str) -> None:
    s = house
    await s.ada.runs(line, "#interview-practice")
    await s.drain()
    async with s.database.read_everywhere() as session:
        rows = (await session.scalars(select(InboxEvent))).all()
    assert {(row.state, row.reason) for row in rows} == {(InboxState.DONE, None)}
    assert s.ada.has_a_form or s.private(s.ada) or s.channel("#interview-practice")
