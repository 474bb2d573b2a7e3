"""The whole of Starling on Discord: every room, the real runtime and a database, over the wire to the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import time, timedelta
from pathlib import Path

from adapters.discord.platform import DiscordPlatform
from bot.base.clock import MovedClock
from bot.base.ids import new_id
from bot.chat.refs import ConversationRef, InstallationRef, MessageRef
from bot.cli.features import all_features
from bot.members.identity import workspace_of
from bot.outbox.nextrun import WallClockRule
from bot.questions.choosing import Wishes
from bot.questions.programmes import Plan, create_programme, post_now
from bot.runtime.bootstrap import build
from bot.runtime.config import Config
from bot.runtime.runtime import Runtime
from storage.engine import Database
from storage.tables.questions import QueueEntry
from tests.scenario.dsl import LEASE, empty_database, whole_content, whole_rules
from tests.wire.discord import reading
from tests.wire.discord.people import OpenModal
from tests.wire.discord.server import StandIn
from tests.wire.discord.state import BOT, Payload

QUESTION = "q-harm-by-your-change"
QUIET = timedelta(minutes=3)


class Loop:
    """One server with one channel, in which today's question stands once it was posted."""

    def __init__(self, server: StandIn, folder: Path, *, reads_replies: bool) -> None:
        self.server = server
        self._reads_replies = reads_replies
        self._file = folder / "starling.sqlite3"
        self._file.write_bytes(empty_database())
        self.clock = MovedClock()
        self.guild = server.world.add_guild("Practice team")
        self.channel: str = server.world.add_channel(self.guild, "interview-practice")["id"]

    async def begin(self) -> None:
        """Start a process of Starling."""
        self.database = Database(f"sqlite:///{self._file}")
        self.platform = DiscordPlatform(
            self.server.world.token, self.clock, api_url=self.server.api_url, reads_replies=self._reads_replies
        )
        self.runtime: Runtime = build(
            Config(),
            self.database,
            [self.platform],
            whole_content(),
            whole_rules(),
            all_features(),
            self.clock,
            lease_for=LEASE,
        )
        await self.platform.start(self.runtime)
        await self.drain()

    async def end(self) -> None:
        """Stop it."""
        await self.platform.stop()
        await self.database.close()

    async def restart(self) -> None:
        """Another process on the same database."""
        await self.end()
        await self.begin()

    async def drain(self) -> None:
        """Let everything that is due be done."""
        await self.server.people.settled()
        await self.platform.idle()
        await self.runtime.drain()

    async def wait(self, by: timedelta) -> None:
        """Time passes for Starling."""
        self.clock.move(by)
        await self.drain()

    async def post_question(self) -> Payload:
        """Today's question, posted in the channel."""
        place = ConversationRef("discord", self.guild.id, self.channel)
        async with self.database.read_everywhere() as session:
            workspace = await workspace_of(session, InstallationRef("discord", self.guild.id))
        assert workspace is not None
        wishes = Wishes(kind_mix={"behavioral": 50, "situational": 50})
        plan = Plan(name="Practice", rule=WallClockRule("UTC", time(9)), wishes=wishes, quiet=QUIET)
        async with self.database.write(workspace) as session:
            now = self.clock.now()
            programme = await create_programme(session, now, place, plan)
            session.add(
                QueueEntry(id=new_id(), programme_id=programme.id, question_id=QUESTION, position=1, queued_at=now)
            )
            await session.flush()
            await post_now(session, programme, now)
        await self.drain()
        (question,) = self.messages(self.channel)
        return question

    def messages(self, channel: str, author: str = BOT) -> list[Payload]:
        """What was written in a channel or thread for everybody."""
        world = self.server.world
        found = [each for each in world.messages.values() if each["channel_id"] == channel]
        return [each for each in found if each["author"]["id"] == author and each["id"] not in world.only_for]

    def private(self, user: str) -> list[Payload]:
        """What Starling showed this person alone: in the direct conversation, and in channels."""
        world = self.server.world
        direct = world.direct(user)["id"]
        return [
            each
            for each in world.messages.values()
            if each["author"]["id"] == BOT and (each["channel_id"] == direct or world.only_for.get(each["id"]) == user)
        ]

    def read(self, messages: Sequence[Payload]) -> str:
        """All that can be read in these messages."""
        return "\n\n".join(map(reading.read, messages))

    async def press(self, user: str, message: Payload, label: str) -> OpenModal | None:
        """Press the button of this label; the modal that opened, if one did."""
        control = next(each for each in reading.controls(message) if reading.label(each) == label)
        opened = await self.server.people.press(user, message, control)
        await self.drain()
        return opened

    async def submit(self, user: str, opened: OpenModal | None, values: Mapping[str, str]) -> None:
        """Send the modal with these texts."""
        assert opened is not None, "no form opened"
        await self.server.people.submit(user, opened, {name: (text,) for name, text in values.items()})
        await self.drain()

    async def reply(self, user: str, question: Payload, text: str) -> MessageRef:
        """Write in the thread of the question."""
        if question["id"] not in self.server.world.channels:
            await self.server.people.start_thread(user, question)
        message = await self.server.people.say(user, question["id"], text)
        await self.drain()
        place = ConversationRef("discord", self.guild.id, self.channel, question["id"])
        return MessageRef(place, message["id"])


@asynccontextmanager
async def whole(folder: Path, *, reads_replies: bool = False) -> AsyncIterator[Loop]:
    """Starling, running on a stand-in."""
    async with StandIn() as server:
        server.gateway.granted = (1 << 15) if reads_replies else 0
        made = Loop(server, folder, reads_replies=reads_replies)
        await made.begin()
        try:
            yield made
        finally:
            await made.end()
