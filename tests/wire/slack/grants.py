"""Who may call as whom: tokens of teams, and the exchange of codes and refresh tokens for them."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Mapping
from typing import Any

from tests.wire.slack.credentials import Refused
from tests.wire.slack.world import APP_TOKEN, BOT_TOKEN, BOT_USER, EVERY_SCOPE, TEAM

CLIENT, CLIENT_SECRET = "1234.5678", "client-secret-of-the-stand-in"
LIVES = 43_200
"""Seconds a rotating token lives."""


class Grants:
    """The tokens that are good. `rotates` makes new ones end, with a refresh token each."""

    def __init__(self) -> None:
        self.app_token = APP_TOKEN
        self.teams: dict[str, str] = {BOT_TOKEN: TEAM}
        """The team of each bot token."""
        self.rotates = False
        self._codes: dict[str, tuple[str, str]] = {}
        self._refreshing: dict[str, str] = {}

    def agree(self, team: str, redirect_uri: str) -> str:
        """Somebody lets the app into a team; the code goes back to the app's address."""
        code = uuid.uuid4().hex
        self._codes[code] = (team, redirect_uri)
        return code

    def revoke(self, team: str) -> None:
        """The app is removed from a team: its tokens are good no longer."""
        self.teams = {token: of for token, of in self.teams.items() if of != team}

    def check(self, method: str, token: str | None) -> str:
        """The team a call is for; `Refused` without a token of the right kind that is good."""
        if not token:
            raise Refused("not_authed")
        wanted = "xapp" if method == "apps.connections.open" else "xoxb"
        if not token.startswith(wanted):
            raise Refused("not_allowed_token_type")
        good = {self.app_token: TEAM} if wanted == "xapp" else self.teams
        if token not in good:
            raise Refused("invalid_auth")
        return good[token]

    def exchange(self, authorization: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """The method `oauth.v2.access`: a code or a refresh token, each good once, for a token."""
        expected = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        if authorization != f"Basic {expected}":
            raise Refused("bad_client_secret")
        if given.get("grant_type") == "refresh_token":
            team = self._refreshing.pop(str(given.get("refresh_token")), None)
            if team is None:
                raise Refused("invalid_refresh_token")
        else:
            team, redirect_uri = self._codes.pop(str(given.get("code")), ("", ""))
            if not team:
                raise Refused("invalid_code")
            if given.get("redirect_uri") != redirect_uri:
                raise Refused("bad_redirect_uri")
        return {"ok": True} | self._token(team)

    def _token(self, team: str) -> dict[str, Any]:
        token = f"xoxb-{team}-{uuid.uuid4().hex}"
        self.teams[token] = team
        found: dict[str, Any] = {
            "access_token": token,
            "token_type": "bot",
            "scope": ",".join(sorted(EVERY_SCOPE)),
            "bot_user_id": BOT_USER,
            "team": {"id": team, "name": team.title()},
            "enterprise": None,
            "is_enterprise_install": False,
        }
        if self.rotates:
            refresh = f"xoxe-{uuid.uuid4().hex}"
            self._refreshing[refresh] = team
            found |= {"refresh_token": refresh, "expires_in": LIVES}
        return found
