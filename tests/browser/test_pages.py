"""Pages in a real Chromium: asked for in chat, opened by their link, changed, read by axe, by keyboard alone too."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.pages import DESK, PHONE, follow, is_readable, no_other_server, press, served
from tests.browser.practice import STORIES, Practice
from tests.scenario.dsl import Scene
from tests.scenario.mentoring_scene import mentoring
from tests.scenario.stories_scene import add
from tests.wire.pages.visitor import link_for

pytestmark = pytest.mark.browser
SHORT = "Two teams, one search index"


async def pictured(page: Page, images: Path | None, name: str, *, whole: bool = False) -> None:
    """A picture of the page for the documentation."""
    if images is not None:
        await page.set_viewport_size(DESK)
        await page.screenshot(path=images / f"page-{name}.png", full_page=whole)


async def test_stories_are_seen_changed_and_printed_without_scripts(
    page: Page, demo_address: str, images: Path | None
) -> None:
    practice = Practice(page.request, demo_address)
    await practice.write_stories("priya")
    await practice.command("priya", "story list")
    others = no_other_server(page.context)
    await press(page, "All on one page")
    stories = await follow(page)
    await expect(stories.get_by_role("heading", name="Your stories", level=1)).to_be_visible()
    await expect(stories.get_by_role("table", name="3 stories")).to_be_visible()
    await is_readable(stories)
    await pictured(stories, images, "stories")

    await stories.get_by_role("link", name=STORIES[0]["title"]).click()
    form = stories.get_by_role("form", name="Change the story")
    await stories.get_by_text("Change the story", exact=True).first.click()
    await is_readable(stories)
    await pictured(stories, images, "story")
    await form.get_by_role("textbox", name="Action").fill("")
    await form.get_by_role("textbox", name=re.compile("Result")).fill("Nobody left.")
    await form.get_by_role("button", name="Save it").click()
    wrong = stories.get_by_role("alert")
    await expect(wrong).to_be_focused()
    await expect(wrong).to_contain_text("Action: Please write something here.")
    await expect(form.get_by_role("textbox", name=re.compile("Result"))).to_have_value("Nobody left.")
    await is_readable(stories)
    await pictured(stories, images, "problems")

    await wrong.get_by_role("link", name=re.compile("Action")).click()
    await expect(form.get_by_role("textbox", name="Action")).to_be_focused()
    await stories.keyboard.type("I stopped the job and gave all the money back.")
    await form.get_by_role("button", name="Save it").click()
    await expect(stories.get_by_role("status")).to_contain_text("Done")
    await stories.get_by_text("Change the story", exact=True).first.click()
    await expect(form.get_by_role("textbox", name="Action")).to_have_value(re.compile("gave all the money back"))
    assert await stories.locator("script").count() == 0
    assert others == []
    await stories.emulate_media(media="print")
    await expect(stories.get_by_text("I stopped the job and gave all the money back.").first).to_be_visible()
    await expect(stories.get_by_role("button")).to_have_count(0)
    await expect(stories.get_by_role("heading", name=STORIES[0]["title"])).to_be_visible()


@pytest.fixture
async def shelf() -> AsyncIterator[Scene]:
    """Ana's two stories, with pages served over them."""
    async with mentoring() as m, served(m.s):
        await add(m.s)
        await add(m.s, title=SHORT, task="")
        yield m.s


async def test_a_page_is_opened_and_a_story_changed_by_keyboard_alone(browser: Browser, shelf: Scene) -> None:
    page = await browser.new_page(viewport=DESK)
    await page.goto(await link_for(shelf, shelf.ana, "story list", "All on one page"))
    await reach(page, "button", "Open the page")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    await page.keyboard.press("Enter")
    await reach(page, "link", SHORT)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text(SHORT)
    await reach_summary(page, "Change the story")
    await page.keyboard.press("Enter")
    await reach(page, "textbox", "Task (optional)")
    await page.keyboard.type("Both had to ship by June.")
    await reach(page, "button", "Save it")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_be_focused()
    await expect(page.get_by_text("Both had to ship by June.").first).to_be_visible()


async def reach(page: Page, role: str, name: str) -> None:
    """Press Tab until the control is reached."""
    await reach_control(page, page.get_by_role(role, name=name, exact=True).first, name)  # type: ignore[arg-type]


async def reach_summary(page: Page, name: str) -> None:
    """The same of what opens a form."""
    await reach_control(page, page.locator("summary", has_text=name).first, name)


async def reach_control(page: Page, wanted: Locator, name: str) -> None:
    """Press Tab until it is reached."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await wanted.evaluate("control => control === document.activeElement"):
            return
    raise AssertionError(f"{name} is not reached by keyboard")


async def test_links_that_are_used_up_and_pages_that_are_closed_say_how_to_go_on(
    browser: Browser, shelf: Scene, images: Path | None
) -> None:
    page = await browser.new_page(viewport=PHONE)
    address = await link_for(shelf, shelf.ana, "story list", "All on one page")
    await page.goto(address)
    if images is not None:
        await page.screenshot(path=images / "page-link.png")
    await is_readable(page)
    await page.get_by_role("button", name="Open the page").click()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    await is_readable(page)
    await page.goto(address)
    await expect(page.get_by_role("heading", name="This page is closed")).to_be_visible()
    await is_readable(page)
    await pictured(page, images, "closed")
