from __future__ import annotations

import asyncio
import multiprocessing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from bot.base.errors import ConfigurationError
from storage.engine import Database
from storage.tables.moderation import ModerationAct
from storage.tables.people import Account, Member, Workspace
from storage.tables.settings import SettingLayer, SettingValue

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def new_workspace(database: Database, name: str = "Rowan") -> Workspace:
    async with database.write_everywhere() as session:
        workspace = Workspace(name=name, created_at=NOW)
        session.add(workspace)
    return workspace


async def names(database: Database, workspace: Workspace) -> list[str]:
    async with database.read(workspace.id) as session:
        return list(await session.scalars(select(Member.display_name).order_by(Member.display_name)))


async def test_a_transaction_is_committed_at_its_end(database: Database) -> None:
    workspace = await new_workspace(database)
    async with database.write(workspace.id) as session:
        session.add(Member(display_name="Ada", created_at=NOW))
    assert await names(database, workspace) == ["Ada"]


async def test_an_error_rolls_the_whole_transaction_back(database: Database) -> None:
    workspace = await new_workspace(database)

    async def write_and_fail() -> None:
        async with database.write(workspace.id) as session:
            session.add(Member(display_name="Ada", created_at=NOW))
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write_and_fail()
    assert await names(database, workspace) == []


async def test_a_reading_session_cannot_write(database: Database) -> None:
    workspace = await new_workspace(database)
    with pytest.raises(DBAPIError):
        async with database.read(workspace.id) as session:
            session.add(Member(display_name="Ada", created_at=NOW))
    assert await names(database, workspace) == []


async def test_a_reading_session_sees_one_moment_throughout(database: Database) -> None:
    workspace = await new_workspace(database)
    count = select(Member.display_name)
    async with database.read(workspace.id) as session:
        assert (await session.scalars(count)).all() == []
        await _add(database, workspace, "Ada")
        assert (await session.scalars(count)).all() == []
    assert await names(database, workspace) == ["Ada"]


async def test_many_writers_at_once_all_get_through(database: Database) -> None:
    workspace = await new_workspace(database)

    async def read_then_write(name: str) -> None:
        async with database.write(workspace.id) as session:
            await session.scalars(select(Member))
            session.add(Member(display_name=name, created_at=NOW))

    async def read() -> None:
        await names(database, workspace)

    wanted = [f"member {number:02}" for number in range(40)]
    await asyncio.gather(*(read_then_write(name) for name in wanted), *(read() for _ in wanted))
    assert await names(database, workspace) == wanted


async def test_a_second_process_waits_for_the_writer_instead_of_failing(sqlite_database: Database) -> None:
    workspace = await new_workspace(sqlite_database)
    other = Database(str(sqlite_database.url))

    async def write(database: Database, name: str) -> None:
        for number in range(10):
            await _add(database, workspace, f"{name} {number}")

    await asyncio.gather(write(sqlite_database, "here"), write(other, "there"))
    await other.close()
    assert len(await names(sqlite_database, workspace)) == 20


async def test_a_task_cannot_open_a_second_writing_transaction_inside_its_first(database: Database) -> None:
    workspace = await new_workspace(database)
    with pytest.raises(RuntimeError, match="already in a writing transaction"):
        async with database.write(workspace.id), database.write(workspace.id):
            pass
    await _add(database, workspace, "Ada")
    assert await names(database, workspace) == ["Ada"]


async def test_a_writer_that_is_cancelled_leaves_nothing_behind_and_lets_the_next_one_in(
    database: Database,
) -> None:
    workspace = await new_workspace(database)
    begun = asyncio.Event()

    async def write_forever() -> None:
        async with database.write(workspace.id) as session:
            session.add(Member(display_name="Ghost", created_at=NOW))
            await session.flush()
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_forever())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await _add(database, workspace, "Ada")
    assert await names(database, workspace) == ["Ada"]


async def test_an_account_belongs_to_one_member(database: Database) -> None:
    workspace = await new_workspace(database)

    async def add_with_same_account(name: str) -> None:
        async with database.write(workspace.id) as session:
            member = Member(display_name=name, created_at=NOW)
            session.add(member)
            await session.flush()
            session.add(Account(platform="local", installation="L1", user="u1", member_id=member.id, created_at=NOW))

    await add_with_same_account("Ada")
    with pytest.raises(IntegrityError):
        await add_with_same_account("Bea")
    assert await names(database, workspace) == ["Ada"]


