"""What an admin is told: posts of which nobody can know, and places we cannot post to any more."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Field, Fields, Paragraph
from bot.chat.events import ActionClicked
from bot.chat.refs import ConversationRef
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Later, Outcome, Send, Skip
from bot.members.identity import NO_ADMIN, UNTIL_AN_ADMIN_COMES, admins_of
from bot.outbox.queue import enqueue
from bot.runtime.actions import Settle
from storage.tables.moderation import ModerationAct
from storage.tables.outbox import Delivery, DeliveryState

UNCERTAIN = "runtime.uncertain"
TROUBLE = "runtime.trouble"
LEFT = "an admin chose to leave it"

CAUSES = {
    "permission": t("Starling lacks a permission there: {detail}. Grant it, and the next post will go out."),
    "gone": t("The channel or person is not there any more, or is closed to Starling."),
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
    session: AsyncSession, context: Context, delivery: Delivery, place: str, cause: str, detail: str
) -> None:
    """Tell an admin that a delivery could not be made; of one place and cause, once a month."""
    await enqueue(
        session,
        workspace_id=delivery.workspace_id,
        kind=TROUBLE,
        subject_id=delivery.id,
        due_at=context.now,
        key=f"{TROUBLE}:{place}:{cause}:{context.now:%Y-%m}",
        payload={"cause": cause, "detail": detail, "kind": delivery.kind},
    )


async def prepare_uncertain(context: Context, delivery: Delivery) -> Outcome:
    """The question to an admin, while nobody has answered it."""
    subject = await context.session.get(Delivery, delivery.subject_id)
    if subject is None or subject.state is not DeliveryState.UNCERTAIN:
        return Skip("it is settled")
    admin = await _an_admin(context)
    if admin is None:
        return Later(context.now + UNTIL_AN_ADMIN_COMES, NO_ADMIN)
    return Send(ToMember(admin, asked_for=True), uncertain_card(subject, delivery.payload["place"]))


async def prepare_trouble(context: Context, delivery: Delivery) -> Outcome:
    """The word to an admin, as soon as one is known."""
    payload = delivery.payload
    sentence = CAUSES[payload["cause"]]
    cause = Text(sentence.source, {"detail": payload["detail"]})
    card = Card(
        t("A message of Starling could not be posted."),
        (Paragraph(cause), Fields((Field(t("Kind of message"), payload["kind"]),))),
    )
    admin = await _an_admin(context)
    return Send(ToMember(admin), card) if admin is not None else Later(context.now + UNTIL_AN_ADMIN_COMES, NO_ADMIN)


async def _an_admin(context: Context) -> MemberId | None:
    return next(iter(await admins_of(context.session)), None)


def uncertain_card(delivery: Delivery, place: str | None) -> Card:
    """What happened, and the two ways on."""
    fields = [Field(t("Kind of message"), delivery.kind)]
    if place is not None:
        fields.append(Field(t("Where"), ConversationRef.decode(place).channel))
    return Card(
        t("One post may be missing."),
        (
            Paragraph(
                t(
                    "Starling was interrupted while posting and cannot find out whether the post arrived. "
                    "Please look: if it is not there, let it be posted now."
                )
            ),
            Fields(tuple(fields)),
            Buttons(
                (
                    Button(t("Post it"), Settle(delivery=delivery.id, post=True), style="primary"),
                    Button(t("Leave it"), Settle(delivery=delivery.id, post=False)),
                )
            ),
        ),
    )


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
