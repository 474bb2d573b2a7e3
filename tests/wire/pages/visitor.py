"""A browser without a screen: it keeps cookies, follows redirects and sends what stands in a form's fields."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html import unescape

import httpx2

from adapters.web.app import app
from bot.chat.page_port import Pages
from tests.scenario.dsl import Scene, Someone, scene
from tests.wire.pages.room import NotesRoom

ADDRESS = "https://pages.example.org"
LINK = re.compile(r"https?://[\w.:-]+/open/[\w-]+")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


class Visitor:
    """One browser of one person."""

    def __init__(self, scene: Scene, pages: Pages | None = None) -> None:
        """Without `pages` it asks the process that the scene plays."""
        transport = httpx2.ASGITransport(app=app(pages or scene.runtime.pages, ADDRESS))
        self.client = httpx2.AsyncClient(transport=transport, base_url=ADDRESS)
        self.last: httpx2.Response | None = None

    @property
    def sees(self) -> str:
        """What stands on the page."""
        assert self.last is not None
        return unescape(self.last.text)

    @property
    def status(self) -> int:
        assert self.last is not None
        return self.last.status_code

    async def goes_to(self, address: str, **headers: str) -> httpx2.Response:
        self.last = await self.client.get(address, headers=headers)
        return self.last

    async def sends(self, path: str, fields: Mapping[str, str], origin: str | None = ADDRESS) -> httpx2.Response:
        """Send a form; a redirect is followed."""
        headers = {} if origin is None else {"Origin": origin}
        self.last = await self.client.post(path, data=dict(fields), headers=headers)
        if self.last.status_code == 303:
            await self.goes_to(self.last.headers["location"])
        return self.last

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the last form on the page."""
        assert self.last is not None
        return {name: unescape(value) for name, value in HIDDEN.findall(self.last.text)}

    async def opens(self, link: str) -> None:
        """Follow a link and press its button."""
        await self.goes_to(link)
        await self.sends(link.removeprefix(ADDRESS), self.hidden())

    async def writes(self, path: str, text: str, **fields: str) -> None:
        """Fill in the form of the page at hand and send it."""
        await self.sends(path, {**self.hidden(), "in.text": text, **fields})


async def link_for(
    s: Scene, someone: Someone, command: str = "notes", button: str = "Open the notes", channel: str = "#general"
) -> str:
    """The link that this person is given for a page, by a command's reply and its button."""
    await someone.runs(command, channel)
    await s.drain()
    await someone.clicks(button)
    await s.drain()
    return links_of(s, someone)[-1]


def links_of(s: Scene, someone: Someone) -> list[str]:
    """Every link that this person was given."""
    channels = [channel.id for channel in s.workspace.roster.channels_of(someone.id)]
    seen = [message for channel in channels for message in s.workspace.seen_by(someone.id, channel)]
    cards = [str(message.card) for message in sorted(seen, key=lambda each: int(each.id)) if message.card]
    return [found for card in cards for found in LINK.findall(card)]


@asynccontextmanager
async def notes_house(database_url: str | None = None) -> AsyncIterator[tuple[Scene, NotesRoom]]:
    """A workspace with the notes room and pages switched on."""
    room = NotesRoom()
    async with scene(features=(room.feature(),), pages_at=ADDRESS, database_url=database_url) as s:
        yield s, room
