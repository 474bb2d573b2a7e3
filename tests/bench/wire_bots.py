"""The processes that `tests.bench.wire` measures: `python -m tests.bench.wire_bots KIND PLATFORM FOLDER URL`.

- `bare`: a handler of the platform's library that stores one row before it acknowledges, and does nothing else
- `product`: Starling with every room, a question posted, answers scored as soon as they are there
- `recorded`: the same, keeping what it says to its database for the replay

Each prints "ready", with the id of the question's thread where there is one, and works until it is terminated.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import time as wall_time
from datetime import timedelta
from pathlib import Path

import aiosqlite
from sqlalchemy import create_engine, select

import storage.tables  # noqa: F401 - completes the metadata
from bot.base.clock import SystemClock
from bot.chat.platform import ChatPlatform, Connect
from bot.chat.refs import ConversationRef, MessageRef
from bot.cli.features import all_features
from bot.members.identity import workspace_of
from bot.outbox.nextrun import WallClockRule
from bot.questions.choosing import Wishes
from bot.questions.programmes import Plan, create_programme, post_now
from bot.runtime.bootstrap import build, keep_what_is_loaded
from bot.runtime.config import Config
from bot.runtime.logs import configure
from bot.runtime.runtime import Runtime
from content.loader import load_content
from content.rules import load_rules
from storage.base import Base
from storage.engine import Database
from storage.tables.questions import Slot
from tests.bench.wire_replay import Recording
from tests.wire.slack.world import APP_TOKEN, BOT_TOKEN

Store = Callable[[str], Awaitable[None]]
LOOK_EVERY = 0.02


async def bare(platform: str, folder: Path, url: str) -> None:
    """One row for each event, committed before the acknowledgement."""
    async with aiosqlite.connect(folder / "bare.sqlite3") as database:
        await database.execute("PRAGMA journal_mode=wal")
        await database.execute("PRAGMA synchronous=normal")
        await database.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, came REAL, body TEXT)")
        await database.commit()
        one_at_a_time = asyncio.Lock()

        async def store(body: str) -> None:
            async with one_at_a_time:
                await database.execute("INSERT INTO event (came, body) VALUES (?, ?)", (time.time(), body))
                await database.commit()

        await (_bare_slack if platform == "slack" else _bare_discord)(store, url)


async def _bare_slack(store: Store, url: str) -> None:
    import aiohttp
    from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(BOT_TOKEN, base_url=url, session=session)
        app = AsyncApp(client=client, process_before_response=True)

        async def on_message(body: dict[str, object]) -> None:
            await store(json.dumps(body))

        app.event("message")(on_message)
        handler = AsyncSocketModeHandler(app, APP_TOKEN)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        print("ready", flush=True)
        await _told_to_stop()
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _bare_discord(store: Store, url: str) -> None:
    from adapters.discord.connection import intents
    from adapters.discord.library import discord, use_api

    use_api(url)
    client = discord.AutoShardedClient(
        intents=intents(reads_replies=True), max_messages=None, chunk_guilds_at_startup=False, guild_ready_timeout=0.1
    )

    async def on_ready() -> None:
        print("ready", flush=True)

    async def on_message(message: discord.Message) -> None:
        await store(message.content)

    async def on_interaction(interaction: discord.Interaction) -> None:
        await store(str(interaction.data))
        await interaction.response.defer()

    for handler in (on_ready, on_message, on_interaction):
        client.event(handler)
    running = asyncio.create_task(client.start("stand-in-token"))
    await _told_to_stop()
    await client.close()
    await running


async def product(platform: str, folder: Path, url: str, channel: str, *, recorded: bool) -> None:
    """Starling, with today's question in the channel."""
    file = folder / "starling.sqlite3"
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    engine.dispose()
    configure("json", "ERROR")
    recording = Recording(folder)
    database = Database(f"sqlite:///{file}")
    made, clock, rules = _adapter(platform, url), SystemClock(), load_rules()
    runtime = build(Config(), database, [made], load_content(), rules, all_features(), clock)
    await runtime.start()
    keep_what_is_loaded()
    question = await _ask(runtime, made, database, channel)
    if recorded:
        recording.begin(file)
    print("ready", question.message, flush=True)
    await _told_to_stop()
    if recorded:
        await recording.end(database)
    await runtime.stop()
    await database.close()


def _adapter(platform: str, url: str) -> ChatPlatform:
    from adapters import discord, slack

    settings = {
        "STARLING_SLACK_BOT_TOKEN": BOT_TOKEN,
        "STARLING_SLACK_APP_TOKEN": APP_TOKEN,
        "STARLING_SLACK_API_URL": url,
        "STARLING_DISCORD_TOKEN": "stand-in-token",
        "STARLING_DISCORD_API_URL": url,
        "STARLING_DISCORD_READS_REPLIES": "yes",
    }
    connect: Connect = slack.adapter if platform == "slack" else discord.adapter
    made = connect(settings, SystemClock())
    assert made is not None
    return made


async def _ask(runtime: Runtime, platform: ChatPlatform, database: Database, channel: str) -> MessageRef:
    """Post a question whose answers are complete at once."""
    (installation,) = await platform.installations()
    async with database.read_everywhere() as session:
        workspace = await workspace_of(session, installation)
    assert workspace is not None
    plan = Plan(
        name="Practice",
        rule=WallClockRule("UTC", wall_time(9)),
        wishes=Wishes(kind_mix={"behavioral": 100}),
        quiet=timedelta(),
    )
    now = runtime.house.clock.now()
    async with database.write(workspace) as session:
        where = ConversationRef(installation.platform, installation.installation, channel)
        await post_now(session, await create_programme(session, now, where, plan), now)
    while True:
        await asyncio.sleep(LOOK_EVERY)
        async with database.read(workspace) as session:
            message = await session.scalar(select(Slot.message))
        if message is not None:
            return MessageRef.decode(message)


async def _told_to_stop() -> None:
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    await told.wait()


def main() -> None:
    """Run the process that the arguments name."""
    kind, platform, folder, url, channel = sys.argv[1:]
    if kind == "bare":
        asyncio.run(bare(platform, Path(folder), url))
    else:
        asyncio.run(product(platform, Path(folder), url, channel, recorded=kind == "recorded"))


if __name__ == "__main__":
    main()
