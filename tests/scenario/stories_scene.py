"""People with stories: what they write, type and press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import select

from storage.base import Base
from tests.scenario.dsl import Scene

T = TypeVar("T", bound=Base)

PARTS = {
    "title": "The label printer in Rotterdam",
    "situation": "Our depot in Rotterdam printed each label twice, and nobody knew why. We were three engineers.",
    "task": "I had to find the cause before the night shift.",
    "action": "I compared the logs of two printers, ruled out the driver, and found that a retry used a fresh number.",
    "result": "Double labels fell from 400 a day to none, which saved 12,000 euros a month.",
    "learning": "Since then every job carries a number that survives a retry.",
}


async def add(s: Scene, who: str = "ana", **parts: str | Sequence[str]) -> None:
    someone = getattr(s, who)
    await someone.runs("story add")
    await s.drain()
    await someone.submits(**{**PARTS, **parts})
    await s.drain()


async def runs(s: Scene, who: str, line: str) -> str:
    """What somebody sees anew after a command."""
    someone = getattr(s, who)
    before = s.private(someone)
    await someone.runs(line)
    await s.drain()
    return s.private(someone).removeprefix(before)


async def click(s: Scene, who: str, *labels: str) -> None:
    for label in labels:
        await getattr(s, who).clicks(label)
        await s.drain()


async def rows(s: Scene, table: type[T], *conditions: Any) -> Sequence[T]:
    async with s.database.read(await s.workspace_id()) as session:
        return (await session.scalars(select(table).where(*conditions))).all()
