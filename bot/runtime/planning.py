"""What a claimed delivery comes to: its room decides, in the transaction that says `sending`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat.cards import Card
from bot.chat.platform import Audience, InConversation, PrivateTo, Receipt
from bot.chat.refs import ConversationRef, MessageRef
from bot.feature.context import Context, ToConversation, ToMember
from bot.feature.declarations import Delete, DeliveryDeclaration, Done, Edit, Later, Outcome, Send, Skip
from bot.members.identity import is_removed, language_of, reach
from bot.members.notifications import when_allowed
from bot.members.preferences import allowance
from bot.outbox import queue
from bot.runtime import steps, whereabouts
from bot.runtime.courtesies import Answering, Courtesies
from bot.runtime.house import House
from bot.runtime.marks import PARTS
from bot.runtime.merging import bind, choose_companions, merged
from bot.runtime.platforms import place_of
from bot.runtime.presenting import present
from storage.tables.outbox import Delivery, DeliveryState

LANGUAGE_OF_CHANNELS = "en"
SHORTEST_WAIT = timedelta(seconds=1)
"""However soon a delivery wants to come back, others get their turn."""


@dataclass(slots=True)
class Plan:
    """What is to be done with a delivery that is marked `sending`.

    Where its room does not want it posted any more, an earlier worker's post is looked for all the same.
    """

    delivery: Delivery
    outcome: Outcome
    place: ConversationRef
    audience: Audience | None = None
    cards: Sequence[Card] = ()
    receipts: list[Receipt] = field(default_factory=list)
    """Of the parts the platform has accepted, in order."""
    companions: Sequence[Delivery] = ()
    """Deliveries that travel with this one's post."""
    left_over: bool = False
    """An earlier worker may have posted it: the platform is asked first."""
    removed: bool = False
    """Starling was removed from its place."""

    def key(self, part: int) -> str:
        """The idempotency key of a part, counted from 0."""
        return self.delivery.id if part == 0 else f"{self.delivery.id}#{part + 1}"


@dataclass(frozen=True, slots=True)
class Held:
    """Not now: its place has to wait until then."""

    until: datetime
    reason: str


