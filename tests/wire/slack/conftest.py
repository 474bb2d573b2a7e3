"""The adapter connected to the stand-in, as the contract's harness does it, with impatient deadlines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.test_slack import SlackHarness, SlackHttpHarness
from tests.wire.slack.service import Service
from tests.wire.slack.slack import Slack


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[SlackHarness]:
    """The adapter over Socket Mode."""
    async with SlackHarness(tmp_path) as made:
        made.slack.deliveries.retries = (0.0, 0.0, 0.0)
        yield made


@pytest.fixture
async def http_bot(tmp_path: Path) -> AsyncIterator[SlackHttpHarness]:
    """The adapter over HTTP."""
    async with SlackHttpHarness(tmp_path) as made:
        made.slack.deliveries.retries = (0.0, 0.0, 0.0)
        yield made


@pytest.fixture(params=[SlackHarness, SlackHttpHarness], ids=["socket", "http"])
async def either_bot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SlackHarness]:
    """The adapter over each of them."""
    async with request.param(tmp_path) as made:
        made.slack.deliveries.retries = (0.0, 0.0, 0.0)
        yield made


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """A service that no workspace has installed yet."""
    async with Slack(retries=(0.0, 0.0, 0.0)) as slack:
        made = Service(slack, tmp_path / "installations")
        await made.start()
        yield made
        await made.platform.stop()
