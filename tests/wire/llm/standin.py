"""The endpoint: it takes requests like a real one, counts tokens, keeps prompts in its cache, and fails on demand.

It listens on this computer alone, on any free port, and keeps every request it was sent.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import web

from tests.wire.llm.replies import honest
from tests.wire.llm.strictness import wrong_body, wrong_header

KEY = "sk-test-0123456789abcdef"
MODELS = frozenset({"claude-haiku-5-5", "house-model"})
HANGS_FOR = 30.0

Fault = Literal[
    "rate limit", "server error", "overloaded", "hang", "cut", "no json", "no usage", "refusal", "too long", "prose",
    "other form", "html", "forbidden",
]  # fmt: skip
STATUS: Mapping[Fault, tuple[int, str]] = {
    "rate limit": (429, "rate_limit_error"),
    "server error": (500, "api_error"),
    "overloaded": (529, "overloaded_error"),
    "forbidden": (403, "permission_error"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in."""

    headers: Mapping[str, str]
    raw: bytes
    body: dict[str, Any]


@dataclass(slots=True)
class Endpoint:
    """What a test does with it: look at `asked`, set `reply`, and queue `faults` for coming requests."""

    address: str = ""
    reply: Callable[[dict[str, Any]], dict[str, Any]] = honest
    faults: list[Fault] = field(default_factory=list)
    retry_after: str = "1"
    asked: list[Asked] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0
    hold: asyncio.Event | None = None
    """While set and not released, requests wait for it."""
    _cached: set[str] = field(default_factory=set)
    _count: int = 0

    async def messages(self, request: web.Request) -> web.StreamResponse:
        """POST /v1/messages."""
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            return await self._answered(request)
        finally:
            self.under_way -= 1

    async def model(self, request: web.Request) -> web.Response:
        """GET /v1/models/{id}."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        wrong = wrong_header({**headers, "content-type": "application/json"}, KEY)
        if wrong is not None:
            return self._refusal(*wrong)
        name = request.match_info["name"]
        if name not in MODELS:
            return self._refusal(404, f"model: {name}")
        return web.json_response(
            {"id": name, "type": "model", "display_name": name, "created_at": "2026-10-07T00:00:00Z"}
        )

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        wrong = wrong_header(headers, KEY)
        body = json.loads(raw)
        if wrong is None and (problem := wrong_body(body)) is not None:
            wrong = 400, problem
        if wrong is None and body["model"] not in MODELS:
            wrong = 404, f"model: {body['model']}"
        if wrong is not None:
            self.refused.append(wrong[1])
            return self._refusal(*wrong)
        self.asked.append(Asked(headers, raw, body))
        if self.hold is not None:
            await self.hold.wait()
        fault = self.faults.pop(0) if self.faults else None
        return await self._failed(request, fault, body) if fault else self._message(body, self._text(body))

    async def _failed(self, request: web.Request, fault: Fault, body: dict[str, Any]) -> web.StreamResponse:
        if fault in STATUS:
            return self._refusal(*STATUS[fault])
        whole = self._text(body)
        match fault:
            case "hang":
                await asyncio.sleep(HANGS_FOR)
            case "cut":
                return await self._cut_off(request, body, whole)
            case "refusal":
                return self._message(body, "", stop="refusal")
            case "too long":
                return self._message(body, whole[: len(whole) // 2], stop="max_tokens")
            case "prose":
                return self._message(body, "Here is my feedback: it is a fine story.")
            case "other form":
                return self._message(body, json.dumps({"score": 5, "verdict": "hire"}))
            case "no json":
                return web.Response(text='{"id": "msg_1", "content": [', content_type="application/json")
            case "no usage":
                return self._message(body, whole, usage=None)
            case "html":
                return web.Response(text="<html>It works!</html>", content_type="text/html")
        raise AssertionError(fault)

    async def _cut_off(self, request: web.Request, body: dict[str, Any], whole: str) -> web.StreamResponse:
        """The connection breaks in the middle of the reply."""
        content = self._message(body, whole).body
        assert isinstance(content, bytes)
        response = web.StreamResponse(headers={"content-type": "application/json", "content-length": str(len(content))})
        await response.prepare(request)
        await response.write(content[: len(content) // 2])
        assert request.transport is not None
        request.transport.close()
        return response

    def _text(self, body: dict[str, Any]) -> str:
        return json.dumps(self.reply(body), ensure_ascii=False)

    def _message(
        self, body: dict[str, Any], text: str, stop: str = "end_turn", usage: Literal["counted"] | None = "counted"
    ) -> web.Response:
        self._count += 1
        message: dict[str, Any] = {
            "id": f"msg_{self._count}",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": [{"type": "thinking", "thinking": "", "signature": "s"}, {"type": "text", "text": text}]
            if text
            else [],
            "stop_reason": stop,
            "stop_sequence": None,
        }
        if usage:
            message["usage"] = self._usage(body, text)
        return web.json_response(message, headers={"request-id": f"req_{self._count}"})

    def _usage(self, body: dict[str, Any], text: str) -> dict[str, int]:
        """Tokens, a third of a character each; what stands up to a cache mark is read from the cache later on."""
        prefix = "".join(block["text"] for block in body.get("system", []) if "cache_control" in block)
        rest = "".join(block["text"] for message in body["messages"] for block in message["content"])
        rest += json.dumps(body["output_config"]["format"]["schema"])
        known = prefix in self._cached
        if prefix:
            self._cached.add(prefix)
        return {
            "input_tokens": tokens(rest),
            "cache_creation_input_tokens": 0 if known else tokens(prefix),
            "cache_read_input_tokens": tokens(prefix) if known else 0,
            "output_tokens": tokens(text),
        }

    def _refusal(self, status: int, message: str) -> web.Response:
        headers = {"request-id": "req_0"}
        if status in (429, 529):
            headers["retry-after"] = self.retry_after
        error = {"type": "error", "error": {"type": message.replace(" ", "_"), "message": message}}
        return web.json_response(error, status=status, headers=headers)


def tokens(text: str) -> int:
    """About as many as a tokenizer would make of it."""
    return math.ceil(len(text.encode()) / 3)


@asynccontextmanager
async def endpoint() -> AsyncIterator[Endpoint]:
    """A running endpoint."""
    made = Endpoint()
    app = web.Application()
    app.router.add_post("/v1/messages", made.messages)
    app.router.add_get("/v1/models/{name}", made.model)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    made.address = f"http://{host}:{port}"
    try:
        yield made
    finally:
        await runner.cleanup()
