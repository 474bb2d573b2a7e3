"""From a platform's installations and accounts to workspaces and members."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Select, and_, bindparam, delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import NotAllowed
from bot.base.ids import MemberId, WorkspaceId, new_id
from bot.base.policy import Actor, Role
from bot.base.settings import Setting
from bot.base.text import t
from bot.chat.platform import Profile
from bot.chat.refs import AccountRef, InstallationRef
from bot.members.settings import read
from bot.members.zones import UNKNOWN, change_zone
from bot.outbox.zones import zone_names
from storage.once import insert_once
from storage.prepared import Found, Own, prepared, table_of
from storage.tables.people import Account, Installation, InstallationState, Member, MemberState, Workspace
from storage.tenancy import required_workspace_of

MEMBER, ACCOUNT, INSTALLATION = table_of(Member), table_of(Account), table_of(Installation)
OWN_ZONE = Setting("members.zone", str, "", ("member",), t("Your time zone"))
"""The zone a person chose themselves; empty while it follows their platform's profile."""
BEING_ERASED = t(
    "Your data are being deleted. Until that is done I take in nothing from you; the receipt comes at the end."
)
NO_ADMIN = "no admin is known yet"
UNTIL_AN_ADMIN_COMES = timedelta(hours=1)
"""After so long, word to an admin looks again whether one is known by now."""


async def workspace_of(session: AsyncSession, ref: InstallationRef) -> WorkspaceId | None:
    """The workspace an active installation belongs to; needs a session over all workspaces."""
    return await session.scalar(
        select(Installation.workspace_id).where(
            Installation.platform == ref.platform,
            Installation.external_id == ref.installation,
            Installation.state == InstallationState.ACTIVE,
        )
    )


async def workspaces_of(session: AsyncSession, refs: Collection[InstallationRef]) -> dict[InstallationRef, WorkspaceId]:
    """The workspaces of those installations that are active; needs a session over all workspaces."""
    rows = await session.execute(
        select(Installation.platform, Installation.external_id, Installation.workspace_id).where(
            tuple_(Installation.platform, Installation.external_id).in_({(r.platform, r.installation) for r in refs}),
            Installation.state == InstallationState.ACTIVE,
        )
    )
    return {InstallationRef(platform, external_id): workspace for platform, external_id, workspace in rows}


async def install(session: AsyncSession, ref: InstallationRef, name: str, now: datetime) -> WorkspaceId:
    """Make sure `ref` is installed and active; a new one gets a workspace of its own.

    Needs a session over all workspaces. Installing again brings the earlier workspace back.
    """
    known = await session.scalar(
        select(Installation).where(Installation.platform == ref.platform, Installation.external_id == ref.installation)
    )
    if known is not None:
        known.state, known.removed_at, known.name = InstallationState.ACTIVE, None, name
        return known.workspace_id
    workspace = WorkspaceId(new_id())
    session.add(Workspace(workspace_id=workspace, name=name, created_at=now))
    await session.flush()
    session.add(
        Installation(
            workspace_id=workspace, platform=ref.platform, external_id=ref.installation, name=name, created_at=now
        )
    )
    await session.flush()
    return workspace


async def uninstall(session: AsyncSession, ref: InstallationRef, now: datetime) -> None:
    """Mark `ref` as removed: nothing is sent there any more. Needs a session over all workspaces."""
    await session.execute(
        update(Installation)
        .where(Installation.platform == ref.platform, Installation.external_id == ref.installation)
        .values(state=InstallationState.REMOVED, removed_at=now)
    )


async def is_removed(session: AsyncSession, ref: InstallationRef) -> bool:
    """Whether `ref` was installed once and is not any more."""
    state = await session.scalar(
        select(Installation.state).where(
            Installation.platform == ref.platform, Installation.external_id == ref.installation
        )
    )
    return state is InstallationState.REMOVED


async def actor_of(session: AsyncSession, account: AccountRef, profile: Profile, now: datetime) -> Actor:
    """Whoever acts by `account`: a member, made at first sight, with the roles held at this moment.

    A platform's administrators are admins here; others hold the roles they were appointed to. Name, language
    and zone follow the platform's profile, the zone until the person sets their own.
    """
    actor, _ = await actor_and_language(session, account, profile, now)
    return actor


