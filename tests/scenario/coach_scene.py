"""A scene in which a coach takes part whose model answers as a test tells it to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select

from bot.answers.declare import feature as answers
from bot.coach.config import CoachConfig
from bot.coach.declare import feature as coach
from bot.coach.model import Answered, Failed
from bot.coach.prices import Usage
from bot.members.declare import feature as members
from bot.questions.declare import feature as questions
from tests.scenario.dsl import Scene, scene
from tests.wire.llm.replies import honest

USAGE = Usage(2000, 500)


class ToldModel:
    """Answers as it is told to: honestly unless `fails` or `acts` says otherwise."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.fails: list[Failed] = []
        self.acts: list[Callable[[], Any]] = []
        self.usage = USAGE

    async def ask(self, body: dict[str, Any]) -> Answered | Failed:
        self.asked.append(body)
        if self.acts:
            await self.acts.pop(0)()
        if self.fails:
            return self.fails.pop(0)
        return Answered(json.dumps(honest(body)), self.usage)


@asynccontextmanager
async def told(database_url: str | None = None, **settings: Any) -> AsyncIterator[tuple[Scene, ToldModel]]:
    model = ToldModel()
    config = CoachConfig(**{"api_key": "k", "base_url": "https://llm.example", **settings})
    async with scene(
        features=(questions(), answers(), coach(config, model), members()), database_url=database_url
    ) as s:
        yield s, model


async def rows(s: Scene, table: Any) -> Sequence[Any]:
    """All rows of a table, oldest first."""
    async with s.database.read(await s.workspace_id()) as session:
        return (await session.scalars(select(table).order_by(table.id))).all()
