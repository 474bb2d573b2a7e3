"""A workspace of the cast in memory, its adapter connected in this process, and a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from adapters.local.platform import LocalPlatform
from adapters.local.workspace import Workspace
from bot.base.clock import MovedClock
from tests.contract.harness import RecordingInbound


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(datetime(2030, 3, 4, 9, 0, tzinfo=UTC))


@pytest.fixture
def workspace(clock: MovedClock) -> Iterator[Workspace]:
    made = Workspace(None, clock, mark="test")
    yield made
    made.close()


@pytest.fixture
def inbound() -> RecordingInbound:
    return RecordingInbound()


@pytest.fixture
async def platform(workspace: Workspace, inbound: RecordingInbound) -> AsyncIterator[LocalPlatform]:
    started = LocalPlatform(workspace, pause=0.001)
    await started.start(inbound)
    await started.idle()
    inbound.events.clear()
    yield started
    await started.stop()
