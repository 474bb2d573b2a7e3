"""The gateway: sessions with heartbeat, replay, resume and reconnect, and who may be told what.

Close codes and opcodes are those of Discord's reference. Events go to the shard of their server; a session that
lost its connection keeps its events for a resume.
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.wire.discord.state import BOT, Payload, World

GUILDS, GUILD_MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT
KEPT = 1000
"""Events a session can replay."""
SENDS, WINDOW = 120, 60.0
LARGEST = 4096


class Connection:
    """One websocket, compressed as the client asked."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, compressed: bool) -> None:
        self.socket = socket
        self._request = request
        self._zlib = zlib.compressobj() if compressed else None
        self.beat = time.monotonic()
        self.sent: list[float] = []
        self.confirmed = 0
        self.progress = asyncio.Condition()

    async def send(self, frame: Payload) -> None:
        """Send one frame; a connection that is gone takes none."""
        text = json.dumps(frame, separators=(",", ":"))
        with suppress(ConnectionError):
            if self._zlib is None:
                await self.socket.send_str(text)
            else:
                data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(data)

    def abort(self) -> None:
        """Break the connection without a word."""
        if self._request.transport is not None:
            self._request.transport.abort()


@dataclass
class Session:
    """One session of one shard."""

    id: str
    intents: int
    shard: tuple[int, int]
    connection: Connection | None
    number: int = 0
    kept: list[Payload] = field(default_factory=list)


