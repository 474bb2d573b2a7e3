"""Nobody is flooded: when one more unprompted message may go out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.members.notifications import UNPROMPTED_A_DAY, Allowance, when_allowed

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Santiago")
MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

FIRST, LAST = datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-31")
"""Naive on purpose: hypothesis adds the zone."""
moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
wishes = st.builds(
    Allowance,
    zone=st.sampled_from(ZONES),
    quiet_from=st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    quiet_until=st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    days_off=st.frozensets(st.integers(0, 6), max_size=6),
    snoozed_until=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)


def test_a_message_goes_out_at_once_when_nothing_speaks_against_it() -> None:
    assert when_allowed(Allowance(), MONDAY_NOON) == MONDAY_NOON


def test_quiet_hours_over_midnight_postpone_to_their_end() -> None:
    berlin = Allowance(zone="Europe/Berlin", quiet_from=time(21), quiet_until=time(8))
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    assert when_allowed(berlin, late) == datetime(2026, 11, 24, 7, tzinfo=UTC)


def test_quiet_hours_within_a_day_postpone_to_their_end() -> None:
    siesta = Allowance(quiet_from=time(11), quiet_until=time(14))
    assert when_allowed(siesta, MONDAY_NOON) == datetime(2026, 11, 23, 14, tzinfo=UTC)


def test_equal_times_mean_no_quiet_hours() -> None:
    midnight = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    assert when_allowed(Allowance(quiet_from=time(0), quiet_until=time(0)), midnight) == midnight


def test_the_fourth_message_of_a_local_day_waits_for_the_end_of_the_next_quiet_hours() -> None:
    sent = [MONDAY_NOON - timedelta(hours=hours) for hours in (1, 2, 3)]
    assert when_allowed(Allowance(sent=sent), MONDAY_NOON) == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_messages_of_yesterday_do_not_count() -> None:
    sent = [MONDAY_NOON - timedelta(days=1, hours=hours) for hours in (1, 2, 3)]
    assert when_allowed(Allowance(sent=sent), MONDAY_NOON) == MONDAY_NOON


def test_a_week_without_a_free_day_is_refused() -> None:
    with pytest.raises(ValueError, match="a day that is not off"):
        when_allowed(Allowance(days_off=frozenset(range(7))), MONDAY_NOON)


@settings(max_examples=200, deadline=None)
@given(wishes, moments)
def test_the_moment_found_is_not_before_now_and_breaks_no_wish(allowance: Allowance, now: datetime) -> None:
    at = when_allowed(allowance, now)
    local = at.astimezone(ZoneInfo(allowance.zone))
    assert at >= now
    assert local.weekday() not in allowance.days_off
    assert allowance.snoozed_until is None or local.date() >= allowance.snoozed_until
    begin, end, clock = allowance.quiet_from, allowance.quiet_until, local.time()
    quiet = begin <= clock < end if begin <= end else clock >= begin or clock < end
    assert not quiet


@settings(max_examples=100, deadline=None)
@given(wishes, moments, st.lists(st.timedeltas(timedelta(), timedelta(hours=30)), max_size=8))
def test_no_local_day_gets_more_than_the_limit(allowance: Allowance, now: datetime, ages: list[timedelta]) -> None:
    sent = [now - age for age in ages]
    at = when_allowed(Allowance(zone=allowance.zone, sent=sent), now)
    zone = ZoneInfo(allowance.zone)
    day = at.astimezone(zone).date()
    assert sum(moment.astimezone(zone).date() == day for moment in sent) < UNPROMPTED_A_DAY
