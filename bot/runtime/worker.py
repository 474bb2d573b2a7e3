"""Working deliveries: claim, decide and commit `sending`, post, commit `posted`; after a crash, ask first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from bot.base.ids import new_id
from bot.chat.errors import PayloadRejected, PermissionMissing, RateLimited, TargetGone, Unavailable
from bot.chat.platform import Receipt
from bot.feature.declarations import Delete, DeliveryDeclaration, Edit, Send
from bot.outbox import queue
from bot.runtime import steps
from bot.runtime.courtesies import Courtesies
from bot.runtime.endings import Endings
from bot.runtime.hands import Hands
from bot.runtime.house import House
from bot.runtime.locks import KeyedLocks
from bot.runtime.logs import faults
from bot.runtime.marks import WITH
from bot.runtime.planning import Plan, Planner
from bot.runtime.sending import CannotKnow, Sender, StillUnknown
from storage.tables.outbox import Delivery, DeliveryState

LEASE = timedelta(seconds=60)
"""Longer than any call of a platform may take: a post still on its way must land before anybody looks for it."""
CALL_SHARE = 0.8
"""Of the lease: how long a call may take before it is given up as unknown."""
AT_ONCE = 20
SHORTEST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)
MOST_FAILURES = 5
"""Attempts after which a delivery whose handler fails is given up."""

MOST_LOOKS = 60
"""Attempts after which a post that may exist is no longer looked for."""

log = structlog.get_logger()


class Worker:
    """Works due deliveries, those of one place in order, those of different places side by side."""

    def __init__(
        self, house: House, hands: Hands, lease_for: timedelta = LEASE, wake: Callable[[], None] = lambda: None
    ) -> None:
        """`wake` says that further rows may be due: one delivery often causes the next."""
        self._wake = wake
        self._house = house
        self._hands = hands
        self._lease_for = lease_for
        courtesies = Courtesies(house, hands)
        self._planner = Planner(house, courtesies, lease_for)
        self._sender = Sender(house, CALL_SHARE * lease_for)
        self._endings = Endings(house, courtesies)
        self._blocked: dict[str, datetime] = {}
        """Until when a place has to wait, by `ConversationRef.encode()` or by what stands for it in a row."""
        self._looked_back = False
        self._places = KeyedLocks()
        self._in_hand: set[str] = set()

    async def round(self) -> int:
        """Take up what is due now; how many rows that were."""
        if not self._looked_back:
            await self._hold_places_of_unfinished_posts()
        now = self._house.clock.now()
        self._blocked = {place: until for place, until in self._blocked.items() if until > now}
        claimed = [(row, row.state is DeliveryState.SENDING) for row in await self._claim()]
        new = [(row, left_over) for row, left_over in claimed if row.id not in self._in_hand]
        for group in _by_place(new):
            self._in_hand.update(row.id for row, _ in group)
            await self._hands.take(self._in_order(group))
        return len(new)

    async def _claim(self) -> Sequence[Delivery]:
        house = self._house
        async with house.database.write_everywhere() as session:
            rows = await queue.claim(session, house.clock.now(), house.owner, self._lease_for, AT_ONCE)
        if rows:
            house.at(steps.CLAIMED)
        return rows

    async def _hold_places_of_unfinished_posts(self) -> None:
        """Right after a start: what a dead worker was posting comes before anything later in its place."""
        async with self._house.database.read_everywhere() as session:
            rows = await session.scalars(select(Delivery).where(Delivery.state == DeliveryState.SENDING))
            for row in rows:
                if row.lease_until is not None:
                    self._blocked[_guessed_place(row)] = row.lease_until
        self._looked_back = True

    async def _in_order(self, group: Sequence[tuple[Delivery, bool]]) -> None:
        """Work the rows of one place, after those taken up before them."""
        place = _guessed_place(group[0][0])
        try:
            async with self._places.holding(place):
                for row, left_over in group:
                    await self._one(row, left_over, place)
        finally:
            self._in_hand.difference_update(row.id for row, _ in group)
        self._wake()

    async def _one(self, row: Delivery, left_over: bool, place: str) -> None:
        until = self._blocked.get(place)
        if until is not None and until > self._house.clock.now() and not left_over:
            await self._put_off(row, until)
            return
        if left_over and WITH in row.payload:
            await self._endings.follow(row)
            return
        held = await self._deliver(row, left_over)
        if held is None:
            self._blocked.pop(place, None)
        else:
            self._blocked[place] = held

    async def _put_off(self, row: Delivery, until: datetime) -> None:
        house = self._house
        try:
            async with house.database.write(row.workspace_id) as session:
                await queue.postpone(session, row.id, until, "its place has to wait", owner=house.owner)
        except queue.LeaseLost:
            log.info("delivery_taken_over", delivery=row.id)

    async def _deliver(self, row: Delivery, left_over: bool) -> datetime | None:
        """Bring one delivery to its end, or as far as it comes; until when its place has to wait."""
        declared = self._house.gathered.deliveries.get(row.kind)
        if declared is None:
            await self._endings.skip(row, f"nothing here knows the kind {row.kind}")
            return None
        plan = None
        try:
            if declared.work is not None and not left_over:
                async with asyncio.timeout((CALL_SHARE * self._lease_for).total_seconds()):
                    await declared.work(self._house.outside(row.workspace_id), row)
            plan = await self._planner.plan(row, declared, left_over=left_over, blocked=self._blocked)
            if plan is None:
                return None
            self._house.at(steps.SENDING)
            receipts = await self._sender.carry_out(plan)
        except queue.LeaseLost:
            log.info("delivery_taken_over", delivery=row.id)
            return None
        except Exception as problem:
            held = await self._failed(row, declared, plan, left_over, problem)
        else:
            held = None
            self._house.at(steps.SENT)
            if receipts or isinstance(plan.outcome, Send | Edit | Delete):
                await self._posted(plan, declared, receipts)
            else:
                await self._endings.unsent(plan, plan.outcome)
        for companion in plan.companions if plan is not None else ():
            await self._endings.follow(companion)
        return held

    async def _posted(self, plan: Plan, declared: DeliveryDeclaration, receipts: Sequence[Receipt]) -> None:
        try:
            await self._endings.posted(plan, declared, receipts)
        except Exception as problem:
            log.error("post_not_recorded", delivery=plan.delivery.id, kind=plan.delivery.kind, **faults(problem))
            await self._endings.posted(plan, None, receipts)
        self._house.at(steps.POSTED)

    async def _failed(
        self,
        row: Delivery,
        declared: DeliveryDeclaration,
        plan: Plan | None,
        left_over: bool,
        problem: Exception,
    ) -> datetime | None:
        """What becomes of a delivery whose planning or posting raised; until when its place has to wait."""
        endings, now = self._endings, self._house.clock.now()
        self._house.meters.platform_errors.labels(plan.place.platform if plan else "none", type(problem).__name__).inc()
        match problem:
            case RateLimited():
                return await self._wait(row, plan, now + problem.retry_after)
            case Unavailable(accepted=False):
                until = now + min(SHORTEST_PAUSE * 2 ** min(row.attempts, 10), LONGEST_PAUSE)
                return await self._wait(row, plan, until, counts=True)
            case PermissionMissing(which=which):
                await endings.impossible(row, plan, "permission", which)
            case TargetGone():
                await endings.gone(row, declared, plan)
            case PayloadRejected():
                log.error("payload_rejected", delivery=row.id, kind=row.kind, detail=problem.detail)
                await endings.impossible(row, plan, "rejected", "")
            case CannotKnow():
                await endings.uncertain(row, declared, plan, str(problem))
            case _ if left_over and row.attempts >= MOST_LOOKS:
                await endings.uncertain(row, declared, plan, "the platform could not be asked")
            case Unavailable() | StillUnknown():
                return await self._ask_later(row)
            case _:
                return await self._broken(row, plan, left_over, problem)
        return None

    async def _wait(self, row: Delivery, plan: Plan | None, until: datetime, *, counts: bool = False) -> datetime:
        """Give it back: it surely was not posted, save for the parts that were. Its conversation waits too."""
        if plan is not None:
            self._blocked[plan.place.root.encode()] = until
        await self._endings.give_back(row, plan, until, counts=counts)
        return until

    async def _ask_later(self, row: Delivery) -> datetime:
        """It stays `sending`: nobody can know yet. When the lease has run out, the platform is asked."""
        async with self._house.database.read(row.workspace_id) as session:
            until = await session.scalar(select(Delivery.lease_until).where(Delivery.id == row.id))
        log.warning("post_unknown", delivery=row.id, kind=row.kind)
        return until or self._house.clock.now() + self._lease_for

    async def _broken(self, row: Delivery, plan: Plan | None, left_over: bool, problem: Exception) -> datetime | None:
        error_id = new_id()[-8:]
        log.error("delivery_failed", error_id=error_id, delivery=row.id, kind=row.kind, **faults(problem))
        if plan is not None or left_over:
            return await self._ask_later(row)
        if row.attempts >= MOST_FAILURES:
            await self._endings.impossible(row, plan, "failed", error_id)
            return None
        until = self._house.clock.now() + SHORTEST_PAUSE * 2**row.attempts
        await self._endings.give_back(row, None, until, counts=True)
        return None


def _guessed_place(row: Delivery) -> str:
    """What stands for a delivery's place before its card is built: deliveries that share it keep their order."""
    return str(row.audience.get("conversation") or row.member_id or f"{row.kind}:{row.subject_id}")


def _by_place(rows: Iterable[tuple[Delivery, bool]]) -> Sequence[Sequence[tuple[Delivery, bool]]]:
    groups: dict[str, list[tuple[Delivery, bool]]] = {}
    for row, left_over in rows:
        groups.setdefault(_guessed_place(row), []).append((row, left_over))
    return list(groups.values())
