"""Installing into many workspaces: a person agrees at Slack and comes back with a code for a token."""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from urllib.parse import urlencode, urljoin

from aiohttp import web

from adapters.slack.scopes import needed_scopes
from adapters.slack.settings import SlackSettings
from adapters.slack.vault import Grant, Vault
from adapters.slack.web import WebApi
from bot.base.clock import Clock
from bot.base.text import Text, render, t
from bot.chat.errors import PlatformError

INSTALL_PATH, RETURN_PATH = "/slack/install", "/slack/oauth_redirect"
COOKIE = "starling_slack_state"
MINUTES = 10
"""How long somebody may take to agree."""

INSTALLED = t("Starling is installed. You can go back to Slack.")
DECLINED = t("Starling was not installed. Nothing was changed.")
EXPIRED = t("This page is out of date, or was opened in another browser. Please start the installation again.")
FAILED = t("Slack did not complete the installation. Please start it again.")

logger = logging.getLogger(__name__)

Joined = Callable[[Grant], Awaitable[None]]


class Installing:
    """The two pages of an installation."""

    def __init__(self, settings: SlackSettings, api: WebApi, vault: Vault, clock: Clock, joined: Joined) -> None:
        """`api` is used without a token; `joined` is told of every new grant once it is kept."""
        assert settings.oauth is not None
        self._settings, self._oauth = settings, settings.oauth
        self._api, self._vault, self._clock, self._joined = api, vault, clock, joined

    @property
    def routes(self) -> Sequence[web.RouteDef]:
        """The pages, to be served beside Slack's requests."""
        return [web.get(INSTALL_PATH, self._leave), web.get(RETURN_PATH, self._come_back)]

    @property
    def _return_address(self) -> str:
        return self._oauth.public_url + RETURN_PATH

    def _scopes(self) -> Iterable[str]:
        chosen = self._settings
        return needed_scopes(reads_replies=chosen.reads_replies, shows_images=chosen.shows_images)

    async def _leave(self, _request: web.Request) -> web.StreamResponse:
        """Send the person to Slack with a state that only this browser can bring back."""
        secret = secrets.token_urlsafe(24)
        query = {
            "client_id": self._oauth.client_id,
            "scope": ",".join(self._scopes()),
            "redirect_uri": self._return_address,
            "state": self._vault.seal(secret),
        }
        address = urljoin(self._settings.api_url, "/oauth/v2/authorize")
        response = web.Response(status=302, headers={"Location": f"{address}?{urlencode(query)}"})
        secure = self._oauth.public_url.startswith("https://")
        response.set_cookie(COOKIE, secret, max_age=MINUTES * 60, httponly=True, secure=secure, samesite="Lax")
        return response

    async def _come_back(self, request: web.Request) -> web.Response:
        sealed = self._vault.unseal(request.query.get("state", ""), MINUTES * 60)
        if sealed is None or not hmac.compare_digest(sealed.encode(), request.cookies.get(COOKIE, "").encode()):
            return _page(EXPIRED, 400)
        if "error" in request.query or "code" not in request.query:
            return _page(DECLINED, 200)
        try:
            grant = await self._granted(request.query["code"])
            self._vault.keep(grant)
            await self._joined(grant)
        except PlatformError as problem:
            logger.warning("an installation was not completed: %s", problem)
            return _page(FAILED, 502)
        return _page(INSTALLED, 200)

    async def _granted(self, code: str) -> Grant:
        oauth = self._oauth
        answer = await self._api.exchange(
            oauth.client_id, oauth.client_secret, code=code, redirect_uri=self._return_address
        )
        now = self._clock.now()
        place = answer["enterprise"] if answer.get("is_enterprise_install") is True else answer["team"]
        lives = answer.get("expires_in")
        return Grant(
            installation=str(place["id"]),
            token=str(answer["access_token"]),
            since=now.isoformat(),
            refresh_token=answer.get("refresh_token"),
            expires_at=now.timestamp() + float(lives) if lives is not None else None,
            name=str(place.get("name") or ""),
        )


def _page(sentence: Text, status: int) -> web.Response:
    response = web.Response(text=render(sentence) + "\n", status=status)
    response.del_cookie(COOKIE)
    return response
