from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, exists, func, insert, literal, select, text, true, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.base.ids import MemberId, WorkspaceId
from bot.outbox.queue import enqueue
from storage.changes import change_rows
from storage.engine import Database
from storage.once import insert_once
from storage.tables.inbox import InboxEvent
from storage.tables.people import Account, Member, Workspace
from storage.tables.settings import SettingLayer, SettingValue
from storage.tenancy import TenancyError
from tests.storage.test_engine import NOW, names, new_workspace

OTHER = aliased(Member)
EVERY_NAME = select(Member.display_name).cte()
READS: dict[str, Callable[[], Any]] = {
    "rows": lambda: select(Member),
    "one column": lambda: select(Member.display_name),
    "a condition that wants others": lambda: select(Member).where(Member.workspace_id != ""),
    "an alias": lambda: select(OTHER),
    "a join": lambda: select(Account.user, Member.display_name).join(Member, Member.id == Account.member_id),
    "a count": lambda: select(func.count()).select_from(Member),
    "a union": lambda: union_all(select(Member.display_name), select(OTHER.display_name)),
    "a scalar subquery": lambda: select(
        Workspace.name, select(func.count(Member.id)).correlate(None).scalar_subquery()
    ),
    "an exists": lambda: select(Workspace.name).where(exists().where(Member.display_name == "there 0")),
    "a subquery": lambda: select(aliased(Member, select(Member).subquery())),
    "a common table expression": lambda: select(Workspace.name, EVERY_NAME.c.display_name).join(EVERY_NAME, true()),
    "a condition on a selection": lambda: select(Workspace.name).where(
        literal("there 0").in_(select(Member.display_name))
    ),
}


async def populate(database: Database, name: str, members: int = 1) -> Workspace:
    workspace = await new_workspace(database, name)
    async with database.write(workspace.id) as session:
        for number in range(members):
            member = Member(display_name=f"{name} {number}", created_at=NOW)
            session.add(member)
            await session.flush()
            session.add(
                Account(
                    platform="local",
                    installation=name,
                    user=f"{name} {number}",
                    member_id=MemberId(member.id),
                    created_at=NOW,
                )
            )
    return workspace


async def refused(database: Database, workspace: Workspace, act: Callable[[AsyncSession], Any]) -> None:
    async def run() -> None:
        async with database.write(workspace.id) as session:
            result = act(session)
            if result is not None:
                await result

    with pytest.raises(TenancyError):
        await run()


@pytest.mark.parametrize("read", READS)
async def test_no_read_shows_what_another_workspace_holds(database: Database, read: str) -> None:
    here = await populate(database, "here")
    async with database.read(here.id) as session:
        alone = [str(row) for row in (await _columns(session, READS[read]()))]
    await populate(database, "there", members=3)
    async with database.read(here.id) as session:
        beside_others = [str(row) for row in (await _columns(session, READS[read]()))]
    assert beside_others == alone


async def _columns(session: AsyncSession, statement: Any) -> list[Any]:
    rows = (await session.execute(statement)).all()
    return [[getattr(value, "display_name", value) for value in row] for row in rows]


async def test_a_row_of_another_workspace_is_not_found_by_its_id(database: Database) -> None:
    here, there = await populate(database, "here"), await populate(database, "there")
    async with database.read(there.id) as session:
        foreign = (await session.scalars(select(Member))).one()
    async with database.read(here.id) as session:
        assert await session.get(Member, foreign.id) is None
        assert await session.get(Workspace, there.id) is None
        assert await session.get(Workspace, here.id) is not None


async def test_updates_and_deletes_stop_at_the_workspace(database: Database) -> None:
    here, there = await populate(database, "here"), await populate(database, "there")
    async with database.write(here.id) as session:
        await session.execute(update(Member).values(display_name="changed"))
    assert await names(database, there) == ["there 0"]
    async with database.write(here.id) as session:
        await session.execute(delete(Member))
    assert await names(database, here) == []
    assert await names(database, there) == ["there 0"]


async def test_a_new_row_gets_the_workspace_of_its_session(database: Database) -> None:
    here = await populate(database, "here")
    async with database.write(here.id) as session:
        member = Member(display_name="Ada", created_at=NOW)
        session.add(member)
    assert member.workspace_id == here.id


