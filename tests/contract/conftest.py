"""Every test of the contract runs once for every adapter that is registered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.harness import Harness
from tests.contract.harnesses import HARNESSES, harness_class


@pytest.fixture(params=sorted(HARNESSES))
async def harness(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Harness]:
    """The adapter under test, started, in a world of its own."""
    async with harness_class(request.param)(tmp_path) as made:
        yield made