async def actor_and_language(
    session: AsyncSession, account: AccountRef, profile: Profile, now: datetime
) -> tuple[Actor, str]:
    """As `actor_of`, with the language that they read.

    `NotAllowed` for somebody who is being erased: nothing new is stored of them.
    """
    found = await _owner_of(session, account)
    if found is None:
        await _join(session, account, profile, now)
        found = await _owner_of(session, account)
    if found is None:
        raise LookupError(f"the account {account.encode()} belongs to another workspace")
    if found.state is MemberState.ERASING:
        raise NotAllowed(BEING_ERASED)
    member = await _follow(session, found.id, profile, now) if _differs(found, profile) else found
    roles: set[Role] = {"member", *(cast(Role, role) for role in member.roles)}
    if profile.is_admin:
        roles.add("admin")
    blocked = member.state is MemberState.BLOCKED
    return Actor(required_workspace_of(session), MemberId(member.id), frozenset(roles), blocked), member.language


async def _owner_of(session: AsyncSession, account: AccountRef) -> Any:
    values = {"platform": account.platform, "place": account.installation, "user_id": account.user}
    return await _owner.first(session, **values)


@prepared
def _owner(own: Own) -> Select[Any]:
    columns = MEMBER.c.id, MEMBER.c.display_name, MEMBER.c.language, MEMBER.c.time_zone, MEMBER.c.roles, MEMBER.c.state
    return (
        select(*columns)
        .join_from(MEMBER, ACCOUNT, ACCOUNT.c.member_id == MEMBER.c.id)
        .where(
            own(MEMBER),
            own(ACCOUNT),
            ACCOUNT.c.platform == bindparam("platform"),
            ACCOUNT.c.installation == bindparam("place"),
            ACCOUNT.c.user == bindparam("user_id"),
        )
    )


def _differs(member: Found, profile: Profile) -> bool:
    """Whether the platform says anything of somebody that is still to be written down."""
    return (
        profile.is_admin
        or member.state is MemberState.LEFT
        or member.display_name != profile.name
        or member.language != (profile.language or member.language)
        or _is_another_zone(member.time_zone, profile.zone)
    )


def _is_another_zone(zone: str | None, found: str | None) -> bool:
    return found != zone and found in zone_names()


async def _follow(session: AsyncSession, member_id: str, profile: Profile, now: datetime) -> Member:
    """The member, with what the platform says of them written down."""
    member = await session.get_one(Member, member_id)
    if member.state is MemberState.LEFT:
        member.state = MemberState.ACTIVE
    member.display_name = profile.name
    member.language = profile.language or member.language
    await _follow_zone(session, member, profile.zone, now)
    if profile.is_admin:
        member.seen_as_admin_at = now
    return member


async def _follow_zone(session: AsyncSession, member: Member, zone: str | None, now: datetime) -> None:
    """Take over the platform's zone, unless it is none we know or the person chose one themselves."""
    if zone is None or not _is_another_zone(member.time_zone, zone):
        return
    if not await read(session, OWN_ZONE, member=MemberId(member.id)):
        await change_zone(session, member, zone, now)


async def _member_by(session: AsyncSession, account: AccountRef) -> Member | None:
    return await session.scalar(
        select(Member)
        .join(Account, Account.member_id == Member.id)
        .where(
            Account.platform == account.platform,
            Account.installation == account.installation,
            Account.user == account.user,
        )
    )


async def _join(session: AsyncSession, account: AccountRef, profile: Profile, now: datetime) -> None:
    """Make a member of whoever owns the account, unless somebody else did a moment ago."""
    member = new_id()
    about: dict[str, Any] = {
        "id": member,
        "display_name": profile.name,
        "time_zone": profile.zone if profile.zone in zone_names() else None,
        "language": profile.language or "en",
        "roles": [],
        "created_at": now,
    }
    await insert_once(session, Member, about)
    own = {"id": new_id(), "platform": account.platform, "installation": account.installation, "user": account.user}
    unique = [Account.platform, Account.installation, Account.user]
    if not await insert_once(session, Account, {**own, "member_id": member, "created_at": now}, unique=unique):
        # Somebody else made the account a moment ago: theirs holds.
        await session.execute(delete(Member).where(Member.id == member))


