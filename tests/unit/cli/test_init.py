"""Setting up: only what is needed is asked, tokens are checked at once, and the file is for its owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.clock import SystemClock
from bot.base.errors import ConfigurationError
from bot.cli.init import document, initialise
from bot.cli.run import connected
from bot.cli.settings_file import (
    DEFAULT,
    is_open_to_others,
    read_settings_file,
    settings_with,
    write_settings_file,
)
from bot.runtime.config import read_config
from tests.unit.cli.standins import Operator, discord_stand_in, slack_stand_in
from tests.wire.llm.standin import KEY, endpoint
from tests.wire.slack.world import APP_TOKEN, BOT_TOKEN

YES, NO = ["yes"], ["no"]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("STARLING_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


async def test_slack_is_set_up_with_two_tokens_and_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    async with slack_stand_in() as slack:
        monkeypatch.setenv("STARLING_SLACK_API_URL", f"{slack.server.address}/api/")
        operator = Operator({"work in Slack": YES, "bot token": [BOT_TOKEN], "app-level": [APP_TOKEN]})
        await initialise(operator, DEFAULT)
    assert read_settings_file(DEFAULT) == {
        "STARLING_SLACK_BOT_TOKEN": BOT_TOKEN,
        "STARLING_SLACK_APP_TOKEN": APP_TOKEN,
        "STARLING_SLACK_READS_REPLIES": "yes",
    }
    assert stat.S_IMODE(DEFAULT.stat().st_mode) == 0o600
    (link,) = [line.strip() for line in operator.lines if "manifest_json=" in line]
    assert urlparse(link).hostname == "api.slack.com"
    assert "The bot token is good for the workspace Stand-in." in operator.lines
    assert {sentence for sentence, _, secret in operator.asked if secret} == {
        "The bot token (begins with xoxb-)",
        "The app-level token (begins with xapp-)",
    }
    assert [sentence for sentence, _, _ in operator.asked if "Discord" in sentence] == [
        "Is Starling to work in Discord? (yes or no)"
    ]


async def test_the_manifest_in_the_link_follows_the_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    async with slack_stand_in() as slack:
        monkeypatch.setenv("STARLING_SLACK_API_URL", f"{slack.server.address}/api/")
        answers = {"work in Slack": YES, "read replies": NO, "bot token": [BOT_TOKEN], "app-level": [APP_TOKEN]}
        operator = Operator(answers)
        await initialise(operator, DEFAULT)
    (link,) = [line.strip() for line in operator.lines if "manifest_json=" in line]
    assert "channels:history" not in parse_qs(urlparse(link).query)["manifest_json"][0]
    assert read_settings_file(DEFAULT)["STARLING_SLACK_READS_REPLIES"] == "no"


async def test_discord_is_set_up_with_one_token_and_gives_the_invitation(monkeypatch: pytest.MonkeyPatch) -> None:
    async with discord_stand_in(servers=0) as discord:
        monkeypatch.setenv("STARLING_DISCORD_API_URL", discord.api_url)
        operator = Operator({"work in Discord": YES, "bot's token": [discord.world.token]})
        await initialise(operator, DEFAULT)
    (link,) = [line.strip() for line in operator.lines if "/oauth2/authorize?" in line]
    query = parse_qs(urlparse(link).query)
    assert query["client_id"] == ["900000000000000001"]
    assert int(query["permissions"][0]) & (1 << 3) == 0
    assert read_settings_file(DEFAULT)["STARLING_DISCORD_READS_REPLIES"] == "no"
    assert not any("Intent'" in line for line in operator.lines)


async def test_a_wrong_token_is_told_and_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with slack_stand_in() as slack:
        monkeypatch.setenv("STARLING_SLACK_API_URL", f"{slack.server.address}/api/")
        answers = {"work in Slack": YES, "bot token": ["xoxb-wrong", BOT_TOKEN], "app-level": [APP_TOKEN, APP_TOKEN]}
        operator = Operator(answers)
        await initialise(operator, DEFAULT)
    assert "STARLING_SLACK_BOT_TOKEN is refused by Slack." in operator.lines
    assert read_settings_file(DEFAULT)["STARLING_SLACK_BOT_TOKEN"] == BOT_TOKEN


async def test_nothing_is_written_where_no_token_was_good(monkeypatch: pytest.MonkeyPatch) -> None:
    async with discord_stand_in() as discord:
        monkeypatch.setenv("STARLING_DISCORD_API_URL", discord.api_url)
        operator = Operator({"work in Discord": YES, "bot's token": ["wrong"] * 3})
        with pytest.raises(ConfigurationError, match="nothing was written"):
            await initialise(operator, DEFAULT)
    assert not DEFAULT.exists()


async def test_only_yes_and_no_answer_a_question_for_them() -> None:
    operator = Operator({"work in Discord": ["perhaps", "n"], "work in Slack": NO})
    with pytest.raises(ConfigurationError, match="no platform was chosen"):
        await initialise(operator, DEFAULT)
    assert operator.lines == ["Please answer yes or no."]


async def test_no_platform_is_told_in_a_sentence() -> None:
    with pytest.raises(ConfigurationError, match="no platform was chosen"):
        await initialise(Operator({}), DEFAULT)


async def test_what_the_file_holds_is_kept_and_offered_again() -> None:
    async with slack_stand_in() as slack, discord_stand_in() as discord:
        before = {
            "STARLING_SLACK_BOT_TOKEN": BOT_TOKEN,
            "STARLING_SLACK_APP_TOKEN": APP_TOKEN,
            "STARLING_SLACK_API_URL": f"{slack.server.address}/api/",
            "STARLING_DISCORD_API_URL": discord.api_url,
            "STARLING_ROOT_COMMAND": "practice",
        }
        write_settings_file(DEFAULT, before)
        operator = Operator({"work in Discord": YES, "bot's token": [discord.world.token]})
        await initialise(operator, DEFAULT)
    kept = read_settings_file(DEFAULT)
    assert before.items() <= kept.items()
    assert kept["STARLING_DISCORD_TOKEN"] == discord.world.token
    assert any("/practice setup programme" in line for line in operator.lines)


WANTS_A_COACH = {"work in Discord": YES, "coach beside the rules": YES}


async def test_the_coach_is_off_unless_it_is_asked_for() -> None:
    async with discord_stand_in() as discord:
        write_settings_file(DEFAULT, {"STARLING_DISCORD_API_URL": discord.api_url})
        operator = Operator({"work in Discord": YES, "bot's token": [discord.world.token]})
        await initialise(operator, DEFAULT)
    assert not any(name.startswith("STARLING_COACH") for name in read_settings_file(DEFAULT))
    assert any("only where its author asked for that and agreed" in line for line in operator.lines)
    assert not any("key of the service" in sentence for sentence, _, _ in operator.asked)


async def test_the_coach_s_key_is_asked_for_in_secret_checked_at_once_and_kept() -> None:
    async with discord_stand_in() as discord, endpoint() as service:
        write_settings_file(DEFAULT, {"STARLING_DISCORD_API_URL": discord.api_url})
        answers = {"bot's token": [discord.world.token], "address": [service.address] * 2, "key of": ["sk-no", KEY]}
        operator = Operator({**WANTS_A_COACH, **answers})
        await initialise(operator, DEFAULT)
    kept = read_settings_file(DEFAULT)
    assert (kept["STARLING_COACH_API_KEY"], kept["STARLING_COACH_BASE_URL"]) == (KEY, service.address)
    assert "STARLING_COACH_MODEL" not in kept
    assert any("refused the key" in line for line in operator.lines)
    assert any("The coach's key is good" in line for line in operator.lines)
    assert all(secret for sentence, _, secret in operator.asked if "key of" in sentence)


async def test_without_a_good_key_the_rest_is_written_and_the_coach_stays_off() -> None:
    async with discord_stand_in() as discord:
        before = {"STARLING_DISCORD_API_URL": discord.api_url, "STARLING_COACH_BASE_URL": "http://127.0.0.1:9"}
        write_settings_file(DEFAULT, before)
        operator = Operator(
            {**WANTS_A_COACH, "bot's token": [discord.world.token], "key of": ["", "sk-some", "sk-some"]}
        )
        await initialise(operator, DEFAULT)
    kept = read_settings_file(DEFAULT)
    assert kept["STARLING_DISCORD_TOKEN"] == discord.world.token
    assert "STARLING_COACH_API_KEY" not in kept
    assert any("The coach stays off." in line for line in operator.lines)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings_file(DEFAULT, {"STARLING_ROOT_COMMAND": "filed", "STARLING_HTTP_PORT": "1234"})
    monkeypatch.setenv("STARLING_ROOT_COMMAND", "named")
    assert settings_with(DEFAULT)["STARLING_ROOT_COMMAND"] == "named"
    config = read_config(_env_file=DEFAULT)
    assert (config.root_command, config.http_port) == ("named", 1234)


def test_a_run_connects_what_the_file_describes() -> None:
    write_settings_file(DEFAULT, {"STARLING_SLACK_BOT_TOKEN": BOT_TOKEN, "STARLING_SLACK_APP_TOKEN": APP_TOKEN})
    assert [platform.name for platform in connected(settings_with(DEFAULT), SystemClock())] == ["slack"]


def test_a_file_that_was_named_and_is_absent_is_told() -> None:
    with pytest.raises(ConfigurationError, match=r"there is no settings file .*other\.env; behind --settings stands"):
        settings_with(Path("other.env"))


def test_an_earlier_file_open_to_others_is_closed() -> None:
    DEFAULT.write_text("STARLING_HTTP_PORT=1\n", encoding="utf-8")
    DEFAULT.chmod(0o644)
    assert is_open_to_others(DEFAULT)
    write_settings_file(DEFAULT, {"STARLING_HTTP_PORT": "2"})
    assert not is_open_to_others(DEFAULT)


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"], include_characters=" "), max_size=40))
def test_every_value_reads_back_as_it_was_written(value: str) -> None:
    write_settings_file(DEFAULT, {"STARLING_VALUE": value})
    assert read_settings_file(DEFAULT) == {"STARLING_VALUE": value}


def test_an_unknown_platform_has_no_manifest() -> None:
    for name in ("", "teams"):
        with pytest.raises(ConfigurationError, match="starling manifest discord or starling manifest slack"):
            document(name, DEFAULT)


def test_a_platform_may_be_written_as_its_name() -> None:
    assert document("Slack", DEFAULT) == document("slack", DEFAULT)
