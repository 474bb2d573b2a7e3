"""Tokens that rotate: exchanged for a new one before they end."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp

from adapters.slack.settings import OAuthSettings
from adapters.slack.vault import Grant, Vault
from adapters.slack.web import WebApi
from bot.base.clock import Clock
from bot.chat.errors import PlatformError

BEFORE_THE_END = timedelta(hours=1).total_seconds()
"""Slack's rotating tokens live twelve hours."""

logger = logging.getLogger(__name__)


class RotatingApi(WebApi):
    """The Web API with a granted token, exchanged in time where it rotates."""

    def __init__(
        self,
        grant: Grant,
        oauth: OAuthSettings,
        base_url: str,
        session: aiohttp.ClientSession,
        vault: Vault,
        clock: Clock,
    ) -> None:
        super().__init__(grant.token, base_url, session)
        self._grant, self._oauth, self._vault, self._clock = grant, oauth, vault, clock
        self._exchanging = asyncio.Lock()

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self._exchanging:
            if self._ends_within(BEFORE_THE_END) and self._grant.refresh_token is not None:
                await self._exchange_in_time(self._grant.refresh_token)
        return await super().call(method, **arguments)

    def _ends_within(self, seconds: float) -> bool:
        end = self._grant.expires_at
        return end is not None and end - self._clock.now().timestamp() < seconds

    async def _exchange_in_time(self, refresh_token: str) -> None:
        """Exchange the token; where that fails the one we have does as long as it lives."""
        try:
            await self._exchange(refresh_token)
        except PlatformError as problem:
            if self._ends_within(0):
                raise
            logger.warning("the token of %s was not exchanged: %s", self._grant.installation, problem)

    async def _exchange(self, refresh_token: str) -> None:
        answer = await self.exchange(
            self._oauth.client_id, self._oauth.client_secret, grant_type="refresh_token", refresh_token=refresh_token
        )
        self._grant = replace(
            self._grant,
            token=str(answer["access_token"]),
            refresh_token=str(answer["refresh_token"]),
            expires_at=self._clock.now().timestamp() + float(answer["expires_in"]),
        )
        self._vault.keep(self._grant)
        self.client.token = self._grant.token