async def test_a_member_who_does_not_exist_cannot_have_an_account(database: Database) -> None:
    workspace = await new_workspace(database)
    with pytest.raises(IntegrityError):
        async with database.write(workspace.id) as session:
            session.add(Account(platform="local", installation="L1", user="u1", member_id="nobody", created_at=NOW))


@given(
    moments=st.lists(
        st.datetimes(
            min_value=datetime(1970, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
            max_value=datetime(2100, 1, 1),  # noqa: DTZ001
            timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
        ),
        min_size=1,
        max_size=8,
        unique=True,
    )
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_moments_come_back_as_they_were_and_sort_by_time(database: Database, moments: list[datetime]) -> None:
    workspace = await new_workspace(database)
    async with database.write(workspace.id) as session:
        session.add_all(
            ModerationAct(verb="hide", subject_kind="post", subject_id=str(n), acted_at=moment)
            for n, moment in enumerate(moments)
        )
    async with database.read(workspace.id) as session:
        rows = (await session.scalars(select(ModerationAct).order_by(ModerationAct.acted_at))).all()
        later = await session.scalars(select(ModerationAct.id).where(ModerationAct.acted_at >= moments[0]))
        assert len(later.all()) == sum(moment >= moments[0] for moment in moments)
    assert [row.acted_at for row in rows] == sorted(moments)
    assert all(row.acted_at.utcoffset() == timedelta() for row in rows)
    assert all(moments[int(row.subject_id)] == row.acted_at for row in rows)


async def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="must be aware"):
        async with database.write_everywhere() as session:
            session.add(Workspace(name="Rowan", created_at=datetime(2026, 3, 2)))  # noqa: DTZ001


@pytest.mark.parametrize("value", [None, True, 3, "née", ["a", {"b": [1.5]}], {}])
async def test_a_setting_comes_back_as_it_was(database: Database, value: object) -> None:
    workspace = await new_workspace(database)
    async with database.write(workspace.id) as session:
        session.add(SettingValue(layer=SettingLayer.CHANNEL, layer_id="c", key="k", value=value))
    async with database.read(workspace.id) as session:
        row = (await session.scalars(select(SettingValue))).one()
    assert row.value == value
    assert row.layer is SettingLayer.CHANNEL


@pytest.mark.parametrize("url", ["", "mysql://host/name", "sqlite://", "sqlite:///:memory:"])
def test_a_url_that_cannot_be_used_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(ConfigurationError, match="database_url"):
        Database(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_any_postgresql_url_gets_the_driver_in_use(scheme: str) -> None:
    assert Database(f"{scheme}://user@host/name").url.drivername == "postgresql+asyncpg"


def _write_in_child(database: Database, workspace: Workspace, name: str) -> None:
    async def write() -> None:
        await _add(database, workspace, name)
        await database.close()

    asyncio.run(write())


def test_a_database_made_before_a_fork_works_in_every_child(database_url: str) -> None:
    async def prepare() -> Workspace:
        database = Database(database_url)
        workspace = await new_workspace(database)
        await database.close()
        return workspace

    async def result() -> list[str]:
        try:
            return await names(unopened, workspace)
        finally:
            await unopened.close()

    unopened = Database(database_url)
    workspace = asyncio.run(prepare())
    fork = multiprocessing.get_context("fork")
    children = [
        fork.Process(target=_write_in_child, args=(unopened, workspace, f"child {number}")) for number in range(3)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join(30)
        assert child.exitcode == 0
    assert asyncio.run(result()) == ["child 0", "child 1", "child 2"]


async def _add(database: Database, workspace: Workspace, name: str) -> None:
    async with database.write(workspace.id) as session:
        session.add(Member(display_name=name, created_at=NOW))


def test_a_closed_database_can_be_used_again_on_another_event_loop(database_url: str) -> None:
    database = Database(database_url)

    async def use(name: str) -> None:
        workspace = await new_workspace(database, name)
        await asyncio.gather(*(_add(database, workspace, f"{name} {number}") for number in range(4)))
        assert len(await names(database, workspace)) == 4
        await database.close()

    asyncio.run(use("first"))
    asyncio.run(use("second"))