class Planner:
    """Turns deliveries into plans, or ends them where nothing is to be sent."""

    def __init__(self, house: House, courtesies: Courtesies, lease_for: timedelta) -> None:
        self._house = house
        self._courtesies = courtesies
        self._lease_for = lease_for

    async def plan(
        self, row: Delivery, declared: DeliveryDeclaration, *, left_over: bool, blocked: dict[str, datetime]
    ) -> Plan | None:
        """Decide in one transaction what becomes of `row`; None where that ended it or put it off.

        `queue.LeaseLost` where it is not ours any more.
        """
        house = self._house
        state = DeliveryState.SENDING if left_over else DeliveryState.WAITING

        async def decided(session: AsyncSession) -> tuple[Context, Plan | None]:
            await queue.hold(session, row, house.owner, state)
            context = house.context(session, row.workspace_id)
            outcome = await declared.prepare(context, row)
            plan = await self._decide(context, row, declared, outcome, left_over, blocked)
            if plan is not None:
                await self._mark_sending(session, plan)
            house.at(steps.PREPARED)
            return context, plan

        context, plan = await house.database.write_together(row.workspace_id, decided)
        await self._courtesies.carry_out_others(context, Answering(row.id, None))
        return plan

    async def _mark_sending(self, session: AsyncSession, plan: Plan) -> None:
        """Say that the post is about to be made, for whom, and what travels with it; to be committed before it is."""
        delivery, until = plan.delivery, self._house.clock.now() + self._lease_for
        if plan.audience is not None and not plan.left_over:
            whereabouts.keep(delivery, plan.audience)
        if plan.left_over:
            until = delivery.lease_until or until
        delivery.lease_until = until
        if plan.companions:
            bind(delivery, plan.companions)
        await queue.mark_sending(session, delivery, until)

    async def _decide(
        self,
        context: Context,
        delivery: Delivery,
        declared: DeliveryDeclaration,
        outcome: Outcome,
        left_over: bool,
        blocked: dict[str, datetime],
    ) -> Plan | None:
        session, owner, now = context.session, self._house.owner, context.now
        if isinstance(outcome, Done | Skip | Later):
            went_to = whereabouts.kept(delivery) if left_over else None
            if went_to is not None:
                receipts = _accepted_before(delivery, went_to)
                return Plan(delivery, outcome, place_of(went_to), went_to, receipts=receipts, left_over=True)
            await end_unsent(session, delivery, outcome, now, owner)
            return None
        plan = await self._address(context, delivery, outcome)
        if plan is None:
            await queue.mark_skipped(session, delivery.id, "there is no account to reach them by", now=now)
            if declared.gone is not None:
                await declared.gone(context, delivery)
            return None
        if not left_over and plan.removed:
            await queue.mark_skipped(session, delivery.id, "Starling was removed there", now=now)
            return None
        held = await self._held(context, delivery, plan, blocked)
        if held is None or left_over:
            plan.left_over = left_over
            await self._take_companions(context, plan)
            return plan
        await queue.keep(session, delivery)
        await queue.postpone(session, delivery.id, held.until, held.reason, owner=owner)
        return None

    async def _address(self, context: Context, delivery: Delivery, outcome: Send | Edit | Delete) -> Plan | None:
        session = context.session
        if isinstance(outcome, Send) and isinstance(outcome.to, ToMember):
            return await self._address_privately(session, delivery, outcome, outcome.to)
        if isinstance(outcome, Send):
            assert isinstance(outcome.to, ToConversation)
            place, audience, card = outcome.to.conversation, InConversation(outcome.to.conversation), outcome.card
            plan = Plan(delivery, outcome, place, audience, self._shown(card, place, LANGUAGE_OF_CHANNELS))
        else:
            place = outcome.message.conversation
            language, member = LANGUAGE_OF_CHANNELS, delivery.member_id
            if isinstance(outcome, Edit) and member is not None:
                language = await language_of(session, member)
            cards = self._shown(outcome.card, place, language) if isinstance(outcome, Edit) else ()
            plan = Plan(delivery, outcome, place, cards=cards)
        plan.removed = await is_removed(session, place.installation_ref)
        plan.receipts.extend(_accepted_before(delivery, InConversation(place)))
        return plan

    async def _address_privately(
        self, session: AsyncSession, delivery: Delivery, outcome: Send, to: ToMember
    ) -> Plan | None:
        reached = await reach(session, to.member, to.near.installation_ref if to.near else None)
        if reached is None:
            return None
        near = to.near if to.near is not None and to.near.installation_ref == reached.account.installation_ref else None
        audience = PrivateTo(reached.account, near, to.fallback)
        place = place_of(audience)
        plan = Plan(
            delivery, outcome, place, audience, self._shown(outcome.card, place, reached.language, for_one=True)
        )
        plan.removed = reached.removed
        plan.receipts.extend(_accepted_before(delivery, audience))
        return plan

    async def _take_companions(self, context: Context, plan: Plan) -> None:
        """Let what else is due to the same person, unasked for, go out with it."""
        outcome = plan.outcome
        if not isinstance(outcome, Send) or not isinstance(outcome.to, ToMember) or outcome.to.asked_for:
            return
        companions = await choose_companions(context, plan.delivery, self._house.gathered.deliveries)
        if companions:
            language = await language_of(context.session, outcome.to.member)
            card = merged([outcome.card, *(card for _, card in companions)])
            plan.cards = self._shown(card, plan.place, language, for_one=True)
            plan.companions = [row for row, _ in companions]

    def _shown(self, card: Card, place: ConversationRef, language: str, *, for_one: bool = False) -> Sequence[Card]:
        able = self._house.platforms.capabilities(place)
        return present(card, language, able, self._house.gathered, for_one=for_one)

    async def _held(
        self, context: Context, delivery: Delivery, plan: Plan, blocked: dict[str, datetime]
    ) -> Held | None:
        until = blocked.get(plan.place.root.encode())
        if until is not None and until > context.now:
            return Held(until, "its conversation has to wait")
        to = plan.outcome.to if isinstance(plan.outcome, Send) else None
        if not isinstance(to, ToMember):
            return None
        delivery.member_id, delivery.unprompted = to.member, not to.asked_for
        if to.asked_for:
            return None
        allowed = when_allowed(await allowance(context.session, to.member, context.now), context.now)
        return Held(allowed, "they are not to be disturbed now") if allowed > context.now else None


async def end_unsent(
    session: AsyncSession, delivery: Delivery, outcome: Done | Skip | Later, now: datetime, owner: str
) -> None:
    """End, or put off, a delivery of which its room wants nothing posted now."""
    match outcome:
        case Done():
            await queue.mark_posted(session, delivery.id, None, now=now)
        case Skip(reason):
            await queue.mark_skipped(session, delivery.id, reason, now=now)
        case Later(until, reason):
            at = max(until, now + SHORTEST_WAIT)
            await queue.postpone(session, delivery.id, at, reason, owner=owner)


def _accepted_before(delivery: Delivery, audience: Audience) -> list[Receipt]:
    return [found(audience, MessageRef.decode(ref) if ref else None) for ref in delivery.payload.get(PARTS, [])]


def found(audience: Audience, message: MessageRef | None) -> Receipt:
    """The receipt of a post that was accepted earlier."""
    if isinstance(audience, PrivateTo):
        return Receipt("direct", message)
    return Receipt("thread" if audience.conversation.thread else "channel", message)
