"""The scripted day: an end-to-end test of everything but the page, and the transcript in the documentation."""

from __future__ import annotations

from pathlib import Path

from bot.cli.script import play

TRANSCRIPT = Path(__file__).parents[2] / "docs" / "a-day.txt"


async def test_the_scripted_day_is_the_documented_one_at_every_run() -> None:
    first = await play()
    assert await play() == first
    assert TRANSCRIPT.read_text(encoding="utf-8") == first, "starling demo --script > docs/a-day.txt"


async def test_the_scripted_day_shows_what_the_revision_gained() -> None:
    transcript = await play()
    assert "The rating rose from" in transcript
    assert transcript.index("Feedback on your answer") < transcript.index("Feedback on version 2")
