"""The use cases of this room, each in the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.settings import Setting
from bot.base.text import t
from bot.chat.refs import AccountRef
from bot.members.identity import member_of
from bot.members.preferences import (
    DAYS_OFF,
    NOTIFICATION_SETTINGS,
    QUIET_FROM,
    QUIET_UNTIL,
    SNOOZED_UNTIL,
    TARGET_COMPANY,
    TARGET_LEVEL,
    read_clock_time,
    read_day,
    set_zone,
)
from bot.members.settings import read_all, write
from bot.members.zones import zones_known
from storage.tables.moderation import ModerationAct
from storage.tables.people import Account, Member, ZoneChange
from storage.tables.settings import SettingChange, SettingValue

OWN_SETTINGS: tuple[Setting[Any], ...] = (*NOTIFICATION_SETTINGS, TARGET_LEVEL, TARGET_COMPANY)
AppointedRole = Literal["moderator", "admin"]


async def own_settings(session: AsyncSession, member: MemberId) -> dict[str, Any]:
    """What holds for `member` now, by setting key."""
    return await read_all(session, OWN_SETTINGS, member=member)


async def save_preferences(session: AsyncSession, member: MemberId, entered: dict[str, str], now: datetime) -> None:
    """Store what was entered in the form of preferences; `UserFacingError` for what cannot be.

    `entered` has zone, quiet_from, quiet_until (times), days_off (numbers joined by commas), snoozed_until
    (a day or nothing), level and company (or nothing).
    """
    await set_zone(session, member, entered["zone"], now)
    days_off = [int(day) for day in entered["days_off"].split(",") if day]
    if len(set(days_off)) == 7:
        raise UserFacingError(t("Leave at least one day on which you can be written to, or snooze instead."))
    snoozed = entered["snoozed_until"]
    values: list[tuple[Setting[Any], Any]] = [
        (QUIET_FROM, read_clock_time(entered["quiet_from"]).isoformat("minutes")),
        (QUIET_UNTIL, read_clock_time(entered["quiet_until"]).isoformat("minutes")),
        (DAYS_OFF, days_off),
        (SNOOZED_UNTIL, read_day(snoozed).isoformat() if snoozed else None),
        (TARGET_LEVEL, entered["level"] or None),
        (TARGET_COMPANY, entered["company"] or None),
    ]
    for setting, value in values:
        await write(session, setting, "member", member, value, member, now)


async def appoint(
    session: AsyncSession, account: AccountRef, role: AppointedRole, by: MemberId, now: datetime
) -> Member:
    """Give the member of `account` a role, and log it; `UserFacingError` for somebody not known yet."""
    member = await _known(session, account)
    member.roles = sorted({*member.roles, role})
    session.add(_act("appoint", member, role, by, now))
    return member


async def dismiss(
    session: AsyncSession, account: AccountRef, role: AppointedRole, by: MemberId, now: datetime
) -> Member:
    """Take a role away again, and log it; `UserFacingError` for somebody who does not hold it."""
    member = await _known(session, account)
    if role not in member.roles:
        raise UserFacingError(t("{name} was not appointed to that.", name=member.display_name))
    member.roles = [held for held in member.roles if held != role]
    session.add(_act("dismiss", member, role, by, now))
    return member


async def _known(session: AsyncSession, account: AccountRef) -> Member:
    member = await member_of(session, account)
    if member is None:
        raise UserFacingError(t("Starling has not met this person yet. Ask them to say something first."))
    return await session.get_one(Member, member)


def _act(what: str, member: Member, role: str, by: MemberId, now: datetime) -> ModerationAct:
    return ModerationAct(
        verb="member.appoint",
        subject_kind="member",
        subject_id=member.id,
        moderator_id=by,
        details={"act": what, "role": role},
        acted_at=now,
    )


async def export_profile(session: AsyncSession, member: MemberId) -> list[dict[str, Any]]:
    """All that this room holds about `member`: the profile, the accounts, the settings, the zones they were in."""
    row = await session.get_one(Member, member)
    accounts = await session.scalars(select(Account).where(Account.member_id == member))
    settings = await session.scalars(select(SettingValue).where(SettingValue.layer_id == member))
    return [
        {"name": row.display_name, "time_zone": row.time_zone, "language": row.language, "roles": row.roles},
        *({"platform": a.platform, "installation": a.installation, "user": a.user} for a in accounts),
        *({"setting": s.key, "value": s.value} for s in settings),
        *({"time_zone": zone, "since": since.isoformat()} for since, zone in await zones_known(session, member)),
    ]


async def erase_profile(session: AsyncSession, member: MemberId) -> int:
    """Erase the settings with the log of their changes, the accounts, the zones and the member; how many rows went.

    Rows of other rooms go first.
    """
    settings = (await session.scalars(select(SettingValue).where(SettingValue.layer_id == member))).all()
    changes = (await session.scalars(select(SettingChange).where(SettingChange.layer_id == member))).all()
    accounts = (await session.scalars(select(Account).where(Account.member_id == member))).all()
    await session.execute(update(ModerationAct).where(ModerationAct.subject_id == member).values(subject_id=""))
    zones = (await session.scalars(select(ZoneChange).where(ZoneChange.member_id == member))).all()
    rows = (*settings, *changes, *accounts, *zones)
    for row in rows:
        await session.delete(row)
    await session.flush()
    await session.execute(delete(Member).where(Member.id == member))
    return len(rows) + 1
