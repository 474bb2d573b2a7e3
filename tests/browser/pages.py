"""What the tests of pages do in a browser: ask for a page in chat, follow its link, look at it with axe."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, Locator, Page, ViewportSize, expect

from adapters.web.serving import WebServer
from tests.scenario.dsl import Scene

SERIOUS = frozenset({"serious", "critical"})
PHONE: ViewportSize = {"width": 320, "height": 720}
DESK: ViewportSize = {"width": 1100, "height": 900}
PATIENCE = 20_000


def chat(page: Page) -> Locator:
    """The channel of the demo, where commands are typed."""
    return page.get_by_role("region", name="Channel interview-practice")


async def press(page: Page, label: str) -> None:
    """Press the newest button with this label."""
    button = chat(page).get_by_role("button", name=label, exact=True).last
    await expect(button).to_be_visible(timeout=PATIENCE)
    await button.click()


@asynccontextmanager
async def served(s: Scene) -> AsyncIterator[None]:
    """Pages are served over the scene as it stands: links that its people are given lead to them."""
    server = WebServer("127.0.0.1", 0)
    s.pages_at = server.address
    await s.restarts(wait=False)
    await server.start(s.runtime.pages)
    try:
        yield
    finally:
        await server.stop()


async def enter(page: Page, link: str) -> None:
    """Follow a link in this window and press its button."""
    await page.goto(link)
    await page.get_by_role("button", name="Open the page").click()
    await expect(page.get_by_role("button", name="Sign out")).to_be_visible()


async def look_at_link(page: Page) -> Page:
    """Open the newest link to a page in a window of its own."""
    link = chat(page).get_by_role("link", name="Open in the browser").last
    await expect(link).to_be_visible(timeout=PATIENCE)
    async with page.context.expect_page() as opening:
        await link.click()
    return await opening.value


async def follow(page: Page) -> Page:
    """The same, and press its button there."""
    opened = await look_at_link(page)
    await opened.get_by_role("button", name="Open the page").click()
    await expect(opened.get_by_role("button", name="Sign out")).to_be_visible()
    return opened


async def findings(page: Page) -> list[str]:
    """What axe finds that is serious, each with where it is."""
    results = await Axe().run(page)
    return [
        f"{found['id']}: {node['target']}"
        for found in results.response["violations"]
        if found["impact"] in SERIOUS
        for node in found["nodes"]
    ]


async def is_readable(page: Page) -> None:
    """Nothing serious in light and dark, on a desk and on a phone, where nothing scrolls sideways but tables."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        assert await findings(page) == []
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(PHONE)
    assert await findings(page) == []
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
    await page.set_viewport_size(DESK)


def no_other_server(context: BrowserContext) -> list[str]:
    """The addresses asked from now on that are not of this computer; to be found empty at the end."""
    others: list[str] = []
    here = re.compile(r"(http://127\.0\.0\.1:\d+/|data:)")
    context.on("request", lambda request: None if here.match(request.url) else others.append(request.url))
    return others
