"""What members can set for themselves, and the wishes that the outbox asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.settings import Setting
from bot.base.text import t
from bot.members.identity import OWN_ZONE, zone_of
from bot.members.notifications import Allowance
from bot.members.settings import read_all, write
from bot.members.zones import change_zone
from bot.outbox.zones import zone_named
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.people import Member

QUIET_FROM = Setting("members.quiet_from", str, "21:00", ("member", "workspace"), t("Quiet hours begin"))
QUIET_UNTIL = Setting("members.quiet_until", str, "08:00", ("member", "workspace"), t("Quiet hours end"))
DAYS_OFF = Setting("members.days_off", list[int], [], ("member", "workspace"), t("Days without messages"))
SNOOZED_UNTIL = Setting("members.snoozed_until", str, "", ("member",), t("No messages before"))
NOTIFICATION_SETTINGS = (QUIET_FROM, QUIET_UNTIL, DAYS_OFF, SNOOZED_UNTIL)
TARGET_LEVEL = Setting("members.target_level", str, "", ("member",), t("The level you prepare for"))
TARGET_COMPANY = Setting("members.target_company", str, "", ("member",), t("The company you prepare for"))
WORDS_A_MINUTE = Setting("members.words_a_minute", int, 0, ("member",), t("Words you speak in a minute"))


async def allowance(session: AsyncSession, member: MemberId, now: datetime) -> Allowance:
    """The wishes of `member` with what was sent to them unprompted in the last two days."""
    wishes = await read_all(session, NOTIFICATION_SETTINGS, member=member)
    snoozed = wishes[SNOOZED_UNTIL.key]
    return Allowance(
        zone=await zone_of(session, member),
        quiet_from=time.fromisoformat(wishes[QUIET_FROM.key]),
        quiet_until=time.fromisoformat(wishes[QUIET_UNTIL.key]),
        days_off=frozenset(wishes[DAYS_OFF.key]),
        snoozed_until=date.fromisoformat(snoozed) if snoozed else None,
        sent=await _sent_lately(session, member, now),
    )


async def _sent_lately(session: AsyncSession, member: MemberId, now: datetime) -> Sequence[datetime]:
    moments = await session.scalars(
        select(Delivery.finished_at).where(
            Delivery.member_id == member,
            Delivery.unprompted.is_(True),
            Delivery.state == DeliveryState.POSTED,
            Delivery.finished_at >= now - timedelta(days=2),
        )
    )
    return [moment for moment in moments if moment is not None]


async def set_zone(session: AsyncSession, member: MemberId, zone: str, now: datetime) -> None:
    """Set the zone of `member`; `UserFacingError` with the nearest name for one that does not exist.

    Leaving it as it is chooses nothing: it goes on following the platform's profile.
    """
    row, chosen = await session.get_one(Member, member), zone_named(zone).key
    if chosen != await zone_of(session, member):
        await write(session, OWN_ZONE, "member", member, chosen, member, now)
        await change_zone(session, row, chosen, now)


def read_day(text: str) -> date:
    """A day written as 2026-12-31; a sentence where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise UserFacingError(t("{text} is not a day. Write it as 2026-12-31.", text=text)) from problem


def read_clock_time(text: str) -> time:
    """A time of day such as 09:30 or 9:30; a sentence where it is none."""
    try:
        hours, _, minutes = text.strip().partition(":")
        return time(int(hours), int(minutes or 0))
    except ValueError as problem:
        raise UserFacingError(t("{text} is not a time of day. Write it as 09:30.", text=text)) from problem
