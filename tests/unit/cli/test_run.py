"""A run starts every platform that has its settings, in one process, until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
from pathlib import Path

import aiohttp
import httpx2
import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.cli.run import run
from bot.cli.settings_file import DEFAULT, read_settings_file, write_settings_file
from tests.unit.cli.standins import discord_settings, discord_stand_in, slack_settings, slack_stand_in
from tests.wire.slack.world import APP_TOKEN, BOT_TOKEN


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("STARLING_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


async def test_slack_and_discord_run_in_one_process_from_the_settings_file() -> None:
    lines: asyncio.Queue[str] = asyncio.Queue()
    async with slack_stand_in() as slack, discord_stand_in() as discord:
        shared = {"STARLING_HTTP_PORT": "0", "STARLING_LOG_LEVEL": "ERROR"}
        write_settings_file(DEFAULT, slack_settings(slack) | discord_settings(discord) | shared)
        running = asyncio.create_task(run(lines.put_nowait))
        address = (await lines.get()).split()[-1]
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            ready = await response.json()
        os.kill(os.getpid(), signal.SIGTERM)
        await running
    assert ready["platform slack"]
    assert ready["platform discord"]


async def test_pages_have_a_port_of_their_own_where_neither_the_workspace_nor_the_measurements_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: asyncio.Queue[str] = asyncio.Queue()
    for name, value in {
        "STARLING_LOCAL_FOLDER": str(tmp_path / "workspace"),
        "STARLING_LOCAL_PORT": "0",
        "STARLING_HTTP_PORT": "0",
        "STARLING_LOG_LEVEL": "ERROR",
        "STARLING_PAGES_BIND": "127.0.0.1:0",
    }.items():
        monkeypatch.setenv(name, value)
    running = asyncio.create_task(run(lines.put_nowait))
    pages, health = (await lines.get()).split()[-1], (await lines.get()).split()[-1].removesuffix("/readyz")
    async with httpx2.AsyncClient() as client:
        found = {
            (base, path): (await client.get(f"{base}{path}")).status_code
            for base in (pages, health)
            for path in ("/style.css", "/metrics", "/healthz", "/api/priya/state", "/static/js/app.js")
        }
    os.kill(os.getpid(), signal.SIGTERM)
    await running
    assert {path for (base, path), status in found.items() if base == pages and status == 200} == {"/style.css"}
    assert {path for (base, path), status in found.items() if base == health and status == 200} == {
        "/metrics",
        "/healthz",
    }


async def test_the_command_sets_up_what_a_person_types(monkeypatch: pytest.MonkeyPatch) -> None:
    async with slack_stand_in() as slack:
        monkeypatch.setenv("STARLING_SLACK_API_URL", f"{slack.server.address}/api/")
        typed = "\n".join(["no", "yes", "yes", BOT_TOKEN, APP_TOKEN, "no", ""])
        result = await asyncio.to_thread(CliRunner().invoke, app, ["init"], input=typed)
    assert result.exit_code == 0, result.output
    assert BOT_TOKEN not in result.output
    assert "(nothing is shown as you paste it)" in result.output
    assert "The settings are in starling.env, readable by you alone." in result.output
    assert read_settings_file(DEFAULT)["STARLING_SLACK_APP_TOKEN"] == APP_TOKEN
    assert stat.S_IMODE(DEFAULT.stat().st_mode) == 0o600
