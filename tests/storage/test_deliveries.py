from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.base.ids import WorkspaceId
from bot.outbox import queue
from bot.outbox.queue import LeaseLost
from storage.engine import Database
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.people import Workspace

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEASE = timedelta(seconds=30)
LATER = NOW + LEASE


@pytest.fixture
async def workspace(database: Database) -> WorkspaceId:
    async with database.write_everywhere() as session:
        workspace = Workspace(name="Rowan", created_at=NOW)
        session.add(workspace)
    return workspace.id


async def put(database: Database, workspace: WorkspaceId, key: str, due_at: datetime = NOW) -> Delivery:
    async with database.write(workspace) as session:
        await queue.enqueue(session, workspace_id=workspace, kind="note", subject_id="s", due_at=due_at, key=key)
        delivery = await queue.delivery_with_key(session, key)
    assert delivery is not None
    return delivery


async def take(database: Database, owner: str, now: datetime = NOW, limit: int = 10) -> list[str]:
    async with database.write_everywhere() as session:
        rows = await queue.claim(session, now, owner, LEASE, limit)
        return [row.key for row in rows if row.state is DeliveryState.WAITING]


async def begin(database: Database, delivery: Delivery, owner: str) -> None:
    async with database.write_everywhere() as session:
        await queue.hold(session, delivery, owner)
        await queue.mark_sending(session, delivery, LATER)


async def now_as(database: Database, delivery: Delivery) -> Delivery:
    async with database.read_everywhere() as session:
        return await session.get_one(Delivery, delivery.id)


async def test_the_same_key_twice_is_the_first_delivery(database: Database, workspace: WorkspaceId) -> None:
    first = await put(database, workspace, "one")
    second = await put(database, workspace, "one", due_at=LATER)
    assert (second.id, second.due_at) == (first.id, NOW)


async def test_the_same_key_from_many_at_once_is_one_delivery(database: Database, workspace: WorkspaceId) -> None:
    rows = await asyncio.gather(*(put(database, workspace, "one") for _ in range(8)))
    assert len({row.id for row in rows}) == 1


async def test_a_delivery_goes_with_the_transaction_that_enqueued_it(
    database: Database, workspace: WorkspaceId
) -> None:
    async def enqueue_and_fail() -> None:
        async with database.write(workspace) as session:
            await queue.enqueue(session, workspace_id=workspace, kind="note", subject_id="s", due_at=NOW, key="one")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await enqueue_and_fail()
    assert await take(database, "a") == []


async def test_what_is_due_is_claimed_oldest_first(database: Database, workspace: WorkspaceId) -> None:
    await put(database, workspace, "second", NOW - timedelta(minutes=1))
    await put(database, workspace, "first", NOW - timedelta(minutes=2))
    await put(database, workspace, "not yet", NOW + timedelta(microseconds=1))
    assert await take(database, "a", limit=1) == ["first"]
    assert await take(database, "a") == ["second"]
    assert await take(database, "a") == []


async def test_two_workers_at_once_never_get_the_same_delivery(database: Database, workspace: WorkspaceId) -> None:
    keys = [f"note {number:02}" for number in range(24)]
    for key in keys:
        await put(database, workspace, key)
    taken = await asyncio.gather(*(take(database, f"worker {n}", limit=5) for n in range(4)))
    taken += [await take(database, "the rest", limit=24)]
    assert sorted(key for batch in taken for key in batch) == keys


async def test_a_claim_does_not_wait_for_rows_another_transaction_holds(
    database: Database, workspace: WorkspaceId
) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    await put(database, workspace, "one", NOW - timedelta(minutes=1))
    await put(database, workspace, "two")
    async with database.write_everywhere() as session:
        assert [row.key for row in await queue.claim(session, NOW, "a", LEASE, 1)] == ["one"]
        other = asyncio.create_task(take(database, "b"))
        assert await asyncio.wait_for(other, 5) == ["two"]


async def test_a_delivery_whose_worker_died_before_sending_is_free_again_when_its_lease_ends(
    database: Database, workspace: WorkspaceId
) -> None:
    delivery = await put(database, workspace, "one")
    assert await take(database, "dead") == ["one"]
    assert await take(database, "alive", LATER - timedelta(microseconds=1)) == []
    assert await take(database, "alive", LATER) == ["one"]
    assert (await now_as(database, delivery)).attempts == 2


async def test_a_worker_that_lost_its_lease_must_not_post(database: Database, workspace: WorkspaceId) -> None:
    delivery = await put(database, workspace, "one")
    await take(database, "slow")
    await take(database, "quick", LATER)
    with pytest.raises(LeaseLost):
        await begin(database, delivery, "slow")
    await begin(database, delivery, "quick")


async def test_a_worker_begins_a_post_once(database: Database, workspace: WorkspaceId) -> None:
    delivery = await put(database, workspace, "one")
    await take(database, "a")
    await begin(database, delivery, "a")
    with pytest.raises(LeaseLost):
        await begin(database, delivery, "a")


