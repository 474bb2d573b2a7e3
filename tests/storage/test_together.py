from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engine import Database
from storage.tables.people import Member, Workspace
from storage.together import MOST
from tests.storage.test_engine import NOW, names
from tests.storage.test_tenancy import populate


class Refused(Exception):
    """What an act raises."""


async def _join(session: AsyncSession, name: str) -> int:
    """Somebody joins unless their name begins with an x; how many there are then."""
    session.add(Member(display_name=name, created_at=NOW))
    await session.flush()
    if name.startswith("x"):
        raise Refused(name)
    return await session.scalar(select(func.count(Member.id))) or 0


async def _all_join(database: Database, workspace: Workspace, who: Sequence[str]) -> list[int | BaseException]:
    """They come while somebody else writes."""
    async with database.write(workspace.id):
        acts = [database.write_together(workspace.id, partial(_join, name=name)) for name in who]
        tasks = [asyncio.create_task(act) for act in acts]
        await asyncio.sleep(0)
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_those_who_wait_at_the_same_moment_share_a_transaction(sqlite_database: Database) -> None:
    here = await populate(sqlite_database, "here", members=0)
    commits = 0

    def committed(_connection: object) -> None:
        nonlocal commits
        commits += 1

    event.listen(sqlite_database._writing_engine().sync_engine, "commit", committed)
    found = await _all_join(sqlite_database, here, ["Ana", "Ben", "Cem"])
    assert found == [1, 2, 3]
    assert commits == len(["the one they waited for", "theirs"])


async def test_a_transaction_is_shared_by_so_many_at_most(sqlite_database: Database) -> None:
    here = await populate(sqlite_database, "here", members=0)
    await _all_join(sqlite_database, here, [f"{number:02}" for number in range(3 * MOST)])
    assert len(await names(sqlite_database, here)) == 3 * MOST


async def test_somebody_urgent_waits_for_one_of_them_only(sqlite_database: Database) -> None:
    here = await populate(sqlite_database, "here", members=0)
    order: list[str] = []

    async def act(session: AsyncSession, name: str) -> None:
        order.append(name)
        if name == "Ana":
            urgent.append(asyncio.create_task(hurry()))
            await asyncio.sleep(0)

    async def hurry() -> None:
        async with sqlite_database.write_everywhere(urgent=True):
            order.append("urgent")

    urgent: list[asyncio.Task[None]] = []
    names_of = ["Ana", "Ben", "Cem"]
    await asyncio.gather(*(sqlite_database.write_together(here.id, partial(act, name=name)) for name in names_of))
    await asyncio.gather(*urgent)
    assert order == ["Ana", "urgent", "Ben", "Cem"]


@pytest.mark.parametrize("refused", [["xa"], ["Ana", "xb", "Cem"], ["xa", "xb"]])
async def test_of_one_that_fails_nothing_stays_and_the_others_are_done(database: Database, refused: list[str]) -> None:
    here = await populate(database, "here", members=0)
    found = await _all_join(database, here, refused)
    assert [isinstance(each, Refused) for each in found] == [name.startswith("x") for name in refused]
    assert await names(database, here) == sorted(name for name in refused if not name.startswith("x"))


async def test_none_sees_a_row_as_another_remembers_it(sqlite_database: Database) -> None:
    here = await populate(sqlite_database, "here")

    async def rename(session: AsyncSession) -> str:
        member = (await session.scalars(select(Member))).one()
        before, member.display_name = member.display_name, f"{member.display_name}!"
        await session.flush()
        await session.connection()
        await session.execute(
            Member.__table__.update().values(display_name=f"{before}?"),  # type: ignore[attr-defined]
            execution_options={"as_runtime": True},
        )
        return before

    async with sqlite_database.write(here.id):
        tasks = [asyncio.create_task(sqlite_database.write_together(here.id, rename)) for _ in range(3)]
        await asyncio.sleep(0)
    assert await asyncio.gather(*tasks) == ["here 0", "here 0?", "here 0??"]


async def test_workspaces_never_share_a_transaction(sqlite_database: Database) -> None:
    here, there = (
        await populate(sqlite_database, "here", members=0),
        await populate(sqlite_database, "there", members=0),
    )
    async with sqlite_database.write(here.id):
        tasks = [
            asyncio.create_task(sqlite_database.write_together(workspace.id, partial(_join, name="Ana")))
            for workspace in (here, there)
        ]
        await asyncio.sleep(0)
    assert await asyncio.gather(*tasks) == [1, 1]


async def test_whoever_writes_already_does_not_wait_for_themselves(database: Database) -> None:
    here = await populate(database, "here")
    with pytest.raises(RuntimeError, match="already in a writing transaction"):
        async with database.write(here.id):
            await database.write_together(here.id, partial(_join, name="Ana"))


async def test_whoever_gives_up_takes_nobody_along(sqlite_database: Database) -> None:
    here = await populate(sqlite_database, "here", members=0)
    async with sqlite_database.write(here.id):
        tasks = [
            asyncio.create_task(sqlite_database.write_together(here.id, partial(_join, name=name)))
            for name in ("Ana", "Ben", "Cem")
        ]
        await asyncio.sleep(0)
        tasks[0].cancel()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError)
    assert {"Ben", "Cem"} <= set(await names(sqlite_database, here))
