"""The stand-in as a server on 127.0.0.1 at a free port."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from aiohttp import web

from tests.wire.discord.gateway import Gateway
from tests.wire.discord.interactions import Interactions
from tests.wire.discord.people import People
from tests.wire.discord.rest import Rest
from tests.wire.discord.routes import Routes
from tests.wire.discord.state import World


class StandIn:
    """One Discord. Leaving it fails where the bot did what it must never do."""

    def __init__(self) -> None:
        self.world = World()
        self.gateway = Gateway(self.world)
        self.rest = Rest(self.world)
        self.routes = Routes(self.world, self.gateway, self.rest)
        self.interactions = Interactions(self.world, self.gateway, self.rest, self.routes)
        self.people = People(self.world, self.gateway, self.routes, self.interactions)
        self.api_url = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=32 << 20)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_route("*", "/api/v10/{path:.*}", self.rest.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.api_url = f"http://127.0.0.1:{port}/api/v10"
        self.gateway.url = f"ws://127.0.0.1:{port}/gateway/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.routes.told()
        await self.gateway.stop()
        await self._runner.cleanup()
        assert not self.world.failures, self.world.failures
