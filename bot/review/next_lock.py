"""When the answers of a programme are handed out next, and how a moderator puts that off."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.feature.context import Context
from bot.outbox import schedules
from bot.outbox.nextrun import next_run
from bot.outbox.queue import reschedule
from bot.outbox.zones import zone_named
from bot.review.moments import days_later
from bot.review.registering import LOCK, lock_at
from bot.review.rounds import collecting_round
from bot.review.steps import note
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.review import Cadence, ReviewProgramme, Round

FORTNIGHT_AT_LEAST = timedelta(days=10)
"""A weekly run that comes sooner after the last lock is the one a programme of every two weeks leaves out."""
PUT_OFF = "put off by a moderator"


async def is_off_week(session: AsyncSession, programme: ReviewProgramme, at: datetime) -> bool:
    """Whether a run at this moment is one that a programme of every two weeks leaves out."""
    if programme.cadence is not Cadence.FORTNIGHTLY:
        return False
    last = await session.scalar(
        select(Round.locked_at)
        .where(Round.programme_id == programme.id, Round.locked_at.is_not(None))
        .order_by(Round.number.desc())
        .limit(1)
    )
    zone = zone_named(programme.zone)
    return last is not None and at.astimezone(zone).date() - last.astimezone(zone).date() < FORTNIGHT_AT_LEAST


async def next_lock_at(context: Context, programme: ReviewProgramme) -> datetime | None:
    """When answers are handed out next by the calendar; None where they are counted or the rounds are paused."""
    if programme.paused:
        return None
    put_off_to = await _put_off_lock(context.session, programme, await collecting_round(context, programme))
    if put_off_to is not None:
        return put_off_to.due_at
    schedule = await schedules.schedule_of(context.session, LOCK, programme.id)
    at = schedule.next_run_at if schedule is not None else None
    while schedule is not None and at is not None and await is_off_week(context.session, programme, at):
        at = next_run(schedules.rule_of(schedule), at)
    return at


async def put_off(context: Context, programme: ReviewProgramme, days: int) -> datetime:
    """Take answers for so many days more before they are handed out; when that is.

    `UserFacingError` where no day stands in the calendar.
    """
    at = await next_lock_at(context, programme)
    if at is None:
        raise UserFacingError(
            t("These rounds are paused. Let them go on first.")
            if programme.paused
            else t("These rounds begin when enough answers have come in, so there is no day to put off.")
        )
    later = days_later(at, programme.zone, days)
    schedule = await schedules.schedule_of(context.session, LOCK, programme.id)
    while schedule is not None and schedule.next_run_at is not None and schedule.next_run_at <= later:
        day = schedule.next_run_at.astimezone(zone_named(schedule.zone)).date()
        schedules.skip_date(schedule, day, context.now)
    round = await collecting_round(context, programme)
    waiting = await _put_off_lock(context.session, programme, round)
    if waiting is not None:
        await reschedule(context.session, waiting.key, later)
    else:
        await lock_at(context, programme, round, later, once=f"put off:{later.isoformat()}")
    note(context, round, round.state, reason=PUT_OFF)
    return later


async def _put_off_lock(session: AsyncSession, programme: ReviewProgramme, round: Round) -> Delivery | None:
    """The lock of this very round that waits for its day."""
    return await session.scalar(
        select(Delivery)
        .where(
            Delivery.kind == LOCK,
            Delivery.subject_id == programme.id,
            Delivery.state == DeliveryState.WAITING,
            Delivery.key.startswith(f"{LOCK}:{round.id}:"),
        )
        .limit(1)
    )
