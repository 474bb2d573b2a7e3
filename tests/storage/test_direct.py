from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.base.ids import MemberId
from storage import direct
from storage.engine import Database
from storage.once import insert_once
from storage.prepared import Own, prepared, table_of
from storage.tables.people import Account, Member, MemberState
from tests.storage.test_engine import NOW
from tests.storage.test_tenancy import populate

MEMBER = table_of(Member)


@prepared
def _members(own: Own) -> Select[Any]:
    return select(MEMBER).where(own(MEMBER), MEMBER.c.state.in_([MemberState.ACTIVE, MemberState.BLOCKED]))


async def test_what_is_said_to_the_driver_means_what_sqlalchemy_makes_of_it(database: Database) -> None:
    here = await populate(database, "here")
    about: dict[str, Any] = {"display_name": "Ana", "roles": ["mentor"], "created_at": NOW, "language": "de"}
    async with database.write(here.id) as session:
        assert await insert_once(session, Member, about)
        found = [row for row in await _members.rows(session) if row.display_name == "Ana"]
        mapped = await session.scalar(select(Member).where(Member.display_name == "Ana"))
    assert mapped is not None
    (row,) = found
    assert row._asdict() == {column.key: getattr(mapped, column.key) for column in MEMBER.c}
    assert (row.created_at, row.roles, row.state) == (NOW, ["mentor"], MemberState.ACTIVE)


async def test_a_default_is_made_anew_for_every_row(database: Database) -> None:
    here = await populate(database, "here", members=0)
    async with database.write(here.id) as session:
        for name in ("Ana", "Ben"):
            await insert_once(session, Member, {"display_name": name, "created_at": NOW})
        ids = {row.id for row in await _members.rows(session)}
    assert len(ids) == 2


async def test_what_the_driver_refuses_raises_as_every_other_statement(database: Database) -> None:
    here = await populate(database, "here")
    nobody = {"platform": "p", "installation": "i", "user": "u", "member_id": MemberId("0" * 26), "created_at": NOW}
    with pytest.raises(IntegrityError):
        async with database.write(here.id) as session:
            await insert_once(session, Account, nobody)


async def test_a_statement_that_is_said_to_the_driver_is_held_to_the_workspace_of_each_session(
    database: Database,
) -> None:
    here, there = await populate(database, "here"), await populate(database, "there")
    for workspace, name in ((here, "here 0"), (there, "there 0"), (here, "here 0")):
        async with database.read(workspace.id) as session:
            assert {row.display_name for row in await _members.rows(session)} == {name}
    async with database.read_everywhere() as session:
        assert {row.display_name for row in await _members.rows(session)} == {"here 0", "there 0"}


async def test_on_sqlite_it_goes_to_the_driver_and_elsewhere_sqlalchemy_s_way(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await populate(database, "here")
    said: list[str] = []
    say = direct.say

    def heard(session: Session, text: str, values: Sequence[Any]) -> Any:
        said.append(text)
        return say(session, text, values)

    monkeypatch.setattr(direct, "say", heard)
    async with database.read(here.id) as session:
        assert len(await _members.rows(session)) == 1
    assert len(said) == (1 if database.is_sqlite else 0)
