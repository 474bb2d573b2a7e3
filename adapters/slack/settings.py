"""What an operator sets for Slack, checked as far as it can be without asking Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.base.errors import ConfigurationError

API_URL = "https://slack.com/api/"
HTTP_PORT = "8323"


@dataclass(frozen=True, slots=True)
class OAuthSettings:
    """What installing into many workspaces needs; it works over HTTP alone."""

    client_id: str
    client_secret: str = field(repr=False)
    token_key: str = field(repr=False)
    folder: Path
    public_url: str
    """Where people and Slack reach this server, without a slash at the end."""


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Tokens and addresses. With an app token Slack is reached over Socket Mode, without one it calls us by HTTP.

    `bot_token` is empty where `oauth` lets many workspaces install us.
    """

    bot_token: str = field(repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str = API_URL
    reads_replies: bool = True
    """Replies in channels are read, where the scopes for it are granted too."""
    shows_images: bool = False
    """Pictures are shown and files handed over, where the scope for it is granted too; else there are words only."""
    http_host: str = "127.0.0.1"
    http_port: int = int(HTTP_PORT)
    oauth: OAuthSettings | None = None


def read_settings(settings: Mapping[str, str]) -> SlackSettings | None:
    """The settings of Slack, None where nothing of it is set; `ConfigurationError` for one that is wrong.

    `STARLING_SLACK_BOT_TOKEN` (xoxb-) is for one workspace. Socket Mode takes `STARLING_SLACK_APP_TOKEN` (xapp-); HTTP
    takes `STARLING_SLACK_SIGNING_SECRET` and listens at `STARLING_SLACK_HTTP_HOST` and `STARLING_SLACK_HTTP_PORT`.
    Many workspaces install Starling by themselves where `STARLING_SLACK_CLIENT_ID` and `STARLING_SLACK_CLIENT_SECRET`
    are set, with `STARLING_SLACK_TOKEN_KEY` (encrypts their tokens), `STARLING_SLACK_INSTALLATIONS` (a folder for
    them) and `STARLING_SLACK_PUBLIC_URL` (where the server is reached).
    `STARLING_SLACK_API_URL` is for GovSlack and proxies; `STARLING_SLACK_READS_REPLIES` and
    `STARLING_SLACK_SHOWS_IMAGES` are yes or no.
    """
    oauth = _oauth(settings)
    given = {name: settings.get(f"STARLING_SLACK_{name}", "").strip() for name in ("BOT_TOKEN", "APP_TOKEN")}
    secret = settings.get("STARLING_SLACK_SIGNING_SECRET", "").strip()
    if not any((*given.values(), secret, oauth)):
        return None
    if oauth is not None and (not secret or any(given.values())):
        raise ConfigurationError(
            "With STARLING_SLACK_CLIENT_ID Slack needs STARLING_SLACK_SIGNING_SECRET, and neither bot nor app token"
        )
    bot = "" if oauth else _token("STARLING_SLACK_BOT_TOKEN", given["BOT_TOKEN"], "xoxb-", "OAuth & Permissions")
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
        reads_replies=_yes_or_no(settings, "STARLING_SLACK_READS_REPLIES", "yes"),
        shows_images=_yes_or_no(settings, "STARLING_SLACK_SHOWS_IMAGES", "no"),
        http_host=settings.get("STARLING_SLACK_HTTP_HOST") or "127.0.0.1",
        http_port=_port(settings.get("STARLING_SLACK_HTTP_PORT") or HTTP_PORT),
        oauth=oauth,
    )


def _oauth(settings: Mapping[str, str]) -> OAuthSettings | None:
    names = [f"STARLING_SLACK_{name}" for name in ("CLIENT_ID", "CLIENT_SECRET", "TOKEN_KEY", "INSTALLATIONS")]
    names.append("STARLING_SLACK_PUBLIC_URL")
    client, secret, key, folder, url = given = [settings.get(name, "").strip() for name in names]
    if not client:
        return None
    for name, value in zip(names, given, strict=True):
        if not value:
            raise ConfigurationError(f"STARLING_SLACK_CLIENT_ID needs {name} too")
    if not url.startswith(("http://", "https://")):
        raise ConfigurationError(f"STARLING_SLACK_PUBLIC_URL is {url!r}, it must be a web address")
    return OAuthSettings(client, secret, key, Path(folder), url.rstrip("/"))


def _token(name: str, value: str, prefix: str, page: str) -> str:
    if not value.startswith(prefix):
        raise ConfigurationError(f"{name} must begin with {prefix}; copy it from the app's page {page!r}")
    return value


def _address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ConfigurationError(f"STARLING_SLACK_API_URL is {value!r}, it must be a web address")
    return value if value.endswith("/") else value + "/"


def _yes_or_no(settings: Mapping[str, str], name: str, usual: str) -> bool:
    value = settings.get(name) or usual
    known = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False}
    if value.strip().lower() not in known:
        raise ConfigurationError(f"{name} is {value!r}, it must be yes or no")
    return known[value.strip().lower()]


def _port(value: str) -> int:
    if not value.isdigit() or int(value) > 65535:
        raise ConfigurationError(f"STARLING_SLACK_HTTP_PORT is {value!r}, it must be a number from 0 to 65535")
    return int(value)
