"""The pages of the rooms that tell of many days: coverage, progress and a round, each with what its people did."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from adapters.web.serving import WebServer
from bot.cli.script import STRONG, WEAK
from tests.browser.pages import DESK, is_readable
from tests.scenario.answers_scene import QUESTION, post_question
from tests.scenario.dsl import Scene, Someone
from tests.scenario.mentoring_scene import mentoring
from tests.scenario.reviewing_scene import closed
from tests.scenario.stories_scene import add
from tests.wire.pages.visitor import link_for

pytestmark = pytest.mark.browser


@asynccontextmanager
async def opened(
    browser: Browser, s: Scene, someone: Someone, line: str, channel: str = "#general"
) -> AsyncIterator[Page]:
    """The page that a command's card leads to, served over the scene as it stands."""
    server = WebServer("127.0.0.1", 0)
    s.pages_at = server.address
    await s.restarts(wait=False)
    await server.start(s.runtime.pages)
    page = await browser.new_page(viewport={"width": DESK["width"], "height": DESK["height"]})
    try:
        await page.goto(await link_for(s, someone, line, "More on a page", channel))
        await page.get_by_role("button", name="Open the page").click()
        await expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        yield page
    finally:
        await page.close()
        await server.stop()


async def looked_at(page: Page, images: Path | None, name: str, charts: int) -> None:
    """Readable, its charts drawn, and pictured for the documentation."""
    await is_readable(page)
    drawn = page.locator("figure img")
    assert await drawn.count() >= charts
    for number in range(await drawn.count()):
        assert await drawn.nth(number).evaluate("picture => picture.complete && picture.naturalWidth > 0")
        assert await drawn.nth(number).get_attribute("alt")
    if images is not None:
        await page.set_viewport_size(DESK)
        await page.screenshot(path=images / f"page-{name}.png")


async def test_coverage_is_a_page_with_its_grid(browser: Browser, images: Path | None) -> None:
    async with mentoring() as m:
        s = m.s
        await add(s)
        async with opened(browser, s, s.ana, "story coverage") as page:
            await expect(page.get_by_role("heading", level=1)).to_have_text("What your stories cover")
            await looked_at(page, images, "coverage", 1)


async def test_progress_is_a_page_with_its_charts(browser: Browser, images: Path | None) -> None:
    async with mentoring() as m:
        for text in (WEAK, WEAK, STRONG, WEAK, STRONG, STRONG):
            await m.s.clock_moves(days=1)
            q = await post_question(m.s, QUESTION)
            (said,) = await q.answer("ana", text)
            await q.quiet()
            await q.edit("ana", said, STRONG)
            await q.quiet()
        async with opened(browser, m.s, m.s.ana, "progress show") as page:
            await looked_at(page, images, "progress", 2)


async def test_a_closed_round_is_a_page(browser: Browser, images: Path | None) -> None:
    async with closed() as v:
        s = v.r.s
        async with opened(browser, s, s.mia, "round status", "#interview-practice") as page:
            await looked_at(page, images, "round", 1)
