"""What Slack granted, compared with what is needed: the token of a workspace, its scopes and its channels."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.slack.manifest import grants
from adapters.slack.oauth import INSTALL_PATH
from adapters.slack.settings import OAuthSettings, SlackSettings
from adapters.slack.vault import Grant, Vault
from adapters.slack.web import WebApi
from bot.base.clock import SystemClock
from bot.base.errors import ConfigurationError
from bot.chat.errors import PermissionMissing, PlatformError, TargetGone
from bot.chat.refs import ConversationRef
from bot.chat.setup import Finding, Offered

if TYPE_CHECKING:
    from aiohttp import ClientSession

APPS = "https://api.slack.com/apps"


@dataclass(frozen=True, slots=True)
class Mending:
    """What is said of a workspace's token and scopes where they are wrong, and the step for each."""

    token: str
    refused: str
    renew: str
    where: str
    scope: str


class Workspace:
    """One workspace, asked with its own token."""

    def __init__(self, api: WebApi, mending: Mending, settings: SlackSettings) -> None:
        self._api, self._mending, self._settings = api, mending, settings

    async def token(self) -> Finding:
        """Whether the token is good, and for which workspace; notes the granted scopes."""
        try:
            answer = await self._api.call("auth.test")
        except PermissionMissing:
            return Finding(False, self._mending.refused, self._mending.renew)
        except PlatformError as problem:
            return unreachable(problem)
        return Finding(True, f"{self._mending.token} is good for the workspace {answer.get('team')}.")

    def scopes(self, offered: Offered) -> Sequence[Finding]:
        """Each scope that is missing, with the rooms that need it; one line for what nobody needs."""
        chosen = self._settings
        needed = grants(offered, reads_replies=chosen.reads_replies, shows_images=chosen.shows_images)
        granted, where = self._api.scopes, self._mending.where
        found = [
            Finding(
                False,
                f"The scope {each.name} is not granted{where} ({', '.join(each.used_by)}). {each.reason}",
                self._mending.scope,
            )
            for each in needed
            if each.name not in granted
        ]
        unused = sorted(granted - {each.name for each in needed})
        if unused:
            found.append(Finding(True, f"Granted{where}, but not needed: {', '.join(unused)}."))
        return found or [Finding(True, f"All {len(needed)} scopes that are needed are granted{where}.")]

    async def channel(self, channel: ConversationRef) -> Finding:
        """Whether we are in a channel that is written in."""
        try:
            answer = await self._api.call("conversations.info", channel=channel.channel)
        except TargetGone:
            return Finding(
                False,
                f"The channel {channel.channel} is not there, or is private and Starling is not in it.",
                "Invite Starling to it (/invite @Starling), or end its programme.",
            )
        except PlatformError as problem:
            return Finding(False, f"The channel {channel.channel} cannot be looked at: {problem}.", "Mend that first.")
        info = answer.get("channel") or {}
        name = f"#{info.get('name') or channel.channel}"
        if info.get("is_archived"):
            return Finding(False, f"{name} is archived.", "Unarchive it, or end its programme.")
        if not info.get("is_member"):
            return Finding(False, f"Starling is not in {name}.", f"Say /invite @Starling in {name}.")
        return Finding(True, f"Starling is in {name}.")


def operators_workspace(settings: SlackSettings, session: ClientSession) -> Workspace:
    """The workspace whose token the operator set."""
    page = _page(settings.app_token, "oauth")
    mending = Mending(
        token="The bot token",
        refused="STARLING_SLACK_BOT_TOKEN is refused by Slack.",
        renew=f"Copy the bot token anew from 'OAuth & Permissions': {page}",
        where="",
        scope=f"Add the scope under 'OAuth & Permissions', then press 'Reinstall to Workspace': {page}",
    )
    api = WebApi(settings.bot_token, settings.api_url, session)
    return Workspace(api, mending, settings)


async def app_token(settings: SlackSettings, session: ClientSession) -> Sequence[Finding]:
    """Whether Socket Mode opens with the app token, where there is one."""
    if settings.app_token is None:
        return []
    try:
        await WebApi("", settings.api_url, session).call("apps.connections.open", app_token=settings.app_token)
    except PermissionMissing:
        page = _page(settings.app_token, "general")
        step = f"Make an app-level token with the scope connections:write: {page}"
        return [Finding(False, "STARLING_SLACK_APP_TOKEN is refused by Slack.", step)]
    except PlatformError as problem:
        return [unreachable(problem)]
    return [Finding(True, "The app-level token is good; Socket Mode opens.")]


async def every_grant(
    settings: SlackSettings,
    oauth: OAuthSettings,
    session: ClientSession,
    offered: Offered,
    channels: Sequence[ConversationRef],
) -> AsyncIterator[Finding]:
    """Each workspace that installed us, by its own token, with its channels; and channels of workspaces that left."""
    try:
        kept = list(Vault(oauth.folder, oauth.token_key))
    except ConfigurationError as problem:
        yield Finding(False, f"{problem}.", "Put the key it was encrypted with back, after the new one and a comma.")
        return
    if not kept:
        yield Finding(True, f"No workspace has installed the app yet; they do at {oauth.public_url}{INSTALL_PATH}.")
    for grant in kept:
        workspace = _granted_workspace(settings, oauth, grant, session)
        there = [channel for channel in channels if channel.installation == grant.installation]
        async for finding in _looked_at(grant, workspace, offered, there):
            yield finding
    without = {channel.installation for channel in channels} - {grant.installation for grant in kept}
    for installation in sorted(without):
        yield Finding(
            False,
            f"The workspace {installation} has programmes, and no token is kept for it.",
            f"Have it installed again at {oauth.public_url}{INSTALL_PATH}, or end its programmes.",
        )


async def _looked_at(
    grant: Grant, workspace: Workspace, offered: Offered, channels: Sequence[ConversationRef]
) -> AsyncIterator[Finding]:
    if grant.expires_at is not None and grant.expires_at < SystemClock().now().timestamp():
        # The refresh token is good once: only the process that serves the workspace may use it.
        yield Finding(True, f"The token of the workspace {grant.title} has run out; starling run exchanges it.")
        return
    token = await workspace.token()
    yield token
    if token.ok:
        for finding in workspace.scopes(offered):
            yield finding
        for channel in channels:
            yield await workspace.channel(channel)


def _granted_workspace(
    settings: SlackSettings, oauth: OAuthSettings, grant: Grant, session: ClientSession
) -> Workspace:
    again = f"Open {oauth.public_url}{INSTALL_PATH} and install Starling in the workspace {grant.title} again."
    mending = Mending(
        token="A token",
        refused=f"The token of the workspace {grant.title} is refused by Slack.",
        renew=again,
        where=f" in the workspace {grant.title}",
        scope=f"Add the scope to the app's manifest. {again}",
    )
    api = WebApi(grant.token, settings.api_url, session)
    return Workspace(api, mending, settings)


def unreachable(problem: PlatformError) -> Finding:
    """Slack did not answer."""
    return Finding(False, f"Slack could not be asked: {problem}.", "Check the network and STARLING_SLACK_API_URL.")


def _page(app_token: str | None, page: str) -> str:
    """The page of our app, whose id stands in the app-level token."""
    parts = (app_token or "").split("-")
    return f"{APPS}/{parts[2]}/{page}" if len(parts) > 3 else APPS
