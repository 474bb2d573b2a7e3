"""Scenarios: people act in a local workspace, the real runtime works, and what everybody sees is compared.

    async with scene() as s:
        await s.ana.says("#interview-practice", "Good morning")
        await s.drain()
        assert s.channel("#interview-practice") == "Ana: Good morning"

Everything runs in this process, on a real SQLite file, by a clock that stands still until it is moved. An act returns
once the adapter has acknowledged its event; `drain()` lets the runtime work until nothing is due.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

import storage.tables  # noqa: F401 - completes the metadata
from adapters.local.cards import controls
from adapters.local.cast import STARLING, Channel, Person
from adapters.local.faults import Fault, FaultKind
from adapters.local.messages import Message
from adapters.local.options import Options
from adapters.local.platform import LocalPlatform
from adapters.local.workspace import Workspace
from bot.base.clock import MovedClock
from bot.base.ids import MemberId, WorkspaceId
from bot.chat.platform import ChatPlatform
from bot.chat.refs import MessageRef
from bot.feature.declarations import Feature
from bot.members.identity import member_of, workspace_of
from bot.runtime.bootstrap import build
from bot.runtime.config import Config
from bot.runtime.runtime import Runtime
from storage.engine import Database
from storage.tables.outbox import Delivery, DeliveryState
from tests.scenario.crashing import Crash, SimulatedCrash
from tests.scenario.drawing import drawn
from tests.scenario.someone import Someone
from tests.scenario.supplies import empty_database, new_database, whole_content, whole_rules

__all__ = [
    "CAST",
    "CHANNELS",
    "LEASE",
    "LONGEST_LEASE",
    "START",
    "Scene",
    "SimulatedCrash",
    "Someone",
    "empty_database",
    "everything",
    "scene",
    "states",
    "whole_content",
    "whole_rules",
]

START = datetime(2030, 3, 4, 9, 0, tzinfo=UTC)
"""A Monday, at nine in the morning."""

CAST = (
    Person("ana", "Ana"),
    Person("ben", "Ben"),
    Person("cleo", "Cleo"),
    Person("ada", "Ada", is_admin=True),
    Person("gus", "Gus", is_outsider=True),
    Person("robo", "Robo", is_bot=True),
)
CHANNELS = (Channel("interview-practice", "interview-practice"), Channel("general", "general"))
LEASE = timedelta(seconds=30)
LONGEST_LEASE = timedelta(seconds=60)


class Scene:
    """A workspace, a database and the runtime between them. People are attributes by their ids: `scene.ana`."""

    def __init__(
        self,
        folder: Path,
        features: Sequence[Feature],
        options: Options,
        people: Sequence[Person],
        platform: Callable[[Workspace], LocalPlatform],
        database_url: str | None = None,
        pages_at: str = "",
    ) -> None:
        self.pages_at = pages_at
        self.clock = MovedClock(START)
        self.crash = Crash()
        self.features = features
        self.workspace = Workspace(None, self.clock, options=options, people=people, channels=CHANNELS, mark="scene")
        self.database = Database(database_url or new_database(folder))
        self._people = {person.id: Someone(self, person) for person in people}
        self._make_platform = platform
        self.platform = platform(self.workspace)
        self.runtime = self._runtime()

    def __getattr__(self, name: str) -> Someone:
        try:
            return self._people[name]
        except KeyError:
            raise AttributeError(name) from None

    def _runtime(self) -> Runtime:
        platforms: list[ChatPlatform] = [self.platform]
        return build(
            Config(),
            self.database,
            platforms,
            whole_content(),
            whole_rules(),
            self.features,
            self.clock,
            at=self.crash,
            lease_for=LEASE,
            pages_at=self.pages_at,
        )

    async def begin(self) -> None:
        await self.platform.start(self.runtime)
        await self.drain()

    async def end(self) -> None:
        await self.platform.stop()
        await self.database.close()
        self.workspace.close()

    async def acknowledged(self) -> None:
        """Wait until the adapter has acknowledged every event."""
        await self.platform.idle()

    async def drain(self) -> None:
        """Let everything that is due be done."""
        await self.platform.idle()
        await self.runtime.drain()

    async def clock_moves(self, **by: float) -> None:
        """Move the clock (`days=1`, `minutes=5`) and let everything that has come due be done."""
        self.clock.move(timedelta(**by))
        await self.drain()

    async def restarts(self, *, wait: bool = True) -> None:
        """The process is gone; another one starts on the same database, after the leases if it is to `wait`."""
        await self.platform.stop()
        await self.database.close()
        self.crash.step = None
        self.database = Database(self.database.url.render_as_string(hide_password=False))
        self.platform = self._make_platform(self.workspace)
        self.runtime = self._runtime()
        await self.platform.start(self.runtime)
        if wait:
            self.clock.move(2 * LONGEST_LEASE)

    async def comes_again(self, times: int = 1) -> None:
        """The platform delivers its last event again, as platforms do."""
        for _ in range(times):
            self.workspace.events.again(self.last_delivery_id())
            await self.platform.idle()

    def last_delivery_id(self) -> str:
        """Under which the platform delivered the last event."""
        row = self.workspace.store.row("SELECT delivery_id FROM events ORDER BY number DESC LIMIT 1")
        assert row is not None
        return str(row["delivery_id"])

    def fails(self, kind: FaultKind, operation: str | None = "send", times: int = 1, seconds: float = 7.0) -> None:
        """Let the workspace fail coming calls of the bot."""
        self.workspace.faults.add(Fault(kind=kind, operation=operation, times=times, seconds=seconds))

    async def workspace_id(self) -> WorkspaceId:
        async with self.database.read_everywhere() as session:
            found = await workspace_of(session, self.workspace.installation)
        assert found is not None
        return found

    async def member(self, someone: Someone) -> MemberId:
        async with self.database.read(await self.workspace_id()) as session:
            found = await member_of(session, self.workspace.account(someone.id))
        assert found is not None, f"{someone.name} is not known yet"
        return found

    def channel_id(self, name: str, someone: Someone) -> str:
        if name == "@starling":
            return self.workspace.direct(someone.id).channel
        return name.removeprefix("#")

    def channel(self, name: str, thread: MessageRef | None = None, seen_by: Someone | None = None) -> str:
        """The transcript of a channel or thread: what everybody sees there, or what one person does."""
        someone = seen_by or next(iter(self._people.values()))
        messages = self.workspace.seen_by(
            someone.id, self.channel_id(name, someone), thread.message if thread else None
        )
        return self._transcript(m for m in messages if seen_by is not None or m.only_for is None)

    def private(self, someone: Someone) -> str:
        """What Starling and this person see alone: the direct conversation, and what is shown to them only."""
        direct = self.workspace.direct(someone.id).channel
        alone = [m for m in self._all(someone) if m.channel == direct or m.only_for == someone.id]
        return self._transcript(alone)

    def posts(self, channel: str = "#general") -> list[str]:
        """The titles of the bot's posts in a channel, its threads included."""
        name = channel.removeprefix("#")
        return [m.card["title"] for m in self.workspace.messages.of_bot() if m.channel == name and m.card]

    def newest_with(self, someone: Someone, label: str) -> MessageRef:
        """The newest message before this person that has a control of this label."""
        for message in reversed(self._all(someone)):
            if any(control["label"] == label for control in controls(message.card or {"elements": []})):
                return self.workspace.reference(message)
        raise AssertionError(f"{someone.name} sees no {label!r}:\n{self._transcript(self._all(someone))}")

    def _all(self, someone: Someone) -> list[Message]:
        rows = self.workspace.store.rows("SELECT id FROM messages WHERE deleted = 0 ORDER BY id")
        found = (self.workspace.messages.get(row["id"]) for row in rows)
        return [m for m in found if m is not None and self.workspace.messages.may_see(someone.id, m)]

    def _transcript(self, messages: Any) -> str:
        return "\n".join(self._line(message) for message in messages)

    def _line(self, message: Message) -> str:
        author = "Starling" if message.author == STARLING else self.workspace.person(message.author).name
        said = message.text if message.card is None else drawn(message.card)
        mark = f" ({message.reaction})" if message.reaction else ""
        return f"{author}: {said}{mark}"