async def member_left(session: AsyncSession, account: AccountRef) -> MemberId | None:
    """Mark the member of `account` as having left; their id, or None where nobody is known by it.

    Whoever is blocked stays so: leaving and coming back does not lift it. Nor does it end an erasure.
    """
    member = await _member_by(session, account)
    if member is None:
        return None
    if member.state not in (MemberState.BLOCKED, MemberState.ERASING):
        member.state = MemberState.LEFT
    return MemberId(member.id)


@dataclass(frozen=True, slots=True)
class Reached:
    """How a member is reached: by which account, in which language, and whether Starling was removed there."""

    account: AccountRef
    language: str
    removed: bool


@prepared
def _ways(own: Own) -> Select[Any]:
    columns = ACCOUNT.c.platform, ACCOUNT.c.installation, ACCOUNT.c.user, MEMBER.c.language, INSTALLATION.c.state
    here = and_(
        own(INSTALLATION),
        INSTALLATION.c.platform == ACCOUNT.c.platform,
        INSTALLATION.c.external_id == ACCOUNT.c.installation,
    )
    accounts = ACCOUNT.join(MEMBER, MEMBER.c.id == ACCOUNT.c.member_id).outerjoin(INSTALLATION, here)
    return (
        select(*columns)
        .select_from(accounts)
        .where(own(ACCOUNT), own(MEMBER), ACCOUNT.c.member_id == bindparam("member"))
        .order_by(ACCOUNT.c.created_at)
    )


async def reach(session: AsyncSession, member: MemberId, prefer: InstallationRef | None = None) -> Reached | None:
    """How to reach `member`: by the account in `prefer` where there is one, else by the oldest."""
    rows = await _ways.rows(session, member=member)
    ways = [
        Reached(AccountRef(platform, installation, user), language, state is InstallationState.REMOVED)
        for platform, installation, user, language, state in rows
    ]
    return next((way for way in ways if way.account.installation_ref == prefer), ways[0] if ways else None)


async def member_of(session: AsyncSession, account: AccountRef) -> MemberId | None:
    """The member of `account`, if somebody is known by it."""
    member = await _member_by(session, account)
    return MemberId(member.id) if member else None


@prepared
def _known(own: Own) -> Select[Any]:
    columns = MEMBER.c.display_name, MEMBER.c.language, MEMBER.c.time_zone
    return select(*columns).where(own(MEMBER), MEMBER.c.id == bindparam("member"))


async def name_of(session: AsyncSession, member: MemberId) -> str:
    """What people call `member`; an empty string for one who is gone."""
    row = await _known.first(session, member=member)
    return row.display_name if row is not None else ""


async def language_of(session: AsyncSession, member: MemberId) -> str:
    """The language `member` reads, English where it is not known."""
    row = await _known.first(session, member=member)
    return row.language if row is not None else "en"


async def zone_of(session: AsyncSession, member: MemberId) -> str:
    """The IANA zone of `member`, UTC where it is not known."""
    row = await _known.first(session, member=member)
    return (row.time_zone if row is not None else None) or UNKNOWN


async def admins_of(session: AsyncSession) -> list[MemberId]:
    """Admins to tell when something is wrong: those appointed, then those the platform named, latest seen first."""
    members = (
        await session.scalars(
            select(Member).where(Member.state == MemberState.ACTIVE).order_by(Member.created_at, Member.id)
        )
    ).all()
    appointed = [m for m in members if "admin" in m.roles]
    seen = [m for m in members if m.seen_as_admin_at is not None and m not in appointed]
    seen.sort(key=lambda m: m.seen_as_admin_at or m.created_at, reverse=True)
    return [MemberId(m.id) for m in (*appointed, *seen)]
