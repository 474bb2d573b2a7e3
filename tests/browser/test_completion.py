"""Completion as one types in the browser workspace, by keyboard alone, in a real Chromium."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.pages import PATIENCE, chat, findings
from tests.browser.practice import STORIES, Practice

pytestmark = pytest.mark.browser
MOST_OFFERED = 10
INVOICE = STORIES[0]["title"]


async def typed(page: Page, line: str) -> Locator:
    """The box for messages, with a line typed into it key by key."""
    box = chat(page).get_by_label("Message #interview-practice")
    await box.fill("")
    await box.press_sequentially(line)
    return box


async def with_stories(page: Page, address: str) -> None:
    """Priya's stories are written, and the forms they came by are closed again on her page."""
    await Practice(page.request, address).write_stories("priya")
    await expect(chat(page).get_by_role("article", name=re.compile("Your story"))).to_have_count(2, timeout=PATIENCE)
    await expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)


async def down_to(page: Page, offered: Locator) -> None:
    """Press the arrow until this one of the list is chosen: what else fits stands above it."""
    for _ in range(3 * MOST_OFFERED):
        await page.keyboard.press("ArrowDown")
        # What was typed last may still be looked up: the list is then shown anew, and is gone through anew.
        with suppress(AssertionError):
            await expect(offered).to_have_attribute("aria-selected", "true", timeout=200)
            return
    raise AssertionError("the arrow does not reach it")


async def test_a_story_is_found_as_one_types_and_picked_by_keyboard(page: Page, demo_address: str) -> None:
    await with_stories(page, demo_address)
    box = await typed(page, "/starling story fin")
    listed = chat(page).get_by_role("listbox", name="Suggestions")
    await expect(listed.get_by_role("option", name=re.compile("story find"))).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("/starling story find ")

    await page.keyboard.type("invoi")
    offered = listed.get_by_role("option", name=INVOICE)
    await expect(offered).to_be_visible(timeout=PATIENCE)
    await expect(box).to_have_attribute("aria-expanded", "true")
    await expect(offered).to_have_attribute("aria-selected", "false")
    await down_to(page, offered)
    await expect(box).to_have_attribute("aria-activedescendant", str(await offered.get_attribute("id")))
    assert await findings(page) == []
    await page.keyboard.press("Enter")
    await expect(listed).to_be_hidden()
    await expect(box).to_have_value(re.compile("query:.*story:"))
    await expect(box).to_be_focused()
    await page.keyboard.press("Enter")
    whole = chat(page).get_by_role("article", name=re.compile(INVOICE)).last
    await expect(whole).to_contain_text("Since then I never change a job that moves money", timeout=PATIENCE)


async def test_a_form_that_asks_what_to_find_takes_ones_own_words_beside_those_it_offers(
    page: Page, demo_address: str
) -> None:
    await with_stories(page, demo_address)
    await (await typed(page, "/starling story find")).press("Enter")
    words = page.get_by_role("dialog").get_by_role("combobox", name=re.compile("Words you remember"))
    await expect(words).to_be_focused(timeout=PATIENCE)
    await expect(page.locator(f"datalist option[value='{INVOICE}']")).to_be_attached()
    await words.fill("search index")
    await words.press("Enter")
    found = chat(page).get_by_role("article", name=re.compile("Stories for: search index"))
    await expect(found).to_contain_text(STORIES[1]["title"], timeout=PATIENCE)
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await (await typed(page, "/starling story find")).press("Enter")
    await words.fill(INVOICE)
    await words.press("Enter")
    whole = chat(page).get_by_role("article", name=re.compile(INVOICE)).last
    await expect(whole).to_contain_text("Since then I never change a job that moves money", timeout=PATIENCE)


async def test_words_that_nobody_picked_from_the_list_are_looked_for_as_they_stand(
    page: Page, demo_address: str
) -> None:
    await with_stories(page, demo_address)
    box = await typed(page, "/starling story find search ind")
    listed = chat(page).get_by_role("listbox", name="Suggestions")
    await expect(listed.get_by_role("option", name=STORIES[1]["title"])).to_be_visible(timeout=PATIENCE)
    await page.keyboard.press("Escape")
    await expect(listed).to_be_hidden()
    await expect(box).to_have_value("/starling story find search ind")
    await page.keyboard.type("ex")
    await expect(listed.get_by_role("option", name=STORIES[1]["title"])).to_be_visible(timeout=PATIENCE)
    await page.keyboard.press("Enter")
    found = chat(page).get_by_role("article", name=re.compile("Stories for: search index"))
    await expect(found).to_contain_text(STORIES[1]["title"], timeout=PATIENCE)
