"""What waits in a person's home: private messages that may not have reached them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.base.errors import UserFacingError
from bot.base.text import t, tn
from bot.chat.cards import Button, Buttons, Card, Element, Header, Paragraph
from bot.chat.events import ActionClicked
from bot.feature.context import Context
from bot.runtime.actions import ShowAgain
from bot.runtime.troubles import post_after_all
from storage.tables.outbox import Delivery, DeliveryState

SHOWN = 5


async def waiting_messages(context: Context) -> Sequence[Element]:
    """A button for each message that may be missing. A reminder nobody asked for is dropped instead."""
    rows = await context.session.scalars(
        select(Delivery)
        .where(
            Delivery.member_id == context.member,
            Delivery.state == DeliveryState.UNCERTAIN,
            Delivery.unprompted.is_(False),
        )
        .order_by(Delivery.finished_at.desc())
    )
    found = rows.all()
    if not found:
        return ()
    buttons = tuple(
        Button(t("Show message {number}", number=number), ShowAgain(delivery=row.id))
        for number, row in enumerate(found[:SHOWN], 1)
    )
    sentence = tn("One message may not have reached you.", "{count} messages may not have reached you.", len(found))
    return (Header(t("Waiting for you")), Paragraph(sentence), Buttons(buttons))


async def show_again(context: Context, payload: ShowAgain, _event: ActionClicked) -> None:
    """Send the message anew."""
    delivery = await context.session.get(Delivery, payload.delivery)
    if delivery is None or delivery.member_id != context.member or delivery.state is not DeliveryState.UNCERTAIN:
        raise UserFacingError(t("This message has reached you already."))
    post_after_all(context, delivery)
    context.reply(Card(t("It is on its way to you.")))
    context.refresh_home(context.member)
