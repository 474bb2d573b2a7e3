from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.base.errors import UserFacingError
from bot.base.ids import WorkspaceId
from bot.outbox import schedules
from bot.outbox.nextrun import WORKING_DAYS, WallClockRule
from storage.engine import Database
from storage.tables.outbox import Delivery, DeliveryState, Schedule
from storage.tables.people import Workspace

MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
NINE_IN_BERLIN = WallClockRule("Europe/Berlin", time(9), WORKING_DAYS)
LATE = timedelta(hours=2)
DAY = timedelta(days=1)


async def new_schedule(database: Database, rule: WallClockRule = NINE_IN_BERLIN) -> WorkspaceId:
    async with database.write_everywhere() as session:
        workspace = Workspace(name="Rowan", created_at=MONDAY)
        session.add(workspace)
    async with database.write(workspace.id) as session:
        await schedules.set_schedule(
            session, kind="question", subject_id="p1", rule=rule, now=MONDAY, late=LATE, audience={"channel": "c1"}
        )
    return workspace.id


async def fire(database: Database, now: datetime) -> int:
    async with database.write_everywhere() as session:
        due, broken = await schedules.fire_due_schedules(session, now)
    assert not broken
    return due


async def deliveries(database: Database) -> list[Delivery]:
    async with database.read_everywhere() as session:
        return list(await session.scalars(select(Delivery).order_by(Delivery.due_at)))


async def the_schedule(database: Database) -> Schedule:
    async with database.read_everywhere() as session:
        return (await session.scalars(select(Schedule))).one()


async def test_a_due_schedule_makes_one_delivery_and_moves_on(database: Database) -> None:
    workspace = await new_schedule(database)
    assert await fire(database, MONDAY + timedelta(minutes=59)) == 0
    assert await fire(database, MONDAY + timedelta(hours=1)) == 1
    assert await fire(database, MONDAY + timedelta(hours=1)) == 0
    (made,) = await deliveries(database)
    assert (made.workspace_id, made.kind, made.subject_id) == (workspace, "question", "p1")
    assert (made.payload, made.audience) == ({"local_date": "2026-03-02"}, {"channel": "c1"})
    assert (made.state, made.due_at) == (DeliveryState.WAITING, MONDAY + timedelta(hours=1))
    assert (await the_schedule(database)).next_run_at == MONDAY + timedelta(days=1, hours=1)


async def test_two_runs_of_one_moment_cannot_both_be_stored(database: Database) -> None:
    workspace = await new_schedule(database)
    schedule = await the_schedule(database)

    async def store(key: str) -> None:
        async with database.write(workspace) as session:
            session.add(Delivery(kind="question", subject_id="p1", key=key, schedule_id=schedule.id, due_at=MONDAY))

    await store("one")
    with pytest.raises(IntegrityError):
        await store("two")


async def test_after_an_outage_only_the_latest_run_is_made_up_for(database: Database) -> None:
    await new_schedule(database)
    assert await fire(database, MONDAY + 3 * DAY + timedelta(hours=2)) == 1
    *missed, latest = await deliveries(database)
    assert [row.state for row in missed] == [DeliveryState.SKIPPED] * 3
    assert {row.reason for row in missed} == {schedules.REPLACED}
    assert (latest.state, latest.payload) == (DeliveryState.WAITING, {"local_date": "2026-03-05"})


async def test_a_run_missed_by_more_than_the_late_window_is_skipped_with_a_reason(database: Database) -> None:
    await new_schedule(database)
    await fire(database, MONDAY + timedelta(hours=1) + LATE + timedelta(seconds=1))
    (missed,) = await deliveries(database)
    assert (missed.state, missed.reason) == (DeliveryState.SKIPPED, schedules.MISSED)
    assert missed.finished_at is not None
    assert (await the_schedule(database)).next_run_at == MONDAY + timedelta(days=1, hours=1)


async def test_a_run_exactly_at_the_end_of_the_late_window_still_happens(database: Database) -> None:
    await new_schedule(database)
    await fire(database, MONDAY + timedelta(hours=1) + LATE)
    (made,) = await deliveries(database)
    assert made.state is DeliveryState.WAITING


@given(ticks=st.lists(st.integers(0, 14 * 24 * 60), min_size=1, max_size=6).map(sorted))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_however_the_ticks_fall_every_date_has_one_record_and_there_is_no_burst(
    database: Database, ticks: list[int]
) -> None:
    workspace = await new_schedule(database)
    burst = 0
    for tick in ticks:
        now = MONDAY + timedelta(minutes=tick)
        waiting_before = len([row for row in await _of(database, workspace) if row.finished_at is None])
        await fire(database, now)
        rows = await _of(database, workspace)
        burst = max(burst, len([row for row in rows if row.finished_at is None]) - waiting_before)
    dates = [row.payload["local_date"] for row in rows]
    due = [MONDAY + n * DAY + timedelta(hours=1) for n in range(15)]
    assert dates == [at.date().isoformat() for at in due if at <= now and at.weekday() < 5]
    assert burst <= 1


async def _of(database: Database, workspace: WorkspaceId) -> list[Delivery]:
    async with database.read(workspace) as session:
        return list(await session.scalars(select(Delivery).order_by(Delivery.due_at)))


