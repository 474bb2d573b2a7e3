"""The demo's next round of peer reviews in a Chromium: four people answer, one vanishes, everybody gets a review."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from bot.cli.script import STRONG
from tests.browser.practice import CHANNEL, Practice
from tests.scenario.reviewing_scene import CHANGE, WORKED

pytestmark = pytest.mark.browser

PATIENCE = 20_000
"""Milliseconds that anything may take: the demo's quiet time of 5 seconds, and room for a busy machine."""
NOON = 12
"""An hour in UTC at which none of the four is asleep."""
VANISHES = "Tom"
FEEDBACK = "Feedback on your answer"
WRITERS = ("Priya", "Diego", "Amara")


def channel(page: Page) -> Locator:
    return page.get_by_role("region", name=f"Channel {CHANNEL}")


async def become(page: Page, name: str) -> None:
    """Act as somebody from now on; the page says so where it was somebody else before."""
    you = page.get_by_role("combobox", name="You are")
    if await you.input_value() == name.lower():
        return
    await you.select_option(name)
    await expect(page.get_by_role("status").filter(has_text=f"You are {name}.")).to_be_attached()


async def a_day_passes(page: Page) -> None:
    await page.get_by_role("button", name="+1 day").click()


async def types(page: Page, line: str) -> None:
    box = channel(page).get_by_label(f"Message #{CHANNEL}")
    await box.fill(f"/starling {line}")
    await box.press("Enter")


async def changes_the_rounds(page: Page) -> None:
    await types(page, "round list")
    await channel(page).get_by_role("button", name="Edit", exact=True).last.click()
    form = page.get_by_role("dialog", name="Peer-review rounds")
    await form.get_by_role("group", name="Reviews still count so long after the end").get_by_label("None").check()
    await form.get_by_role("button", name="Save").click()
    await expect(channel(page).get_by_text('The peer reviews "Peer reviews" are saved.')).to_be_visible()


async def reviews(page: Page, name: str, besides: str = "-") -> str:
    """Take up the next answer by the post in the channel, and hand its review in by the form; the answer's label.

    `besides` is the label of one that they have reviewed.
    """
    await become(page, name)
    await channel(page).get_by_role("button", name="My reviews").last.click()
    answer = channel(page).get_by_role("article", name=re.compile(rf"Answer (?!{besides})[A-Z]\b")).last
    await answer.get_by_role("button", name="Write my review").click()
    form = page.get_by_role("dialog", name=re.compile("Review of answer"))
    label = (await form.get_by_role("heading").inner_text())[-1]
    for group in await form.get_by_role("group").all():
        four = group.locator("input[value='4']")
        if await four.count():
            await four.check()
    await form.get_by_role("textbox", name=re.compile("What worked")).fill(WORKED[label].format(who="a reader"))
    await form.get_by_role("button", name="Hand it in").click()
    nudge = form.locator("[data-input='change'] [role='alert']")
    await expect(nudge).not_to_be_empty(timeout=PATIENCE)
    await form.get_by_role("textbox", name=re.compile("One change")).fill(CHANGE[label].format(who="a reader"))
    await form.get_by_role("button", name="Hand it in").click()
    await expect(channel(page).get_by_text("Your review is in.").last).to_be_visible(timeout=PATIENCE)
    return label


async def told_alone(page: Page, address: str, name: str) -> str:
    """All that Starling said to somebody in their direct conversation."""
    state = await (await page.request.get(f"{address}api/{name.lower()}/state")).json()
    direct = next(each["id"] for each in state["channels"] if each["direct"])
    messages = await page.request.get(f"{address}api/{name.lower()}/messages?channel={direct}")
    return await messages.text()


async def everybody_answers(page: Page, practice: Practice, address: str) -> None:
    """To the question of today, in its thread."""
    messages: Any = await (await page.request.get(f"{address}api/priya/messages?channel={CHANNEL}")).json()
    question = str(messages[-1]["id"])
    everybody = (*WRITERS, VANISHES)
    before = {name: (await told_alone(page, address, name)).count(FEEDBACK) for name in everybody}
    for name in everybody:
        text = f"{STRONG} That is how I, {name}, remember it."
        await practice.act(name.lower(), "messages", {"channel": CHANNEL, "text": text, "thread": question})
    for name in everybody:
        await _until_told(page, address, name, FEEDBACK, besides=before[name])


async def _until_told(page: Page, address: str, name: str, words: str, besides: int = 0) -> None:
    """Wait until somebody was told more often than `besides`."""
    for _ in range(PATIENCE // 250):
        if (await told_alone(page, address, name)).count(words) > besides:
            return
        await page.wait_for_timeout(250)
    raise AssertionError(f"{name} was not told: {words}")


async def test_a_second_round_from_the_answers_to_the_results(page: Page, demo_address: str) -> None:
    practice = Practice(page.request, demo_address)
    state = await (await page.request.get(f"{demo_address}api/priya/state")).json()
    hours = (NOON - datetime.fromisoformat(state["now"]).hour) % 24
    await practice.act("priya", "clock", {"hours": hours})
    await become(page, "Amara")
    await changes_the_rounds(page)
    await everybody_answers(page, practice, demo_address)
    await types(page, "round now")
    hub = channel(page).get_by_role("article", name=re.compile("Peer reviews, round 2"))
    await expect(hub).to_contain_text("4 people take part, so each answer gets 1 review", timeout=PATIENCE)

    done = {name: await reviews(page, name) for name in WRITERS}
    await expect(hub).to_contain_text("3 of 4", timeout=PATIENCE)
    before = {name: (await told_alone(page, demo_address, name)).count("1 answer to review by") for name in WRITERS}
    await a_day_passes(page)
    await a_day_passes(page)
    stand_in = await _stand_in(page, demo_address, before)
    await a_day_passes(page)
    await _until_told(page, demo_address, stand_in, "1 review is still to come, by")
    assert "still to come" not in await told_alone(page, demo_address, VANISHES)
    await reviews(page, stand_in, besides=done[stand_in])
    await a_day_passes(page)
    await expect(hub).to_contain_text("4 reviews were written for 4 answers.", timeout=PATIENCE)

    await become(page, VANISHES)
    await page.get_by_role("button", name=re.compile("Direct messages")).click()
    results = page.get_by_role("article", name=re.compile("What your reviewers found, round 2"))
    await expect(results).to_contain_text("The mean of 1 review", timeout=PATIENCE)
    await results.get_by_role("button", name="It helped").click()
    await expect(page.get_by_text("Noted. Only its writer and your mentors can learn of it").first).to_be_visible()
    await page.get_by_role("button", name=re.compile(CHANNEL)).first.click()
    await types(page, "round why")
    await expect(channel(page).get_by_text("Who reviews you nobody is told, you included.").first).to_be_visible()


async def _stand_in(page: Page, address: str, before: dict[str, int]) -> str:
    """Who got the answer of the one who vanished."""
    for _ in range(PATIENCE // 250):
        for name, count in before.items():
            if (await told_alone(page, address, name)).count("1 answer to review by") > count:
                return name
        await page.wait_for_timeout(250)
    raise AssertionError("nobody was asked in place of the one who vanished")
