"""Whose session it is: who reads a page at this moment, by which account and in which language."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import NotAllowed
from bot.base.policy import Actor
from bot.chat.refs import AccountRef
from bot.feature.context import Context
from bot.members.identity import actor_and_language, member_of, name_of, workspace_of
from bot.runtime import page_access, people
from bot.runtime.house import House
from storage.tables.pages import PageLink, PageSession
from storage.tables.people import Member, MemberState


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a session, as of now. `notice` is what the next page says first."""

    actor: Actor
    account: AccountRef
    language: str
    name: str
    notice: tuple[str, ...]

    def context(self, house: House, session: AsyncSession) -> Context:
        """A context in which they act."""
        workspace = self.actor.workspace
        return house.context(session, workspace, actor=self.actor, account=self.account, language=self.language)


async def reader_of(house: House, token: str, *, fresh: bool, take_notice: bool = False) -> Reader | None:
    """Whose session this is; it lives on. The sessions of somebody who is not here any more end.

    `fresh` asks the platform now, for what needs a role. `PlatformError` where it has to be asked and does not answer.
    """
    now = house.clock.now()
    async with house.database.read_everywhere() as session:
        row = await page_access.live_session(session, token, now)
        if row is None:
            return None
        account, workspace = AccountRef.decode(row.account), row.workspace_id
        still = await is_still_theirs(session, row)
    profile = await people.profile_of(house, account, fresh=fresh) if still else None
    async with house.database.write(workspace) as session:
        row = await page_access.live_session(session, token, now, hold=True)
        if row is None:
            return None
        if profile is None or people.is_outside(profile):
            await page_access.end_all(session, row.member_id)
            return None
        try:
            actor, language = await actor_and_language(session, account, profile, now)
        except NotAllowed:
            await page_access.end_all(session, row.member_id)
            return None
        page_access.touch(row, now)
        notice = tuple(row.notice)
        if take_notice and notice:
            row.notice = []
        return Reader(actor, account, language, await name_of(session, actor.member), notice)


async def is_still_theirs(session: AsyncSession, row: PageLink | PageSession) -> bool:
    """Whether the account still belongs to the member, who takes part in a workspace where Starling is."""
    account = AccountRef.decode(row.account)
    if await workspace_of(session, account.installation_ref) != row.workspace_id:
        return False
    member = await session.get(Member, row.member_id)
    if member is None or member.state not in (MemberState.ACTIVE, MemberState.BLOCKED):
        return False
    return await member_of(session, account) == row.member_id
