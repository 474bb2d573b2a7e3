"""The stand-ins for Slack and Discord, as an operator's settings reach them; and an operator who answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from bot.chat.setup import Finding
from tests.wire.discord.gateway import MESSAGE_CONTENT
from tests.wire.discord.server import StandIn
from tests.wire.slack.slack import Slack
from tests.wire.slack.world import APP_TOKEN, BOT_TOKEN, World

NEEDED_ON_SLACK = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "metadata.message:read",
        "reactions:write",
        "users:read",
    }
)


@asynccontextmanager
async def slack_stand_in(scopes: frozenset[str] = NEEDED_ON_SLACK) -> AsyncIterator[Slack]:
    """A Slack workspace."""
    async with Slack(World(scopes), limits=False) as slack:
        yield slack


@asynccontextmanager
async def discord_stand_in(*, servers: int = 1, message_content: bool = False) -> AsyncIterator[StandIn]:
    """Discord with this many servers, each with the channel of practice."""
    async with StandIn() as discord:
        discord.gateway.granted = MESSAGE_CONTENT if message_content else 0
        for number in range(servers):
            guild = discord.world.add_guild(f"Team {number + 1}")
            discord.world.add_channel(guild, "interview-practice")
        yield discord


def slack_settings(slack: Slack, **changed: str) -> dict[str, str]:
    """What an operator sets to reach it."""
    return {
        "STARLING_SLACK_BOT_TOKEN": BOT_TOKEN,
        "STARLING_SLACK_APP_TOKEN": APP_TOKEN,
        "STARLING_SLACK_API_URL": f"{slack.server.address}/api/",
    } | changed


def discord_settings(discord: StandIn, **changed: str) -> dict[str, str]:
    """What an operator sets to reach it."""
    token = discord.world.token
    return {"STARLING_DISCORD_TOKEN": token, "STARLING_DISCORD_API_URL": discord.api_url} | changed


def faults(findings: Sequence[Finding]) -> list[str]:
    """The sentences of what is wrong; each has its mending step."""
    wrong = [finding for finding in findings if not finding.ok]
    assert all(finding.step for finding in wrong)
    return [finding.sentence for finding in wrong]


class Operator:
    """Answers by the first word of ours that a question holds, one after the other; keeps what was said."""

    def __init__(self, answers: Mapping[str, Sequence[str]]) -> None:
        self._answers = {word: list(given) for word, given in answers.items()}
        self.lines: list[str] = []
        self.asked: list[tuple[str, str, bool]] = []

    def ask(self, sentence: str, default: str, *, secret: bool = False) -> str:
        self.asked.append((sentence, default, secret))
        for word, given in self._answers.items():
            if word in sentence and given:
                return given.pop(0)
        return default

    def say(self, line: str) -> None:
        self.lines.append(line)