async def test_a_paused_schedule_makes_nothing_and_does_not_catch_up(database: Database) -> None:
    workspace = await new_schedule(database)
    async with database.write(workspace) as session:
        schedule = await schedules.schedule_of(session, "question", "p1")
        assert schedule is not None
        schedules.pause(schedule, "the channel was archived")
    assert await fire(database, MONDAY + 2 * DAY) == 0
    async with database.write(workspace) as session:
        schedule = await schedules.schedule_of(session, "question", "p1")
        assert schedule is not None
        schedules.resume(schedule, MONDAY + 2 * DAY)
    assert await fire(database, MONDAY + 2 * DAY + timedelta(hours=1)) == 1
    assert [row.payload["local_date"] for row in await deliveries(database)] == ["2026-03-04"]


async def test_a_skipped_date_has_no_run(database: Database) -> None:
    workspace = await new_schedule(database)
    async with database.write(workspace) as session:
        schedule = await schedules.schedule_of(session, "question", "p1")
        assert schedule is not None
        schedules.skip_date(schedule, date(2026, 3, 2), MONDAY)
    await fire(database, MONDAY + DAY + timedelta(hours=1))
    assert [row.payload["local_date"] for row in await deliveries(database)] == ["2026-03-03"]


async def test_a_rule_changed_after_todays_run_does_not_run_again_today(database: Database) -> None:
    workspace = await new_schedule(database)
    await fire(database, MONDAY + timedelta(hours=1))
    noon = WallClockRule("Europe/Berlin", time(12), WORKING_DAYS)
    async with database.write(workspace) as session:
        await schedules.set_schedule(
            session, kind="question", subject_id="p1", rule=noon, now=MONDAY + timedelta(hours=2), late=LATE
        )
    await fire(database, MONDAY + timedelta(hours=5))
    assert [row.payload["local_date"] for row in await deliveries(database)] == ["2026-03-02"]
    await fire(database, MONDAY + DAY + timedelta(hours=5))
    assert [row.payload["local_date"] for row in await deliveries(database)] == ["2026-03-02", "2026-03-03"]


async def test_a_run_missed_this_morning_can_be_moved_to_this_afternoon(database: Database) -> None:
    workspace = await new_schedule(database)
    afternoon = MONDAY + timedelta(hours=6)
    await fire(database, afternoon)
    four = WallClockRule("Europe/Berlin", time(16), WORKING_DAYS)
    async with database.write(workspace) as session:
        await schedules.set_schedule(session, kind="question", subject_id="p1", rule=four, now=afternoon, late=LATE)
    await fire(database, MONDAY + timedelta(hours=8))
    states = [(row.payload["local_date"], row.state) for row in await deliveries(database)]
    assert states == [("2026-03-02", DeliveryState.SKIPPED), ("2026-03-02", DeliveryState.WAITING)]


async def test_a_schedule_whose_zone_is_gone_is_paused_and_does_not_hold_up_the_others(
    database: Database,
) -> None:
    workspace = await new_schedule(database)
    async with database.write(workspace) as session:
        schedule = await schedules.schedule_of(session, "question", "p1")
        assert schedule is not None
        schedule.zone = "Europe/Atlantis"
    await new_schedule(database)
    assert await fire(database, MONDAY + timedelta(hours=1)) == 2
    assert [row.workspace_id for row in await deliveries(database)] != [workspace]
    async with database.read(workspace) as session:
        broken = await schedules.schedule_of(session, "question", "p1")
    assert broken is not None
    assert broken.paused
    assert "no time zone" in (broken.paused_reason or "")


async def test_a_rule_that_cannot_be_followed_is_refused(database: Database) -> None:
    with pytest.raises(UserFacingError, match="no time zone"):
        await new_schedule(database, WallClockRule("Berlin", time(9)))


async def test_the_rule_comes_back_as_it_was_set(database: Database) -> None:
    rule = WallClockRule("America/New_York", time(8, 45), frozenset({0, 6}), "US-NY", frozenset({date(2026, 5, 1)}))
    await new_schedule(database, rule)
    assert schedules.rule_of(await the_schedule(database)) == rule


async def test_a_schedule_that_cannot_be_read_keeps_no_other_from_its_run(database: Database) -> None:
    broken_in = await new_schedule(database)
    async with database.write(broken_in) as session:
        broken = (await session.scalars(select(Schedule))).one()
        broken.skip_dates = ["the day after tomorrow"]
    whole_in = await new_schedule(database)
    async with database.write_everywhere() as session:
        due, found = await schedules.fire_due_schedules(session, MONDAY + timedelta(hours=1))
    assert due == 2
    assert [(each.id, each.workspace, each.kind) for each in found] == [(broken.id, broken_in, "question")]
    assert [made.workspace_id for made in await deliveries(database)] == [whole_in]
    async with database.read(broken_in) as session:
        paused = (await session.scalars(select(Schedule))).one()
        assert (paused.paused, paused.paused_reason, paused.next_run_at) == (True, schedules.BROKEN, None)
    assert await fire(database, MONDAY + timedelta(hours=2)) == 0
