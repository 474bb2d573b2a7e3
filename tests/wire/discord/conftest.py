"""The adapter, connected to a stand-in in each of its profiles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.test_discord import DiscordHarness, ReadingDiscordHarness


@pytest.fixture
async def discord(tmp_path: Path) -> AsyncIterator[DiscordHarness]:
    """Without a privileged intent."""
    async with DiscordHarness(tmp_path) as made:
        yield made


@pytest.fixture
async def reading(tmp_path: Path) -> AsyncIterator[DiscordHarness]:
    """With the content of messages."""
    async with ReadingDiscordHarness(tmp_path) as made:
        yield made
