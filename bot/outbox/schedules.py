"""Schedules: rules kept in rows, and the deliveries that due ones make.

Every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import WorkspaceId
from bot.outbox.nextrun import Run, WallClockRule, next_run, runs
from storage.once import insert_once
from storage.tables.outbox import Delivery, DeliveryState, Schedule

ZONE_CHANGE = timedelta(hours=3)
"""How far a run may have moved since it was computed, by newer time zone data; runs lie further apart than this."""
MISSED = "missed: Starling was not running in time"
REPLACED = "missed: a later run took its place"
BROKEN = "Starling cannot read when this is due. Set its time anew."


def rule_of(schedule: Schedule) -> WallClockRule:
    """The rule that a schedule's columns hold."""
    return WallClockRule(
        zone=schedule.zone,
        local_time=schedule.local_time,
        weekdays=frozenset(schedule.weekdays),
        holidays=schedule.holidays,
        skip_dates=frozenset(date.fromisoformat(day) for day in schedule.skip_dates),
    )


async def schedule_of(session: AsyncSession, kind: str, subject_id: str) -> Schedule | None:
    """The schedule of a subject, where it has one."""
    return await session.scalar(select(Schedule).where(Schedule.kind == kind, Schedule.subject_id == subject_id))


async def set_schedule(
    session: AsyncSession,
    *,
    kind: str,
    subject_id: str,
    rule: WallClockRule,
    now: datetime,
    late: timedelta,
    audience: Mapping[str, Any] | None = None,
) -> Schedule:
    """Give a subject its schedule, or change the rule of the one it has; the next run is the first after `now`.

    `late` is how late a missed run may still happen. A paused schedule stays paused. Raises `UserFacingError`
    for a rule that cannot be followed.
    """
    rule.check()
    schedule = await schedule_of(session, kind, subject_id)
    if schedule is None:
        schedule = Schedule(kind=kind, subject_id=subject_id, created_at=now, paused=False)
        session.add(schedule)
    schedule.audience = dict(audience or {})
    schedule.late_seconds = int(late.total_seconds())
    schedule.zone, schedule.local_time, schedule.holidays = rule.zone, rule.local_time, rule.holidays
    schedule.weekdays = sorted(rule.weekdays)
    schedule.skip_dates = sorted(day.isoformat() for day in rule.skip_dates)
    schedule.next_run_at = None if schedule.paused else next_run(rule, now)
    await session.flush()
    return schedule


def pause(schedule: Schedule, reason: str) -> None:
    """Make no deliveries until it is resumed; those already made stay."""
    schedule.paused, schedule.paused_reason, schedule.next_run_at = True, reason, None


def resume(schedule: Schedule, now: datetime) -> None:
    """Go on with the first run after `now`: what fell into the pause is not made up for."""
    schedule.paused, schedule.paused_reason = False, None
    schedule.next_run_at = next_run(rule_of(schedule), now)


def skip_date(schedule: Schedule, day: date, now: datetime) -> None:
    """Make no delivery on this local date."""
    schedule.skip_dates = sorted({*schedule.skip_dates, day.isoformat()})
    if not schedule.paused:
        schedule.next_run_at = next_run(rule_of(schedule), now)


@dataclass(frozen=True, slots=True)
class BrokenSchedule:
    """A schedule that could not be followed for a reason nobody foresaw, and is paused."""

    id: str
    workspace: WorkspaceId
    kind: str
    problem: Exception


async def fire_due_schedules(
    session: AsyncSession, now: datetime, limit: int = 100
) -> tuple[int, Sequence[BrokenSchedule]]:
    """Turn due runs into deliveries and move each schedule on; how many were due, and which of them are broken.

    For the runtime, over all workspaces. After an outage a schedule makes one delivery at most: for the latest
    missed run, if it is no later than the schedule allows. The other missed runs are recorded as skipped, so
    there is never a burst and never a gap without a reason. A schedule whose rule cannot be followed any more
    (its zone is gone) is paused with the sentence that says why. One that cannot even be read is paused too, and
    keeps no other from its run.
    """
    due = await session.execute(
        select(Schedule.id, Schedule.workspace_id, Schedule.kind)
        .where(Schedule.next_run_at <= now, Schedule.paused.is_(False))
        .order_by(Schedule.next_run_at, Schedule.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = due.all()
    broken = []
    for schedule_id, workspace, kind in rows:
        try:
            async with session.begin_nested():
                await _fire_one(session, schedule_id, now)
        except Exception as problem:
            broken.append(BrokenSchedule(schedule_id, workspace, kind, problem))
            await session.execute(
                update(Schedule)
                .where(Schedule.id == schedule_id)
                .values(paused=True, paused_reason=BROKEN, next_run_at=None),
                execution_options={"synchronize_session": False},
            )
    return len(rows), broken


async def _fire_one(session: AsyncSession, schedule_id: str, now: datetime) -> None:
    schedule = await session.get_one(Schedule, schedule_id)
    try:
        await _fire(session, schedule, now)
    except UserFacingError as error:
        pause(schedule, str(error))


async def _fire(session: AsyncSession, schedule: Schedule, now: datetime) -> None:
    if schedule.next_run_at is None:
        return
    missed: list[Run] = []
    following = None
    for run in runs(rule_of(schedule), schedule.next_run_at - ZONE_CHANGE):
        if run.at > now:
            following = run.at
            break
        missed.append(run)
    schedule.next_run_at = following
    if not missed:
        return
    *earlier, latest = missed
    in_time = now - latest.at <= timedelta(seconds=schedule.late_seconds)
    for run in earlier:
        await _record_missed(session, schedule, run, now, REPLACED if in_time else MISSED)
    if in_time:
        await _insert(session, schedule, latest, f"{schedule.id}:{latest.day.isoformat()}")
    else:
        await _record_missed(session, schedule, latest, now, MISSED)


async def _record_missed(session: AsyncSession, schedule: Schedule, run: Run, now: datetime, reason: str) -> None:
    # A key of its own: a rule changed to a later time that day may still make the date's delivery.
    key = f"{schedule.id}:{run.at.isoformat()}:missed"
    await _insert(session, schedule, run, key, state=DeliveryState.SKIPPED, reason=reason, finished_at=now)


async def _insert(session: AsyncSession, schedule: Schedule, run: Run, key: str, **ended: Any) -> None:
    """Nothing happens where the date has its delivery already, as when the rule's time was changed after it."""
    values = {
        "workspace_id": schedule.workspace_id,
        "schedule_id": schedule.id,
        "kind": schedule.kind,
        "subject_id": schedule.subject_id,
        "payload": {"local_date": run.day.isoformat()},
        "audience": schedule.audience,
        "key": key,
        "due_at": run.at,
    }
    await insert_once(session, Delivery, values | ended)
