"""How a delivery ends, or waits on: each in one transaction with what its room does about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat.platform import PrivateTo, Receipt
from bot.feature.context import Context
from bot.feature.declarations import DeliveryDeclaration, Done, Later, Skip
from bot.outbox import queue
from bot.runtime import steps
from bot.runtime.courtesies import Answering, Courtesies
from bot.runtime.house import House
from bot.runtime.marks import GONE, PARTS, WITH
from bot.runtime.merging import follow
from bot.runtime.planning import Plan, end_unsent
from bot.runtime.troubles import TROUBLE, UNCERTAIN, report_trouble, report_uncertain
from storage.tables.outbox import Delivery, DeliveryState

NOWHERE_PRIVATE = "it could not be shown to them alone, and was not to go elsewhere"

log = structlog.get_logger()


class Endings:
    """Writes down what became of deliveries."""

    def __init__(self, house: House, courtesies: Courtesies) -> None:
        self._house = house
        self._courtesies = courtesies

    async def posted(self, plan: Plan, declared: DeliveryDeclaration | None, receipts: Sequence[Receipt]) -> None:
        """Record where the post landed, and let its room know. One that was to go nowhere counts as skipped."""
        house, delivery = self._house, plan.delivery
        if receipts and all(receipt.delivered_as == "dropped" for receipt in receipts):
            await self.skip(delivery, NOWHERE_PRIVATE)
            return
        message = next((receipt.message for receipt in receipts if receipt.message is not None), None)

        async def recorded(session: AsyncSession) -> Context:
            context = house.context(session, delivery.workspace_id)
            await queue.mark_posted(session, delivery.id, message.encode() if message else None, now=context.now)
            if len(receipts) > 1:
                await _remember_parts(session, delivery.id, receipts)
            if declared is not None and declared.sent is not None:
                await declared.sent(context, delivery, receipts)
            house.at(steps.RECORDED)
            return context

        context = await house.database.write_together(delivery.workspace_id, recorded)
        if any(receipt.delivered_as == "home" for receipt in receipts) and delivery.member_id is not None:
            context.refresh_home(delivery.member_id)
        await self._courtesies.carry_out_others(context, Answering(delivery.id, None))
        self._count(delivery, "posted")
        house.meters.lag.labels(delivery.kind).observe(max(0.0, (context.now - delivery.due_at).total_seconds()))

    async def unsent(self, plan: Plan, outcome: Done | Skip | Later) -> None:
        """End it, or put it off, as its room wants now that its post is known not to have been made."""
        house, delivery = self._house, plan.delivery
        try:
            async with house.database.write(delivery.workspace_id) as session:
                await end_unsent(session, delivery, outcome, house.clock.now(), house.owner)
        except queue.LeaseLost:
            log.info("delivery_taken_over", delivery=delivery.id)
            return
        if isinstance(outcome, Skip):
            self._count(delivery, "skipped")

    async def skip(self, row: Delivery, reason: str) -> None:
        """End it without a post."""
        async with self._house.database.write(row.workspace_id) as session:
            await queue.mark_skipped(session, row.id, reason, now=self._house.clock.now())
        log.info("delivery_skipped", delivery=row.id, kind=row.kind, reason=reason)
        self._count(row, "skipped")

    async def gone(self, row: Delivery, declared: DeliveryDeclaration, plan: Plan | None) -> None:
        """End it without a post since its place is not there any more; its room decides what follows."""
        if declared.gone is None:
            await self.impossible(row, plan, GONE, "")
            return
        house = self._house
        async with house.database.write(row.workspace_id) as session:
            context = house.context(session, row.workspace_id)
            await queue.mark_skipped(session, row.id, GONE, now=context.now)
            await declared.gone(context, row)
        log.warning("delivery_impossible", delivery=row.id, kind=row.kind, cause="gone")
        self._count(row, "skipped")

    async def impossible(self, row: Delivery, plan: Plan | None, cause: str, detail: str) -> None:
        """End it without a post, and tell an admin why; not of a word to an admin, which would go on for ever."""
        house = self._house
        async with house.database.write(row.workspace_id) as session:
            context = house.context(session, row.workspace_id)
            await queue.mark_skipped(session, row.id, f"{cause} {detail}".strip(), now=context.now)
            if row.kind not in (TROUBLE, UNCERTAIN):
                await report_trouble(session, context, row, plan.place if plan else None, cause, detail)
        log.warning("delivery_impossible", delivery=row.id, kind=row.kind, cause=cause)
        self._count(row, "skipped")

    async def uncertain(self, row: Delivery, declared: DeliveryDeclaration, plan: Plan | None, reason: str) -> None:
        """End it as one of which nobody can know; of a post in a channel an admin is asked what to do."""
        house = self._house
        async with house.database.write(row.workspace_id) as session:
            context = house.context(session, row.workspace_id)
            if not await queue.mark_uncertain(session, row.id, reason, now=context.now):
                return
            delivery = await session.get_one(Delivery, row.id, populate_existing=True)
            if declared.uncertain is not None:
                await declared.uncertain(context, delivery)
            private = delivery.member_id is not None or (plan is not None and isinstance(plan.audience, PrivateTo))
            if not private and row.kind not in (TROUBLE, UNCERTAIN):
                await report_uncertain(session, delivery, plan.place if plan else None)
        log.warning("delivery_uncertain", delivery=row.id, kind=row.kind)
        self._count(row, "uncertain")

    async def give_back(self, row: Delivery, plan: Plan | None, until: datetime, *, counts: bool) -> None:
        """Let it wait until then; the parts that were posted are remembered. `counts` an attempt as failed."""
        house = self._house
        try:
            async with house.database.write(row.workspace_id) as session:
                if plan is not None and plan.receipts:
                    await _remember_parts(session, row.id, plan.receipts)
                if counts:
                    await queue.retry(session, row.id, until, "a failure of the platform", owner=house.owner)
                else:
                    await queue.postpone(session, row.id, until, "the platform asked to wait", owner=house.owner)
        except queue.LeaseLost:
            log.info("delivery_taken_over", delivery=row.id)

    async def follow(self, row: Delivery) -> None:
        """End what travelled with another delivery as that one ended."""
        house = self._house
        declared = house.gathered.deliveries.get(row.kind)
        async with house.database.write(row.workspace_id) as session:
            companion = await session.get_one(Delivery, row.id)
            if companion.state is not DeliveryState.SENDING or WITH not in companion.payload:
                return
            context = house.context(session, row.workspace_id)
            await follow(context, companion, declared)

    def _count(self, row: Delivery, state: str) -> None:
        self._house.meters.deliveries.labels(row.kind, state).inc()


async def _remember_parts(session: AsyncSession, delivery_id: str, receipts: Sequence[Receipt]) -> None:
    """Keep where each part of a post stands, to go on after them or to remove them."""
    delivery = await session.get_one(Delivery, delivery_id)
    refs = [receipt.message.encode() if receipt.message else None for receipt in receipts]
    delivery.payload = {**delivery.payload, PARTS: refs}
    await session.flush()
