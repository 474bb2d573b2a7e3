"""The doctor: every fault is named with the one step that mends it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.base.errors import ConfigurationError
from bot.chat.setup import Finding
from bot.cli import house_checks
from bot.cli.app import app
from bot.cli.doctor import examined
from bot.cli.run import run
from bot.cli.settings_file import DEFAULT, write_settings_file
from storage.migrate import upgrade
from tests.unit.cli.standins import (
    NEEDED_ON_SLACK,
    discord_settings,
    discord_stand_in,
    faults,
    slack_settings,
    slack_stand_in,
)
from tests.wire.discord.state import ADD_REACTIONS, CREATE_PUBLIC_THREADS, READ_MESSAGE_HISTORY, SEND_MESSAGES


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("STARLING_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def written(settings: Mapping[str, str], folder: Path) -> Path:
    file = folder / "starling.env"
    write_settings_file(file, settings)
    return file


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "Pages in the browser are switched off."),
        ({"BIND": "127.0.0.1:8324"}, "served at 127.0.0.1:8324, reached from this computer alone."),
        ({"BIND": "0.0.0.0:8324", "ADDRESS": "https://p.example"}, "reached from https://p.example."),
    ],
)
async def test_pages_that_are_set_up_well_are_said_so(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    file = written({f"STARLING_PAGES_{name}": value for name, value in settings.items()}, tmp_path)
    assert [finding.ok for finding in await examined(file) if said in finding.sentence] == [True]


@pytest.mark.parametrize(
    ("drawing", "said"), [(True, "Charts can be drawn for chat"), (False, "pip install -e '.[charts]'")]
)
async def test_it_is_said_whether_charts_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawing: bool, said: str
) -> None:
    monkeypatch.setattr(house_checks, "can_draw", lambda: drawing)
    assert [finding.ok for finding in await examined(written({}, tmp_path)) if said in finding.sentence] == [True]


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ({"BIND": "0.0.0.0:8324"}, "STARLING_PAGES_ADDRESS is missing"),
        ({"BIND": "0.0.0.0:8324", "ADDRESS": "http://p.example"}, "over https only"),
        ({"BIND": "0.0.0.0:8324", "ADDRESS": "https://p.example/pages"}, "without a path"),
        ({"BIND": "127.0.0.1:8322"}, "where health and metrics are served too"),
        ({"BIND": "203.0.113.9:8324", "ADDRESS": "https://p.example"}, "cannot be used"),
        ({"BIND": "8324"}, "STARLING_PAGES_BIND"),
        ({"BIND": "127.0.0.1:65536"}, "STARLING_PAGES_BIND"),
    ],
)
async def test_pages_that_nobody_could_reach_are_a_fault(tmp_path: Path, settings: dict[str, str], fault: str) -> None:
    file = written({f"STARLING_PAGES_{name}": value for name, value in settings.items()}, tmp_path)
    (found,) = [finding for finding in await examined(file) if fault in finding.sentence]
    assert not found.ok
    assert found.step


async def with_programme_in(folder: Path, *conversations: str) -> None:
    """A database as a start leaves it, with a programme in each of these channels."""
    (folder / "starling-data").mkdir()
    path = folder / "starling-data" / "starling.sqlite3"
    await upgrade(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = off")
        columns = connection.execute("PRAGMA table_info(programme)").fetchall()
        needed = [(name, kind) for _, name, kind, not_null, default, _ in columns if not_null and default is None]
        for number, conversation in enumerate(conversations):
            values = {name: 0 if kind in ("INTEGER", "BOOLEAN") else "[]" for name, kind in needed}
            values |= {"id": f"{number:026d}", "conversation": conversation}
            places = ", ".join(f":{name}" for name in values)
            connection.execute(f"INSERT INTO programme ({', '.join(values)}) VALUES ({places})", values)
    connection.close()


def sentences(findings: list[Finding]) -> str:
    return "\n".join(finding.sentence for finding in findings)


async def test_nothing_is_wrong_where_everything_is_granted(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, discord_stand_in() as discord:
        file = written(slack_settings(slack) | discord_settings(discord), tmp_path)
        found = list(await examined(file))
    assert faults(found) == []
    assert "good for the workspace Stand-in" in sentences(found)
    assert "All permissions that are needed are granted in the server Team 1" in sentences(found)


async def test_a_missing_scope_is_named_with_the_rooms_that_need_it_and_the_page_that_mends_it(tmp_path: Path) -> None:
    async with slack_stand_in(NEEDED_ON_SLACK - {"reactions:write"}) as slack:
        settings = slack_settings(slack, STARLING_SLACK_APP_TOKEN="xapp-1-A0123-456-secret")
        slack.server.grants.app_token = settings["STARLING_SLACK_APP_TOKEN"]
        found = await examined(written(settings, tmp_path))
    (fault,) = [finding for finding in found if not finding.ok]
    assert "reactions:write is not granted (answers)" in fault.sentence
    assert "https://api.slack.com/apps/A0123/oauth" in fault.step
    assert "secret" not in fault.step


async def test_the_scopes_for_reading_are_needed_only_where_reading_is_chosen(tmp_path: Path) -> None:
    without = NEEDED_ON_SLACK - {"channels:history", "groups:history"}
    async with slack_stand_in(without) as slack:
        chosen = await examined(written(slack_settings(slack), tmp_path))
        declined = await examined(written(slack_settings(slack, STARLING_SLACK_READS_REPLIES="no"), tmp_path))
    assert len(faults(list(chosen))) == 2
    assert faults(list(declined)) == []


async def test_a_scope_nobody_needs_is_told_but_is_no_fault(tmp_path: Path) -> None:
    async with slack_stand_in(NEEDED_ON_SLACK | {"files:read"}) as slack:
        found = list(await examined(written(slack_settings(slack), tmp_path)))
    assert faults(found) == []
    assert "Granted, but not needed: files:read." in sentences(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STARLING_SLACK_BOT_TOKEN", "xoxb-wrong"),
        ("STARLING_SLACK_BOT_TOKEN", "wrong"),
        ("STARLING_SLACK_APP_TOKEN", "xapp-wrong"),
        ("STARLING_SLACK_APP_TOKEN", "wrong"),
    ],
)
async def test_a_wrong_token_of_slack_is_named_and_ends_a_run(tmp_path: Path, name: str, value: str) -> None:
    async with slack_stand_in() as slack:
        file = written(slack_settings(slack) | {name: value}, tmp_path)
        (sentence,) = faults(list(await examined(file)))
        assert name in sentence
        with pytest.raises(ConfigurationError, match=name):
            await run(lambda _: None, file)


@pytest.mark.parametrize("name", ["STARLING_DISCORD_READS_REPLIES", "STARLING_DISCORD_API_URL"])
async def test_a_setting_of_discord_that_a_run_would_refuse_is_named(tmp_path: Path, name: str) -> None:
    async with discord_stand_in() as discord:
        found = list(await examined(written(discord_settings(discord) | {name: "perhaps"}, tmp_path)))
    (sentence,) = faults(found)
    assert name in sentence


async def test_a_wrong_token_of_discord_is_named_and_ends_a_run(tmp_path: Path) -> None:
    async with discord_stand_in() as discord:
        file = written(discord_settings(discord, STARLING_DISCORD_TOKEN="wrong"), tmp_path)
        (sentence,) = faults(list(await examined(file)))
        assert "STARLING_DISCORD_TOKEN" in sentence
        with pytest.raises(ConfigurationError, match="STARLING_DISCORD_TOKEN"):
            await run(lambda _: None, file)


async def test_a_platform_that_does_not_answer_is_told_with_its_address_setting(tmp_path: Path) -> None:
    async with slack_stand_in() as slack:
        settings = slack_settings(slack)
    (finding,) = [each for each in await examined(written(settings, tmp_path)) if not each.ok][:1]
    assert "could not be asked" in finding.sentence
    assert "STARLING_SLACK_API_URL" in finding.step


async def test_channels_with_a_programme_are_looked_at_one_by_one(tmp_path: Path) -> None:
    await with_programme_in(tmp_path, "slack:T0STANDIN:C0PRACTICE:", "slack:T0STANDIN:C0AWAY:", "slack:T0STANDIN:C0NO:")
    async with slack_stand_in() as slack:
        slack.world.channel("C0AWAY", "elsewhere", bot_is_member=False)
        found = list(await examined(written(slack_settings(slack), tmp_path)))
    assert "Starling is in #interview-practice." in sentences(found)
    not_in, gone = sorted(faults(found))
    assert not_in == "Starling is not in #elsewhere."
    assert "C0NO is not there" in gone


async def test_a_permission_that_one_channel_takes_away_is_named_there(tmp_path: Path) -> None:
    async with discord_stand_in() as discord:
        (channel,) = discord.world.channels.values()
        discord.world.deny(channel["id"], CREATE_PUBLIC_THREADS)
        await with_programme_in(tmp_path, f"discord:{channel['guild_id']}:{channel['id']}:")
        found = list(await examined(written(discord_settings(discord), tmp_path)))
    (sentence,) = faults(found)
    assert "Create Public Threads is missing in #interview-practice (answers)" in sentence


async def test_a_permission_missing_in_the_server_is_mended_by_inviting_again(tmp_path: Path) -> None:
    async with discord_stand_in() as discord:
        (guild,) = discord.world.guilds.values()
        guild.roles[guild.id] &= ~(ADD_REACTIONS | READ_MESSAGE_HISTORY)
        found = await examined(written(discord_settings(discord), tmp_path))
    wrong = [finding for finding in found if not finding.ok]
    assert len(wrong) == 2
    assert all("https://discord.com/oauth2/authorize?client_id=" in finding.step for finding in wrong)


async def test_a_bot_in_no_server_is_to_be_invited(tmp_path: Path) -> None:
    async with discord_stand_in(servers=0) as discord:
        found = list(await examined(written(discord_settings(discord), tmp_path)))
    assert faults(found) == ["Starling is in no server."]


@pytest.mark.parametrize("granted", [True, False])
async def test_the_privileged_intent_is_checked_where_reading_is_chosen(tmp_path: Path, granted: bool) -> None:
    async with discord_stand_in(message_content=granted) as discord:
        settings = discord_settings(discord, STARLING_DISCORD_READS_REPLIES="yes")
        found = list(await examined(written(settings, tmp_path)))
    assert [sentence for sentence in faults(found) if "Message Content Intent" in sentence] == faults(found)
    assert bool(faults(found)) is not granted


async def test_without_a_platform_the_first_step_is_init(tmp_path: Path) -> None:
    found = await examined(written({}, tmp_path))
    assert [finding.step for finding in found if not finding.ok] == ["Run starling init."]


async def test_without_a_settings_file_it_is_said_which_one_was_looked_for_and_what_to_do(tmp_path: Path) -> None:
    found = list(await examined(DEFAULT))
    assert found[0].sentence.startswith(f"There is no {tmp_path / 'starling.env'}: ")
    (fault,) = [finding for finding in found if not finding.ok]
    assert fault.step == "Run starling init in this folder, or start this in the one where its starling.env is."


@pytest.mark.parametrize(("name", "what"), [("other.env", "is not there"), ("folder", "is a folder")])
async def test_a_settings_file_that_was_named_and_is_none_is_the_one_fault(
    tmp_path: Path, name: str, what: str
) -> None:
    (tmp_path / "folder").mkdir()
    (fault,) = await examined(Path(name))
    assert fault.sentence == f"The settings file {tmp_path / name} {what}."
    assert fault.step == "Behind --settings stands the file that starling init wrote."


async def test_a_settings_file_that_others_can_read_is_a_fault(tmp_path: Path) -> None:
    file = written({"STARLING_LOCAL_FOLDER": "team"}, tmp_path)
    file.chmod(0o644)
    found = await examined(file)
    assert [finding.step for finding in found if not finding.ok] == [f"chmod 600 {file}"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"STARLING_DATABASE_URL": "mysql://somewhere"}, "The database cannot be used"),
        ({"STARLING_DATABASE_URL": "sqlite:///not-a-database"}, "The database does not answer"),
        ({"STARLING_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "The database does not answer"),
        ({"STARLING_HTTP_PORT": "many"}, "STARLING_HTTP_PORT"),
        ({"STARLING_DATA_FOLDER": "a-file/below"}, "Nothing can be written"),
        ({"STARLING_QUESTIONS_FOLDER": "broken"}, "The questions cannot be read"),
    ],
)
async def test_what_is_wrong_in_the_house_is_named(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    (tmp_path / "not-a-database").write_text("no database at all, but a file of some length" * 40, encoding="utf-8")
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "own.yaml").write_text("questions:\n  - id: q-own\n    kind: odd\n", encoding="utf-8")
    found = await examined(written({"STARLING_LOCAL_FOLDER": "team"} | settings, tmp_path))
    (sentence,) = faults(list(found))
    assert said in sentence


async def test_a_database_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    await with_programme_in(tmp_path)
    with sqlite3.connect(tmp_path / "starling-data" / "starling.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of-tomorrow'")
    connection.close()
    found = await examined(written({"STARLING_LOCAL_FOLDER": "team"}, tmp_path))
    assert faults(list(found)) == ["The database was made by a newer Starling than this one."]


async def test_the_probe_is_found_on_slack_among_our_posts_and_removed(tmp_path: Path) -> None:
    async with slack_stand_in() as slack:
        slack.server.methods.history_allowed = True
        found = list(await examined(written(slack_settings(slack), tmp_path), "C0PRACTICE"))
        assert slack.world.messages == []
    assert faults(found) == []
    assert "found by its key among Starling's own posts" in found[-1].sentence


async def test_where_slack_s_channels_are_not_read_the_probe_is_found_by_its_echo(tmp_path: Path) -> None:
    async with slack_stand_in(NEEDED_ON_SLACK - {"channels:history", "groups:history"}) as slack:
        settings = slack_settings(slack, STARLING_SLACK_READS_REPLIES="no")
        found = list(await examined(written(settings, tmp_path), "C0PRACTICE"))
        assert slack.world.messages == []
    assert faults(found) == []
    assert "found by its key in the platform's word of it" in found[-1].sentence


async def test_the_probe_is_found_on_discord_and_the_commands_stay_as_they_were(tmp_path: Path) -> None:
    async with discord_stand_in() as discord:
        discord.world.history_allowed = True
        (channel,) = discord.world.channels.values()
        found = list(await examined(written(discord_settings(discord), tmp_path), f"discord:{channel['id']}"))
        assert discord.world.messages == {}
        assert [command["name"] for command in discord.world.commands][:1] == ["starling"]
    assert faults(found) == []
    assert "found by its key among Starling's own posts" in found[-1].sentence


async def test_a_probe_that_may_not_be_posted_says_what_to_allow(tmp_path: Path) -> None:
    async with discord_stand_in() as discord:
        (channel,) = discord.world.channels.values()
        discord.world.deny(channel["id"], SEND_MESSAGES)
        found = await examined(written(discord_settings(discord), tmp_path), channel["id"])
    assert "was not posted" in found[-1].sentence
    assert "SEND_MESSAGES" in found[-1].sentence


async def test_a_look_up_that_is_not_granted_is_named(tmp_path: Path) -> None:
    async with discord_stand_in() as discord:
        discord.world.history_allowed = True
        (channel,) = discord.world.channels.values()
        discord.world.deny(channel["id"], READ_MESSAGE_HISTORY)
        found = await examined(written(discord_settings(discord), tmp_path), channel["id"])
        assert discord.world.messages == {}
    assert "posts cannot be looked for" in found[-1].sentence


async def test_with_two_platforms_the_probe_has_to_name_one(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, discord_stand_in() as discord:
        file = written(slack_settings(slack) | discord_settings(discord), tmp_path)
        found = await examined(file, "C0PRACTICE")
    assert "discord:C0PRACTICE or slack:C0PRACTICE" in found[-1].step


def test_the_command_prints_each_step_and_ends_with_one(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["doctor", "--settings", str(written({}, tmp_path))])
    assert result.exit_code == 1
    assert "fault  No chat platform has its settings.\n       -> Run starling init.\n" in result.output


def test_the_command_ends_with_zero_where_nothing_is_wrong(tmp_path: Path) -> None:
    file = written({"STARLING_LOCAL_FOLDER": "team"}, tmp_path)
    assert CliRunner().invoke(app, ["doctor", "--settings", str(file)]).exit_code == 0
