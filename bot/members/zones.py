"""From when on somebody was in which time zone, so that a day they lived through stays the day it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, new_id
from storage.tables.people import Member, ZoneChange

UNKNOWN = "UTC"
"""The zone that holds for whoever's zone is not known."""


async def change_zone(session: AsyncSession, member: Member, zone: str, now: datetime) -> None:
    """`member` is in `zone` from now on. Where they were before is written down too, if it was not yet."""
    if zone == member.time_zone:
        return
    if not await zones_known(session, MemberId(member.id)):
        _note(session, member.id, member.time_zone or UNKNOWN, member.created_at)
    _note(session, member.id, zone, now)
    member.time_zone = zone
    await session.flush()


async def zones_known(session: AsyncSession, member: MemberId) -> Sequence[tuple[datetime, str]]:
    """Each zone somebody was in and from when on, the oldest first; nothing for one who was never in another."""
    rows = await session.execute(
        select(ZoneChange.since, ZoneChange.zone)
        .where(ZoneChange.member_id == member)
        .order_by(ZoneChange.since, ZoneChange.id)
    )
    return [(since, zone) for since, zone in rows]


def _note(session: AsyncSession, member: str, zone: str, since: datetime) -> None:
    session.add(ZoneChange(id=new_id(), member_id=member, zone=zone, since=since))
