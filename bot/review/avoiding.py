"""Two people who are not to review each other: asked for by one, seen and taken back by that one alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.policy import Subject
from bot.base.text import t
from bot.feature.context import Context
from bot.review.records import NOT_YOURS
from bot.review.replacing import part
from storage.once import insert_once
from storage.tables.people import Member
from storage.tables.review import Exclusion


async def avoid(context: Context, other: MemberId) -> None:
    """Ask not to be paired with somebody, in either direction, from now on; asked again it is the same."""
    context.require("review.wish", Subject(context.workspace, context.member))
    if other == context.member:
        raise UserFacingError(t("You are never given your own answers. Choose somebody else."))
    values = {"id": new_id(), "asked_by": context.member, "other_id": other, "at": context.now}
    await insert_once(context.session, Exclusion, values, unique=(Exclusion.asked_by, Exclusion.other_id))
    await part(context, context.member, other)


async def avoided(context: Context) -> Sequence[tuple[str, str]]:
    """Whom the actor asked not to be paired with: the id of the wish, and the name."""
    rows = await context.session.execute(
        select(Exclusion.id, Member.display_name)
        .join(Member, Member.id == Exclusion.other_id)
        .where(Exclusion.asked_by == context.member)
        .order_by(Exclusion.at, Exclusion.id)
    )
    return [(id_, name) for id_, name in rows]


async def lift(context: Context, exclusion_id: str) -> None:
    """Take such a wish back; only whoever asked can, and nobody else learns that it exists."""
    row = await context.session.get(Exclusion, exclusion_id)
    if row is None or row.asked_by != context.member:
        raise NotAllowed(NOT_YOURS)
    await context.session.execute(delete(Exclusion).where(Exclusion.id == row.id))
