"""Setting Slack up: what is asked, the steps at Slack, and what is compared with what Slack granted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from adapters.slack.settings import SlackSettings, read_settings
from bot.base.errors import ConfigurationError
from bot.chat.errors import PermissionMissing, PlatformError, TargetGone
from bot.chat.refs import ConversationRef
from bot.chat.setup import Asked, Finding, Offered, Settings

if TYPE_CHECKING:
    from aiohttp import ClientSession

APPS = "https://api.slack.com/apps"
NAMES = ("BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET", "CLIENT_ID")


class SlackSetup:
    """A `PlatformSetup`. Slack's library is imported where it is needed."""

    name = "slack"
    title = "Slack"
    choices: Sequence[Asked] = (
        Asked(
            "STARLING_SLACK_READS_REPLIES",
            "May Starling read replies in the threads of its channels? Without it people answer by a form.",
            yes_or_no=True,
            default="yes",
        ),
    )
    credentials: Sequence[Asked] = (
        Asked("STARLING_SLACK_BOT_TOKEN", "The bot token (begins with xoxb-)", secret=True),
        Asked("STARLING_SLACK_APP_TOKEN", "The app-level token (begins with xapp-)", secret=True),
    )

    def configured(self, settings: Settings) -> bool:
        return any(settings.get(f"STARLING_SLACK_{name}", "").strip() for name in NAMES)

    def document(self, settings: Settings, offered: Offered) -> str:
        from adapters.slack.manifest import document, grants, manifest

        reads = _reads_replies(settings)
        made = manifest(offered, reads_replies=reads, public_url=_public_url(settings), many=_is_for_many(settings))
        return document(made, grants(offered, reads_replies=reads))

    def before(self, settings: Settings, offered: Offered) -> Sequence[str]:
        from adapters.slack.manifest import creation_link, manifest

        made = manifest(offered, reads_replies=_reads_replies(settings), public_url=_public_url(settings))
        return (
            "Open this link, choose your workspace and create the app; everything is filled in:",
            creation_link(made),
            "On the page 'Install App' press 'Install to Workspace' and copy the bot token.",
            "On the page 'Basic Information' under 'App-Level Tokens' make a token with the scope connections:write.",
        )

    async def verify(self, settings: Settings) -> Sequence[Finding]:
        read = _read(settings)
        if isinstance(read, Finding):
            return [read]
        async with _Slack.open(read) as slack:
            return await slack.credentials()

    async def after(self, settings: Settings, offered: Offered) -> Sequence[str]:
        return (
            "Start it with: starling run",
            "In Slack invite Starling to a channel (/invite @Starling)"
            f" and say there: /{offered.root_command} setup programme",
        )

    async def check(
        self, settings: Settings, offered: Offered, channels: Sequence[ConversationRef]
    ) -> Sequence[Finding]:
        read = _read(settings)
        if isinstance(read, Finding):
            return [read]
        async with _Slack.open(read) as slack:
            found = list(await slack.credentials())
            if all(finding.ok for finding in found):
                found += slack.scopes_compared(offered)
                found += [await slack.channel_looked_at(channel) for channel in channels]
        return found


def _read(settings: Settings) -> SlackSettings | Finding:
    """The settings of one workspace; a finding where there is nothing to ask Slack about."""
    try:
        read = read_settings(settings)
    except ConfigurationError as problem:
        return Finding(False, f"{problem}.", "Correct this setting.")
    if read is None:
        return Finding(False, "Slack has no settings.", "Run starling init.")
    if read.oauth is not None:
        return Finding(True, "Workspaces install the app by themselves; each token is checked at that moment.")
    return read


class _Slack:
    """One conversation with Slack's Web API about what was granted."""

    def __init__(self, settings: SlackSettings, session: ClientSession) -> None:
        from adapters.slack.web import WebApi

        self._settings = settings
        self._api = WebApi(settings.bot_token, settings.api_url, session)

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: SlackSettings) -> AsyncIterator[_Slack]:
        """Closes its connections at the end."""
        from adapters.slack.web import new_session

        async with new_session() as session:
            yield cls(settings, session)

    async def credentials(self) -> Sequence[Finding]:
        """Whether Slack takes each of the tokens."""
        return [await self._bot_token(), *([await self._app_token()] if self._settings.app_token else [])]

    async def _bot_token(self) -> Finding:
        """Whether the bot token is good, and for which workspace; notes the granted scopes."""
        try:
            answer = await self._api.call("auth.test")
        except PermissionMissing:
            return Finding(
                False,
                "STARLING_SLACK_BOT_TOKEN is refused by Slack.",
                f"Copy the bot token anew from 'OAuth & Permissions': {self._page('oauth')}",
            )
        except PlatformError as problem:
            return _unreachable(problem)
        return Finding(True, f"The bot token is good for the workspace {answer.get('team')}.")

    async def _app_token(self) -> Finding:
        """Whether Socket Mode opens with the app token."""
        try:
            await self._api.call("apps.connections.open", app_token=self._settings.app_token)
        except PermissionMissing:
            return Finding(
                False,
                "STARLING_SLACK_APP_TOKEN is refused by Slack.",
                f"Make an app-level token with the scope connections:write: {self._page('general')}",
            )
        except PlatformError as problem:
            return _unreachable(problem)
        return Finding(True, "The app-level token is good; Socket Mode opens.")

    def scopes_compared(self, offered: Offered) -> Sequence[Finding]:
        """Each scope that is missing, with the rooms that need it; one line for what nobody needs."""
        from adapters.slack.manifest import grants

        needed = grants(offered, reads_replies=self._settings.reads_replies)
        granted = self._api.scopes
        step = f"Add the scope under 'OAuth & Permissions', then press 'Reinstall to Workspace': {self._page('oauth')}"
        missing = [
            Finding(False, f"The scope {each.name} is not granted ({', '.join(each.used_by)}). {each.reason}", step)
            for each in needed
            if each.name not in granted
        ]
        unused = sorted(granted - {each.name for each in needed})
        if unused:
            missing.append(Finding(True, f"Granted, but not needed: {', '.join(unused)}."))
        return missing or [Finding(True, f"All {len(needed)} scopes that are needed are granted.")]

    async def channel_looked_at(self, channel: ConversationRef) -> Finding:
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

    def _page(self, page: str) -> str:
        """The page of our app, whose id stands in the app-level token."""
        parts = (self._settings.app_token or "").split("-")
        return f"{APPS}/{parts[2]}/{page}" if len(parts) > 3 else APPS


def _unreachable(problem: PlatformError) -> Finding:
    return Finding(False, f"Slack could not be asked: {problem}.", "Check the network and STARLING_SLACK_API_URL.")


def _reads_replies(settings: Settings) -> bool:
    return settings.get("STARLING_SLACK_READS_REPLIES", "yes").strip().lower() not in ("no", "false", "0", "off")


def _public_url(settings: Settings) -> str:
    return settings.get("STARLING_SLACK_PUBLIC_URL", "").strip().rstrip("/")


def _is_for_many(settings: Settings) -> bool:
    return bool(settings.get("STARLING_SLACK_CLIENT_ID", "").strip())


setup = SlackSetup()