async def test_what_a_dead_worker_was_sending_is_claimed_as_such_when_its_lease_ends(
    database: Database, workspace: WorkspaceId
) -> None:
    delivery = await put(database, workspace, "one")
    await take(database, "dead")
    await begin(database, delivery, "dead")

    async def ask(owner: str, now: datetime) -> list[str]:
        async with database.write_everywhere() as session:
            rows = await queue.claim(session, now, owner, LEASE)
            return [row.key for row in rows if row.state is DeliveryState.SENDING]

    assert await ask("alive", NOW) == []
    assert await ask("alive", LATER) == ["one"]
    assert await ask("another", LATER) == []


async def test_a_post_is_recorded_once_with_where_it_landed(database: Database, workspace: WorkspaceId) -> None:
    delivery = await put(database, workspace, "one")
    await take(database, "a")
    await begin(database, delivery, "a")
    async with database.write(workspace) as session:
        assert await queue.mark_posted(session, delivery.id, "local:L1:c::7", now=NOW)
        assert not await queue.mark_posted(session, delivery.id, "local:L1:c::8", now=LATER)
    posted = await now_as(database, delivery)
    assert (posted.state, posted.posted_ref, posted.finished_at) == (
        DeliveryState.POSTED,
        "local:L1:c::7",
        NOW,
    )
    assert (posted.lease_owner, posted.lease_until) == (None, None)


async def test_an_uncertain_delivery_may_still_be_seen_posted(database: Database, workspace: WorkspaceId) -> None:
    delivery = await put(database, workspace, "one")
    await take(database, "a")
    await begin(database, delivery, "a")
    async with database.write_everywhere() as session:
        assert await queue.mark_uncertain(session, delivery.id, "the connection broke", now=NOW)
        assert not await queue.mark_skipped(session, delivery.id, "too late", now=NOW)
    assert (await now_as(database, delivery)).reason == "the connection broke"
    async with database.write_everywhere() as session:
        assert await queue.mark_posted(session, delivery.id, "ref", now=LATER)
    assert (await now_as(database, delivery)).state is DeliveryState.POSTED


async def test_an_echo_of_a_post_held_for_another_attempt_stops_the_second_post(
    database: Database, workspace: WorkspaceId
) -> None:
    delivery = await put(database, workspace, "one")
    await take(database, "a")
    await begin(database, delivery, "a")
    async with database.write_everywhere() as session:
        await queue.retry(session, delivery.id, NOW, "not found on the platform", owner="a")
    await take(database, "a")
    async with database.write_everywhere() as session:
        assert await queue.mark_posted(session, delivery.id, "ref", now=NOW)
    with pytest.raises(LeaseLost):
        await begin(database, delivery, "a")


async def test_a_postponed_delivery_waits_without_counting_an_attempt(
    database: Database, workspace: WorkspaceId
) -> None:
    delivery = await put(database, workspace, "one")
    await take(database, "a")
    async with database.write_everywhere() as session:
        await queue.postpone(session, delivery.id, LATER, "quiet hours", owner="a")
    waiting = await now_as(database, delivery)
    assert (waiting.state, waiting.reason, waiting.attempts) == (DeliveryState.WAITING, "quiet hours", 0)
    assert await take(database, "b", NOW) == []
    assert await take(database, "b", LATER) == ["one"]


async def test_a_failed_attempt_counts_and_is_tried_again_later(database: Database, workspace: WorkspaceId) -> None:
    delivery = await put(database, workspace, "one")
    await take(database, "a")
    await begin(database, delivery, "a")
    async with database.write_everywhere() as session:
        await queue.retry(session, delivery.id, LATER, "the platform is down", owner="a")
    assert (await now_as(database, delivery)).attempts == 1
    assert await take(database, "b", NOW) == []
    assert await take(database, "b", LATER) == ["one"]


async def test_moving_a_delivery_takes_it_from_the_worker_that_held_it(
    database: Database, workspace: WorkspaceId
) -> None:
    delivery = await put(database, workspace, "one")
    await take(database, "a")
    async with database.write(workspace) as session:
        assert await queue.reschedule(session, "one", LATER)
    with pytest.raises(LeaseLost):
        await begin(database, delivery, "a")
    assert await take(database, "a", LATER) == ["one"]


async def test_a_cancelled_delivery_is_skipped_with_the_reason(database: Database, workspace: WorkspaceId) -> None:
    delivery = await put(database, workspace, "one")
    async with database.write(workspace) as session:
        assert await queue.cancel(session, "one", "the answer was withdrawn", now=NOW)
    cancelled = await now_as(database, delivery)
    assert (cancelled.state, cancelled.reason) == (DeliveryState.SKIPPED, "the answer was withdrawn")
    assert await take(database, "a") == []


async def test_once_sending_has_begun_a_delivery_is_neither_moved_nor_cancelled(
    database: Database, workspace: WorkspaceId
) -> None:
    delivery = await put(database, workspace, "one")
    await take(database, "a")
    await begin(database, delivery, "a")
    async with database.write(workspace) as session:
        assert not await queue.reschedule(session, "one", LATER)
        assert not await queue.cancel(session, "one", "changed my mind", now=NOW)
        assert not await queue.cancel(session, "unknown", "changed my mind", now=NOW)
    assert (await now_as(database, delivery)).state is DeliveryState.SENDING
