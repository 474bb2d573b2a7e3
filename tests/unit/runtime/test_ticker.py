from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.runtime.ticker import Alarm


async def test_a_round_that_is_under_way_ends_before_the_alarm_has_stopped(caplog: pytest.LogCaptureFixture) -> None:
    begun, may_end, through = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def ring() -> None:
        begun.set()
        await may_end.wait()
        through.set()

    alarm = Alarm(ring, every=timedelta(milliseconds=1))
    alarm.start()
    await begun.wait()
    stopping = asyncio.create_task(alarm.stop(timedelta(seconds=5)))
    await asyncio.sleep(0)
    assert not stopping.done()
    may_end.set()
    await stopping
    assert through.is_set()
    # On a slow machine the next ring may come due meanwhile, and APScheduler says that it was left out.
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_an_alarm_that_never_rang_stops_at_once() -> None:
    async def ring() -> None:
        raise AssertionError("nobody asked for it")

    alarm = Alarm(ring)
    await alarm.stop(timedelta(seconds=5))
    alarm.start()
    await alarm.stop(timedelta(seconds=5))
