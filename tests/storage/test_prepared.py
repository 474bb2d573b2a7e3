from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Select, Update, bindparam, select, union_all, update

from bot.base.ids import MemberId
from storage.engine import Database
from storage.prepared import Own, Prepared, prepared, prepared_for_runtime, table_of
from storage.tables.inbox import InboxEvent
from storage.tables.people import Account, Member
from storage.tenancy import TenancyError
from tests.storage.test_engine import NOW, names
from tests.storage.test_tenancy import populate

MEMBER, ACCOUNT, INBOX = table_of(Member), table_of(Account), table_of(InboxEvent)


def _joined(own: Own) -> Select[Any]:
    both = MEMBER.c.id == ACCOUNT.c.member_id
    return (
        select(MEMBER.c.display_name, ACCOUNT.c.user).join_from(MEMBER, ACCOUNT, both).where(own(MEMBER), own(ACCOUNT))
    )


def _outer(own: Own) -> Select[Any]:
    both = (MEMBER.c.id == ACCOUNT.c.member_id) & own(ACCOUNT)
    return select(MEMBER.c.display_name, ACCOUNT.c.user).outerjoin_from(MEMBER, ACCOUNT, both).where(own(MEMBER))


def _either(own: Own) -> Any:
    return union_all(select(MEMBER.c.display_name).where(own(MEMBER)), select(ACCOUNT.c.user).where(own(ACCOUNT)))


def _within(own: Own) -> Select[Any]:
    known = select(ACCOUNT.c.member_id).where(own(ACCOUNT))
    return select(MEMBER.c.display_name).where(own(MEMBER), MEMBER.c.id.in_(known))


READS: dict[str, Callable[[Own], Any]] = {
    "a table": lambda own: select(MEMBER.c.display_name).where(own(MEMBER)),
    "a join": _joined,
    "an outer join": _outer,
    "a union": _either,
    "a selection within": _within,
}
FORGETFUL: dict[str, Callable[[Own], Any]] = {
    "a table": lambda own: select(MEMBER.c.display_name),
    "a condition of its own": lambda own: select(MEMBER.c.display_name).where(
        MEMBER.c.workspace_id == bindparam("workspace")
    ),
    "one of a join": lambda own: (
        select(MEMBER.c.id).join_from(MEMBER, ACCOUNT, MEMBER.c.id == ACCOUNT.c.member_id).where(own(MEMBER))
    ),
    "one of an outer join": lambda own: (
        select(MEMBER.c.id).outerjoin_from(MEMBER, ACCOUNT, MEMBER.c.id == ACCOUNT.c.member_id).where(own(MEMBER))
    ),
    "one of a union": lambda own: union_all(select(MEMBER.c.id).where(own(MEMBER)), select(ACCOUNT.c.member_id)),
    "a selection within": lambda own: select(MEMBER.c.id).where(
        own(MEMBER), MEMBER.c.id.in_(select(ACCOUNT.c.member_id))
    ),
    "the same table within": lambda own: select(MEMBER.c.id).where(
        own(MEMBER), MEMBER.c.id.in_(select(MEMBER.c.id).correlate(None))
    ),
    "a change": lambda own: update(MEMBER).where(MEMBER.c.id == bindparam("which")),
    "a table of no workspace": lambda own: select(INBOX.c.id),
}


@prepared
def _renamed(own: Own) -> Update:
    return update(MEMBER).where(own(MEMBER))


@pytest.mark.parametrize("read", READS)
async def test_a_prepared_read_shows_nothing_of_another_workspace(database: Database, read: str) -> None:
    here, there = await populate(database, "here"), await populate(database, "there")
    statement = Prepared(READS[read])
    async with database.read(here.id) as session:
        found = await statement.rows(session)
    assert found
    assert all("here" in str(value) for row in found for value in row)
    async with database.read(there.id) as session:
        assert all("there" in str(value) for row in await statement.rows(session) for value in row)


@pytest.mark.parametrize("read", READS)
async def test_a_prepared_read_over_all_workspaces_shows_them_all(database: Database, read: str) -> None:
    await populate(database, "here")
    await populate(database, "there")
    async with database.read_everywhere() as session:
        found = [str(value) for row in await Prepared(READS[read]).rows(session) for value in row]
    assert {"here 0", "there 0"} <= set(found)


@pytest.mark.parametrize("forgets", FORGETFUL)
async def test_a_prepared_statement_that_forgets_the_workspace_is_refused(database: Database, forgets: str) -> None:
    here = await populate(database, "here")
    async with database.read(here.id) as session:
        with pytest.raises(TenancyError):
            await Prepared(FORGETFUL[forgets]).rows(session, which="", workspace=here.id)


async def test_a_prepared_change_leaves_other_workspaces_as_they_are(database: Database) -> None:
    here = await populate(database, "here", members=2)
    there = await populate(database, "there")
    async with database.write(here.id) as session:
        assert await _renamed.change(session, {"display_name": "changed"}) == 2
    assert await names(database, here) == ["changed", "changed"]
    assert await names(database, there) == ["there 0"]


async def test_what_the_session_has_yet_to_write_is_seen(database: Database) -> None:
    here = await populate(database, "here")
    async with database.write(here.id) as session:
        session.add(Member(id=MemberId("01j0000000000000000000new0"), display_name="here too", created_at=NOW))
        found = await Prepared(READS["a table"]).rows(session)
    assert sorted(name for (name,) in found) == ["here 0", "here too"]


async def test_only_the_runtime_s_own_tables_are_spoken_to_past_the_workspace(database: Database) -> None:
    here = await populate(database, "here")

    @prepared_for_runtime(INBOX)
    def events(_own: Own) -> Select[Any]:
        return select(INBOX.c.id)

    @prepared_for_runtime(INBOX, MEMBER)
    def members(_own: Own) -> Select[Any]:
        return select(MEMBER.c.id)

    async with database.read(here.id) as session:
        assert await events.rows(session) == []
        with pytest.raises(TenancyError):
            await members.rows(session)


@prepared
def _whole(own: Own) -> Select[Any]:
    return select(MEMBER).where(own(MEMBER))


async def test_objects_of_rows_are_what_the_mapper_would_have_made_of_them(database: Database) -> None:
    here = await populate(database, "here")
    async with database.read(here.id) as session:
        mapped = (await session.scalars(select(Member))).one()
    async with database.read(here.id) as session:
        (made,) = await _whole.objects(session, Member)
        assert await session.get(Member, made.id) is made
        assert not session.dirty
    values = [{column.key: getattr(each, column.key) for column in MEMBER.c} for each in (made, mapped)]
    assert values[0] == values[1]


async def test_an_object_made_of_a_row_is_changed_like_any_other(database: Database) -> None:
    here = await populate(database, "here")
    async with database.write(here.id) as session:
        (made,) = await _whole.objects(session, Member)
        made.display_name = "changed"
    assert await names(database, here) == ["changed"]


async def test_an_object_made_of_a_row_stays_in_its_workspace(database: Database) -> None:
    here, there = await populate(database, "here"), await populate(database, "there")
    async with database.read(here.id) as session:
        (made,) = await _whole.objects(session, Member)
        made.workspace_id = there.id
        with pytest.raises(TenancyError):
            await session.flush()
        session.expunge_all()


async def test_an_object_that_the_session_has_stays_as_it_is_there(database: Database) -> None:
    here = await populate(database, "here")
    async with database.write(here.id) as session:
        (first,) = await _whole.objects(session, Member)
        await _renamed.change(session, {"display_name": "changed"})
        (again,) = await _whole.objects(session, Member)
        assert (again is first, again.display_name) == (True, "here 0")
