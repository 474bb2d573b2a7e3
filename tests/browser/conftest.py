"""A Chromium and a running demo. Where no Chromium is found these tests are skipped and say so."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET_START = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Where a Chromium is: `STARLING_TEST_CHROMIUM`, else the first one on the path."""
    return os.environ.get("STARLING_TEST_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)


@pytest.fixture
def demo_address() -> Iterator[str]:
    """The address of a demo, started as a person starts it."""
    demo = subprocess.Popen(
        [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert demo.stdout is not None
        yield demo.stdout.readline().split()[-1]
    finally:
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=20)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium was found; install one or name it in STARLING_TEST_CHROMIUM")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=QUIET_START)
        yield opened
        await opened.close()


@pytest.fixture
async def page(browser: Browser, demo_address: str) -> AsyncIterator[Page]:
    """The demo's page. What it logs as an error fails the test."""
    opened = await browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    await opened.goto(demo_address)
    yield opened
    assert errors == []


@pytest.fixture
def images() -> Path | None:
    """Where screenshots for the documentation go: only when `STARLING_UPDATE_IMAGES` is set are they renewed."""
    if not os.environ.get("STARLING_UPDATE_IMAGES"):
        return None
    folder = Path(__file__).parents[2] / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
