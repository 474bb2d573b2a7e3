"""Fixtures of the scenarios."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.databases import database_url
from tests.scenario.dsl import Scene, scene
from tests.scenario.toy_room import ToyRoom

__all__ = ["database_url"]


@pytest.fixture
def toy() -> ToyRoom:
    return ToyRoom()


@pytest.fixture
async def s(toy: ToyRoom) -> AsyncIterator[Scene]:
    """A workspace in which only the toy room takes part."""
    async with scene(features=[toy.feature()]) as made:
        yield made
