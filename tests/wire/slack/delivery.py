"""Delivering payloads over Socket Mode or HTTP: three seconds to acknowledge, and again where nobody does."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.wire.slack.payloads import Payload
from tests.wire.slack.world import SECRET

Kind = Literal["events_api", "slash_commands", "interactive"]
RETRIES = (0.0, 60.0, 300.0)
"""Slack delivers an event again nearly at once, after a minute and after five; interactions never."""
DEADLINE = 3.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """How a delivery ended: whether it was acknowledged, with what, and at which attempt."""

    acknowledged: bool
    answer: Any = None
    attempts: int = 1


@dataclass
class Deliveries:
    """The way to the bot. `events_url` makes it HTTP; without one the open sockets are used."""

    deadline: float = DEADLINE
    retries: Sequence[float] = RETRIES
    events_url: str | None = None
    secret: str = SECRET
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    unexpected: list[str] = field(default_factory=list)
    """Acknowledgements that Slack would frown at."""
    log: list[tuple[Kind, Payload, Delivered]] = field(default_factory=list)
    _waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _turn: int = 0

    async def deliver(self, kind: Kind, payload: Payload, *, attempt: int = 0) -> Delivered:
        """Deliver until it is acknowledged or given up."""
        pauses = (0.0, *self.retries) if kind == "events_api" else (0.0,)
        result = Delivered(False)
        for number, pause in enumerate(pauses):
            if pause:
                await asyncio.sleep(pause)
            ok, answer = await self._once(kind, payload, attempt + number)
            result = Delivered(ok, answer, number + 1)
            if ok:
                break
        self.log.append((kind, payload, result))
        return result

    async def _once(self, kind: Kind, payload: Payload, attempt: int) -> tuple[bool, Any]:
        try:
            async with asyncio.timeout(self.deadline):
                if self.events_url is not None:
                    return await self._by_http(kind, payload, attempt)
                return await self._by_socket(kind, payload, attempt)
        except (TimeoutError, ConnectionError, ClientError):
            return False, None

    async def _by_socket(self, kind: Kind, payload: Payload, attempt: int) -> tuple[bool, Any]:
        """To one of the open connections, never to all."""
        await self.connected.wait()
        self._turn += 1
        socket = self.sockets[self._turn % len(self.sockets)]
        envelope = str(uuid.uuid4())
        acknowledged = self._waiting[envelope] = asyncio.get_running_loop().create_future()
        accepts = kind != "events_api"
        body = {"envelope_id": envelope, "payload": payload, "type": kind, "accepts_response_payload": accepts}
        if kind == "events_api":
            body |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        try:
            await socket.send_json(body)
            answer = await acknowledged
        finally:
            self._waiting.pop(envelope, None)
        if answer is not None and not accepts:
            self.unexpected.append(f"{kind} takes no payload: {answer}")
        return True, answer

    def acknowledge(self, body: Payload) -> None:
        """The bot acknowledged an envelope."""
        waiting = self._waiting.get(body.get("envelope_id", ""))
        if waiting is None:
            self.unexpected.append(f"no such envelope waits: {body}")
        elif not waiting.done():
            waiting.set_result(body.get("payload"))

    async def _by_http(self, kind: Kind, payload: Payload, attempt: int) -> tuple[bool, Any]:
        body, content_type = encoded(kind, payload)
        headers = {"Content-Type": content_type, **signature(body, self.secret)}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        assert self.events_url is not None
        async with (
            ClientSession(timeout=ClientTimeout(total=self.deadline)) as session,
            session.post(self.events_url, data=body.encode(), headers=headers, allow_redirects=False) as response,
        ):
            text = await response.text()
            return response.status == 200, json.loads(text) if text.startswith("{") else None


def encoded(kind: Kind, payload: Payload) -> tuple[str, str]:
    """The body and the content type under which a payload comes by HTTP."""
    form = "application/x-www-form-urlencoded"
    match kind:
        case "events_api":
            return json.dumps(payload), "application/json"
        case "slash_commands":
            return urlencode(payload, errors="surrogatepass"), form
        case "interactive":
            return urlencode({"payload": json.dumps(payload)}), form


def signature(body: str, secret: str, at: float | None = None) -> dict[str, str]:
    """The headers that sign a request."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
