"""The REST side: authorisation, buckets, faults, and the way to each route.

The content type of an answer is exactly `application/json`, and every answer of Discord's own carries `Via`: the
client tells by that whether a refusal for a rate comes from Discord.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.wire.discord.buckets import Buckets
from tests.wire.discord.faults import Fault, Faults
from tests.wire.discord.refusals import Refused, not_found
from tests.wire.discord.state import Payload, World

VIA = {"Via": "1.1 google"}


@dataclass(frozen=True)
class Call:
    """One call as a route sees it."""

    method: str
    path: str
    body: Any
    query: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Awaitable[Any]]


class Rest:
    """Answers every call below `/api/v10/`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._routes: list[tuple[str, re.Pattern[str], Handler]] = []
        self.faults = Faults()
        self.buckets = Buckets(size=1000)
        self.calls: list[Call] = []

    def route(self, method: str, path: str, handler: Handler) -> None:
        """Answer `method path`, in which `{name}` stands for one part, with `handler`."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
        self._routes.append((method, re.compile(pattern), handler))

    async def serve(self, request: web.Request) -> web.Response:
        """One call."""
        call = await _read(request)
        self.calls.append(call)
        fault = self.faults.take(f"{call.method} {call.path}")
        taken = self.buckets.take(call.method, call.path)
        headers = {**VIA, **taken.headers}
        if fault is not None and fault.kind == "delayed":
            await asyncio.sleep(fault.seconds)
        elif fault is not None and fault.kind != "answer_lost":
            return _faulty(request, fault, headers)
        if taken.wait is not None:
            return _limited(taken.wait, headers)
        webhook = call.path.startswith(("interactions/", "webhooks/"))
        if not webhook and request.headers.get("Authorization") != f"Bot {self._world.token}":
            return _answer({"message": "401: Unauthorized", "code": 0}, headers, 401)
        try:
            found = await self._work(call)
        except Refused as refused:
            return _answer(refused.body, headers, refused.status)
        if fault is not None and fault.kind == "answer_lost":
            _break(request)
        return web.Response(status=204, headers=headers) if found is None else _answer(found, headers)

    async def _work(self, call: Call) -> Any:
        for method, pattern, handler in self._routes:
            match = pattern.fullmatch(call.path)
            if match and method == call.method:
                ids = match.groupdict()
                return await handler(Call(call.method, call.path, call.body, call.query, call.files, ids))
        raise not_found()


async def _read(request: web.Request) -> Call:
    body: Any = None
    files: dict[str, bytes] = {}
    if request.can_read_body and request.content_type == "application/json":
        body = await request.json()
    elif request.content_type.startswith("multipart/"):
        form = await request.post()
        body = json.loads(str(form["payload_json"]))
        parts = [part for key, part in form.items() if key.startswith("files[")]
        files = {part.filename: part.file.read() for part in parts if isinstance(part, web.FileField)}
    path = request.match_info["path"]
    return Call(request.method, path, body, dict(request.query), files)


def _answer(body: Any, headers: Mapping[str, str], status: int = 200) -> web.Response:
    text = json.dumps(body).encode()
    return web.Response(body=text, status=status, headers={**headers, "Content-Type": "application/json"})


def _limited(wait: float, headers: Mapping[str, str]) -> web.Response:
    body: Payload = {"message": "You are being rate limited.", "retry_after": round(wait, 3), "global": False}
    return _answer(body, {**headers, "Retry-After": str(int(wait) + 1), "X-RateLimit-Scope": "user"}, 429)


def _faulty(request: web.Request, fault: Fault, headers: Mapping[str, str]) -> web.Response:
    match fault.kind:
        case "rate_limited":
            return _limited(fault.seconds, headers)
        case "refused" | "failed":
            return _answer({"message": fault.message, "code": fault.code}, headers, fault.status)
        case _:
            _break(request)
            return web.Response(status=500)


def _break(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
