"""Mentors of rounds: who has time for how many reviews a round. In the caller's transaction."""

from __future__ import annotations

from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.refs import AccountRef
from bot.feature.context import Context
from bot.members.identity import member_of, name_of
from bot.members.settings import write
from bot.review.pool import MENTOR_SLOTS

MOST_SLOTS = 20


async def set_mentor(context: Context, user: str, slots: int) -> Card:
    """Make somebody a mentor of rounds with time for so many reviews a round; 0 ends that."""
    if not 0 <= slots <= MOST_SLOTS:
        raise UserFacingError(t("Give a number of reviews from 0 to {most}.", most=MOST_SLOTS))
    account = context.account
    member = None
    if account is not None:
        member = await member_of(context.session, AccountRef(account.platform, account.installation, user))
    if member is None:
        raise UserFacingError(t("I do not know this person yet: they have never used me here."))
    await write(context.session, MENTOR_SLOTS, "member", member, slots or None, context.member, context.now)
    return mentor_card(await name_of(context.session, member), slots)


def mentor_card(name: str, slots: int) -> Card:
    """After somebody became a mentor of rounds, or ceased to be one."""
    if slots:
        return Card(
            t("{name} is asked for up to {slots} reviews a round, where they are needed.", name=name, slots=slots)
        )
    return Card(t("{name} is not asked as a mentor any more.", name=name))
