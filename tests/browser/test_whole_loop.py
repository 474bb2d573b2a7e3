"""The whole loop in a real Chromium: question, answer in two parts, feedback, edit, private form, other member."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.cli.script import STRONG, WEAK

pytestmark = pytest.mark.browser

FEEDBACK = 20_000
"""Milliseconds an answer may take to its feedback: the demo's quiet time of 5 seconds, and room for a busy machine."""

TODAYS = re.compile("today's question")


def channel(page: Page) -> Locator:
    return page.get_by_role("region", name="Channel interview-practice")


def questions(page: Page) -> Locator:
    """That of the round that is over, then those of today and later."""
    return channel(page).get_by_role("heading", name=TODAYS)


def thread(page: Page) -> Locator:
    return page.get_by_role("region", name="Thread")


async def todays_question(page: Page) -> Locator:
    """It is posted once the demo runs, which may be after its page was opened."""
    await expect(questions(page)).to_have_count(2, timeout=FEEDBACK)
    return channel(page).get_by_role("listitem").filter(has=page.get_by_role("heading", name=TODAYS)).last


async def open_thread(page: Page) -> Locator:
    question = await todays_question(page)
    await question.hover()
    await question.get_by_role("button", name="Reply", exact=True).click()
    await expect(thread(page)).to_be_visible()
    return thread(page)


async def say_in_thread(page: Page, text: str) -> None:
    box = thread(page).get_by_role("textbox", name="Reply in thread")
    await box.fill(text)
    await box.press("Enter")
    await expect(thread(page).get_by_role("article", name=re.compile(re.escape(text[:30]))).first).to_be_visible()


async def become(page: Page, name: str) -> None:
    await page.get_by_role("combobox", name="You are").select_option(name)
    await expect(page.get_by_role("status").filter(has_text=f"You are {name}.")).to_be_attached()


async def test_the_whole_loop(page: Page, images: Path | None) -> None:
    await open_thread(page)

    first, second = WEAK.split(". ", 1)
    await say_in_thread(page, first + ".")
    await say_in_thread(page, second)
    feedback = thread(page).get_by_role("article", name=re.compile("Feedback on your answer"))
    await expect(feedback).to_be_visible(timeout=FEEDBACK)
    await expect(feedback).to_contain_text(re.compile(r"Rating: [12](\.5)? of 5"))
    await expect(feedback.get_by_role("blockquote").first).to_contain_text("various fixes")
    if images is not None:
        await page.set_viewport_size({"width": 1280, "height": 1000})
        await page.mouse.move(0, 0)
        await page.screenshot(path=images / "workspace.png")

    mine = thread(page).get_by_role("listitem").filter(has_text="So last year").first
    await mine.hover()
    await mine.get_by_role("button", name="Edit").click()
    editor = thread(page).get_by_role("textbox", name="Edit your message")
    await editor.fill(STRONG)
    await editor.press("Enter")
    delta = thread(page).get_by_role("article", name=re.compile("Feedback on version 2"))
    await expect(delta).to_contain_text("The rating rose from", timeout=FEEDBACK)

    await become(page, "Tom")
    await expect(page.get_by_text("Only visible to you")).to_have_count(0)
    await channel(page).get_by_role("button", name="Answer privately").last.click()
    form = page.get_by_role("dialog", name="Answer privately")
    parts = STRONG.split("\n\n")
    for label, text in zip(("Situation", "Action", "Result"), parts, strict=True):
        await form.get_by_role("textbox", name=re.compile(label)).fill(text)
    await form.get_by_role("button", name="Score it").click()
    await expect(form).to_be_hidden(timeout=FEEDBACK)
    await page.get_by_role("button", name=re.compile("Direct messages")).click()
    private = page.get_by_role("article", name=re.compile("Feedback on your answer"))
    await expect(private.last).to_contain_text(re.compile(r"Rating: [45]"), timeout=FEEDBACK)

    await become(page, "Priya")
    await expect(page.get_by_text(parts[0])).to_have_count(0)


async def test_the_next_question_comes_when_the_clock_is_moved(page: Page) -> None:
    await todays_question(page)
    await page.get_by_role("button", name="+1 day").click()
    await expect(questions(page)).to_have_count(3, timeout=FEEDBACK)


async def test_on_a_phone_no_line_of_a_card_is_cut_off(page: Page) -> None:
    await todays_question(page)
    await page.set_viewport_size({"width": 390, "height": 800})
    box = channel(page).get_by_label("Message #interview-practice")
    await box.fill("/starling help")
    await box.press("Enter")
    card = channel(page).get_by_role("article").last.locator(".card")
    await expect(card).to_contain_text("What you can do with Starling", timeout=FEEDBACK)
    assert await card.evaluate("card => card.scrollWidth <= card.clientWidth")


async def test_an_answer_can_be_given_by_keyboard_alone(page: Page) -> None:
    reply = (await todays_question(page)).get_by_role("button", name="Reply", exact=True)
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await reply.evaluate("button => button === document.activeElement"):
            break
    await page.keyboard.press("Enter")
    box = thread(page).get_by_role("textbox", name="Reply in thread")
    await expect(box).to_be_focused()
    await page.keyboard.type(WEAK)
    await page.keyboard.press("Enter")
    await expect(thread(page).get_by_role("article", name=re.compile("Feedback"))).to_be_visible(timeout=FEEDBACK)
