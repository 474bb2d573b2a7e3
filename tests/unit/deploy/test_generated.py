"""What an administrator grants: generated from the declarations, and kept as files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
import yaml

from adapters.discord import invite
from adapters.discord.library import discord
from adapters.slack import manifest as slack
from adapters.slack.scopes import EVENTS, needed_scopes
from bot.chat.setup import Offered
from bot.cli.features import all_features
from bot.cli.init import document
from bot.cli.offered import offered
from bot.cli.settings_file import DEFAULT

DEPLOY = Path(__file__).parents[3] / "deploy"
HISTORY = {"channels:history", "groups:history"}


@pytest.fixture
def everything() -> Offered:
    return offered(all_features(), "starling")


def without(everything: Offered, *rooms: str) -> Offered:
    """What is offered where these rooms are switched off."""
    return offered([room for room in all_features() if room.name not in rooms], everything.root_command)


@pytest.mark.parametrize(
    ("platform", "file"), [("slack", "slack-manifest.yaml"), ("discord", "discord-permissions.md")]
)
def test_the_kept_file_is_what_the_declarations_say(
    platform: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kept = (DEPLOY / file).read_text(encoding="utf-8")
    assert kept == document(platform, DEFAULT), f"write it anew: starling manifest {platform} > deploy/{file}"


def test_every_scope_has_a_reason_beside_it(everything: Offered) -> None:
    granted = slack.grants(everything, reads_replies=True)
    lines = slack.document(slack.manifest(everything, reads_replies=True), granted).splitlines()
    for grant in granted:
        assert any(line.endswith(f"- {grant.name}  # {grant.reason}") for line in lines)
        assert grant.used_by
    assert {grant.name for grant in granted} == set(needed_scopes(reads_replies=True)) == set(slack.USED_FOR)


def test_the_manifest_reads_back_as_it_was_made(everything: Offered) -> None:
    made = slack.manifest(everything, reads_replies=True)
    assert yaml.safe_load(slack.document(made, slack.grants(everything, reads_replies=True))) == made
    link = urlparse(slack.creation_link(made))
    assert json.loads(parse_qs(link.query)["manifest_json"][0]) == made


def test_without_reading_no_scope_and_no_event_lets_us_see_channels(everything: Offered) -> None:
    made = slack.manifest(everything, reads_replies=False)
    assert not HISTORY & set(made["oauth_config"]["scopes"]["bot"])
    events = made["settings"]["event_subscriptions"]["bot_events"]
    assert not {"message.channels", "message.groups"} & set(events)


def test_every_event_has_the_scope_it_needs(everything: Offered) -> None:
    for needs in (everything, without(everything, "answers"), without(everything, "questions")):
        made = slack.manifest(needs, reads_replies=True)
        scopes = {"", *made["oauth_config"]["scopes"]["bot"]}
        assert all(EVENTS[event] in scopes for event in made["settings"]["event_subscriptions"]["bot_events"])


def test_a_room_that_is_switched_off_asks_for_nothing(everything: Offered) -> None:
    needs = without(everything, "answers")
    scopes = {grant.name for grant in slack.grants(needs, reads_replies=True)}
    assert not (HISTORY | {"app_mentions:read", "im:history", "reactions:write"}) & scopes
    assert "Create Public Threads" not in {grant.name for grant in invite.grants(needs)}


def test_the_command_is_named_as_it_is_set(everything: Offered) -> None:
    made = slack.manifest(replace(everything, root_command="practice"), reads_replies=True)
    assert [command["command"] for command in made["features"]["slash_commands"]] == ["/practice"]


def test_shortcuts_come_back_as_the_payload_that_was_declared(everything: Offered) -> None:
    made = slack.manifest(everything, reads_replies=True)
    assert [each["callback_id"] for each in made["features"]["shortcuts"]] == [
        action.action for action in everything.message_actions
    ]
    assert all(len(each["name"]) <= slack.LONGEST_SHORTCUT for each in made["features"]["shortcuts"])


def test_over_http_slack_is_told_where_to_call(everything: Offered) -> None:
    made = slack.manifest(everything, reads_replies=True, public_url="https://starling.example.com", many=True)
    address = "https://starling.example.com/slack/events"
    assert not made["settings"]["socket_mode_enabled"]
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["features"]["slash_commands"][0]["url"] == address
    assert made["oauth_config"]["redirect_urls"] == ["https://starling.example.com/slack/oauth_redirect"]


def test_the_bits_are_those_that_the_library_knows_by_these_names(everything: Offered) -> None:
    for permission in invite.PERMISSIONS:
        assert discord.Permissions(**{permission.name: True}).value == permission.bit
    granted = discord.Permissions(invite.bits(everything))
    assert not granted.administrator


def test_the_invitation_asks_for_exactly_these_permissions(everything: Offered) -> None:
    query = parse_qs(urlparse(invite.invite_link("123", everything)).query)
    assert query == {
        "client_id": ["123"],
        "permissions": [str(invite.bits(everything))],
        "scope": ["bot applications.commands"],
    }
