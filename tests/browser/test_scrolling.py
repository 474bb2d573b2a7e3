"""What of a conversation is in view in the browser workspace: one's own reply always, and else what one reads."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.pages import PATIENCE, chat
from tests.browser.practice import CHANNEL, Practice

pytestmark = pytest.mark.browser
LOW = 500
"""Pixels of a window in which the card of all commands is taller than what is shown of the channel."""


async def asks(page: Page, line: str) -> None:
    """Type a command in the channel."""
    box = chat(page).get_by_label(f"Message #{CHANNEL}")
    await box.fill(f"/starling {line}")
    await box.press("Enter")


async def is_seen_from_its_start(page: Page, card: Locator) -> None:
    """The card has come, and its first line stands inside the list."""
    await expect(card).to_be_visible(timeout=PATIENCE)
    await expect(card.get_by_text("Starling", exact=True).first).to_be_in_viewport(ratio=1)


async def test_a_reply_to_oneself_is_in_view_after_a_tall_card_and_others_pull_nobody_away(
    page: Page, demo_address: str
) -> None:
    await page.set_viewport_size({"width": 1280, "height": LOW})
    articles = chat(page).get_by_role("article")
    helps = chat(page).get_by_role("article", name=re.compile("What you can do"))
    await expect(articles.filter(has_text="today's question").first).to_be_visible(timeout=PATIENCE)
    for number in range(2):
        await asks(page, "help")
        await is_seen_from_its_start(page, helps.nth(number))
    tall = await helps.first.bounding_box()
    assert tall is not None
    assert tall["height"] > LOW
    await asks(page, "question why")
    await expect(articles.last).not_to_contain_text("What you can do", timeout=PATIENCE)
    await is_seen_from_its_start(page, articles.last)

    top = "list => { list.scrollTop = 0; }"
    listed = chat(page).get_by_role("list", name="Messages", exact=True)
    await listed.evaluate(top)
    before = await articles.count()
    await Practice(page.request, demo_address).act(
        "tom", "messages", {"channel": CHANNEL, "thread": None, "text": "Who is in today?", "files": []}
    )
    await expect(articles).to_have_count(before + 1, timeout=PATIENCE)
    assert await listed.evaluate("list => list.scrollTop") == 0

    await asks(page, "help")
    await is_seen_from_its_start(page, helps.nth(2))
