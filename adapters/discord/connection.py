"""The gateway: discord.py's sharded client, from which frames are taken as they come.

The client keeps the sessions (identify, heartbeat, resume, reconnect) and the servers' roles and permissions. What
happened is read from the frames themselves, so that an event is the same whatever the client remembers of it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from adapters.discord.errors import FAILURES, mapped
from adapters.discord.library import discord, use_gateway
from adapters.discord.rest import refusing_at_once
from bot.base.errors import ConfigurationError
from bot.chat.errors import Unavailable

PATIENCE = 60.0
"""Seconds to wait for the gateway at the start."""

logger = logging.getLogger(__name__)

BEGINNINGS = frozenset({"READY", "RESUMED"})
"""Frames without which there is no session."""

TakeFrame = Callable[[str, int, Mapping[str, Any]], None]


def intents(*, reads_replies: bool) -> discord.Intents:
    """What the gateway is to tell us; the only privileged one is the content of messages, where it is wanted."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_messages = True
    wanted.dm_messages = True
    wanted.message_content = reads_replies
    return wanted


class Client(discord.AutoShardedClient):
    """discord.py's client; hands on every dispatch, and knows when all servers are there."""

    def __init__(self, *, reads_replies: bool) -> None:
        super().__init__(
            intents=intents(reads_replies=reads_replies),
            enable_debug_events=True,
            max_messages=None,
            chunk_guilds_at_startup=False,
            http_trace=refusing_at_once(),
        )
        self._take_frame: TakeFrame | None = None
        self._awaited: set[str] = set()
        self._shards_ready = 0
        self._shards_down: set[int] = set()
        self.all_there = asyncio.Event()
        self._guard_reading()

    def _guard_reading(self) -> None:
        """Let a frame that discord.py cannot read be lost by itself: it would end the connection, and the session."""
        readers = self._connection.parsers
        for kind in set(readers) - BEGINNINGS:
            readers[kind] = _guarded(kind, readers[kind])

    async def on_socket_raw_receive(self, text: str) -> None:
        """discord.py's event for each frame."""
        frame = json.loads(text)
        kind, data = frame.get("t"), frame.get("d")
        if not isinstance(kind, str) or not isinstance(data, dict):
            return
        if self._take_frame is not None:
            self._take_frame(kind, int(frame.get("s") or 0), data)
        if kind == "READY":
            self._shards_ready += 1
            self._awaited |= {str(guild["id"]) for guild in data.get("guilds") or ()}
        elif kind in ("GUILD_CREATE", "GUILD_DELETE"):
            self._awaited.discard(str(data.get("id")))
        if not self._awaited and self.shard_count is not None and self._shards_ready >= self.shard_count:
            self.all_there.set()

    async def on_shard_disconnect(self, shard: int) -> None:
        """discord.py's event for a shard that lost its connection."""
        self._shards_down.add(shard)

    async def on_shard_ready(self, shard: int) -> None:
        """discord.py's event for a shard with a new session."""
        self._shards_down.discard(shard)

    async def on_shard_resumed(self, shard: int) -> None:
        """discord.py's event for a shard that took its session up again."""
        self._shards_down.discard(shard)

    def connected(self) -> bool:
        """Whether every shard is connected."""
        return self.all_there.is_set() and not self.is_closed() and not self._shards_down

    async def sign_in(self, token: str) -> None:
        """Check the token and learn where the gateway is; `ConfigurationError` for a token that is wrong."""
        try:
            await self.login(token)
            use_gateway((await self.http.get_bot_gateway())[1])
        except discord.LoginFailure as problem:
            raise ConfigurationError(
                "STARLING_DISCORD_TOKEN is not valid. Copy the bot's token anew from the Discord developer portal"
            ) from problem
        except FAILURES as problem:
            raise mapped("sign_in", problem) from problem

    @property
    def for_users(self) -> bool:
        """Whether people may install Starling for themselves, as the application is set up at Discord."""
        return self.application is not None and self.application.user_integration_config is not None

    @property
    def user_id(self) -> str:
        """The bot's own id, known once logged in."""
        if self.user is None:
            raise Unavailable("sign_in", "the bot is not logged in", accepted=False)
        return str(self.user.id)

    async def run_gateway(self, take_frame: TakeFrame) -> asyncio.Task[None]:
        """Connect; returns the task that keeps the connection once every server is there."""
        self._take_frame = take_frame
        running = asyncio.create_task(self.connect())
        there = asyncio.create_task(self.all_there.wait())
        try:
            await asyncio.wait({running, there}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        finally:
            there.cancel()
        if running.done():
            raise _why_not(running)
        if not self.all_there.is_set():
            if self._shards_ready == 0:
                running.cancel()
                raise Unavailable("connect", "the gateway of Discord did not answer", accepted=False)
            logger.warning("Discord did not send all servers; those missing come when they are up again")
            self.all_there.set()
        return running


def _guarded(kind: str, read: Callable[[Any], Any]) -> Callable[[Any], None]:
    def reading(data: Any) -> None:
        try:
            read(data)
        except Exception as problem:
            logger.warning("discord.py could not read a frame %s: %r", kind, problem)

    return reading


def _why_not(running: asyncio.Task[None]) -> Exception:
    """Why the connection ended before it stood."""
    problem = running.exception()
    if isinstance(problem, discord.PrivilegedIntentsRequired):
        return ConfigurationError(
            "STARLING_DISCORD_READS_REPLIES needs the Message Content Intent. Switch it on under Bot in the Discord "
            "developer portal, or leave the setting out"
        )
    if isinstance(problem, discord.ConnectionClosed) and problem.code == 4004:
        return ConfigurationError("STARLING_DISCORD_TOKEN is not valid any more")
    return Unavailable("connect", str(problem or "the connection was closed"), accepted=False)
