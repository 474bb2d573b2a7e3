"""Payloads as the gateway sends them, changed at random and sent to the adapter through the real client.

What people do on the stand-in is recorded, so that every payload begins as a real one. Each is then changed in one
to three places, at any depth. An interaction whose id and token are whole has to be answered; nothing may end the
connection, and no fault may be logged.
"""

from __future__ import annotations

import asyncio
import copy
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from adapters.discord.platform import DiscordPlatform
from bot.base.clock import SystemClock
from bot.base.text import t
from bot.chat.cards import Buttons, Card, Choice, Select
from bot.chat.commands import MessageAction
from bot.chat.events import Event, event_from_json, event_to_json
from bot.chat.platform import Accepted, Acknowledged, InConversation, OpenForm, Post, PrivateTo
from bot.chat.refs import AccountRef, ConversationRef
from tests.contract.harness import RecordingInbound
from tests.contract.samples import ANSWER, FORM, Pressed
from tests.wire.discord import reading, state
from tests.wire.discord.people import OpenModal
from tests.wire.discord.server import StandIn
from tests.wire.discord.state import Interaction, Payload

INTERACTION = "INTERACTION_CREATE"
SCORE = MessageAction(t("Score this"), Pressed(subject="score").encode())
AT_ONCE = 25
"""Payloads sent before the adapter is waited for, and before the server is told of anew as it is."""
JUNK: Sequence[Any] = (
    None, True, False, 0, -1, 7, 2**53, 10**30, 1.5, "", "x", "0", "-1", "9" * 40, "\u0000", "\ud83d", "@everyone",
    "<@1>", "../../users/@me", "1970-13-45", "y" * 5000, [], [None], [[]], ["x"], [{}], {}, {"id": None},
    {"x": {"y": []}},
)  # fmt: skip

Recorded = tuple[str, Payload, str | None]


