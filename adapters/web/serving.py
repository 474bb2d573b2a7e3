"""The server itself: its port, its address, and uvicorn in the event loop that is there."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

import uvicorn

from adapters.web.app import app
from bot.base.errors import ConfigurationError
from bot.chat.page_port import Pages

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
BIND, ADDRESS = "STARLING_PAGES_BIND", "STARLING_PAGES_ADDRESS"


class _Server(uvicorn.Server):
    """Uvicorn without signal handlers: whoever runs the loop decides when it ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class WebServer:
    """Serves pages. It takes its port at once, so that its address is known before anything leads to it."""

    def __init__(self, host: str, port: int, address: str = "") -> None:
        given = public_address(host, address)
        self._socket = _listening(host, port)
        self._address = given or f"http://{_named(host)}:{self._socket.getsockname()[1]}"
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Under which people reach it, without a slash at the end."""
        return self._address

    @property
    def port(self) -> int:
        """The port it listens at."""
        return int(self._socket.getsockname()[1])

    async def start(self, pages: Pages) -> None:
        """Answer requests from now on. What keeps it from that is raised."""
        config = uvicorn.Config(
            app(pages, self._address),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        while not self._server.started and not self._serving.done():
            await asyncio.sleep(0.005)
        if self._serving.done():
            await self._serving

    async def stop(self) -> None:
        """Finish what is being answered and close."""
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving
        self._socket.close()


def public_address(host: str, address: str) -> str:
    """The address people use, as an origin; empty where it is that of this computer itself.

    `ConfigurationError` where it is no such address, or is missing and others are to reach the server.
    """
    if not address:
        if host in LOOPBACK:
            return ""
        raise ConfigurationError(
            f"{ADDRESS} is missing: set it to the address people reach the pages under, such as https://pages.example.org"
        )
    parts = urlsplit(address)
    if not _is_origin(parts):
        raise ConfigurationError(f"{ADDRESS} is {address!r}; write it as https://pages.example.org, without a path")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ConfigurationError(f"{ADDRESS} is {address!r}; what people write goes over https only")
    # Browsers leave the port out of the Origin where it is the scheme's own.
    own = {"http": ":80", "https": ":443"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(own)}"


def _is_origin(parts: SplitResult) -> bool:
    """Whether an address has a scheme, a host and perhaps a port, and nothing else."""
    try:
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    besides = parts.username or parts.path.strip("/") or parts.query or parts.fragment
    return named and not besides and parts.scheme in ("http", "https")


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as problem:
        raise ConfigurationError(
            f"{BIND}: port {port} of {host} cannot be used ({problem.strerror}); choose another"
        ) from problem
