"""What the workspace asks the bot and needs answered while a person waits: completions as one types."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from adapters.local.cards import Payload
from adapters.local.store import Bell

PATIENCE = 3.0
"""Seconds a person waits for the bot, as on the real platforms."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which choices are there for `option` of the command that `line` begins with, where `prefix` is typed?"""

    number: int
    person: str
    line: str
    option: str
    prefix: str


class Questions:
    """Open questions to the bot. They are kept in memory only: a lost one is a completion that does not come."""

    def __init__(self) -> None:
        self._bell = Bell()
        self._asked = 0
        self._waiting: list[Question] = []
        self._answers: dict[int, asyncio.Future[list[Payload]]] = {}

    async def ask(self, person: str, line: str, option: str, prefix: str) -> list[Payload]:
        """The bot's choices, or none where it does not answer in time."""
        self._asked += 1
        question = Question(self._asked, person, line, option, prefix)
        answer: asyncio.Future[list[Payload]] = asyncio.get_running_loop().create_future()
        self._answers[question.number] = answer
        self._waiting.append(question)
        self._bell.ring()
        try:
            async with asyncio.timeout(PATIENCE):
                return await answer
        except TimeoutError:
            return []
        finally:
            del self._answers[question.number]
            if question in self._waiting:
                self._waiting.remove(question)

    async def next(self, seconds: float | None) -> Question | None:
        """The next question for the bot, waiting for one; None where `seconds` passed without any."""
        while not self._waiting:
            if not await self._bell.wait(seconds):
                return None
        return self._waiting.pop(0)

    def answer(self, number: int, choices: list[Payload]) -> None:
        """The bot's answer; one that comes too late is dropped."""
        waiting = self._answers.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(choices)
