"""What an operator sets for Slack, checked as far as it can be without asking Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.base.errors import ConfigurationError

API_URL = "https://slack.com/api/"
HTTP_PORT = "8322"


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Tokens and addresses. With an app token Slack is reached over Socket Mode, without one it calls us by HTTP."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str = API_URL
    reads_replies: bool = True
    """Replies in channels are read, where the scopes for it are granted too."""
    http_host: str = "127.0.0.1"
    http_port: int = int(HTTP_PORT)


def read_settings(settings: Mapping[str, str]) -> SlackSettings | None:
    """The settings of Slack, None where nothing of it is set; `ConfigurationError` for one that is wrong.

    `STARLING_SLACK_BOT_TOKEN` (xoxb-) is needed always. Socket Mode takes `STARLING_SLACK_APP_TOKEN` (xapp-); HTTP
    takes `STARLING_SLACK_SIGNING_SECRET` and listens at `STARLING_SLACK_HTTP_HOST` and `STARLING_SLACK_HTTP_PORT`.
    `STARLING_SLACK_API_URL` is for GovSlack and proxies; `STARLING_SLACK_READS_REPLIES` is yes or no.
    """
    given = {name: settings.get(f"STARLING_SLACK_{name}", "").strip() for name in ("BOT_TOKEN", "APP_TOKEN")}
    secret = settings.get("STARLING_SLACK_SIGNING_SECRET", "").strip()
    if not any((*given.values(), secret)):
        return None
    bot = _token("STARLING_SLACK_BOT_TOKEN", given["BOT_TOKEN"], "xoxb-", "OAuth & Permissions")
    app = given["APP_TOKEN"]
    if app:
        _token("STARLING_SLACK_APP_TOKEN", app, "xapp-", "Basic Information, App-Level Tokens")
    elif not secret:
        raise ConfigurationError(
            "Slack needs STARLING_SLACK_APP_TOKEN for Socket Mode, or STARLING_SLACK_SIGNING_SECRET for HTTP"
        )
    return SlackSettings(
        bot_token=bot,
        app_token=app or None,
        signing_secret=secret or None,
        api_url=_address(settings.get("STARLING_SLACK_API_URL") or API_URL),
        reads_replies=_yes_or_no(settings.get("STARLING_SLACK_READS_REPLIES") or "yes"),
        http_host=settings.get("STARLING_SLACK_HTTP_HOST") or "127.0.0.1",
        http_port=_port(settings.get("STARLING_SLACK_HTTP_PORT") or HTTP_PORT),
    )


def _token(name: str, value: str, prefix: str, page: str) -> str:
    if not value.startswith(prefix):
        raise ConfigurationError(f"{name} must begin with {prefix}; copy it from the app's page {page!r}")
    return value


def _address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ConfigurationError(f"STARLING_SLACK_API_URL is {value!r}, it must be a web address")
    return value if value.endswith("/") else value + "/"


def _yes_or_no(value: str) -> bool:
    known = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False}
    if value.strip().lower() not in known:
        raise ConfigurationError(f"STARLING_SLACK_READS_REPLIES is {value!r}, it must be yes or no")
    return known[value.strip().lower()]


def _port(value: str) -> int:
    if not value.isdigit() or int(value) > 65535:
        raise ConfigurationError(f"STARLING_SLACK_HTTP_PORT is {value!r}, it must be a number from 0 to 65535")
    return int(value)
