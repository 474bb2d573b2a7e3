"""What an operator sets for Slack."""

from __future__ import annotations

import pytest

from adapters.slack.settings import API_URL, read_settings
from bot.base.errors import ConfigurationError

SOCKET = {"STARLING_SLACK_BOT_TOKEN": "xoxb-1", "STARLING_SLACK_APP_TOKEN": "xapp-1"}

OAUTH = {
    "STARLING_SLACK_CLIENT_ID": "1.2",
    "STARLING_SLACK_CLIENT_SECRET": "secret-2",
    "STARLING_SLACK_TOKEN_KEY": "key-2",
    "STARLING_SLACK_INSTALLATIONS": "installations",
    "STARLING_SLACK_PUBLIC_URL": "https://starling.example.com/",
    "STARLING_SLACK_SIGNING_SECRET": "s",
}


def test_nothing_set_is_no_slack() -> None:
    assert read_settings({}) is None
    assert read_settings({"STARLING_SLACK_READS_REPLIES": "no"}) is None


def test_two_tokens_are_enough() -> None:
    read = read_settings(SOCKET)
    assert read is not None
    assert (read.bot_token, read.app_token, read.api_url, read.reads_replies) == ("xoxb-1", "xapp-1", API_URL, True)


def test_a_signing_secret_makes_it_http() -> None:
    read = read_settings({"STARLING_SLACK_BOT_TOKEN": "xoxb-1", "STARLING_SLACK_SIGNING_SECRET": "s"})
    assert read is not None
    assert (read.app_token, read.signing_secret) == (None, "s")


def test_many_workspaces_need_no_token_of_the_operator() -> None:
    read = read_settings(OAUTH)
    assert read is not None
    assert read.oauth is not None
    assert (read.bot_token, read.oauth.public_url) == ("", "https://starling.example.com")
    assert "secret-2" not in repr(read)
    assert "key-2" not in repr(read)


def test_no_token_is_shown_where_settings_are_printed() -> None:
    shown = repr(read_settings({**SOCKET, "STARLING_SLACK_SIGNING_SECRET": "secret-1"}))
    assert not any(token in shown for token in ("xoxb-1", "xapp-1", "secret-1"))


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"STARLING_SLACK_BOT_TOKEN": "xoxp-1", "STARLING_SLACK_APP_TOKEN": "xapp-1"}, "STARLING_SLACK_BOT_TOKEN"),
        ({"STARLING_SLACK_APP_TOKEN": "xapp-1"}, "STARLING_SLACK_BOT_TOKEN"),
        ({"STARLING_SLACK_BOT_TOKEN": "xoxb-1", "STARLING_SLACK_APP_TOKEN": "xoxb-1"}, "STARLING_SLACK_APP_TOKEN"),
        ({"STARLING_SLACK_BOT_TOKEN": "xoxb-1"}, "STARLING_SLACK_SIGNING_SECRET"),
        ({**SOCKET, "STARLING_SLACK_API_URL": "slack.com"}, "STARLING_SLACK_API_URL"),
        ({**SOCKET, "STARLING_SLACK_READS_REPLIES": "perhaps"}, "STARLING_SLACK_READS_REPLIES"),
        ({**SOCKET, "STARLING_SLACK_HTTP_PORT": "http"}, "STARLING_SLACK_HTTP_PORT"),
        ({**OAUTH, "STARLING_SLACK_TOKEN_KEY": ""}, "STARLING_SLACK_TOKEN_KEY"),
        ({**OAUTH, "STARLING_SLACK_PUBLIC_URL": "starling"}, "STARLING_SLACK_PUBLIC_URL"),
        ({**OAUTH, "STARLING_SLACK_SIGNING_SECRET": ""}, "STARLING_SLACK_SIGNING_SECRET"),
        ({**OAUTH, **SOCKET}, "neither bot nor app token"),
    ],
)
def test_a_wrong_setting_is_named(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        read_settings(wrong)
