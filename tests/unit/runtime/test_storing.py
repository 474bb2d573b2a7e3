from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import Engine, event, select

from bot.base.clock import SystemClock
from bot.chat.events import MessagePosted
from bot.chat.refs import ConversationRef, InstallationRef, MessageRef
from bot.outbox.inbox import Arrival
from bot.runtime.house import House
from bot.runtime.storing import Storing
from storage.engine import Database
from storage.tables.inbox import InboxEvent
from tests.databases import _sqlite_template

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{shutil.copyfile(_sqlite_template(), tmp_path / 'starling.sqlite3')}")
    yield opened
    await opened.close()


@pytest.fixture
def storing(database: Database) -> Storing:
    return Storing(cast(House, SimpleNamespace(database=database, clock=SystemClock())))


def arrival(delivery_id: Any) -> Arrival:
    message = MessageRef(ConversationRef("local", "L1", "general"), "m1")
    return Arrival(
        MessagePosted(
            delivery_id=delivery_id,
            installation=InstallationRef("local", "L1"),
            occurred_at=NOW,
            message=message,
            text="I told nobody about this.",
        )
    )


async def stored(database: Database) -> list[str]:
    async with database.read_everywhere() as session:
        ids = select(InboxEvent.delivery_id).order_by(InboxEvent.received_at, InboxEvent.id)
        return list(await session.scalars(ids))


async def test_events_that_come_together_share_a_commit_and_keep_their_order(
    database: Database, storing: Storing
) -> None:
    commits: list[Any] = []

    def count(connection: Any) -> None:
        commits.append(connection)

    event.listen(Engine, "commit", count)
    try:
        ids = await asyncio.gather(*(storing.store(arrival(f"d{number:02}")) for number in range(50)))
    finally:
        event.remove(Engine, "commit", count)
    assert len(commits) == 1
    assert len({each for each in ids if each is not None}) == 50
    assert await stored(database) == [f"d{number:02}" for number in range(50)]


async def test_an_event_that_came_before_has_no_new_row_also_among_new_ones(
    database: Database, storing: Storing
) -> None:
    assert await storing.store(arrival("known")) is not None
    known, new = await asyncio.gather(storing.store(arrival("known")), storing.store(arrival("new")))
    assert (known is None, new is None) == (True, False)
    assert await stored(database) == ["known", "new"]


async def test_the_same_event_twice_in_one_commit_is_one_row(database: Database, storing: Storing) -> None:
    first, second = await asyncio.gather(storing.store(arrival("same")), storing.store(arrival("same")))
    assert (first is None) != (second is None)
    assert await stored(database) == ["same"]


async def test_an_event_that_cannot_be_stored_takes_no_other_with_it(database: Database, storing: Storing) -> None:
    outcomes = await asyncio.gather(
        *(storing.store(arrival(each)) for each in ("a", object(), "b")), return_exceptions=True
    )
    assert [isinstance(each, Exception) for each in outcomes] == [False, True, False]
    assert await stored(database) == ["a", "b"]
    assert await storing.store(arrival("c")) is not None