@dataclass
class Outcome:
    """What became of the payloads."""

    payloads: int = 0
    interactions: int = 0
    unacknowledged: list[Payload] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Faults that were logged, and connections that ended."""


class StoringInbound(RecordingInbound):
    """Takes every event as the runtime does, through JSON; now and then a form is the answer."""

    def __init__(self, random: Random) -> None:
        super().__init__(message_actions=[SCORE], completions=[Choice("a", "A")])
        self._random = random

    async def accept(self, event: Event) -> Acknowledged:
        stored = event_from_json(event_to_json(event))
        self.events.append(stored)
        return OpenForm(FORM) if self._random.random() < 0.1 else Accepted()


class _Faults(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        trouble = record.exc_info[1] if record.exc_info else None
        self.found.append(f"{record.name}: {record.getMessage()} {trouble!r}")


@contextmanager
def logged_faults() -> Iterator[list[str]]:
    """Everything that is logged as an error meanwhile."""
    handler = _Faults()
    logging.getLogger().addHandler(handler)
    try:
        yield handler.found
    finally:
        logging.getLogger().removeHandler(handler)


class Fuzzing:
    """One adapter on one stand-in."""

    def __init__(self, server: StandIn, seed: int) -> None:
        self._server = server
        self._random = Random(seed)
        self.outcome = Outcome()
        self.inbound = StoringInbound(self._random)
        self.platform = DiscordPlatform(server.world.token, SystemClock(), api_url=server.api_url, pause=0.01)
        self.samples: list[Recorded] = []

    async def begin(self) -> None:
        """Connect, and record what people do."""
        self._server.world.installable = ["0", "1"]
        self._guild = self._server.world.add_guild("Practice team")
        self._channel = self._server.world.add_channel(self._guild, "practice")
        await self.platform.start(self.inbound)
        dispatch = self._server.gateway.dispatch

        async def recording(kind: str, data: Payload, guild: str | None) -> None:
            self.samples.append((kind, copy.deepcopy(data), guild))
            await dispatch(kind, data, guild)

        self._server.gateway.dispatch = recording  # type: ignore[method-assign]
        await self._do_everything()
        self._watch_what_is_read()
        self._server.gateway.dispatch = dispatch  # type: ignore[method-assign]
        self._identified = self._server.gateway.identified

    def _watch_what_is_read(self) -> None:
        """Know how far the client has read, without asking it for a heartbeat: it limits how often it sends."""
        client = self.platform._client
        assert client is not None
        assert client._take_frame is not None
        take = client._take_frame
        self._read = 0

        def taking(kind: str, number: int, data: Mapping[str, Any]) -> None:
            self._read = number
            take(kind, number, data)

        client._take_frame = taking

    async def _read_everything(self) -> None:
        (session,) = self._server.gateway.sessions.values()
        async with asyncio.timeout(30):
            while self._read < session.number:
                await asyncio.sleep(0.001)
            await self.platform.idle()

    async def _do_everything(self) -> None:
        people, world, guild = self._server.people, self._server.world, self._guild
        place = ConversationRef("discord", guild.id, self._channel["id"])
        ana = people.join(guild, "Ana", permissions=state.MANAGE_GUILD)
        world.installed_for.add(ana)
        direct, group = world.direct(ana)["id"], world.group(ana)["id"]
        card = Card("Question", (Buttons((ANSWER,)), Select("Choose", Pressed(subject="c"), (Choice("a", "A"),))))
        receipts = [
            await self.platform.send(Post("1", InConversation(place), card)),
            await self.platform.send(Post("2", PrivateTo(AccountRef("discord", guild.id, ana)), card)),
        ]
        shown = [world.messages[each.message.message] for each in receipts if each.message]
        thread = await people.start_thread(ana, shown[0])
        for channel in (self._channel["id"], thread["id"], direct):
            message = await people.say(ana, channel, f"<@{state.BOT}> an answer", files=("notes.txt",))
            await people.edit(message, "a better answer")
            await people.delete(message)
        for channel in (self._channel["id"], thread["id"], direct, group):
            await people.invoke(ana, channel, "starling", ("guide", "archetype"), {"name": "conflict", "examples": 2})
            await people.type_option(ana, channel, "starling", ("guide", "archetype"), "name", "c")
            await people.use_menu(ana, world.add_message(ana, channel, "Once we were late."), "Score this")
        for message in shown:
            for control in reading.controls(message):
                await people.press(ana, message, control, ("a",))
            opened = OpenModal(_modal(), message["channel_id"], message)
            await people.submit(ana, opened, {"situation": ("Late.",), "sure": ("1",)})
        await people.rename(self._channel["id"], "renamed")
        await self._tell_of_the_server(ana, thread)
        await self.platform.idle()

    async def _tell_of_the_server(self, ana: str, thread: Payload) -> None:
        world, guild = self._server.world, self._guild
        whole = world.guild_payload(guild)
        for kind, data in (
            ("GUILD_CREATE", whole),
            ("GUILD_UPDATE", whole),
            ("GUILD_DELETE", {"id": guild.id, "unavailable": True}),
            ("GUILD_CREATE", whole),
            ("GUILD_MEMBER_ADD", {**guild.members[ana], "guild_id": guild.id}),
            ("GUILD_MEMBER_UPDATE", {**guild.members[state.BOT], "guild_id": guild.id}),
            ("GUILD_MEMBER_REMOVE", {"guild_id": guild.id, "user": guild.members[ana]["user"]}),
            ("GUILD_ROLE_UPDATE", {"guild_id": guild.id, "role": whole["roles"][0]}),
            ("THREAD_UPDATE", thread),
            ("THREAD_LIST_SYNC", {"guild_id": guild.id, "channel_ids": [], "threads": [thread], "members": []}),
            ("THREAD_DELETE", {key: thread[key] for key in ("id", "guild_id", "parent_id", "type")}),
            ("CHANNEL_CREATE", world.add_channel(guild, "new")),
            ("MESSAGE_DELETE_BULK", {"ids": ["1"], "channel_id": self._channel["id"], "guild_id": guild.id}),
        ):
            await self._server.gateway.dispatch(kind, copy.deepcopy(data), guild.id)
            await self._server.people.settled()

    async def run(self, count: int) -> Outcome:
        """Send so many changed payloads."""
        with logged_faults() as faults:
            while self.outcome.payloads < count:
                await self._some(min(AT_ONCE, count - self.outcome.payloads))
            self.outcome.faults += faults
        ended = self._server.gateway.identified - self._identified
        self.outcome.faults += [f"the connection ended {ended} times"] if ended else []
        return self.outcome

    async def _some(self, count: int) -> None:
        begun: list[tuple[Interaction, Payload]] = []
        for _ in range(count):
            kind, sample, guild = self._random.choice(self.samples)
            changed = json.loads(json.dumps(sample))
            if kind == INTERACTION:
                begun += self._interaction(changed)
            else:
                self._change(changed)
            await self._send(kind, changed, guild)
            self.outcome.payloads += 1
        await self._read_everything()
        self.outcome.interactions += len(begun)
        self.outcome.unacknowledged += [changed for each, changed in begun if not each.acknowledged.done()]
        await self._send("GUILD_CREATE", self._server.world.guild_payload(self._guild), self._guild.id)

    def _interaction(self, changed: Payload) -> list[tuple[Interaction, Payload]]:
        """A new interaction, which the stand-in knows as the adapter sees it, where it can be answered at all."""
        world = self._server.world
        changed.update(id=world.snowflake(), token=f"token-{world.snowflake()}")
        whole = {key: changed[key] for key in ("id", "token", "channel_id")}
        user = (changed.get("user") or changed["member"]["user"])["id"]
        self._change(changed)
        if any(changed.get(key) != whole[key] for key in ("id", "token")):
            return []
        known = {"type": None, **changed, **whole}
        made = Interaction(known, world.now(), user, asyncio.get_running_loop().create_future())
        world.interactions[made.token] = made
        return [(made, changed)]

    async def _send(self, kind: str, data: Payload, guild: str | None) -> None:
        for session in list(self._server.gateway.sessions.values()):
            if self._server.gateway._belongs(session, guild):
                await self._server.gateway._send(session, kind, data)

    def _change(self, payload: Payload) -> None:
        for _ in range(self._random.randint(1, 3)):
            self._change_once(payload)

    def _change_once(self, payload: Payload) -> None:
        """Put something else in one place of the payload, take it away, or add what is not known."""
        part: Any = payload
        while True:
            keys: list[Any] = list(part) if isinstance(part, dict) else list(range(len(part)))
            if not keys:
                return
            key = self._random.choice(keys)
            if isinstance(part[key], dict | list) and part[key] and self._random.random() < 0.7:
                part = part[key]
                continue
            how = self._random.random()
            if how < 0.6:
                part[key] = copy.deepcopy(self._random.choice(JUNK))
            elif how < 0.9:
                del part[key]
            elif isinstance(part, dict):
                part[f"new_{key}"] = copy.deepcopy(self._random.choice(JUNK))
            return

    async def end(self) -> None:
        """Disconnect."""
        await self.platform.stop()


def _modal() -> Payload:
    from adapters.discord.forms import modal

    return modal(FORM)


async def fuzzed(count: int, seed: int) -> Outcome:
    """Send `count` changed payloads to an adapter of its own."""
    async with StandIn() as server:
        fuzzing = Fuzzing(server, seed)
        await fuzzing.begin()
        try:
            return await fuzzing.run(count)
        finally:
            await fuzzing.end()
            server.world.failures.clear()
