"""Which member an operator means: by number, by account, or by a name that only one person has."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId, WorkspaceId
from bot.base.text import t
from bot.chat.refs import AccountRef
from storage.tables.people import Account, Member


async def find(session: AsyncSession, called: str) -> tuple[WorkspaceId, MemberId]:
    """The one member that is meant, and their workspace; needs a session over all workspaces.

    `UserFacingError` where nobody is, or several are.
    """
    named = or_(Member.id == called, Member.display_name == called)
    by_account = _account(called)
    if by_account is not None:
        named = Member.id.in_(
            select(Account.member_id).where(
                and_(
                    Account.platform == by_account.platform,
                    Account.installation == by_account.installation,
                    Account.user == by_account.user,
                )
            )
        )
    found: Sequence[Member] = (await session.scalars(select(Member).where(named).order_by(Member.id))).all()
    if not found:
        raise UserFacingError(
            t("Nobody is known as {called}. Give a number, a name, or platform:installation:user.", called=called)
        )
    if len(found) > 1:
        numbers = ", ".join(member.id for member in found)
        raise UserFacingError(t("Several people are called that. Give one of these: {numbers}", numbers=numbers))
    return found[0].workspace_id, MemberId(found[0].id)


def _account(called: str) -> AccountRef | None:
    try:
        return AccountRef.decode(called)
    except ValueError:
        return None
