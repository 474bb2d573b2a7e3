"""Practice data of a few days, put into the demo through the same endpoints its page uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.async_api import APIRequestContext

CHANNEL = "interview-practice"
STORIES: Sequence[Mapping[str, str]] = (
    {
        "title": "The invoice job that charged twice",
        "situation": "In March 2025 our invoice job charged 212 customers twice on a Friday evening.",
        "task": "I was on call, and had to stop it and give the money back before banks opened on Monday.",
        "action": "I stopped the job, wrote a query that found every double charge, and checked fifty of them by hand. "
        "I decided against a rollback, since it would have lost the day's true charges.",
        "result": "All 212 customers had their money back within two days, and none of them left.",
        "learning": "Since then I never change a job that moves money without a dry run.",
        "tags": "billing, on call",
    },
    {
        "title": "Two teams, one search index",
        "situation": "Two teams wanted the same search index with different fields, and neither would wait.",
        "action": "I drew both needs on one page, asked each team what it could do without, and built the shared part "
        "first, in nine days.",
        "result": "Both shipped in the same quarter; queries became 40% faster.",
        "learning": "I ask what somebody can do without before I ask what they want.",
        "tags": "conflict",
    },
)


class Practice:
    """People of the demo, by what their pages send."""

    def __init__(self, requests: APIRequestContext, address: str) -> None:
        self._requests = requests
        self._address = address

    async def act(self, person: str, what: str, data: Mapping[str, Any]) -> Any:
        """Do something in the name of a person."""
        origin = {"Origin": self._address.rstrip("/")}
        answer = await self._requests.post(f"{self._address}api/{person}/{what}", data=dict(data), headers=origin)
        assert answer.ok, await answer.text()
        return await answer.json()

    async def command(self, person: str, line: str) -> None:
        """Type a command in the channel."""
        await self.act(person, "commands", {"channel": CHANNEL, "line": f"/starling {line}"})

    async def write_stories(self, person: str) -> None:
        """Write the stories by the form of `story add`."""
        for story in STORIES:
            await self.command(person, "story add")
            values = {name: [text] for name, text in story.items()}
            await self.act(person, "form", {"values": {**values, "tie_in": [], "project": ["Billing"]}})
