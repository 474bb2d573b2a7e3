"""What is set up at Slack follows the settings."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
import yaml

from adapters.slack.setup import setup
from bot.cli.features import all_features
from bot.cli.offered import offered

PUBLIC = {"STARLING_SLACK_PUBLIC_URL": "https://starling.example.com/"}
OAUTH = PUBLIC | {"STARLING_SLACK_CLIENT_ID": "1.2"}
OFFERED = offered(all_features(), "starling")


def printed(settings: dict[str, str]) -> dict[str, Any]:
    """The manifest as `starling manifest slack` prints it."""
    made: dict[str, Any] = yaml.safe_load(setup.document(settings, OFFERED))
    return made


def linked(settings: dict[str, str]) -> dict[str, Any]:
    """The manifest in the link of `starling init`."""
    link = next(line for line in setup.before(settings, OFFERED) if line.startswith("https://"))
    made: dict[str, Any] = json.loads(parse_qs(urlparse(link).query)["manifest_json"][0])
    return made


@pytest.mark.parametrize("made", [printed, linked])
@pytest.mark.parametrize(
    ("settings", "socket", "many"),
    [({}, True, False), (PUBLIC, False, False), (OAUTH, False, True)],
    ids=["socket", "http", "oauth"],
)
def test_tokens_rotate_only_where_workspaces_install_by_themselves(
    made: Any, settings: dict[str, str], socket: bool, many: bool
) -> None:
    manifest = made(settings)
    assert manifest["settings"]["socket_mode_enabled"] is socket
    assert manifest["settings"]["token_rotation_enabled"] is many
    assert ("redirect_urls" in manifest["oauth_config"]) is many


def test_slack_s_container_for_assistants_is_not_used() -> None:
    assert not {"assistant_view", "agent_view"} & set(printed({})["features"])


def test_the_scope_for_pictures_is_asked_for_only_where_they_are_switched_on() -> None:
    switched_on = {"STARLING_SLACK_SHOWS_IMAGES": "yes"}
    assert "files:write" not in printed({})["oauth_config"]["scopes"]["bot"]
    assert "files:write" in linked(switched_on)["oauth_config"]["scopes"]["bot"]
    assert (
        "- files:write  # To show charts in its messages, and to hand people their own data as a file."
        in setup.document(switched_on, OFFERED)
    )
