"""The pages of the rooms that tell of many days: coverage, progress and a round, each with what its people did."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.cli.script import STRONG, WEAK
from tests.browser.pages import DESK, enter, is_readable, served
from tests.scenario.answers_scene import QUESTION, post_question
from tests.scenario.mentoring_scene import mentoring
from tests.scenario.reviewing_scene import closed
from tests.scenario.stories_scene import add
from tests.wire.pages.visitor import link_for

pytestmark = pytest.mark.browser


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


async def test_progress_and_coverage_are_pages_with_their_charts(browser: Browser, images: Path | None) -> None:
    async with mentoring() as m:
        for text in (WEAK, WEAK, STRONG, WEAK, STRONG, STRONG):
            await m.s.clock_moves(days=1)
            q = await post_question(m.s, QUESTION)
            (said,) = await q.answer("ana", text)
            await q.quiet()
            await q.edit("ana", said, STRONG)
            await q.quiet()
        await add(m.s)
        async with served(m.s):
            page = await browser.new_page(viewport=DESK)
            await enter(page, await link_for(m.s, m.s.ana, "progress show", "More on a page"))
            await looked_at(page, images, "progress", 2)
            await prints_its_figures(page)
            await page.get_by_role("link", name="What your stories cover").click()
            await expect(page.get_by_role("heading", level=1)).to_have_text("What your stories cover")
            await looked_at(page, images, "coverage", 1)


async def prints_its_figures(page: Page) -> None:
    """On paper, where nothing can be unfolded, the figures of a chart stand below it."""
    figures = page.get_by_role("figure").first.locator("table")
    await expect(figures).to_be_hidden()
    await page.emulate_media(media="print")
    await expect(figures).to_be_visible()
    await page.emulate_media(media="screen")


async def test_a_closed_round_is_a_page(browser: Browser, images: Path | None) -> None:
    async with closed() as v, served(v.r.s):
        page = await browser.new_page(viewport=DESK)
        await enter(page, await link_for(v.r.s, v.r.s.mia, "round status", "More on a page", "#interview-practice"))
        await looked_at(page, images, "round", 1)
