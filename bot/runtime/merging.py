"""Several messages that nobody asked for and that are due to one person together become one.

One delivery leads; the others travel with its post and end as it ends. What travels with what is stored in the
transaction that says `sending`, so that after a crash the same post is looked for, or made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select

from bot.base.text import tn
from bot.chat.cards import Card, Divider, Element, Header, Paragraph
from bot.chat.platform import Receipt
from bot.chat.refs import MessageRef
from bot.feature.context import Context, ToMember
from bot.feature.declarations import DeliveryDeclaration, Send
from bot.outbox import queue
from bot.runtime.marks import COMPANIONS, GONE, PARTS, WITH
from storage.tables.outbox import Delivery, DeliveryState

Deliveries = Mapping[str, DeliveryDeclaration]


async def choose_companions(
    context: Context, leader: Delivery, declared: Deliveries
) -> Sequence[tuple[Delivery, Card]]:
    """The deliveries that go out with `leader`, with their cards; where its post may have begun, the same as then."""
    begun = leader.state is DeliveryState.SENDING or PARTS in leader.payload
    rows = await (_chosen_before(context, leader) if begun else _due_too(context, leader))
    companions = []
    for row in rows:
        room = declared.get(row.kind)
        outcome = await room.prepare(context, row) if room is not None else None
        if not isinstance(outcome, Send) or not isinstance(outcome.to, ToMember):
            continue
        if outcome.to.member == leader.member_id and not outcome.to.asked_for:
            companions.append((row, outcome.card))
    return companions


async def _chosen_before(context: Context, leader: Delivery) -> Sequence[Delivery]:
    chosen: Sequence[str] = leader.payload.get(COMPANIONS, [])
    rows = await context.session.scalars(select(Delivery).where(Delivery.id.in_(chosen)))
    open_rows = {row.id: row for row in rows if row.state in (DeliveryState.SENDING, DeliveryState.WAITING)}
    return [open_rows[each] for each in chosen if each in open_rows]


async def _due_too(context: Context, leader: Delivery) -> Sequence[Delivery]:
    rows = await context.session.scalars(
        select(Delivery)
        .where(
            Delivery.member_id == leader.member_id,
            Delivery.unprompted.is_(True),
            Delivery.state == DeliveryState.WAITING,
            Delivery.id != leader.id,
            Delivery.due_at <= context.now,
            or_(Delivery.blocked_until.is_(None), Delivery.blocked_until <= context.now),
        )
        .order_by(Delivery.due_at, Delivery.id)
        .with_for_update(skip_locked=True)
    )
    return rows.all()


def bind(leader: Delivery, companions: Sequence[Delivery]) -> None:
    """Store what travels with what; the companions are under way with the leader from now on."""
    leader.payload = {**leader.payload, COMPANIONS: [row.id for row in companions]}
    for row in companions:
        row.payload = {**row.payload, WITH: leader.id}
        row.state = DeliveryState.SENDING
        row.lease_owner, row.lease_until = leader.lease_owner, leader.lease_until


def merged(cards: Sequence[Card]) -> Card:
    """All cards in one, each under its title."""
    elements: list[Element] = []
    for card in cards:
        told = Header(card.title) if card.headed else Paragraph(card.title)
        elements += [*([Divider()] if elements else []), told, *card.elements]
    title = tn("{count} message from Starling", "{count} messages from Starling", len(cards))
    return Card(title, tuple(elements))


async def follow(context: Context, companion: Delivery, declared: DeliveryDeclaration | None) -> None:
    """End a companion as its leader ended, or let it wait again; nothing while the leader is still under way."""
    leader = await context.session.get(Delivery, companion.payload[WITH], populate_existing=True)
    if leader is not None and leader.state is DeliveryState.SENDING:
        return
    companion.payload = {name: value for name, value in companion.payload.items() if name != WITH}
    await context.session.flush()
    reason = (leader.reason if leader is not None else None) or "it went with another message"
    match leader.state if leader is not None else DeliveryState.WAITING:
        case DeliveryState.POSTED if leader is not None:
            # One message reached the person, so one counts against the day.
            companion.unprompted = False
            await queue.mark_posted(context.session, companion.id, leader.posted_ref, now=context.now)
            if declared is not None and declared.sent is not None:
                message = MessageRef.decode(leader.posted_ref) if leader.posted_ref else None
                await declared.sent(context, companion, [Receipt("direct", message)])
        case DeliveryState.SKIPPED:
            await queue.mark_skipped(context.session, companion.id, reason, now=context.now)
            if reason == GONE and declared is not None and declared.gone is not None:
                await declared.gone(context, companion)
        case DeliveryState.UNCERTAIN:
            await queue.mark_uncertain(context.session, companion.id, reason, now=context.now)
        case _:
            companion.state, companion.lease_owner, companion.lease_until = DeliveryState.WAITING, None, None
