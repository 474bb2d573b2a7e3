"""What an admin is told: posts of which nobody can know, and places we cannot post to any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, ChannelLink, Element, Paragraph
from bot.chat.events import ActionClicked
from bot.chat.refs import ConversationRef
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Later, Outcome, Send, Skip
from bot.members.identity import NO_ADMIN, UNTIL_AN_ADMIN_COMES, admins_of
from bot.outbox.queue import enqueue
from bot.outbox.schedules import BrokenSchedule
from bot.runtime.actions import Settle
from storage.tables.moderation import ModerationAct
from storage.tables.outbox import Delivery, DeliveryState

UNCERTAIN = "runtime.uncertain"
TROUBLE = "runtime.trouble"
LEFT = "an admin chose to leave it"

CAUSES = {
    "permission": t("I lack a permission there: {detail}. Grant it, and the next post will go out."),
    "gone": t("The channel or person is not there any more, or is closed to me."),
    "rejected": t("The chat platform refused the content of the message."),
    "failed": t("Something went wrong on our side. The log knows it by {detail}."),
}


async def report_uncertain(session: AsyncSession, delivery: Delivery, place: ConversationRef | None) -> None:
    """Ask an admin what to do with a channel post that may or may not have been made."""
    await enqueue(
        session,
        workspace_id=delivery.workspace_id,
        kind=UNCERTAIN,
        subject_id=delivery.id,
        due_at=delivery.finished_at or delivery.due_at,
        key=f"{UNCERTAIN}:{delivery.id}:{(delivery.finished_at or delivery.due_at).isoformat()}",
        payload={"place": place.encode() if place else None},
    )


async def report_trouble(
    session: AsyncSession, context: Context, delivery: Delivery, place: ConversationRef | None, cause: str, detail: str
) -> None:
    """Tell an admin that a delivery could not be made; of one place and cause, once a month."""
    await enqueue(
        session,
        workspace_id=delivery.workspace_id,
        kind=TROUBLE,
        subject_id=delivery.id,
        due_at=context.now,
        key=f"{TROUBLE}:{place.root.encode() if place else delivery.kind}:{cause}:{context.now:%Y-%m}",
        payload={
            "cause": cause,
            "detail": detail,
            "kind": delivery.kind,
            "place": place.encode() if place is not None and delivery.member_id is None else None,
        },
    )


async def report_broken_schedule(session: AsyncSession, schedule: BrokenSchedule, error_id: str, now: datetime) -> None:
    """Tell an admin that a schedule is paused since it could not be followed; once a month of the same one."""
    await enqueue(
        session,
        workspace_id=schedule.workspace,
        kind=TROUBLE,
        subject_id=schedule.id,
        due_at=now,
        key=f"{TROUBLE}:schedule:{schedule.id}:{now:%Y-%m}",
        payload={"cause": "failed", "detail": error_id, "kind": schedule.kind},
    )


Called = Callable[[str], Text]
"""What people call a kind of delivery, within a sentence."""


async def prepare_uncertain(context: Context, delivery: Delivery, *, called: Called) -> Outcome:
    """The question to an admin, while nobody has answered it."""
    subject = await context.session.get(Delivery, delivery.subject_id)
    if subject is None or subject.state is not DeliveryState.UNCERTAIN:
        return Skip("it is settled")
    admin = await _an_admin(context)
    if admin is None:
        return Later(context.now + UNTIL_AN_ADMIN_COMES, NO_ADMIN)
    card = uncertain_card(subject.id, called(subject.kind), _channel(delivery))
    return Send(ToMember(admin, asked_for=True), card)


async def prepare_trouble(context: Context, delivery: Delivery, *, called: Called) -> Outcome:
    """The word to an admin, as soon as one is known."""
    payload = delivery.payload
    card = trouble_card(payload["cause"], payload["detail"], called(payload["kind"]), _channel(delivery))
    admin = await _an_admin(context)
    return Send(ToMember(admin), card) if admin is not None else Later(context.now + UNTIL_AN_ADMIN_COMES, NO_ADMIN)


def _channel(delivery: Delivery) -> ConversationRef | None:
    place = delivery.payload.get("place")
    return ConversationRef.decode(place) if place else None


async def _an_admin(context: Context) -> MemberId | None:
    return next(iter(await admins_of(context.session)), None)


def trouble_card(cause: str, detail: str, what: Text, channel: ConversationRef | None) -> Card:
    """What could not be posted, where, and why; `cause` is a key of `CAUSES`."""
    return Card(
        t("A message could not be posted"),
        (
            Paragraph(t("I could not post {what}.", what=what)),
            *_where(channel),
            Paragraph(Text(CAUSES[cause].source, {"detail": detail})),
        ),
    )


def uncertain_card(delivery: str, what: Text, channel: ConversationRef | None) -> Card:
    """What may be missing, where to look, and the two ways on; `delivery` is the id of what may be missing."""
    return Card(
        t("A post may be missing"),
        (
            Paragraph(t("I was interrupted while posting {what}, and cannot find out whether it arrived.", what=what)),
            *_where(channel),
            Paragraph(t("Please look there. If it is missing, press “Post it”; if it is there, press “Leave it”.")),
            Buttons(
                (
                    Button(t("Post it"), Settle(delivery=delivery, post=True), style="primary"),
                    Button(t("Leave it"), Settle(delivery=delivery, post=False)),
                )
            ),
        ),
    )


def _where(channel: ConversationRef | None) -> tuple[Element, ...]:
    return (ChannelLink(t("Channel"), channel),) if channel is not None else ()


async def settle(context: Context, payload: Settle, _event: ActionClicked) -> None:
    """Do as the admin says: post it after all, or leave it be."""
    delivery = await context.session.get(Delivery, payload.delivery)
    if delivery is None or delivery.state is not DeliveryState.UNCERTAIN:
        raise UserFacingError(t("This is settled already."))
    context.session.add(
        ModerationAct(
            verb="delivery.settle",
            subject_kind="delivery",
            subject_id=delivery.id,
            moderator_id=context.member,
            details={"post": payload.post},
            acted_at=context.now,
        )
    )
    if not payload.post:
        delivery.state, delivery.reason = DeliveryState.SKIPPED, LEFT
        context.reply(Card(t("It stays as it is.")))
        return
    post_after_all(context, delivery)
    context.reply(Card(t("It is being posted now.")))


def post_after_all(context: Context, delivery: Delivery) -> None:
    """Put an uncertain delivery back in the queue. Somebody looked, so it is posted without a further look."""
    delivery.state, delivery.reason, delivery.finished_at = DeliveryState.WAITING, None, None
    delivery.attempts, delivery.blocked_until = 0, None
    delivery.lease_owner = delivery.lease_until = None
    delivery.due_at = max(delivery.due_at, context.now)