async def test_writing_into_another_workspace_is_refused(database: Database) -> None:
    here, there = await populate(database, "here"), await populate(database, "there")
    async with database.read(there.id) as session:
        foreign = (await session.scalars(select(Member))).one()
    away = {"id": foreign.id, "workspace_id": here.id}
    new = Member(display_name="Eve", created_at=NOW, workspace_id=there.id)
    values = {"display_name": "Eve", "created_at": NOW, "workspace_id": there.id}

    async def move_own_member(session: AsyncSession) -> None:
        (await session.scalars(select(Member))).one().workspace_id = there.id

    async def change_foreign_member(session: AsyncSession) -> None:
        (await session.merge(foreign, load=False)).display_name = "Eve"

    await refused(database, here, lambda session: session.add(new))
    await refused(database, here, move_own_member)
    await refused(database, here, change_foreign_member)
    await refused(database, here, lambda session: session.delete(foreign))
    await refused(database, here, lambda session: insert_once(session, Member, values))
    await refused(database, here, lambda session: _enqueue(session, there.id))
    await refused(database, here, lambda session: session.execute(update(Member).values(workspace_id=there.id)))
    await refused(database, here, lambda session: session.execute(update(Member), [away]))
    assert await names(database, there) == ["there 0"]


async def test_what_could_slip_past_the_conditions_is_refused(database: Database) -> None:
    here = await populate(database, "here")
    row = InboxEvent(platform="local", installation="L1", delivery_id="d", received_at=NOW)
    await refused(database, here, lambda session: session.execute(text("SELECT * FROM member")))
    await refused(database, here, lambda session: session.execute(select(Member.__table__)))
    await refused(database, here, lambda session: session.execute(insert(Member), [{"display_name": "Eve"}]))
    await refused(database, here, lambda session: session.execute(select(InboxEvent)))
    await refused(database, here, lambda session: session.execute(delete(InboxEvent)))
    await refused(database, here, lambda session: session.add(row))


async def test_the_runtime_sees_every_workspace(database: Database) -> None:
    await populate(database, "here")
    await populate(database, "there")
    async with database.read_everywhere() as session:
        found = await session.scalars(select(Member.display_name).order_by(Member.display_name))
        assert found.all() == ["here 0", "there 0"]


async def test_deleting_a_workspace_leaves_nothing_of_it(database: Database) -> None:
    here, there = await populate(database, "here"), await populate(database, "there")
    async with database.write_everywhere() as session:
        await session.execute(delete(Workspace).where(Workspace.id == here.id))
    assert await names(database, here) == []
    assert await names(database, there) == ["there 0"]


async def test_two_workspaces_may_use_the_same_key(database: Database) -> None:
    here, there = await populate(database, "here"), await populate(database, "there")
    for workspace in (here, there):
        async with database.write(workspace.id) as session:
            assert await _enqueue(session, workspace.id)


@given(acts=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["add", "rename", "set", "clear"])), max_size=12))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_workspaces_do_each_sees_only_its_own_doing(
    database: Database, acts: list[tuple[int, str]]
) -> None:
    workspaces = [await new_workspace(database, f"workspace {number}") for number in range(3)]
    expected: list[list[str]] = [[], [], []]
    for number, (index, act) in enumerate(acts):
        async with database.write(workspaces[index].id) as session:
            match act:
                case "add":
                    session.add(Member(display_name=f"member {number}", created_at=NOW))
                    expected[index].append(f"member {number}")
                case "rename":
                    await session.execute(update(Member).values(display_name=f"renamed {number}"))
                    expected[index] = [f"renamed {number}"] * len(expected[index])
                case "set":
                    session.add(SettingValue(layer=SettingLayer.WORKSPACE, layer_id="", key=str(number), value=number))
                case "clear":
                    await session.execute(delete(Member))
                    expected[index] = []
    for workspace, own in zip(workspaces, expected, strict=True):
        assert await names(database, workspace) == sorted(own)


async def test_rows_changed_past_the_mapper_are_of_the_own_workspace_only(database: Database) -> None:
    here, there = await populate(database, "here"), await populate(database, "there")
    columns = Member.__table__.c
    async with database.write(here.id) as session:
        changed = await change_rows(session, Member, [columns.display_name.is_not(None)], {"display_name": "changed"})
    assert changed == len(await names(database, here))
    assert set(await names(database, here)) == {"changed"}
    assert "changed" not in await names(database, there)


async def _enqueue(session: AsyncSession, workspace: WorkspaceId) -> bool:
    return await enqueue(session, workspace_id=workspace, kind="note", subject_id="s", due_at=NOW, key="same key")
