"""Calls of Slack's Web API, with one pool of connections and one mapping of errors.

The SDK's own retries are off: after a dropped connection it would post a second time, and a rate limit is for the
outbox to wait out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.errors import platform_error
from bot.chat.errors import RateLimited, TargetGone, Unavailable

SECONDS = 10.0
"""How long one call may take."""
_WAIT = timedelta(seconds=1)
FAILURES = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError)


def new_session() -> aiohttp.ClientSession:
    """A pool of connections for all calls of one adapter."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))


class WebApi:
    """The Web API of one installation. Every call raises only `PlatformError`s."""

    def __init__(self, token: str, base_url: str, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.client = AsyncWebClient(token=token or None, base_url=base_url, session=session, retry_handlers=[])
        self.scopes = frozenset[str]()
        """What is granted, as Slack's latest answer said."""

    async def call(self, method: str, **arguments: Any) -> Any:
        """The answer to a method such as `chat.postMessage`; arguments that are None are left out."""
        function = getattr(self.client, method.replace(".", "_"))
        given = {name: value for name, value in arguments.items() if value is not None}
        return await self._made(method, function(**given))

    async def exchange(self, client_id: str, client_secret: str, **arguments: str) -> Any:
        """The answer of `oauth.v2.access`, which knows us by the app's own credentials."""
        headers = {"Authorization": aiohttp.encode_basic_auth(client_id, client_secret)}
        call = self.client.api_call("oauth.v2.access", data=arguments, headers=headers)
        return await self._made("oauth.v2.access", call)

    async def _made(self, method: str, call: Awaitable[Any]) -> Any:
        try:
            answer = await call
        except FAILURES as problem:
            raise platform_error(method, problem) from problem
        self._note_scopes(answer.headers)
        return answer

    def _note_scopes(self, headers: Mapping[str, str]) -> None:
        granted = headers.get("X-OAuth-Scopes")
        if granted is not None:
            self.scopes = frozenset(scope.strip() for scope in granted.split(",")) - {""}

    async def upload(self, address: str, data: bytes, media_type: str) -> None:
        """Send a file's bytes to the address that `files.getUploadURLExternal` gave."""
        try:
            async with self._session.post(address, data=data, headers={"Content-Type": media_type}) as answer:
                status = answer.status
        except FAILURES as problem:
            raise platform_error("upload", problem) from problem
        if status == 429:
            raise RateLimited("upload", _WAIT)
        if status != 200:
            raise Unavailable("upload", f"status {status}", accepted=None)

    async def respond(self, response_url: str, body: dict[str, Any]) -> None:
        """Answer an interaction by its `response_url`, which is good for five answers within half an hour."""
        hook = AsyncWebhookClient(response_url, session=self._session, retry_handlers=[])
        try:
            response = await hook.send_dict(body)
        except FAILURES as problem:
            raise platform_error("response_url", problem) from problem
        if response.status_code == 429:
            raise RateLimited("response_url", _WAIT)
        if response.status_code >= 500:
            raise Unavailable("response_url", f"status {response.status_code}", accepted=None)
        if response.status_code != 200:
            raise TargetGone("response_url", f"status {response.status_code}")
