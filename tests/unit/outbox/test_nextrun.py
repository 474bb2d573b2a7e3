from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.errors import UserFacingError
from bot.outbox.nextrun import WORKING_DAYS, WallClockRule, first_moment, next_run, run_of, runs
from bot.outbox.zones import zone_named, zone_names
from tests.bench.nextrun import FIRST, LAST, Period, actual_runs, expected_runs, periods

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
zones = st.sampled_from(sorted(zone_names()))
days = st.dates(date(1970, 1, 3), date(2050, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def moment(zone: str, day: str, at: str) -> str | None:
    found = first_moment(zone_named(zone), date.fromisoformat(day), time.fromisoformat(at))
    return None if found is None else f"{found.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %z}"


def test_a_time_that_exists_once_is_that_moment() -> None:
    assert moment("Europe/Berlin", "2026-07-01", "09:00") == "2026-07-01 09:00 +0200"


def test_a_time_that_the_clocks_skip_becomes_the_first_moment_after_the_gap() -> None:
    assert moment("America/New_York", "2026-03-08", "02:30") == "2026-03-08 03:00 -0400"
    assert moment("Australia/Lord_Howe", "2026-10-04", "02:10") == "2026-10-04 02:30 +1100"


def test_midnight_that_the_clocks_skip_is_still_the_run_of_that_date() -> None:
    assert moment("Africa/Cairo", "2026-04-24", "00:00") == "2026-04-24 01:00 +0300"
    assert moment("America/Santiago", "2026-09-06", "00:30") == "2026-09-06 01:00 -0300"


def test_a_time_that_comes_twice_runs_the_first_time() -> None:
    assert moment("America/New_York", "2026-11-01", "01:30") == "2026-11-01 01:30 -0400"


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21")])
def test_a_date_that_a_zone_left_out_has_no_run(zone: str, day: str) -> None:
    assert moment(zone, day, "09:00") is None
    before = datetime.fromisoformat(f"{day}T00:00:00+00:00") - 2 * DAY
    around = [run.day.isoformat() for run, _ in zip(runs(WallClockRule(zone, time(9)), before), range(4), strict=False)]
    assert day not in around


def test_a_rule_runs_on_its_weekdays_only() -> None:
    rule = WallClockRule("Europe/Berlin", time(9), WORKING_DAYS)
    friday_evening = datetime(2026, 3, 6, 18, tzinfo=UTC)
    assert next_run(rule, friday_evening) == datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_the_next_run_is_later_than_the_moment_asked_from() -> None:
    rule = WallClockRule("Europe/Berlin", time(9))
    run = datetime(2026, 3, 6, 8, tzinfo=UTC)
    assert next_run(rule, run - MINUTE) == run
    assert next_run(rule, run) == run + DAY


def test_holidays_of_a_country_and_of_its_parts_have_no_run() -> None:
    corpus_christi = date(2026, 6, 4)
    assert run_of(WallClockRule("Europe/Berlin", time(9), holidays="DE"), corpus_christi) is not None
    assert run_of(WallClockRule("Europe/Berlin", time(9), holidays="DE-BY"), corpus_christi) is None
    assert run_of(WallClockRule("Europe/Berlin", time(9), holidays="DE"), date(2026, 12, 25)) is None


def test_skipped_dates_have_no_run() -> None:
    rule = WallClockRule("Europe/Berlin", time(9), skip_dates=frozenset({date(2026, 3, 6)}))
    assert run_of(rule, date(2026, 3, 6)) is None
    assert next_run(rule, datetime(2026, 3, 5, 12, tzinfo=UTC)) == datetime(2026, 3, 7, 8, tzinfo=UTC)


def test_a_rule_that_selects_nothing_has_no_next_run() -> None:
    assert next_run(WallClockRule("Europe/Berlin", time(9), frozenset()), datetime(2026, 3, 5, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (WallClockRule("Europe/Berlim", time(9)), 'There is no time zone called "{name}"'),
        (WallClockRule("../etc/passwd", time(9)), 'There is no time zone called "{name}"'),
        (WallClockRule("", time(9)), 'There is no time zone called "{name}"'),
        (WallClockRule("UTC", time(9), holidays="Atlantis"), 'No holidays are known for "{name}"'),
        (WallClockRule("UTC", time(9), holidays="DE-XX"), 'No holidays are known for "{part}" in {country}'),
        (WallClockRule("UTC", time(9), frozenset()), "Choose at least one day of the week."),
    ],
)
def test_a_rule_that_cannot_be_followed_says_what_to_do(rule: WallClockRule, sentence: str) -> None:
    with pytest.raises(UserFacingError) as refusal:
        rule.check()
    assert refusal.value.text.source.startswith(sentence)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Berln", "Europe/Berlin"), ("new york", "America/New_York"), ("europe/london", "Europe/London")],
)
def test_an_unknown_zone_is_answered_with_the_nearest_one(typed: str, meant: str) -> None:
    with pytest.raises(UserFacingError) as refusal:
        zone_named(typed)
    assert refusal.value.text.values["example"] == meant


@given(zone=zones, day=days, at=times)
@settings(max_examples=150, deadline=None)
def test_a_run_is_the_first_moment_at_which_clocks_have_reached_its_time(zone: str, day: date, at: time) -> None:
    there = ZoneInfo(zone)
    wall = datetime.combine(day, at)

    def shown(instant: datetime) -> datetime:
        return instant.astimezone(there).replace(tzinfo=None)

    run = first_moment(there, day, at)
    if run is None:
        around = datetime.combine(day, time(12), UTC)
        assert all(shown(around + n * MINUTE).date() != day for n in range(-40 * 60, 40 * 60))
        return
    assert shown(run) >= wall
    assert all(shown(run - n * MINUTE) < wall for n in range(1, 26 * 60))
    assert shown(run) == wall or shown(run - timedelta(seconds=1)) < wall


@given(
    zone=zones,
    at=times,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    skipped=st.frozensets(st.integers(0, 40), max_size=10),
    first=days,
    minutes=st.integers(0, 24 * 60),
)
@settings(max_examples=150, deadline=None)
def test_runs_follow_each_other_one_for_every_selected_date(
    zone: str, at: time, weekdays: frozenset[int], skipped: frozenset[int], first: date, minutes: int
) -> None:
    rule = WallClockRule(zone, at, weekdays, skip_dates=frozenset(first + n * DAY for n in skipped))
    after = datetime.combine(first, time(), UTC) + minutes * MINUTE
    until = after + 40 * DAY
    wanted = [run_of(rule, first + n * DAY) for n in range(-3, 45)]
    expected = [run for run in wanted if run is not None and after < run <= until]
    found: list[datetime] = []
    run = next_run(rule, after)
    while run is not None and run <= until:
        found.append(run)
        run = next_run(rule, run)
    assert found == expected
    assert found == sorted(set(found))


def _zones_by_behaviour() -> dict[tuple[Period, ...], list[str]]:
    alike: dict[tuple[Period, ...], list[str]] = {}
    for zone in sorted(zone_names()):
        alike.setdefault(periods(ZoneInfo(zone)), []).append(zone)
    return alike


def test_every_zone_has_exactly_one_run_for_every_date_of_two_years() -> None:
    """Every zone; on days near a change of clocks every quarter hour, on all days some times of the day.

    Zones that keep the same offsets throughout are one case. The long form is tests/bench/nextrun.py.
    """
    quarter_hours = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
    behaviours = _zones_by_behaviour()
    assert sum(len(zones_alike) for zones_alike in behaviours.values()) > 400
    for kept, (zone, *_) in behaviours.items():
        for at in (time(0), time(2, 30), time(23, 59)):
            found = actual_runs(zone, at, FIRST, LAST)
            assert len(found) == 730
            assert found == expected_runs(kept, at, FIRST, LAST), zone
        for change in (period.start.date() for period in kept[1:]):
            near = (max(change - 2 * DAY, FIRST), min(change + 2 * DAY, LAST))
            for at in quarter_hours:
                assert actual_runs(zone, at, *near) == expected_runs(kept, at, *near), (zone, at)
