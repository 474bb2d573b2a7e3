"""`starling demo`: the practice team with its page and a round of reviews behind it, until it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, cast

from bot.base.clock import MovedClock
from bot.cli.practice_round import LASTS, play_round
from bot.cli.practice_team import PracticeTeam, ask_today, practice_team
from bot.cli.run import page_server
from bot.cli.signals import told_to_stop
from bot.runtime.logs import configure
from bot.runtime.passing import PassingTime

DEMO_ZONE = "UTC"
LOOPBACK = "127.0.0.1"
FIRST_QUESTION = "q-harm-by-your-change"


class _WithPage(Protocol):
    @property
    def address(self) -> str: ...


async def serve(port: int, folder: Path | None, questions: Path | None, say: Callable[[str], None]) -> None:
    """Open the practice team and serve its page until the process is told to stop.

    Without a `folder` everything is kept in a temporary one and gone at the end. `questions` is a folder with
    questions of one's own; `say` prints a line.
    """
    if folder is None:
        with TemporaryDirectory(prefix="starling-demo-") as temporary:
            await serve(port, Path(temporary), questions, say)
        return
    configure("console", "WARNING")
    clock = MovedClock(behind=LASTS)
    pages = page_server(LOOPBACK, 0)

    async def before(team: PracticeTeam) -> None:
        await play_round(team, clock, DEMO_ZONE, FIRST_QUESTION)

    async with practice_team(folder, port, clock, questions, pages, before) as team:
        await team.runtime.start()
        clock.lived_by(PassingTime(team.runtime, clock))
        await pages.start(team.runtime.pages)
        try:
            await ask_today(team, clock.now())
            say(f"The practice team is open at {cast(_WithPage, team.platform).address}")
            say("Answer today's question in its thread; press Ctrl+C here to stop.")
            await told_to_stop()
            say("Stopping.")
        finally:
            await pages.stop()
            await team.runtime.stop()