def everything() -> Sequence[Feature]:
    """What all rooms declare."""
    from bot.cli.features import all_features

    return all_features()


@asynccontextmanager
async def scene(
    *,
    features: Sequence[Feature] | None = None,
    options: Options | None = None,
    people: Sequence[Person] = CAST,
    platform: Callable[[Workspace], LocalPlatform] | None = None,
    database_url: str | None = None,
    pages_at: str = "",
) -> AsyncIterator[Scene]:
    """A workspace with Ana, Ben, Cleo, Ada (an admin), Gus (a guest) and Robo (a bot); all rooms unless given.

    The database is a fresh SQLite file unless one with all tables is given. With `pages_at` cards lead to pages.
    """
    with TemporaryDirectory() as folder:
        made = Scene(
            Path(folder),
            everything() if features is None else features,
            options or Options(),
            people,
            platform or (lambda workspace: LocalPlatform(workspace, pause=0.001)),
            database_url,
            pages_at,
        )
        await made.begin()
        try:
            yield made
        finally:
            await made.end()


async def states(scene: Scene) -> Sequence[DeliveryState]:
    """Where the deliveries stand, in the order they were due."""
    async with scene.database.read_everywhere() as session:
        return (await session.scalars(select(Delivery.state).order_by(Delivery.due_at, Delivery.id))).all()
