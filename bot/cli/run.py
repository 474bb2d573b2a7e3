"""`starling run`: every adapter that has what it needs, in one process, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from importlib.metadata import entry_points
from pathlib import Path

from bot.base.clock import Clock, SystemClock
from bot.base.errors import ConfigurationError
from bot.chat.page_port import PageServer, ServePages
from bot.chat.platform import ChatPlatform, Connect
from bot.cli.features import all_features
from bot.cli.opened_database import bring_up_to_date
from bot.cli.settings_file import DEFAULT, settings_with
from bot.cli.signals import told_to_stop
from bot.runtime.bootstrap import build, keep_what_is_loaded
from bot.runtime.config import read_config
from bot.runtime.http import HttpServer
from bot.runtime.logs import configure
from content.loader import load_content
from content.rules import load_rules
from storage.engine import Database


async def run(say: Callable[[str], None], file: Path = DEFAULT) -> None:
    """Serve until a signal comes, with the settings of the environment and of `file`.

    `ConfigurationError` names the setting that is missing or wrong.
    """
    settings = settings_with(file)
    config = read_config(_env_file=file)
    configure(config.log_format, config.log_level)
    clock = SystemClock()
    platforms = connected(settings, clock)
    _make(config.data_folder)
    await bring_up_to_date(config.database)
    async with AsyncExitStack() as stack:
        database = Database(config.database)
        stack.push_async_callback(database.close)
        content, rooms = load_content(config.questions_folder), all_features(settings)
        pages = page_server(*config.pages_at, config.pages_address) if config.pages_at else None
        pages_at = pages.address if pages else ""
        rules = load_rules()
        runtime = build(config, database, platforms, content, rules, rooms, clock, pages_at=pages_at)
        for room in rooms:
            if room.warm is not None:
                room.warm(content, rules)
        await runtime.start()
        stack.push_async_callback(runtime.stop)
        if pages is not None:
            await pages.start(runtime.pages)
            stack.push_async_callback(pages.stop)
            say(f"Pages are served at {pages.address}")
        keep_what_is_loaded()
        http = HttpServer(runtime, config.http_host, config.http_port)
        await http.start()
        stack.push_async_callback(http.stop)
        say(f"Starling runs; its health is at http://{config.http_host}:{http.port}/readyz")
        await told_to_stop()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ConfigurationError(
            f"STARLING_DATA_FOLDER: the folder {folder.absolute()} cannot be made: {problem.strerror}"
        ) from problem


def page_server(host: str, port: int, address: str = "") -> PageServer:
    """The server of pages, which has taken its port; `ConfigurationError` where it cannot, or none is installed."""
    for entry in entry_points(group="starling.pages"):
        serve: ServePages = entry.load()
        return serve(host, port, address)
    raise ConfigurationError("STARLING_PAGES_BIND: nothing that serves pages is installed")


def connected(settings: Mapping[str, str], clock: Clock) -> list[ChatPlatform]:
    """The platforms whose settings are there, in the order of their names; `ConfigurationError` where none is."""
    found = []
    for entry in sorted(entry_points(group="starling.adapters"), key=lambda entry: entry.name):
        connect: Connect = entry.load()
        platform = connect(settings, clock)
        if platform is not None:
            found.append(platform)
    if not found:
        raise ConfigurationError(
            "no chat platform has its settings; run starling init for Slack and Discord, or start this in the folder "
            f"where its {DEFAULT} is, or set STARLING_LOCAL_FOLDER to a folder for the local workspace"
        )
    return found
