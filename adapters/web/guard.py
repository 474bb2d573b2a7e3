"""What every answer carries, and what every form that is sent must pass.

A form is taken only from our own pages: its Origin must be our address, and it must carry a token that is made from a
secret in the browser's cookie. `Referrer-Policy: same-origin` tells other sites nothing; with `no-referrer` browsers
would not say where a form comes from.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
SESSION_SECONDS = 8 * 3600
"""How long a browser keeps the cookie of a session, which the server may end sooner."""
OPENING_SECONDS = 600


class Protected:
    """Puts the protective headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


@dataclass(frozen=True, slots=True)
class Cookies:
    """The two secrets in a browser: of a session, and of a link that is about to be opened."""

    https: bool

    @property
    def _prefix(self) -> str:
        """With it a browser takes a cookie from this very host only, over https, for all its paths."""
        return "__Host-" if self.https else ""

    def session(self, request: Request) -> str | None:
        """The token of the session, if there is one."""
        return request.cookies.get(f"{self._prefix}starling") or None

    def opening(self, request: Request) -> str | None:
        """The secret behind the button of a link."""
        return request.cookies.get(f"{self._prefix}starling-opening") or None

    def keep_session(self, response: Response, token: str) -> None:
        """Hand the browser its session. It comes back from our own pages only."""
        self._keep(response, "starling", token, SESSION_SECONDS, "strict")
        response.delete_cookie(f"{self._prefix}starling-opening", secure=self.https, httponly=True, samesite="lax")

    def keep_opening(self, response: Response, secret: str) -> None:
        """Hand the browser the secret behind the button. It comes back with a link opened from the chat as well."""
        self._keep(response, "starling-opening", secret, OPENING_SECONDS, "lax")

    def forget_session(self, response: Response) -> None:
        """Take the session back."""
        response.delete_cookie(f"{self._prefix}starling", secure=self.https, httponly=True, samesite="strict")

    def _keep(
        self, response: Response, name: str, value: str, seconds: int, same_site: Literal["lax", "strict"]
    ) -> None:
        response.set_cookie(
            self._prefix + name, value, max_age=seconds, httponly=True, secure=self.https, samesite=same_site
        )


def form_token(secret: str) -> str:
    """What a form carries; only whoever holds the cookie's secret can make it."""
    return hmac.new(secret.encode("utf-8", "replace"), b"form", hashlib.sha256).hexdigest()


def is_own_form(secret: str | None, token: str) -> bool:
    """Whether a form with this token was drawn for the browser that holds `secret`."""
    return secret is not None and hmac.compare_digest(form_token(secret), token.encode("ascii", "replace").decode())


def new_secret() -> str:
    """A secret for a browser."""
    return secrets.token_urlsafe(32)
