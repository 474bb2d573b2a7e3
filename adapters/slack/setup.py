"""Setting Slack up: what is asked, the steps at Slack, and what is compared with what Slack granted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapters.slack.settings import SlackSettings, read_settings
from bot.base.errors import ConfigurationError
from bot.chat.refs import ConversationRef
from bot.chat.setup import Asked, Finding, Offered, Settings

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
        from adapters.slack.manifest import document, grants

        reads, images = _reads_replies(settings), _shows_images(settings)
        return document(_manifest(settings, offered), grants(offered, reads_replies=reads, shows_images=images))

    def before(self, settings: Settings, offered: Offered) -> Sequence[str]:
        from adapters.slack.manifest import creation_link

        return (
            "Open this link, choose your workspace and create the app; everything is filled in:",
            creation_link(_manifest(settings, offered)),
            "On the page 'Install App' press 'Install to Workspace' and copy the bot token.",
            "On the page 'Basic Information' under 'App-Level Tokens' make a token with the scope connections:write.",
        )

    async def verify(self, settings: Settings) -> Sequence[Finding]:
        read = _read(settings)
        if isinstance(read, Finding):
            return [read]
        if read.oauth is not None:
            return [Finding(True, "Workspaces install the app by themselves; starling doctor checks each of them.")]
        from adapters.slack.checking import app_token, operators_workspace
        from adapters.slack.web import new_session

        async with new_session() as session:
            return [await operators_workspace(read, session).token(), *await app_token(read, session)]

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
        from adapters.slack.checking import app_token, every_grant, operators_workspace
        from adapters.slack.web import new_session

        async with new_session() as session:
            if read.oauth is not None:
                return [each async for each in every_grant(read, read.oauth, session, offered, channels)]
            workspace = operators_workspace(read, session)
            found = [await workspace.token(), *await app_token(read, session)]
            if all(finding.ok for finding in found):
                found += workspace.scopes(offered)
                found += [await workspace.channel(channel) for channel in channels]
            return found


def _read(settings: Settings) -> SlackSettings | Finding:
    """The settings; a finding where there is nothing to ask Slack about."""
    try:
        read = read_settings(settings)
    except ConfigurationError as problem:
        return Finding(False, f"{problem}.", "Correct this setting.")
    if read is None:
        return Finding(False, "Slack has no settings.", "Run starling init.")
    return read


def _manifest(settings: Settings, offered: Offered) -> dict[str, Any]:
    from adapters.slack.manifest import manifest

    return manifest(
        offered,
        reads_replies=_reads_replies(settings),
        shows_images=_shows_images(settings),
        public_url=_public_url(settings),
        many=_is_for_many(settings),
    )


def _reads_replies(settings: Settings) -> bool:
    return settings.get("STARLING_SLACK_READS_REPLIES", "yes").strip().lower() not in ("no", "false", "0", "off")


def _shows_images(settings: Settings) -> bool:
    return settings.get("STARLING_SLACK_SHOWS_IMAGES", "no").strip().lower() in ("yes", "true", "1", "on")


def _public_url(settings: Settings) -> str:
    return settings.get("STARLING_SLACK_PUBLIC_URL", "").strip().rstrip("/")


def _is_for_many(settings: Settings) -> bool:
    """Whether workspaces install the app by themselves, for which they have to reach us."""
    return bool(settings.get("STARLING_SLACK_CLIENT_ID", "").strip() and _public_url(settings))


setup = SlackSetup()
