"""HTTP: Slack calls us, signed, at an address that it can reach."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

PATH = "/slack/events"
STOPPING_SECONDS = 10.0
LARGEST = 4 << 20
"""Bytes of one request; a long form filled to the brim has a third of that."""

logger = logging.getLogger(__name__)


class HttpConnection:
    """A small server for Slack's requests alone; a proxy in front of it ends TLS."""

    def __init__(
        self, bolt: AsyncApp, signing_secret: str, host: str, port: int, routes: Sequence[web.RouteDef] = ()
    ) -> None:
        """`routes` are pages to serve beside Slack's requests."""
        self._bolt = bolt
        self._verifier = SignatureVerifier(signing_secret)
        self._host, self._port, self._routes = host, port, routes
        self._runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        """Where Slack's requests are taken, once started."""
        assert self._runner is not None
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}{PATH}"

    async def start(self) -> None:
        """Listen from now on."""
        application = web.Application(client_max_size=LARGEST)
        application.router.add_post(PATH, self._take)
        application.add_routes(self._routes)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=STOPPING_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def stop(self) -> None:
        """Listen no longer; what is being acknowledged is finished."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    def ready(self) -> bool:
        """Whether requests are taken."""
        return self._runner is not None

    async def _take(self, request: web.Request) -> web.Response:
        """One request. What is forged or stale is refused before anything in it is read."""
        raw = await request.read()
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not self._is_signed(raw, timestamp, signature):
            return web.Response(status=401, text="the signature is wrong or too old")
        try:
            read = await to_bolt_request(request)
            # Bolt takes every form with the word "payload" in it for an interaction, and loses what was typed.
            read.body = _payload(read.raw_body, request.content_type)
        except (ValueError, LookupError, TypeError, AttributeError):
            logger.warning("a payload of Slack cannot be read; it is acknowledged and dropped")
            return web.Response()
        return await to_aiohttp_response(await self._bolt.async_dispatch(read))

    def _is_signed(self, raw: bytes, timestamp: str, signature: str) -> bool:
        """Whether Slack signed this just now. The SDK raises for what is no text, and Slack sends nothing such."""
        try:
            raw.decode()
        except UnicodeDecodeError:
            return False
        if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
            return False
        return self._verifier.is_valid(raw, timestamp, signature)


def _payload(body: str, content_type: str) -> dict[str, Any]:
    """The payload in a body: JSON for events, a form for commands, JSON in a form for interactions."""
    if content_type == "application/json":
        found = json.loads(body)
    else:
        form = dict(parse_qsl(body, keep_blank_values=True))
        found = json.loads(form["payload"]) if "payload" in form and "command" not in form else form
    if not isinstance(found, dict):
        raise ValueError("a payload is an object")
    return found
