"""Every scenario is played on every platform and transport that suits it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.wire.product.on_discord import DiscordPlace
from tests.wire.product.on_slack import SlackPlace
from tests.wire.product.product import Product
from tests.wire.product.team import Team

READING: dict[str, Callable[[Path, Product], Any]] = {
    "slack-socket": lambda folder, product: SlackPlace(folder, product),
    "slack-http": lambda folder, product: SlackPlace(folder, product, http=True),
    "discord": lambda folder, product: DiscordPlace(folder, product, reads_replies=True),
}
NOT_READING: dict[str, Callable[[Path, Product], Any]] = {
    "slack-socket": lambda folder, product: SlackPlace(folder, product, reads_replies=False),
    "slack-http": lambda folder, product: SlackPlace(folder, product, http=True, reads_replies=False),
    "discord": lambda folder, product: DiscordPlace(folder, product, reads_replies=False),
}


@pytest.fixture(params=sorted(READING))
async def reading(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Team]:
    """A team whose replies in threads are read."""
    async for team in _team(READING[request.param], tmp_path):
        yield team


@pytest.fixture(params=sorted(NOT_READING))
async def not_reading(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Team]:
    """A team whose replies are read only where they are said to Starling."""
    async for team in _team(NOT_READING[request.param], tmp_path):
        yield team


@pytest.fixture(params=["slack-socket", "slack-http"])
async def slack_reading(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Team]:
    """A team in Slack whose replies in threads are read."""
    async for team in _team(READING[request.param], tmp_path):
        yield team


@pytest.fixture
async def on_slack(tmp_path: Path) -> AsyncIterator[Team]:
    """A team in Slack over Socket Mode, whose replies in threads are read."""
    async for team in _team(READING["slack-socket"], tmp_path):
        yield team


@pytest.fixture
async def slack_not_reading(tmp_path: Path) -> AsyncIterator[Team]:
    """A team in Slack that lets nobody read its channels."""
    async for team in _team(NOT_READING["slack-socket"], tmp_path):
        yield team


@pytest.fixture(params=[True, False], ids=["reading", "not reading"])
async def slack_either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Team]:
    """A team in Slack, in either profile."""
    async for team in _team((READING if request.param else NOT_READING)["slack-socket"], tmp_path):
        yield team


@pytest.fixture
async def slack_without_history(tmp_path: Path) -> AsyncIterator[Team]:
    """A team in Slack that grants no scope for any history."""

    def make(folder: Path, product: Product) -> SlackPlace:
        place = SlackPlace(folder, product, reads_replies=False)
        place.slack.world.scopes -= {"im:history"}
        return place

    async for team in _team(make, tmp_path):
        yield team


async def _team(make: Callable[[Path, Product], Any], folder: Path) -> AsyncIterator[Team]:
    product = Product(folder)
    async with make(folder, product) as place:
        team = Team(place)
        await team.settles()
        yield team
    await product.database.close()
