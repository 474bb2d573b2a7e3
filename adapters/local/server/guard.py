"""What every request must pass: only this machine, only our own page, and nothing the page did not bring itself.

The address is loopback, yet any web page a person visits can send requests there. So the Host header must name
us (against DNS rebinding), and a request that a page makes must come from our own page (against forgery).
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.base.errors import ConfigurationError

LOOPBACK = "127.0.0.1"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
SAFE = frozenset({"GET", "HEAD"})


def require_loopback(host: str) -> None:
    """Refuse to listen anywhere but on 127.0.0.1."""
    if host != LOOPBACK:
        raise ConfigurationError(f"the local workspace listens on {LOOPBACK} only, not on {host!r}")


class Guard:
    """Refuses requests that do not come from our own page, and puts the protective headers on every answer."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = frozenset({f"{LOOPBACK}:{port}", f"localhost:{port}"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._app if self._admits(scope["method"], scope["path"], Headers(scope=scope)) else _refusal
        await answer(scope, receive, _protected(send))

    def _admits(self, method: str, path: str, headers: Headers) -> bool:
        host, origin = headers.get("host", ""), headers.get("origin")
        if host not in self._hosts:
            return False
        if origin is not None:
            return origin == f"http://{host}"
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return False
        return method in SAFE or path.startswith("/bot/")


async def _refusal(scope: Scope, receive: Receive, send: Send) -> None:
    refused = PlainTextResponse("This workspace answers only its own page on this machine.\n", status_code=403)
    await refused(scope, receive, send)


def _protected(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return send_with_headers
