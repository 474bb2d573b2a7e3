"""The server itself: the pages and endpoints put together, and uvicorn in the event loop that is there."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.local.options import Options
from adapters.local.platform import LocalPlatform
from adapters.local.server.bot_api import BotApi
from adapters.local.server.face_api import FaceApi
from adapters.local.server.guard import LOOPBACK, Guard, require_loopback
from adapters.local.workspace import Workspace
from bot.base.clock import Clock
from bot.base.errors import ConfigurationError

STATIC = Path(__file__).parent.parent / "static"
SECRET = "bot-secret"
"""The name of the file, in the workspace's folder, that holds the secret of a bot in another process."""


class _Server(uvicorn.Server):
    """Uvicorn without signal handlers: whoever runs the loop decides when it ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Served:
    """A workspace served on loopback. It owns the workspace: stopping closes it."""

    def __init__(self, workspace: Workspace, port: int, *, host: str = LOOPBACK, secret: str | None = None) -> None:
        """Listen at `port` (0: any free one). With a `secret` a bot in another process may call."""
        require_loopback(host)
        self.workspace = workspace
        self._secret = secret
        self._socket = _listening(port)
        self._closing = asyncio.Event()
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port it listens at."""
        return int(self._socket.getsockname()[1])

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{LOOPBACK}:{self.port}/"

    def app(self) -> Starlette:
        """The application: pages, endpoints and the guard before them."""
        routes: list[BaseRoute] = [
            Route("/", _page),
            Mount("/static", StaticFiles(directory=STATIC)),
            *FaceApi(self.workspace, self._closing).routes(),
        ]
        if self._secret is not None:
            routes.extend(BotApi(self.workspace, self._secret, self._closing).routes())
        return Starlette(routes=routes, middleware=[Middleware(Guard, port=self.port)])

    async def start(self) -> None:
        """Answer requests from now on."""
        config = uvicorn.Config(
            self.app(), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        while not self._server.started and not self._serving.done():
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """End the live updates, finish what is being answered, and close the workspace."""
        self._closing.set()
        self.workspace.store.bell.ring()
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving
        self._socket.close()
        self.workspace.close()

    async def wait(self) -> None:
        """Wait until the server has ended."""
        if self._serving is not None:
            await self._serving


async def _page(request: Request) -> FileResponse:
    return FileResponse(STATIC / "index.html")


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
    except OSError as problem:
        listening.close()
        raise ConfigurationError(
            f"STARLING_LOCAL_PORT: port {port} of {LOOPBACK} cannot be used ({problem.strerror}); choose another, or 0"
        ) from problem
    return listening


def secret_in(folder: Path) -> str:
    """The secret for bots in other processes, made at first and readable by its owner only."""
    file = folder / SECRET
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def open_and_serve(folder: Path, port: int, clock: Clock, host: str) -> LocalPlatform:
    """The adapter on the workspace in `folder`, with its pages; not yet started."""
    require_loopback(host)
    workspace = Workspace(folder, clock)
    return LocalPlatform(workspace, face=Served(workspace, port, host=host))


def open_alone(folder: Path, port: int, clock: Clock, host: str, options: Options) -> Served:
    """A workspace without a bot in this process, for bots in others; not yet started."""
    require_loopback(host)
    return Served(Workspace(folder, clock, options=options), port, host=host, secret=secret_in(folder))
