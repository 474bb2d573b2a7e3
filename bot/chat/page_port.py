"""The two sides between Starling and whoever shows its pages: what a server of pages is given, and how one is found.

A token is a random text that only the browser holds. Whatever is not as it must be (a link that is used up, a session
that has ended, a page that is none of the reader's business) is None here, so that nobody can tell these apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.base.text import Text
from bot.chat.charts import Chart
from bot.chat.pages import Page
from bot.chat.values import Values

LINK_PATH = "/open/"
"""Where a link leads, under the address of the server and followed by its token."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that still works: whom it was made for, in what language they read, and what it leads to."""

    name: str
    language: str
    label: Text


@dataclass(frozen=True, slots=True)
class Entrance:
    """A link was used: the token of the session it began, and where it leads."""

    session: str
    page: str
    subject: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody is shown: a page for the language they read, or None where there is no such page for them.

    `notice` is what is said first. `typed` and `problems` belong to the form with this `action`: what was entered,
    and what is wrong with it by input name. `pictures` are drawings of the charts as SVG, where they can be drawn.
    """

    name: str
    language: str
    page: Page | None
    notice: tuple[str, ...] = ()
    refusal: Text | None = None
    action: str = ""
    typed: Values = field(default_factory=dict)
    problems: Mapping[str, Text] = field(default_factory=dict)
    pictures: Mapping[Chart, str] = field(default_factory=dict)


class Pages(Protocol):
    """What the runtime offers a server of pages. Every call asks the policy as it stands at this moment."""

    async def invitation(self, link: str) -> Invitation | None:
        """What a link leads to; it is not used up by this. None for one that does not work (any more)."""
        ...

    async def enter(self, link: str, session: str | None) -> Entrance | None:
        """Use a link up and begin a session.

        None for one that does not work (any more), and where `session` is somebody else's; then it is not used up.
        """
        ...

    async def show(self, session: str, page: str, subject: str) -> Shown | None:
        """A page for the reader whose session this is; None where the session has ended."""
        ...

    async def submit(
        self, session: str, page: str, subject: str, action: str, values: Values, drawn: str
    ) -> Shown | None:
        """Take in a form that stands on a page. `drawn` names the drawing it was filled in on: it counts once.

        Returns the page to show again with what is wrong. Where `problems` and `refusal` are empty the form was
        taken in, and the page is to be asked for anew. None where the session has ended: nothing was taken in.
        """
        ...

    async def leave(self, session: str) -> None:
        """End a session."""
        ...


class PageServer(Protocol):
    """A server of pages that has taken its port."""

    @property
    def address(self) -> str:
        """Under which people reach it, without a slash at the end."""
        ...

    async def start(self, pages: Pages) -> None:
        """Answer requests from now on."""
        ...

    async def stop(self) -> None:
        """Finish what is being answered and close."""
        ...


class ServePages(Protocol):
    """An entry point of the group `starling.pages`: how a server of pages is found and made."""

    def __call__(self, host: str, port: int, address: str) -> PageServer:
        """A server at this port (0 takes any free one), reached under `address`, or directly where that is empty.

        `ConfigurationError` where the port cannot be used or the address is none.
        """
        ...