class Gateway:
    """All sessions of the bot."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.shards = 1
        self.heartbeat = 41.25
        self.compressed = True
        self.granted = 0
        """The privileged intents switched on in the developer portal."""
        self.closes: list[int] = []
        self.identified = 0
        self.resumed = 0

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection from its hello to its end."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        asked = request.query.get("compress") == "zlib-stream"
        connection = Connection(socket, request, self.compressed and asked)
        await connection.send(_frame(10, {"heartbeat_interval": int(self.heartbeat * 1000)}))
        watch = asyncio.create_task(self._watch(connection))
        session: Session | None = None
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    continue
                closing, session = await self._take(connection, session, message.data)
                if closing:
                    await self.close(connection, closing)
                    break
        finally:
            watch.cancel()
            if session is not None and session.connection is connection:
                session.connection = None
            async with connection.progress:
                connection.progress.notify_all()
        return socket

    async def _take(
        self, connection: Connection, session: Session | None, text: str
    ) -> tuple[int | None, Session | None]:
        """Take one frame of the client; the code to close with, if it has to be, and its session."""
        now = time.monotonic()
        connection.sent = [*(at for at in connection.sent if now - at < WINDOW), now]
        if len(connection.sent) > SENDS:
            return 4008, session
        if len(text) > LARGEST:
            return 4002, session
        try:
            frame = json.loads(text)
            operation, data = frame["op"], frame.get("d")
        except (ValueError, KeyError, TypeError):
            return 4002, session
        if operation == 1:
            await self._beat(connection, data)
        elif operation == 2:
            return await self._identify(connection, session, data)
        elif operation == 6:
            return None, await self._resume(connection, session, data)
        elif session is None:
            return 4003, session
        elif operation not in (3, 4, 8):
            return 4001, session
        return None, session

    async def _beat(self, connection: Connection, number: int | None) -> None:
        connection.beat = time.monotonic()
        async with connection.progress:
            connection.confirmed = number or 0
            connection.progress.notify_all()
        await connection.send(_frame(11, None))

    async def _identify(
        self, connection: Connection, session: Session | None, data: Payload
    ) -> tuple[int | None, Session | None]:
        if session is not None:
            return 4005, session
        if data["token"] != self._world.token:
            return 4004, session
        if data["intents"] & ~((1 << 27) - 1):
            return 4013, session
        if data["intents"] & PRIVILEGED & ~self.granted:
            return 4014, session
        shard = tuple(data.get("shard") or (0, 1))
        if shard[1] != self.shards or shard[0] >= shard[1]:
            return 4010, session
        self.identified += 1
        made = Session(f"session-{self._world.snowflake()}", data["intents"], (shard[0], shard[1]), connection)
        self.sessions[made.id] = made
        ours = [guild for guild in self._world.guilds.values() if BOT in guild.members]
        guilds = [guild for guild in ours if self._belongs(made, guild.id)]
        await self._send(made, "READY", self._ready(made, [guild.id for guild in guilds]))
        for guild in guilds:
            await self._send(made, "GUILD_CREATE", self._world.guild_payload(guild))
        return None, made

    def _ready(self, session: Session, guilds: list[str]) -> Payload:
        return {
            "v": 10,
            "user": {**self._world.users[BOT], "verified": True, "mfa_enabled": False, "flags": 0},
            "guilds": [{"id": guild, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "session_type": "normal",
            "relationships": [],
            "private_channels": [],
            "presences": [],
            "application": {"id": BOT, "flags": 0},
            "shard": list(session.shard),
        }

    async def _resume(self, connection: Connection, session: Session | None, data: Payload) -> Session | None:
        found = self.sessions.get(data["session_id"])
        if found is None or data["token"] != self._world.token or not 0 <= (data["seq"] or -1) <= found.number:
            await connection.send(_frame(9, False))
            return session
        self.resumed += 1
        found.connection = connection
        for frame in [frame for frame in found.kept if frame["s"] > data["seq"]]:
            await connection.send(frame)
        await self._send(found, "RESUMED", {})
        return found

    def _belongs(self, session: Session, guild: str | None) -> bool:
        shard, count = session.shard
        return shard == ((int(guild) >> 22) % count if guild else 0)

    async def _send(self, session: Session, kind: str, data: Payload) -> None:
        session.number += 1
        frame = {"op": 0, "t": kind, "s": session.number, "d": data}
        session.kept = [*session.kept[-KEPT + 1 :], frame]
        if session.connection is not None:
            await session.connection.send(frame)

    async def dispatch(self, kind: str, data: Payload, guild: str | None) -> None:
        """Tell the bot, as far as its intents go."""
        for session in list(self.sessions.values()):
            if self._belongs(session, guild) and _wants(session, kind, guild):
                await self._send(session, kind, _readable(session, kind, data, guild))

    async def settled(self) -> None:
        """Wait until the client has read everything that was sent."""
        for session in list(self.sessions.values()):
            connection = session.connection
            if connection is None or connection.confirmed >= session.number:
                continue
            number = session.number
            await connection.send(_frame(1, None))
            async with connection.progress:
                await connection.progress.wait_for(_read_up_to(session, connection, number))

    async def _watch(self, connection: Connection) -> None:
        while not connection.socket.closed:
            await asyncio.sleep(self.heartbeat / 4)
            if time.monotonic() - connection.beat > self.heartbeat * 1.5:
                await self.close(connection, 4009)

    async def close(self, connection: Connection, code: int) -> None:
        """Close a connection with this code."""
        self.closes.append(code)
        await connection.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Opcode 7: connect again and resume."""
        await self._to_all(lambda connection: connection.send(_frame(7, None)))

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Opcode 9: the session is gone, or may be tried to resume."""
        for session in list(self.sessions.values()):
            if not resumable:
                del self.sessions[session.id]
            if session.connection is not None:
                await session.connection.send(_frame(9, resumable))

    async def _to_all(self, act: Callable[[Connection], Awaitable[None]]) -> None:
        for session in list(self.sessions.values()):
            if session.connection is not None:
                await act(session.connection)

    def drop(self, *, resumable: bool = True) -> None:
        """Break every connection; its session can be taken up again only where it is `resumable`."""
        for session in self.sessions.values():
            if session.connection is not None:
                session.connection.abort()
                session.connection = None
        if not resumable:
            self.sessions.clear()

    async def stop(self) -> None:
        """Close every connection, since the server goes down."""
        await self._to_all(lambda connection: self.close(connection, 1001))


def _read_up_to(session: Session, connection: Connection, number: int) -> Callable[[], bool]:
    """Whether the client has read so far, or cannot any more."""
    return lambda: connection.confirmed >= number or session.connection is not connection


def _frame(operation: int, data: Any) -> Payload:
    return {"op": operation, "d": data, "s": None, "t": None}


def _wants(session: Session, kind: str, guild: str | None) -> bool:
    if kind.startswith("MESSAGE_"):
        return bool(session.intents & (GUILD_MESSAGES if guild else DIRECT_MESSAGES))
    if kind.startswith("GUILD_MEMBER_"):
        return bool(session.intents & GUILD_MEMBERS)
    if kind == "INTERACTION_CREATE":
        return True
    return bool(session.intents & GUILDS)


def _readable(session: Session, kind: str, data: Payload, guild: str | None) -> Payload:
    """The message without what the bot may not read: only its own, direct ones and those that mention it are whole."""
    if kind not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or session.intents & MESSAGE_CONTENT or guild is None:
        return data
    if data.get("author", {}).get("id") == BOT or any(user["id"] == BOT for user in data.get("mentions", ())):
        return data
    return {**data, "content": "", "embeds": [], "attachments": [], "components": []}
