"""When things happen in a round: any zone, any start, the clock changes, holidays, moved deadlines, outages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outbox.zones import zone_named
from bot.review.moments import Moments, after_outage, days_later, moments, moved

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
GRACE = timedelta(hours=6)
STARTS = st.integers(1_704_067_200, 1_924_905_600).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""From 2024 to 2030, to the second."""


def in_order(found: Moments, start: datetime) -> bool:
    between = [found.last_call_at] if found.last_call_at is not None else []
    every = [start, found.half_at, *between, found.review_until, found.closes_at]
    return all(one < other for one, other in pairwise(every))


@settings(max_examples=150, deadline=None)
@given(STARTS, st.sampled_from(ZONES), st.integers(1, 14))
def test_timers_come_in_order_in_any_zone_whenever_a_round_starts(start: datetime, zone: str, days: int) -> None:
    assert in_order(moments(start, zone, days, GRACE, None), start)


@settings(max_examples=150, deadline=None)
@given(STARTS, st.sampled_from(ZONES), st.integers(1, 14))
def test_the_end_is_at_the_local_time_of_the_start_unless_the_clocks_skip_it(
    start: datetime, zone: str, days: int
) -> None:
    local = start.astimezone(zone_named(zone))
    end = moments(start, zone, days, GRACE, None).review_until.astimezone(zone_named(zone))
    if end.time() != local.time():
        before, after = (end - timedelta(seconds=1)).utcoffset(), end.utcoffset()
        a_second_earlier = (end.astimezone(UTC) - timedelta(seconds=1)).astimezone(end.tzinfo)
        assert a_second_earlier.utcoffset() != after or before != after
    assert (end.date() - local.date()).days >= days


def test_across_the_spring_change_the_window_is_an_hour_shorter_and_ends_at_the_same_wall_time() -> None:
    start = datetime(2030, 3, 29, 9, tzinfo=UTC)
    found = moments(start, "Europe/Berlin", 4, GRACE, None)
    assert found.review_until == datetime(2030, 4, 2, 8, tzinfo=UTC)
    assert found.half_at == datetime(2030, 3, 31, 8, tzinfo=UTC)


def test_across_the_autumn_change_the_window_is_an_hour_longer_and_ends_at_the_same_wall_time() -> None:
    start = datetime(2030, 10, 25, 8, tzinfo=UTC)
    found = moments(start, "Europe/Berlin", 4, GRACE, None)
    assert found.review_until == datetime(2030, 10, 29, 9, tzinfo=UTC)


def test_a_wall_time_that_is_skipped_becomes_the_first_moment_after_the_gap() -> None:
    start = datetime(2030, 3, 27, 1, 30, tzinfo=UTC)
    assert moments(start, "Europe/Berlin", 4, GRACE, None).review_until == datetime(2030, 3, 31, 1, tzinfo=UTC)


def test_holidays_are_no_days_for_reviewing() -> None:
    start = datetime(2029, 12, 23, 9, tzinfo=UTC)
    with_holidays = moments(start, "Europe/Berlin", 3, GRACE, "DE")
    assert with_holidays.review_until.date().isoformat() == "2029-12-28"


def test_a_round_of_two_days_has_one_reminder() -> None:
    start = datetime(2030, 3, 4, 9, tzinfo=UTC)
    assert moments(start, "UTC", 2, GRACE, None).last_call_at is None
    assert moments(start, "UTC", 3, GRACE, None).last_call_at == start + timedelta(days=2)


@settings(max_examples=100, deadline=None)
@given(STARTS, st.sampled_from(ZONES), st.integers(1, 14), st.integers(1, 14), st.floats(0, 1))
def test_a_moved_deadline_moves_what_is_to_come_and_nothing_behind(
    start: datetime, zone: str, days: int, more: int, part: float
) -> None:
    before = moments(start, zone, days, GRACE, None)
    now = start + part * (before.review_until - start)
    after = moved(before, start, zone, days_later(before.review_until, zone, more), now)
    assert after.review_until > before.review_until
    assert after.closes_at - after.review_until == GRACE
    assert after.half_at == before.half_at or before.half_at > now
    assert in_order(after, start)


@pytest.mark.parametrize("late", [timedelta(minutes=2), timedelta(minutes=59)])
def test_a_slow_worker_is_no_outage(late: timedelta) -> None:
    start = datetime(2030, 3, 4, 9, tzinfo=UTC)
    found = moments(start, "UTC", 4, GRACE, None)
    assert after_outage(found, start, found.half_at, found.half_at + late) is None


@settings(max_examples=100, deadline=None)
@given(st.floats(0.1, 30), st.sampled_from(["half_at", "last_call_at", "review_until"]))
def test_after_an_outage_over_a_moment_people_have_the_time_they_had_when_it_came(days: float, name: str) -> None:
    start = datetime(2030, 3, 4, 9, tzinfo=UTC)
    found = moments(start, "UTC", 4, GRACE, None)
    due = getattr(found, name)
    now = due + timedelta(days=days)
    until = after_outage(found, start, due, now)
    assert until is not None
    assert until - now >= max(found.review_until - due, timedelta(days=1))
