"""Starling as a service that many workspaces install by themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
from cryptography.fernet import Fernet

from adapters.slack import adapter
from adapters.slack.http import HttpConnection
from adapters.slack.platform import SlackPlatform
from bot.base.clock import MovedClock
from tests.contract.harness import RecordingInbound
from tests.wire.slack import payloads
from tests.wire.slack.grants import CLIENT, CLIENT_SECRET
from tests.wire.slack.samples import CHANNEL, SAID
from tests.wire.slack.slack import Slack
from tests.wire.slack.world import BOT_USER, SECRET

RED, BLUE = "T0RED", "T0BLUE"
PUBLIC = "http://starling.example.com"


class Service:
    """One process that serves many workspaces; `restart` starts another on the same folder."""

    def __init__(self, slack: Slack, folder: Path) -> None:
        self.slack, self.folder = slack, folder
        self.key = Fernet.generate_key().decode()
        self.clock = MovedClock()
        self.inbound = RecordingInbound()
        self.platform: SlackPlatform

    def settings(self) -> dict[str, str]:
        """What an operator would set."""
        return {
            "STARLING_SLACK_CLIENT_ID": CLIENT,
            "STARLING_SLACK_CLIENT_SECRET": CLIENT_SECRET,
            "STARLING_SLACK_TOKEN_KEY": self.key,
            "STARLING_SLACK_INSTALLATIONS": str(self.folder),
            "STARLING_SLACK_PUBLIC_URL": PUBLIC,
            "STARLING_SLACK_SIGNING_SECRET": SECRET,
            "STARLING_SLACK_HTTP_PORT": "0",
            "STARLING_SLACK_API_URL": f"{self.slack.server.address}/api/",
        }

    async def start(self, **changes: str) -> None:
        made = adapter({**self.settings(), **changes}, self.clock)
        assert isinstance(made, SlackPlatform)
        await made.start(self.inbound)
        self.platform = made
        assert isinstance(made.connection, HttpConnection)
        self.slack.deliveries.events_url = made.connection.address

    async def restart(self) -> None:
        await self.platform.stop()
        await self.start()

    def page(self, path: str) -> str:
        address = self.slack.deliveries.events_url
        assert address is not None
        return address.replace("/slack/events", path)

    async def install(self, team: str) -> tuple[int, str]:
        """Somebody installs Starling in this team, in one browser from the first page to the last."""
        async with browser() as session:
            state = await self.ask(session)
            code = self.slack.server.grants.agree(team, f"{PUBLIC}/slack/oauth_redirect")
            return await self.come_back(session, code=code, state=state)

    async def ask(self, session: aiohttp.ClientSession) -> str:
        """Open the first page; the state it sends along to Slack."""
        async with session.get(self.page("/slack/install"), allow_redirects=False) as answer:
            assert answer.status == 302
            asked = urlsplit(answer.headers["Location"])
            assert asked.path == "/oauth/v2/authorize"
            query = parse_qs(asked.query)
            assert query["client_id"] == [CLIENT]
            assert "chat:write" in query["scope"][0].split(",")
            return query["state"][0]

    async def come_back(self, session: aiohttp.ClientSession, **query: str) -> tuple[int, str]:
        async with session.get(self.page("/slack/oauth_redirect"), params=query) as answer:
            return answer.status, await answer.text()

    async def say(self, team: str, text: str) -> None:
        event = payloads.message_event(SAID, CHANNEL, with_metadata=False) | {"text": text}
        assert (await self.slack.deliver("events_api", payloads.event_callback(event, team))).acknowledged

    async def leave(self, team: str, first: str) -> None:
        """The app is removed from a team; Slack tells of it by two events in either order."""
        self.slack.server.grants.revoke(team)
        events: dict[str, dict[str, Any]] = {
            "app_uninstalled": {"type": "app_uninstalled"},
            "tokens_revoked": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}},
        }
        for name in sorted(events, key=lambda name: name != first):
            delivered = await self.slack.deliver("events_api", payloads.event_callback(events[name], team, self.now()))
            assert delivered.acknowledged

    def now(self) -> str:
        """The service's time, as Slack writes it."""
        return str(self.clock.now().timestamp())

    async def teams(self) -> set[str]:
        return {ref.installation for ref in await self.platform.installations()}


@asynccontextmanager
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session
