"""Socket Mode: Slack's events over a connection that we open, so nothing has to be reachable from outside."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from adapters.slack.errors import TOKEN
from adapters.slack.web import WebApi
from bot.base.errors import ConfigurationError
from bot.chat.errors import PermissionMissing, Unavailable

PING_SECONDS = 5.0
"""How often the connection is tested; a lost one is noticed and opened anew after that long."""
PINGS_PER_ADDRESS = 7
"""How long one address is tried, in intervals of the test."""
CONNECTING_SECONDS = 10.0
STOPPING_SECONDS = 10.0
"""How long a stop waits for what is being acknowledged."""

logger = logging.getLogger(__name__)


class SocketConnection:
    """Hands every request of Socket Mode to the Bolt app."""

    def __init__(self, bolt: AsyncApp, api: WebApi, app_token: str, ping_seconds: float) -> None:
        self._bolt = bolt
        self._api = api
        self._app_token = app_token
        self._ping_seconds = ping_seconds
        self._client: SocketModeClient | None = None
        self._stopping = False
        self._working: set[asyncio.Task[Any]] = set()

    async def start(self) -> None:
        """Connect; `ConfigurationError` for a token that Slack refuses, `Unavailable` where it takes too long."""
        try:
            answer = await self._api.call("apps.connections.open", app_token=self._app_token)
        except PermissionMissing as problem:
            wanted = "is refused by Slack" if problem.which == TOKEN else f"needs {problem.which}"
            raise ConfigurationError(
                f"STARLING_SLACK_APP_TOKEN {wanted}: make a new app-level token with the scope connections:write"
            ) from problem
        client = _Client(self._app_token, web_client=self._api.client, ping_interval=self._ping_seconds)
        client.wss_uri = answer["url"]
        client.socket_mode_request_listeners.append(self._handle)
        self._client = client
        try:
            async with asyncio.timeout(CONNECTING_SECONDS):
                await client.connect()
        except TimeoutError as problem:
            await self.stop()
            raise Unavailable("apps.connections.open", "no connection to Slack", accepted=False) from problem

    async def stop(self) -> None:
        """Take nothing more, let what is being acknowledged finish, and disconnect."""
        self._stopping = True
        if self._working:
            await asyncio.wait(set(self._working), timeout=STOPPING_SECONDS)
        client, self._client = self._client, None
        if client is None:
            return
        await client.close()  # type: ignore[no-untyped-call]
        tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)

    def ready(self) -> bool:
        """Whether the connection stands at this moment."""
        client = self._client
        return client is not None and client.current_session is not None and not client.current_session.closed

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """One request. While stopping none is taken: Slack delivers it to another connection, or later."""
        if self._stopping:
            return
        task = asyncio.current_task()
        assert task is not None
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        try:
            response = await run_async_bolt_app(self._bolt, request)
        except Exception:
            logger.warning("Bolt cannot read a payload of Slack; it is acknowledged and dropped", exc_info=True)
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
            return
        await send_async_response(client, request, response, 0.0)


class _Client(SocketModeClient):
    """The SDK's client, which gives up an address that does not answer and asks for another one.

    The SDK would try the address it has for ever, though its ticket is good for one connection and a short while.
    Asking for addresses is rate limited, and the SDK waits that out inside an attempt, so it has to be given time.
    """

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """The SDK gives up over a payload that is neither an object nor a text, and would not acknowledge it."""
        if "envelope_id" in message and not isinstance(message.get("payload"), dict | str):
            message = {**message, "payload": {}}
        await super().run_message_listeners(message, raw_message)

    async def connect(self) -> None:
        while not self.closed:
            try:
                async with asyncio.timeout(PINGS_PER_ADDRESS * self.ping_interval):
                    await super().connect()  # type: ignore[no-untyped-call]
                return
            except TimeoutError:
                self.wss_uri = None
