"""The supervisor: starts and stops the platforms, the ticker and the workers, and is what adapters talk to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from time import monotonic

import structlog

from bot.base.ids import WorkspaceId
from bot.chat.cards import Choice
from bot.chat.commands import Command, MessageAction
from bot.chat.errors import PlatformError
from bot.chat.events import Event
from bot.chat.platform import Acknowledged
from bot.chat.refs import AccountRef, InstallationRef
from bot.members.identity import install, workspace_of, workspaces_of
from bot.outbox.inbox import claim_events
from bot.runtime.completing import Completing
from bot.runtime.courtesies import Courtesies
from bot.runtime.dispatcher import Dispatcher
from bot.runtime.hands import Hands
from bot.runtime.house import House
from bot.runtime.intake import Intake, Triggers
from bot.runtime.logs import faults
from bot.runtime.memory import KeptNotes
from bot.runtime.pages import ServedPages
from bot.runtime.routes import Routes
from bot.runtime.ticker import Alarm, Ticker
from bot.runtime.worker import AT_ONCE, LEASE, Worker
from storage.tables.inbox import InboxEvent

EVENT_LEASE = timedelta(seconds=60)
EVENTS_AT_ONCE = 20
MOST_AT_ONCE = 40
"""Events and deliveries in hand together."""
PAUSE_AFTER_FAILURE = 1.0

log = structlog.get_logger()


class Runtime:
    """One process of Starling. `start()` and `stop()` in service, `drain()` where a clock is moved."""

    def __init__(self, house: House, *, lease_for: timedelta = LEASE, stop_within: timedelta = timedelta(seconds=20)):
        """`lease_for` is how long a post may be under way before somebody else asks about it."""
        self.house = house
        self._stop_within = stop_within
        routes = Routes(house.gathered, house.root_command)
        triggers = Triggers()
        self._events_came, self._deliveries_came = asyncio.Event(), asyncio.Event()
        self._intake = Intake(house, routes, triggers, self._events_came.set)
        self._completing = Completing(house)
        self.memory = KeptNotes(house.database, house.clock)
        self._hands = Hands(MOST_AT_ONCE)
        self._dispatcher = Dispatcher(house, routes, triggers, self._hands)
        self.pages = ServedPages(
            house, Courtesies(house, self._hands), self._dispatcher.locks, self._deliveries_came.set
        )
        self._worker = Worker(house, self._hands, lease_for, self._deliveries_came.set)
        self.ticker = Ticker(house)
        self._alarm = Alarm(self._ring)
        self._loops: list[asyncio.Task[None]] = []
        self._stopping = False
        self._events_in_hand: set[str] = set()

    @property
    def root_command(self) -> str:
        """The name of the one root command, without its slash."""
        return self.house.root_command

    @property
    def commands(self) -> Sequence[Command]:
        """Every declared command."""
        return [declared.command for declared in self.house.gathered.commands.values()]

    @property
    def message_actions(self) -> Sequence[MessageAction]:
        """Every action declared for people's messages."""
        return self.house.gathered.message_actions

    async def accept(self, event: Event) -> Acknowledged:
        """Store `event`, and say how to acknowledge it."""
        return await self._intake.accept(event)

    async def complete(self, actor: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        """Choices for an option as one types."""
        return await self._completing.complete(actor, line, option, prefix)

    async def start(self) -> None:
        """Connect the platforms, then tick and work until `stop()`."""
        for platform in self.house.platforms.all:
            await platform.start(self)
        await self.know_installations()
        self._hands.side_by_side = True
        self._loops = [
            asyncio.create_task(self._forever(self._events_came, self._event_round, EVENTS_AT_ONCE), name="events"),
            asyncio.create_task(self._forever(self._deliveries_came, self._worker.round, AT_ONCE), name="deliveries"),
        ]
        self._alarm.start()
        log.info("started", platforms=[platform.name for platform in self.house.platforms.all])

    async def stop(self) -> None:
        """Take nothing new in, finish what is in hand within the time for it, then disconnect.

        What is not finished is leased, and is taken up again after the next start.
        """
        began = monotonic()
        self._stopping = True
        await self._alarm.stop(self._stop_within)
        self._events_came.set()
        self._deliveries_came.set()
        if self._loops:
            await asyncio.wait(self._loops, timeout=self._stop_within.total_seconds())
        unfinished = await self._hands.finish(self._stop_within - timedelta(seconds=monotonic() - began))
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        unfinished += await self._hands.finish(timedelta())
        log.info("stopped", unfinished=unfinished)
        for platform in self.house.platforms.all:
            try:
                await platform.stop()
            except PlatformError as problem:
                log.warning("platform_not_stopped", platform=platform.name, problem=type(problem).__name__)
        self._loops = []

    async def drain(self) -> None:
        """Work until nothing is due at the clock's now and nothing is in hand: for tests and the demo, which move
        the clock instead of waiting.
        """
        while True:
            worked = await self._event_round()
            worked += await self.ticker.tick()
            worked += await self._worker.round()
            worked += await self._hands.rest()
            if not worked:
                return

    async def know_installations(self) -> None:
        """Make sure that every installation the platforms serve has its workspace."""
        for platform in self.house.platforms.all:
            for ref in await platform.installations():
                async with self.house.database.write_everywhere() as session:
                    if await workspace_of(session, ref) is None:
                        await install(session, ref, ref.installation, self.house.clock.now())

    def running(self) -> bool:
        """Whether both loops are at work."""
        return bool(self._loops) and not self._stopping and not any(loop.done() for loop in self._loops)

    async def _ring(self) -> None:
        try:
            await self.ticker.tick()
        except Exception as problem:
            log.error("tick_failed", **faults(problem))
        self._events_came.set()
        self._deliveries_came.set()

    async def _event_round(self) -> int:
        rows, workspaces = await self._claim_events()
        self._events_in_hand.update(row.id for row in rows)
        for row in rows:
            await self._hands.take(self._work(row, workspaces.get(InstallationRef(row.platform, row.installation))))
        return len(rows)

    async def _work(self, row: InboxEvent, workspace: WorkspaceId | None) -> None:
        try:
            await self._dispatcher.work(row, workspace)
        finally:
            self._events_in_hand.discard(row.id)
        self._deliveries_came.set()

    async def _claim_events(self) -> tuple[Sequence[InboxEvent], Mapping[InstallationRef, WorkspaceId]]:
        """The next events, and the workspaces of the installations they came from."""
        house = self.house
        async with house.database.write_everywhere() as session:
            rows = await claim_events(
                session, house.clock.now(), house.owner, EVENT_LEASE, EVENTS_AT_ONCE, self._events_in_hand
            )
            origins = {InstallationRef(row.platform, row.installation) for row in rows}
            return rows, await workspaces_of(session, origins) if origins else {}

    async def _forever(self, came: asyncio.Event, work: Callable[[], Awaitable[int]], most: int) -> None:
        """Work whenever something came; a failure is logged and tried again.

        Where a round found fewer than the `most` it takes, nothing is left but what has come, and rung, since.
        """
        while not self._stopping:
            await came.wait()
            came.clear()
            try:
                while not self._stopping and await work() == most:
                    pass
            except Exception as problem:
                log.error("round_failed", **faults(problem))
                came.set()
                await asyncio.sleep(PAUSE_AFTER_FAILURE)
