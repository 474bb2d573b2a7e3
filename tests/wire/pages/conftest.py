"""A house with notes, and Ana before its page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.databases import database_url
from tests.scenario.dsl import Scene
from tests.wire.pages.room import NotesRoom
from tests.wire.pages.visitor import Visitor, link_for, notes_house

__all__ = ["database_url"]


@dataclass(slots=True)
class House:
    """The workspace, its room, and a browser."""

    s: Scene
    room: NotesRoom
    browser: Visitor

    async def link(self) -> str:
        """A link to the notes for Ana."""
        return await link_for(self.s, self.s.ana)

    async def opened(self) -> Visitor:
        """Ana's browser with the notes open."""
        await self.browser.opens(await self.link())
        return self.browser


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with notes_house() as (s, room):
        yield House(s, room, Visitor(s))
