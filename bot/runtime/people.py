"""From an event to the workspace it belongs to and the person who acts in it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import WorkspaceId
from bot.chat.events import Event, MemberLeft
from bot.chat.platform import Profile
from bot.chat.refs import AccountRef
from bot.feature.context import Context
from bot.members.identity import actor_of, language_of, workspace_of
from bot.runtime.house import House


async def visitor_of(house: House, event: Event, *, fresh: bool = False) -> Profile | None:
    """What the platform says of whoever caused `event`; None where nobody acts in it.

    An account that its platform does not know goes by its id until the platform says more.
    """
    if event.actor is None or isinstance(event, MemberLeft):
        return None
    return await house.platforms.profile(event.actor, fresh=fresh) or Profile(name=event.actor.user)


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
    actor = await actor_of(session, account, profile, house.clock.now())
    language = await language_of(session, actor.member)
    return house.context(session, workspace, actor=actor, account=account, language=language)
