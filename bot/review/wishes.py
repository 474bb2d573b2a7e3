"""How much somebody reviews; theirs to say and to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select

from bot.base.errors import UserFacingError
from bot.base.ids import new_id
from bot.base.policy import Subject
from bot.base.text import t
from bot.chat.values import choice_of, choices_of, text_of
from bot.feature.context import Context
from bot.members.identity import zone_of
from bot.members.preferences import read_day
from bot.outbox.nextrun import first_moment
from bot.outbox.zones import zone_named
from bot.review.pool import MOST_REVIEWS
from storage.once import insert_once
from storage.tables.review import ReviewerWish

NO_LIMIT = "any"
OUT, ONE_MORE = "out", "one_more"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody said about how much they review."""

    out: bool = False
    paused_until: datetime | None = None
    most: int | None = None
    one_more: bool = False


async def wish_of(context: Context) -> Wish:
    """What the actor said; nothing is what holds for everybody."""
    row = await context.session.scalar(select(ReviewerWish).where(ReviewerWish.member_id == context.member))
    return Wish() if row is None else Wish(row.out, row.paused_until, row.most, row.one_more)


async def save_wish(context: Context, wish: Wish) -> None:
    """Keep what the actor said; it holds from the next time reviews are handed out."""
    context.require("review.wish", Subject(context.workspace, context.member))
    values = {"out": wish.out, "paused_until": wish.paused_until, "most": wish.most, "one_more": wish.one_more}
    made = {"id": new_id(), "member_id": context.member, **values}
    if not await insert_once(context.session, ReviewerWish, made, unique=(ReviewerWish.member_id,)):
        found = await context.session.scalars(select(ReviewerWish).where(ReviewerWish.member_id == context.member))
        row = found.one()
        for name, value in values.items():
            setattr(row, name, value)
    await context.session.flush()


async def read_wish(context: Context, values: Mapping[str, Sequence[str]]) -> Wish:
    """What a submitted form says; a sentence for a day that is none, or that has passed."""
    most, chosen = choice_of(values, "most"), choices_of(values, "how")
    if {OUT, ONE_MORE} <= set(chosen):
        raise UserFacingError(t("Choose one: gladly one more, or none for now."))
    typed = text_of(values, "until").strip()
    until = None
    if typed:
        zone = zone_named(await zone_of(context.session, context.member))
        until = first_moment(zone, read_day(typed), time())
        if until is None or until <= context.now:
            raise UserFacingError(t("{day} has passed. Give a day to come, or leave it empty.", day=typed))
    number = int(most) if most is not None and most.isascii() and most.isdecimal() else None
    if number is not None and not 1 <= number <= MOST_REVIEWS:
        raise UserFacingError(t("Nobody is given more than {most} reviews in a round.", most=MOST_REVIEWS))
    return Wish(OUT in chosen, until, number, ONE_MORE in chosen)


async def day_of(context: Context, moment: datetime | None) -> str:
    """The local day on which a pause ends, as it is typed; empty where there is none."""
    if moment is None:
        return ""
    return moment.astimezone(zone_named(await zone_of(context.session, context.member))).date().isoformat()
