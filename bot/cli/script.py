"""`starling demo --script`: one day of the practice team, played in the terminal.

Everything runs as in the demo with its page; only the people are played and the clock is moved. The same
bytes are printed at every run, so the transcript serves as an end-to-end test and as the README's example.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.base.clock import MovedClock
from bot.cli.practice_team import CHANNEL, PracticeTeam, Seen, practice_team, set_up_programme, staged

MORNING = datetime(2026, 3, 2, 8, 59, tzinfo=UTC)
"""A Monday, a minute before the question is due."""
QUESTIONS = ("q-harm-by-your-change", "q-junior-is-stuck")
"""Those of Monday and Tuesday."""
ANSWERING = timedelta(seconds=6)
"""A little more than the demo's quiet time, after which an answer closes."""
WIDTH = 100

WEAK = (
    "So last year we had a problem with a deployment. We changed some configuration and then the checkout was broken "
    "for a while, because the monitoring team had not set up proper alerts. We rolled it back and various fixes were "
    "made, and in the end everything worked much better and everybody was happy with it."
)

STRONG = (
    "In March 2025 I was the engineer on call for the checkout service of a ticket shop, and I raised a timeout from 2 "
    "to 30 seconds to calm a noisy alarm. I owned that service and its alarms. For 25 minutes 1,400 buyers could not "
    "pay.\n\n"
    "I rolled the change back within four minutes of the first complaint, rather than look for the cause first, "
    "because every minute cost sales. Then I told support what had happened and wrote the postmortem: the change had "
    "gone to all hosts at once, and nobody but me had read it. Lena from operations wanted a freeze on changes; I "
    "argued for a canary instead, since a freeze would only have made changes larger, and showed her on the logs of "
    "six earlier incidents that a canary would have caught five of them. I built it with her in two weeks.\n\n"
    "Since then failed changes that reach customers went down from 9 a quarter to 1. I have learned to treat "
    "configuration as code: since that day none of mine goes out without a reviewer and a canary."
)


async def play() -> str:
    """The transcript of the day."""
    clock = MovedClock(MORNING)
    with TemporaryDirectory(prefix="starling-script-") as folder:
        async with practice_team(Path(folder), 0, clock) as team:
            await team.platform.start(team.runtime)
            try:
                return await _Play(team, clock).day()
            finally:
                await team.platform.stop()


class _Play:
    """The play while it goes on: what was shown already, and the transcript so far."""

    def __init__(self, team: PracticeTeam, clock: MovedClock) -> None:
        self._team = team
        self._clock = clock
        self._platform = staged(team)
        self._stage = self._platform.workspace
        self._shown: dict[tuple[str, int], str] = {}
        self._lines: list[str] = []

    async def day(self) -> str:
        """Question, weak answer, feedback, revision, and what it gained."""
        await self._team.runtime.know_installations()
        await set_up_programme(self._team, "UTC", self._clock.now(), first=QUESTIONS)
        self._scene("Monday, 09:00. The question of the day comes.")
        await self._later(timedelta(minutes=1))
        question = self._stage.seen_by("priya", CHANNEL)[-1]
        self._show("#" + CHANNEL, self._stage.seen_by("priya", CHANNEL))

        self._scene("Priya answers in its thread.")
        answer = await self._stage.say("priya", CHANNEL, WEAK, str(question.id))
        await self._told("priya", question)

        self._scene("She edits her message, and reads what that gained.")
        await self._stage.edit("priya", answer, STRONG)
        await self._told("priya", question)

        self._scene("Tuesday, 09:00. Another question comes.")
        await self._later(timedelta(days=1))
        self._show("#" + CHANNEL, self._stage.seen_by("priya", CHANNEL))
        return "\n".join(self._lines) + "\n"

    async def _told(self, who: str, question: Seen) -> None:
        await self._later(timedelta())
        await self._later(ANSWERING)
        self._show(f"#{CHANNEL}, in the thread", self._stage.seen_by(who, CHANNEL, str(question.id)))
        self._show(f"{who.title()} and Starling alone", self._stage.seen_by(who, self._stage.direct(who).channel))

    async def _later(self, by: timedelta) -> None:
        await self._platform.idle()
        self._clock.move(by)
        await self._team.runtime.drain()

    def _scene(self, sentence: str) -> None:
        self._lines += [*([""] if self._lines else []), f"== {sentence}"]

    def _show(self, place: str, messages: Sequence[Seen]) -> None:
        """Whatever is new or changed there since it was shown last."""
        for message in messages:
            if self._shown.get((place, message.id)) == message.plain:
                continue
            edited = (place, message.id) in self._shown
            self._shown[place, message.id] = message.plain
            self._lines += ["", f"[{place}] {message.author.title()}{' (edited)' if edited else ''}:"]
            for paragraph in message.plain.splitlines():
                self._lines += textwrap.wrap(paragraph, WIDTH, initial_indent="  ", subsequent_indent="  ") or [""]
