from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.base.ids import WorkspaceId
from bot.chat.events import MessagePosted, event_from_json
from bot.chat.refs import ConversationRef, InstallationRef, MessageRef
from bot.outbox import inbox
from storage.engine import Database
from storage.tables.inbox import InboxEvent, InboxState
from storage.tables.people import Member, Workspace

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEASE = timedelta(seconds=30)


def message(delivery_id: str, installation: str = "L1") -> MessagePosted:
    conversation = ConversationRef("local", installation, "general")
    return MessagePosted(
        delivery_id=delivery_id,
        installation=InstallationRef("local", installation),
        occurred_at=NOW,
        message=MessageRef(conversation, delivery_id),
        text="I told nobody about this.",
    )


async def receive(database: Database, event: MessagePosted, now: datetime = NOW) -> bool:
    async with database.write_everywhere() as session:
        (stored,) = await inbox.receive(session, [inbox.Arrival(event)], now=now)
    return stored is not None


async def take(database: Database, owner: str, now: datetime = NOW) -> list[InboxEvent]:
    async with database.write_everywhere() as session:
        return list(await inbox.claim_events(session, now, owner, LEASE))


async def stored(database: Database) -> list[InboxEvent]:
    async with database.read_everywhere() as session:
        return list(await session.scalars(select(InboxEvent).order_by(InboxEvent.delivery_id)))


async def test_an_event_is_stored_once_however_often_it_comes(database: Database) -> None:
    came = await asyncio.gather(*(receive(database, message("d1")) for _ in range(5)))
    assert sorted(came) == [False, False, False, False, True]
    assert len(await stored(database)) == 1


async def test_installations_do_not_share_their_delivery_ids(database: Database) -> None:
    assert await receive(database, message("d1", "L1"))
    assert await receive(database, message("d1", "L2"))


async def test_events_are_taken_up_in_the_order_they_came_and_read_back_whole(database: Database) -> None:
    for seconds, delivery_id in ((2, "second"), (1, "first"), (3, "third")):
        await receive(database, message(delivery_id), NOW + timedelta(seconds=seconds))
    taken = await take(database, "a", NOW + timedelta(minutes=1))
    assert [row.delivery_id for row in taken] == ["first", "second", "third"]
    assert event_from_json(taken[0].event or "") == message("first")


async def test_an_event_whose_worker_died_is_taken_up_again_when_its_lease_ends(database: Database) -> None:
    await receive(database, message("d1"))
    assert len(await take(database, "dead")) == 1
    assert await take(database, "alive", NOW + LEASE - timedelta(microseconds=1)) == []
    (again,) = await take(database, "alive", NOW + LEASE)
    assert (again.lease_owner, again.attempts) == ("alive", 2)


async def test_a_handled_event_loses_its_text_and_is_still_known(database: Database) -> None:
    await receive(database, message("d1"))
    (taken,) = await take(database, "a")
    async with database.write_everywhere() as session:
        assert await inbox.mark_handled(session, taken.id, now=NOW)
    (row,) = await stored(database)
    assert (row.state, row.event, row.handled_at) == (InboxState.DONE, None, NOW)
    assert not await receive(database, message("d1"))
    assert await take(database, "a", NOW + LEASE) == []


@pytest.fixture
async def workspace(database: Database) -> WorkspaceId:
    async with database.write_everywhere() as session:
        workspace = Workspace(name="Rowan", created_at=NOW)
        session.add(workspace)
    return workspace.id


async def test_an_event_and_its_effects_end_in_one_transaction(database: Database, workspace: WorkspaceId) -> None:
    await receive(database, message("d1"))
    (taken,) = await take(database, "a")

    async def handle(*, fail: bool) -> None:
        async with database.write(workspace) as session:
            session.add(Member(display_name="Ada", created_at=NOW))
            assert await inbox.mark_handled(session, taken.id, now=NOW)
            if fail:
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await handle(fail=True)
    assert [row.state for row in await stored(database)] == [InboxState.WORKING]
    await handle(fail=False)
    assert [row.state for row in await stored(database)] == [InboxState.DONE]


async def test_an_event_ends_once_whoever_works_on_it(database: Database) -> None:
    await receive(database, message("d1"))
    (taken,) = await take(database, "a")
    async with database.write_everywhere() as session:
        assert await inbox.mark_handled(session, taken.id, now=NOW)
        assert not await inbox.mark_handled(session, taken.id, now=NOW)
        assert not await inbox.mark_failed(session, taken.id, "too late", now=NOW)


async def test_an_event_given_up_keeps_the_reason_and_not_the_text(database: Database) -> None:
    await receive(database, message("d1"))
    (taken,) = await take(database, "a")
    async with database.write_everywhere() as session:
        assert await inbox.mark_failed(session, taken.id, "KeyError in answers", now=NOW)
    (row,) = await stored(database)
    assert (row.state, row.event, row.reason) == (InboxState.FAILED, None, "KeyError in answers")


async def test_an_event_to_be_tried_again_waits_until_then(database: Database) -> None:
    await receive(database, message("d1"))
    (taken,) = await take(database, "a")
    async with database.write_everywhere() as session:
        await inbox.try_event_again(session, taken.id, NOW + LEASE, "the database was away")
    assert await take(database, "b", NOW) == []
    assert len(await take(database, "b", NOW + LEASE)) == 1


async def test_a_handled_event_is_forgotten_after_a_week(database: Database) -> None:
    await receive(database, message("d1"))
    (taken,) = await take(database, "a")
    await receive(database, message("d2"))
    async with database.write_everywhere() as session:
        await inbox.mark_handled(session, taken.id, now=NOW)
        assert await inbox.forget_handled(session, NOW + timedelta(days=7)) == 0
        assert await inbox.forget_handled(session, NOW + timedelta(days=7, seconds=1)) == 1
    assert [row.delivery_id for row in await stored(database)] == ["d2"]
