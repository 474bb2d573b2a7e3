"""A team whose coach speaks to the stand-in through the real client, in a scene with all rooms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.answers.declare import feature as answers
from bot.coach.config import CoachConfig
from bot.coach.declare import feature as coach
from bot.members.declare import feature as members
from bot.questions.declare import feature as questions
from tests.scenario.dsl import Scene, scene
from tests.wire.llm.standin import KEY, Endpoint, endpoint

STORY = (
    "In 2023 I looked after the billing service of a shop, and on a Friday I changed how invoices were rounded. "
    "Some customers were charged twice. I stopped the job at once, told support what had happened, and wrote a script "
    "that found every wrong invoice. I chose to refund by hand because the tool had caused the harm. All 212 customers "
    "had their money back within two days. Since then I run a new rule beside the old one for a week first."
)
LONGER = STORY + " My own part was the script and the calls, and I would do it again."


@asynccontextmanager
async def coached(**settings: Any) -> AsyncIterator[tuple[Scene, Endpoint]]:
    """A scene and the endpoint that its coach calls; `settings` change the coach's configuration."""
    async with endpoint() as end:
        config = CoachConfig(**{"api_key": KEY, "base_url": end.address, **settings})
        rooms = (questions(), answers(), coach(config), members())
        async with scene(features=rooms) as s:
            yield s, end


async def score(s: Scene, text: str, who: str = "ana") -> None:
    """Somebody has a text of their own scored."""
    someone = getattr(s, who)
    await someone.runs("answer score")
    await s.drain()
    await someone.submits(text=text)
    await s.drain()


async def ask(s: Scene, who: str = "ana", *, agree: bool = True) -> None:
    """Somebody presses the button on the newest feedback, and agrees where they are asked to."""
    await getattr(s, who).clicks("Ask the coach")
    await s.drain()
    if agree:
        await getattr(s, who).clicks("I agree")
        await s.drain()


def seen(s: Scene, who: str = "ana") -> str:
    """All that this person and Starling see alone."""
    return s.private(getattr(s, who))


def since(before: str, after: str) -> str:
    """What a transcript gained."""
    assert after.startswith(before)
    return after[len(before) :]


async def do(s: Scene, line: str, who: str = "ana") -> str:
    """What running this command shows."""
    before = seen(s, who)
    await getattr(s, who).runs(line)
    await s.drain()
    return since(before, seen(s, who))


async def press(s: Scene, label: str, who: str = "ana") -> str:
    """What pressing this button adds."""
    before = seen(s, who)
    await getattr(s, who).clicks(label)
    await s.drain()
    return since(before, seen(s, who))
