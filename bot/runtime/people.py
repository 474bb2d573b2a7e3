"""From an event to the workspace it belongs to and the person who acts in it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import WorkspaceId
from bot.chat.errors import PlatformError
from bot.chat.events import Event, MemberLeft
from bot.chat.platform import Profile
from bot.chat.refs import AccountRef
from bot.feature.context import Context
from bot.members.identity import actor_and_language, member_of, name_of, workspace_of
from bot.runtime.house import House


async def visitor_of(house: House, event: Event, *, fresh: bool = False) -> Profile | None:
    """What the platform says of whoever caused `event`; None where nobody acts in it.

    An account that its platform does not know goes by its id until the platform says more. While the platform
    does not answer, a member is believed to be who they were; of anybody else nothing is known, so the
    `PlatformError` is passed on, as it is where a role has to be looked up now.
    """
    if event.actor is None or isinstance(event, MemberLeft):
        return None
    return await profile_of(house, event.actor, fresh=fresh) or Profile(name=event.actor.user)


async def profile_of(house: House, account: AccountRef, *, fresh: bool = False) -> Profile | None:
    """The same of an account; None for one that its platform does not know (any more)."""
    try:
        return await house.platforms.profile(account, fresh=fresh)
    except PlatformError:
        remembered = None if fresh else await _remembered(house, account)
        if remembered is None:
            raise
        return remembered


async def _remembered(house: House, account: AccountRef) -> Profile | None:
    """What we know of a member ourselves; None for an account that is nobody's."""
    async with house.database.read_everywhere() as session:
        member = await member_of(session, account)
        return Profile(name=await name_of(session, member)) if member is not None else None


def is_outside(profile: Profile | None) -> bool:
    """Whether this is a guest from another organisation or a bot: answered, never stored."""
    return profile is not None and (profile.is_outsider or profile.is_bot)


async def find_workspace(house: House, event: Event) -> WorkspaceId | None:
    """The workspace of the event's installation; None for one where Starling is not installed (any more)."""
    async with house.database.read_everywhere() as session:
        return await workspace_of(session, event.installation)


async def acting_context(
    house: House,
    session: AsyncSession,
    workspace: WorkspaceId,
    account: AccountRef | None,
    profile: Profile | None,
) -> Context:
    """A context in which the owner of `account` acts, in their language; one without an actor where nobody does."""
    if account is None or profile is None:
        return house.context(session, workspace, account=account)
    actor, language = await actor_and_language(session, account, profile, house.clock.now())
    return house.context(session, workspace, actor=actor, account=account, language=language)
