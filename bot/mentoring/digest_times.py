"""When a mentor's weekly summary comes: a schedule of their own, in their zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.members.identity import zone_of
from bot.mentoring.records import mentees_agreed_with
from bot.mentoring.telling import DIGEST
from bot.outbox.nextrun import WallClockRule
from bot.outbox.schedules import pause, resume, schedule_of, set_schedule

FIRST_DAY, FIRST_TIME = 0, time(9)
"""Monday at nine, until the mentor says otherwise."""
LATE = timedelta(hours=20)
NOT_WANTED = "the mentor does not want it"


@dataclass(frozen=True, slots=True)
class DigestTime:
    """The weekday (Monday is 0) and the local time; `wanted` is False where it is switched off."""

    weekday: int
    at: time
    wanted: bool


async def start(ctx: Context, mentor: MemberId) -> None:
    """Give a mentor their weekly summary, unless they have, or have declined, one."""
    if await schedule_of(ctx.session, DIGEST, mentor) is None:
        await change(ctx, mentor, DigestTime(FIRST_DAY, FIRST_TIME, wanted=True))


async def stop_if_last(ctx: Context, mentor: MemberId) -> None:
    """Nothing is to be summed up for whoever mentors nobody any more."""
    if not await mentees_agreed_with(ctx.session, mentor):
        await forget(ctx.session, mentor)


async def forget(session: AsyncSession, mentor: MemberId) -> int:
    """Delete the schedule; how many there were."""
    schedule = await schedule_of(session, DIGEST, mentor)
    if schedule is not None:
        await session.delete(schedule)
        await session.flush()
    return int(schedule is not None)


async def change(ctx: Context, mentor: MemberId, wished: DigestTime) -> None:
    """Let it come at this local time from now on, or not at all."""
    rule = WallClockRule(await zone_of(ctx.session, mentor), wished.at, frozenset({wished.weekday}))
    schedule = await set_schedule(ctx.session, kind=DIGEST, subject_id=mentor, rule=rule, now=ctx.now, late=LATE)
    if not wished.wanted:
        pause(schedule, NOT_WANTED)
    elif schedule.paused:
        resume(schedule, ctx.now)


async def follow_zone(ctx: Context, mentor: MemberId) -> None:
    """Whoever has moved gets the next summary at the same time of their new day."""
    schedule = await schedule_of(ctx.session, DIGEST, mentor)
    if schedule is not None and schedule.zone != await zone_of(ctx.session, mentor):
        await change(ctx, mentor, await time_of(ctx.session, mentor))


async def time_of(session: AsyncSession, mentor: MemberId) -> DigestTime:
    """When a mentor's summary comes; the first setting where they have none."""
    schedule = await schedule_of(session, DIGEST, mentor)
    if schedule is None:
        return DigestTime(FIRST_DAY, FIRST_TIME, wanted=True)
    return DigestTime(schedule.weekdays[0], schedule.local_time, wanted=not schedule.paused)
