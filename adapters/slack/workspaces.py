"""How installations come to be served: one by the operator's token, or many by their own installing."""

from __future__ import annotations

import logging
from typing import Protocol

import aiohttp

from adapters.slack.bolt import Receive, bolt_app
from adapters.slack.errors import TOKEN
from adapters.slack.http import HttpConnection
from adapters.slack.oauth import Installing
from adapters.slack.rotation import RotatingApi
from adapters.slack.settings import OAuthSettings, SlackSettings
from adapters.slack.socket import SocketConnection
from adapters.slack.teams import Team, Teams, meet
from adapters.slack.vault import Grant, Vault
from adapters.slack.web import WebApi
from bot.base.clock import Clock
from bot.base.errors import ConfigurationError
from bot.chat.errors import PermissionMissing
from bot.chat.events import Installed
from bot.chat.platform import Inbound

logger = logging.getLogger(__name__)


class Connection(Protocol):
    """Brings Slack's payloads to the receiver."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def ready(self) -> bool: ...


class Workspaces(Protocol):
    """Fills the teams that are served, and makes the connection that brings their events."""

    async def open(self, teams: Teams, inbound: Inbound) -> None:
        """Serve what is installed; raises `ConfigurationError` and `PlatformError`s."""
        ...

    def connection(self, receive: Receive) -> Connection:
        """The connection, not started yet."""
        ...

    def left(self, team: Team) -> None:
        """An installation was removed at Slack."""
        ...


class OneWorkspace:
    """The workspace whose tokens the operator set."""

    def __init__(
        self, settings: SlackSettings, session: aiohttp.ClientSession, clock: Clock, ping_seconds: float
    ) -> None:
        self._settings, self._clock, self._ping_seconds = settings, clock, ping_seconds
        self._api = WebApi(settings.bot_token, settings.api_url, session)

    async def open(self, teams: Teams, inbound: Inbound) -> None:
        """Slack sends no event for an installation by hand, so every start tells of it, under the same id."""
        try:
            team = await meet(self._api, self._settings.bot_token)
        except PermissionMissing as problem:
            if problem.which != TOKEN:
                raise
            raise ConfigurationError(
                "STARLING_SLACK_BOT_TOKEN is refused by Slack: copy it anew from the app's page 'OAuth & Permissions'"
            ) from problem
        teams.add(team)
        await tell_installed(team, inbound, self._clock)

    def connection(self, receive: Receive) -> Connection:
        settings = self._settings
        bolt = bolt_app(self._api.client, receive, settings.signing_secret)
        if settings.app_token is not None:
            return SocketConnection(bolt, self._api, settings.app_token, self._ping_seconds)
        assert settings.signing_secret is not None
        return HttpConnection(bolt, settings.signing_secret, settings.http_host, settings.http_port)

    def left(self, team: Team) -> None:
        """The token stays the operator's affair; Slack refuses it from now on."""


class ManyWorkspaces:
    """The workspaces that installed us by themselves."""

    def __init__(
        self, settings: SlackSettings, oauth: OAuthSettings, session: aiohttp.ClientSession, clock: Clock
    ) -> None:
        self._settings, self._oauth, self._session, self._clock = settings, oauth, session, clock
        self._vault = Vault(oauth.folder, oauth.token_key)
        self._api = WebApi("", settings.api_url, session)
        self._teams = Teams()
        self._inbound: Inbound | None = None

    async def open(self, teams: Teams, inbound: Inbound) -> None:
        """Serve every workspace whose grant is kept; one whose token Slack refuses is left out, and kept."""
        self._teams, self._inbound = teams, inbound
        for grant in list(self._vault):
            try:
                await self._serve(grant)
            except PermissionMissing as problem:
                logger.warning("the installation %s is not served: %s", grant.installation, problem)

    async def _serve(self, grant: Grant) -> None:
        api = RotatingApi(grant, self._oauth, self._settings.api_url, self._session, self._vault, self._clock)
        team = await meet(api, grant.since, grant.installed_at)
        self._teams.add(team)
        assert self._inbound is not None
        await tell_installed(team, self._inbound, self._clock)

    def connection(self, receive: Receive) -> Connection:
        settings = self._settings
        assert settings.signing_secret is not None
        pages = Installing(settings, self._api, self._vault, self._clock, self._serve)
        bolt = bolt_app(self._api.client, receive, settings.signing_secret)
        return HttpConnection(bolt, settings.signing_secret, settings.http_host, settings.http_port, pages.routes)

    def left(self, team: Team) -> None:
        """Erase its token."""
        installation = team.me.installation.installation
        self._teams.remove(installation)
        self._vault.erase(installation)


async def tell_installed(team: Team, inbound: Inbound, clock: Clock) -> None:
    """Tell of an installation, under an id that is the same until it is removed and made again."""
    ref = team.me.installation
    await inbound.accept(
        Installed(
            delivery_id=f"installed:{ref.installation}:{team.mark}",
            installation=ref,
            occurred_at=clock.now(),
            name=team.name,
        )
    )
