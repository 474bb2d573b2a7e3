"""The stand-in's server: the Web API, Socket Mode's connections and the addresses that answer interactions."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.wire.slack.credentials import Credentials, PostLimits, Refused
from tests.wire.slack.delivery import Deliveries
from tests.wire.slack.faults import Fault, Faults
from tests.wire.slack.grants import Grants
from tests.wire.slack.methods import Arguments, Methods
from tests.wire.slack.world import APP, BOT, BOT_USER, Message, World

JSON_ARGUMENTS = ("blocks", "view", "metadata", "files")
MOST_SOCKETS = 10


class Server:
    """Serves one world on 127.0.0.1 at a free port."""

    def __init__(
        self,
        world: World,
        deliveries: Deliveries,
        *,
        limits: bool = True,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`limits` switches the rate limits; `seconds` is the clock of everything that expires."""
        self.world = world
        self.deliveries = deliveries
        self.credentials = Credentials(seconds)
        self.methods = Methods(world, self.credentials, PostLimits(seconds) if limits else None)
        self.faults = Faults()
        self.calls: list[tuple[str, Arguments]] = []
        self.on_caused: Callable[[], None] = lambda: None
        self.grants = Grants()
        self.callers: list[tuple[str, str]] = []
        """The method and the token of every call that was let in."""
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def address(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen, at the same port again after a stop."""
        application = web.Application(client_max_size=64 << 20)
        application.router.add_route("*", "/api/{method}", self._api)
        application.router.add_get("/link/", self._socket)
        application.router.add_post("/respond/{name}", self._respond)
        application.router.add_post("/upload/{name}", self._upload)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.methods.files.address = f"{self.address}/upload"

    async def stop(self) -> None:
        """Close every connection. `AssertionError` where somebody asked for message history."""
        for socket in list(self.deliveries.sockets):
            await socket.close()
        if self._runner is not None:
            await self._runner.cleanup()
        assert not self.methods.history_calls, f"the history was read: {self.methods.history_calls}"

    async def _api(self, request: web.Request) -> web.Response:
        method, arguments = request.match_info["method"], await _arguments(request)
        self.calls.append((method, arguments))
        fault = self.faults.take(method)
        if fault is not None and fault.kind == "delayed":
            await asyncio.sleep(fault.seconds)
        elif fault is not None and fault.kind != "answer_lost":
            return _struck(fault, request)
        try:
            answer = self._answer(method, request, arguments)
            response = web.json_response(answer, headers={"X-OAuth-Scopes": ",".join(sorted(self.world.scopes))})
        except Refused as refusal:
            body = {"ok": False, "error": refusal.error, **refusal.facts}
            response = web.json_response(body, status=refusal.status, headers=refusal.headers)
        self.on_caused()
        if fault is not None:
            _break(request)
        return response

    def _answer(self, method: str, request: web.Request, arguments: Arguments) -> dict[str, Any]:
        authorization = request.headers.get("Authorization", "")
        if method == "oauth.v2.access":
            return self.grants.exchange(authorization, arguments)
        token = authorization.removeprefix("Bearer ") or str(arguments.get("token", ""))
        self.methods.team = self.grants.check(method, token)
        self.callers.append((method, token))
        return self._open() if method == "apps.connections.open" else self.methods.work(method, arguments)

    def _open(self) -> dict[str, Any]:
        ticket = self.credentials.ticket()
        return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link/?ticket={ticket}&app_id={APP}"}

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if not self.credentials.take_ticket(request.query.get("ticket", "")):
            return web.Response(status=403)
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        sockets = self.deliveries.sockets
        if len(sockets) >= MOST_SOCKETS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            return socket
        sockets.append(socket)
        await socket.send_json(
            {"type": "hello", "num_connections": len(sockets), "connection_info": {"app_id": APP}, "debug_info": {}}
        )
        self.deliveries.connected.set()
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self.deliveries.acknowledge(json.loads(message.data))
        finally:
            sockets.remove(socket)
            if not sockets:
                self.deliveries.connected.clear()
        return socket

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to make place for a new one."""
        for socket in list(self.deliveries.sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})

    def abort(self) -> None:
        """Break every connection without a word."""
        for socket in list(self.deliveries.sockets):
            transport = socket._req.transport if socket._req is not None else None
            assert transport is not None
            transport.close()

    async def _upload(self, request: web.Request) -> web.Response:
        data = await request.read()
        self.calls.append(("upload", {"length": len(data)}))
        fault = self.faults.take("upload")
        if fault is not None:
            return _struck(fault, request)
        taken = self.methods.files.take(request.match_info["name"], data)
        return web.Response(status=200 if taken else 400, text="OK" if taken else "")

    async def _respond(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        self.calls.append(("response_url", body))
        fault = self.faults.take("response_url")
        if fault is not None:
            return _struck(fault, request)
        place = self.credentials.take_response(request.match_info["name"])
        if place is None:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        only_for = place.user if body.get("response_type", "ephemeral") == "ephemeral" else None
        self.world.messages.append(
            Message(
                place.channel,
                self.world.new_ts(),
                BOT_USER,
                body.get("text", ""),
                thread=body.get("thread_ts"),
                blocks=body.get("blocks", []),
                bot=BOT,
                only_for=only_for,
            )
        )
        return web.Response(text="ok")


async def _arguments(request: web.Request) -> Arguments:
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        found |= await request.json()
    elif request.method == "POST":
        found |= dict(await request.post())
    return {
        name: json.loads(value) if name in JSON_ARGUMENTS and isinstance(value, str) else value
        for name, value in found.items()
    }


def _struck(fault: Fault, request: web.Request) -> web.Response:
    match fault.kind:
        case "dropped":
            _break(request)
            return web.Response()
        case "rate_limited":
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers={"Retry-After": f"{fault.seconds:g}"})
        case "failed":
            return web.Response(status=500, text="upstream failed")
        case _:
            return web.json_response({"ok": False, "error": fault.error, **fault.facts})


def _break(request: web.Request) -> None:
    """Break the connection: whatever is answered now does not arrive."""
    assert request.transport is not None
    request.transport.abort()
