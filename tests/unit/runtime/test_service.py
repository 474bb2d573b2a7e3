"""A process in service: it starts, works by itself, answers about its health, and stops in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest
from sqlalchemy import select

from adapters.local.faults import Fault
from bot.base.errors import ConfigurationError
from bot.runtime.http import HttpServer
from storage.tables.outbox import Delivery, DeliveryState
from tests.scenario.dsl import Scene, scene, states
from tests.scenario.toy_room import ToyRoom

SOON = 10.0


@pytest.fixture
async def s() -> AsyncIterator[Scene]:
    """A scene whose runtime is not connected yet."""
    async with scene(features=[ToyRoom().feature()]) as made:
        await made.platform.stop()
        yield made


async def until_posted(s: Scene, *titles: str) -> None:
    async with asyncio.timeout(SOON):
        while s.posts() != list(titles):
            await s.workspace.store.bell.wait(0.1)


async def reasons(s: Scene) -> list[str | None]:
    async with s.database.read_everywhere() as session:
        return list(await session.scalars(select(Delivery.reason)))


@asynccontextmanager
async def served(s: Scene) -> AsyncIterator[str]:
    server = HttpServer(s.runtime, "127.0.0.1", 0)
    await server.start()
    yield f"http://127.0.0.1:{server.port}"
    await server.stop()


async def get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_a_started_process_works_by_itself(s: Scene) -> None:
    await s.runtime.start()
    await s.ana.says("#general", "!hello")
    await until_posted(s, "!hello")
    await s.runtime.stop()
    assert await states(s) == [DeliveryState.POSTED]


async def test_the_tick_wakes_the_workers_for_what_comes_due(s: Scene) -> None:
    await s.runtime.start()
    s.fails("rate_limited", seconds=5)
    await s.ana.says("#general", "!hello")
    async with asyncio.timeout(SOON):
        while await reasons(s) != ["the platform asked to wait"]:
            await asyncio.sleep(0.01)
    s.clock.move(timedelta(seconds=5))
    await until_posted(s, "!hello")
    await s.runtime.stop()


async def test_a_reply_that_meets_a_rate_limit_comes_a_moment_later(s: Scene) -> None:
    await s.runtime.start()
    s.fails("rate_limited", seconds=0.05)
    await s.ana.runs("echo hello")
    async with asyncio.timeout(SOON):
        while not s.private(s.ana):
            await asyncio.sleep(0.01)
    await s.runtime.stop()
    assert s.private(s.ana) == "Starling: hello"


async def test_stopping_finishes_what_is_in_hand(s: Scene) -> None:
    await s.runtime.start()
    s.workspace.faults.add(Fault(kind="delayed", operation="send", seconds=0.3))
    await s.ana.says("#general", "!hello")
    async with asyncio.timeout(SOON):
        while await states(s) != [DeliveryState.SENDING]:
            await asyncio.sleep(0.01)
    await s.runtime.stop()
    assert s.posts() == ["!hello"]
    assert await states(s) == [DeliveryState.POSTED]


async def test_stopping_does_not_wait_for_ever(s: Scene) -> None:
    s.runtime._stop_within = timedelta(seconds=0.1)
    await s.runtime.start()
    s.workspace.faults.add(Fault(kind="delayed", operation="send", seconds=60))
    await s.ana.says("#general", "!hello")
    async with asyncio.timeout(SOON):
        while await states(s) != [DeliveryState.SENDING]:
            await asyncio.sleep(0.01)
        await s.runtime.stop()
    assert await states(s) == [DeliveryState.SENDING]
    await s.restarts()
    await s.drain()
    assert s.posts() == ["!hello"]


async def test_what_was_taken_in_before_the_stop_is_worked_after_the_start(s: Scene) -> None:
    await s.runtime.start()
    await s.runtime.stop()
    await s.platform.start(s.runtime)
    await s.ana.says("#general", "!hello")
    await s.restarts()
    await s.drain()
    assert s.posts() == ["!hello"]


async def test_a_port_that_is_taken_is_named_with_its_setting(s: Scene) -> None:
    async with served(s) as url:
        port = int(url.rpartition(":")[2])
        with pytest.raises(ConfigurationError, match=f"STARLING_HTTP_PORT: port {port} of 127.0.0.1 cannot be used"):
            await HttpServer(s.runtime, "127.0.0.1", port).start()


async def test_health_is_told_while_it_lasts(s: Scene) -> None:
    async with served(s) as url:
        assert await get(f"{url}/healthz") == (200, "alive\n")
        status, _ = await get(f"{url}/readyz")
        assert status == 503
        await s.runtime.start()
        await s.runtime.ticker.tick()
        status, body = await get(f"{url}/readyz")
        assert (status, body) == (
            200,
            '{"database":true,"ticker":true,"workers":true,"platform local":true}',
        )
        s.clock.move(timedelta(hours=1))
        await s.runtime._alarm.stop(timedelta())
        s.runtime.ticker.last = s.clock.now() - timedelta(minutes=5)
        status, body = await get(f"{url}/readyz")
        assert (status, '"ticker":false' in body) == (503, True)
        await s.runtime.stop()


async def test_metrics_tell_what_was_done_and_what_waits(s: Scene) -> None:
    await s.platform.start(s.runtime)
    await s.ana.says("#general", "!hello")
    await s.drain()
    async with served(s) as url:
        status, body = await get(f"{url}/metrics")
    assert status == 200
    assert 'starling_deliveries_total{kind="toy.post",state="posted"} 1.0' in body
    assert 'starling_waiting{queue="inbox"} 0.0' in body
    assert 'starling_acknowledge_seconds_count{answer="Accepted",kind="message_posted"} 1.0' in body
    assert 'starling_handle_seconds_count{kind="message_posted",outcome="handled"} 1.0' in body
    assert 'starling_delivery_lag_seconds_count{kind="toy.post"} 1.0' in body
    assert 'starling_work_seconds_count{work="listening"} 1.0' in body
