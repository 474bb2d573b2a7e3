"""What a supervisor and Prometheus ask a process: is it alive, is it ready, what has it measured."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping

import structlog
import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.base.errors import ConfigurationError
from bot.runtime.runtime import Runtime
from storage.tables.inbox import InboxEvent, InboxState
from storage.tables.outbox import Delivery, DeliveryState

DATABASE_SECONDS = 2.0

log = structlog.get_logger()


def app(runtime: Runtime) -> Starlette:
    """The web application over `runtime`."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def readyz(_request: Request) -> Response:
        checks = await readiness(runtime)
        return JSONResponse(dict(checks), status_code=200 if all(checks.values()) else 503)

    async def metrics(_request: Request) -> Response:
        await measure_queues(runtime)
        return Response(runtime.house.meters.render(), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)])


async def readiness(runtime: Runtime) -> Mapping[str, bool]:
    """Each thing that must hold for work to go on, and whether it does."""
    house = runtime.house
    checks = {
        "database": await _is_writable(runtime),
        "ticker": runtime.ticker.is_recent(house.clock),
        "workers": runtime.running(),
    }
    return checks | {f"platform {platform.name}": platform.ready() for platform in house.platforms.all}


async def _is_writable(runtime: Runtime) -> bool:
    try:
        async with asyncio.timeout(DATABASE_SECONDS), runtime.house.database.write_everywhere() as session:
            await session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError, TimeoutError):
        return False
    return True


async def measure_queues(runtime: Runtime) -> None:
    """Count the rows that wait."""
    house = runtime.house
    async with house.database.read_everywhere() as session:
        events = await session.scalar(
            select(func.count(InboxEvent.id)).where(InboxEvent.state.in_([InboxState.RECEIVED, InboxState.WORKING]))
        )
        house.meters.waiting.labels("inbox").set(events or 0)
        for state in DeliveryState:
            if state in (DeliveryState.POSTED, DeliveryState.SKIPPED):
                continue
            rows = await session.scalar(select(func.count(Delivery.id)).where(Delivery.state == state))
            house.meters.waiting.labels(f"deliveries {state.value}").set(rows or 0)


class HttpServer:
    """Serves `app` from inside the process."""

    def __init__(self, runtime: Runtime, host: str, port: int) -> None:
        config = uvicorn.Config(
            app(runtime), host=host, port=port, log_config=None, access_log=False, lifespan="off", ws="none"
        )
        self._server = uvicorn.Server(config)
        self._address = host, port
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen; returns once connections are taken. `ConfigurationError` where the port cannot be used."""
        listening = _listening(*self._address)
        self._server.config.load()
        self._server.lifespan = self._server.config.lifespan_class(self._server.config)
        await self._server.startup(sockets=[listening])
        self._task = asyncio.create_task(self._serve())

    async def _serve(self) -> None:
        await self._server.main_loop()
        await self._server.shutdown()

    @property
    def port(self) -> int:
        """The port it listens on."""
        port: int = self._server.servers[0].sockets[0].getsockname()[1]
        return port

    async def stop(self) -> None:
        """Finish what is being answered and close."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as problem:
        raise ConfigurationError(
            f"STARLING_HTTP_PORT: port {port} of {host} cannot be used ({problem.strerror}); choose another, or 0"
        ) from problem
