"""Streaks by local day, with freezes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.mentoring.streaks import DAYS_FOR_A_FREEZE, MOST_FREEZES, Streak, ZoneHistory, streak_of

MONDAY = date(2030, 3, 4)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Kiritimati",
         "America/Los_Angeles", "Australia/Lord_Howe")  # fmt: skip
zones = st.sampled_from(ZONES)
days = st.dates(date(2030, 1, 1), date(2030, 12, 31))


def row(count: int, start: date = MONDAY) -> list[date]:
    return [start + timedelta(days=number) for number in range(count)]


def after(count: int) -> date:
    return MONDAY + timedelta(days=count)


def test_whoever_never_practised_has_no_streak() -> None:
    assert streak_of([], MONDAY) == Streak()


def test_today_is_missed_only_once_it_is_over() -> None:
    assert streak_of(row(3), after(3)) == Streak(3, 3, 0, today=False)
    assert streak_of(row(3), after(4)).days == 0


def test_several_answers_on_a_day_count_once() -> None:
    assert streak_of([MONDAY, MONDAY, MONDAY], MONDAY) == Streak(1, 1, 0, today=True)


def test_a_week_earns_a_freeze_and_a_missed_day_uses_it() -> None:
    week = row(DAYS_FOR_A_FREEZE)
    assert streak_of(week, after(7)).freezes == 1
    assert streak_of(week, after(8)) == Streak(7, 7, 0)
    assert streak_of(week, after(9)) == Streak(0, 7, 0)
    assert streak_of([*week, after(8)], after(8)).days == 8


def test_no_more_than_two_freezes_are_kept() -> None:
    assert streak_of(row(60), after(59)).freezes == MOST_FREEZES


def test_a_broken_streak_takes_its_freezes_with_it() -> None:
    assert streak_of([*row(14), after(20)], after(20)) == Streak(1, 14, 0, today=True)


def test_days_off_neither_count_nor_cost() -> None:
    workdays = [day for day in row(12) if day.weekday() < 5]
    assert streak_of(workdays, after(11), lambda day: day.weekday() >= 5).days == 10
    assert streak_of(workdays, after(11)).days == 5


@settings(max_examples=100, deadline=None)
@given(st.sets(days, max_size=60), days)
def test_a_streak_never_says_more_than_was_practised(practised: set[date], today: date) -> None:
    streak = streak_of(practised, today)
    assert 0 <= streak.days <= streak.longest <= len(practised)
    assert 0 <= streak.freezes <= MOST_FREEZES


@settings(max_examples=100, deadline=None)
@given(st.sets(days, min_size=1, max_size=40))
def test_practising_today_never_makes_a_streak_shorter(practised: set[date]) -> None:
    today = max(practised) + timedelta(days=1)
    assert streak_of({*practised, today}, today).days == streak_of(practised, today).days + 1


@settings(max_examples=100, deadline=None)
@given(st.sets(days, min_size=1, max_size=40), st.integers(0, 6))
def test_a_day_off_never_breaks_what_would_have_held(practised: set[date], weekday: int) -> None:
    today = max(practised)
    assert streak_of(practised, today, lambda d: d.weekday() == weekday).longest >= streak_of(practised, today).longest


@settings(max_examples=100, deadline=None)
@given(zones, days, st.integers(1, 40), st.lists(st.times(), min_size=40, max_size=40))
def test_daylight_saving_breaks_no_streak_at_whatever_hours_one_practises(
    zone: str, start: date, count: int, hours: list[time]
) -> None:
    local = [datetime.combine(day, hour, ZoneInfo(zone)) for day, hour in zip(row(count, start), hours, strict=False)]
    # An hour that the clocks skip is read as the same moment by whoever answers then.
    moments = [moment.astimezone(UTC) for moment in local]
    history = ZoneHistory(zone)
    practised = {history.day_of(moment) for moment in moments}
    assert streak_of(practised, max(practised)).days == count


@settings(max_examples=100, deadline=None)
@given(zones, zones, days, st.integers(2, 30), st.data())
def test_moving_to_another_zone_breaks_no_streak(
    home: str, away: str, start: date, count: int, data: st.DataObject
) -> None:
    """Whoever practises each evening at eight, where they are, keeps their streak wherever they move by day."""
    moved = data.draw(st.integers(1, count - 1))
    days_there = row(count, start)
    moments = [
        datetime.combine(day, time(20), ZoneInfo(home if number < moved else away)).astimezone(UTC)
        for number, day in enumerate(days_there)
    ]
    last_at_home, first_away = moments[moved - 1], moments[moved]
    # Eastwards over the date line the evening after comes before the evening at home is over: nobody lives both.
    assume(last_at_home < first_away)
    changed = last_at_home + (first_away - last_at_home) / 2
    history = ZoneHistory(away, ((moments[0] - timedelta(days=1), home), (changed, away)))
    practised = {history.day_of(moment) for moment in moments}
    assert streak_of(practised, days_there[-1]).days == count


ACROSS_THE_DATE_LINE = (*ZONES, "Pacific/Pago_Pago", "Pacific/Honolulu")
LEG = st.tuples(st.floats(0.1, 10.9), st.sampled_from(ACROSS_THE_DATE_LINE), st.floats(0.1, 10.9))
"""Hours until somebody is in a zone, and hours until they practise there: never a day without."""
Journey = list[tuple[float, str, float]]


def travelled(journey: Journey) -> tuple[ZoneHistory, list[datetime], list[date]]:
    """The zones of a journey, the moments of practice, and the day each was counted for when it was."""
    now, changes = datetime(2030, 3, 4, 12, tzinfo=UTC), [(datetime(2030, 3, 4, 11, tzinfo=UTC), "Pacific/Auckland")]
    moments, counted = [], []
    for hours, zone, more in journey:
        now += timedelta(hours=hours)
        changes.append((now, zone))
        now += timedelta(hours=more)
        moments.append(now)
        counted.append(ZoneHistory(zone, tuple(changes)).day_of(now))
    return ZoneHistory(changes[-1][1], tuple(changes)), moments, counted


@settings(max_examples=200, deadline=None)
@given(st.lists(LEG, min_size=1, max_size=30))
def test_a_day_that_was_counted_stays_the_day_it_was_wherever_one_travels(journey: Journey) -> None:
    history, moments, counted = travelled(journey)
    assert [history.day_of(moment) for moment in moments] == counted


@settings(max_examples=200, deadline=None)
@given(st.lists(LEG, min_size=1, max_size=30))
def test_whoever_practises_each_day_of_a_journey_never_sees_their_streak_go_back(journey: Journey) -> None:
    said = 0
    for legs in range(1, len(journey) + 1):
        history, moments, counted = travelled(journey[:legs])
        streak = streak_of(counted, history.day_of(moments[-1]), history.cut_short)
        assert streak.days >= said
        said = streak.days


def test_a_day_that_a_flight_over_the_date_line_leaves_out_is_not_missed() -> None:
    evening = datetime(2030, 3, 5, 6, tzinfo=UTC)
    history = ZoneHistory(
        "Pacific/Kiritimati",
        ((evening - timedelta(days=9), "Pacific/Honolulu"), (evening + timedelta(hours=5), "Pacific/Kiritimati")),
    )
    assert history.day_of(evening) == MONDAY
    there = history.day_of(evening + timedelta(hours=20))
    assert there == after(2), "Tuesday was over on the island before it began in the air"
    assert history.cut_short(after(1))
    assert streak_of([*row(3, after(-2)), there], there, history.cut_short).days == 4
    assert streak_of([*row(3, after(-2)), there], there).days == 1


def test_without_its_history_an_evening_counts_in_the_zone_of_now() -> None:
    evening = datetime(2030, 3, 4, 22, 0, tzinfo=UTC)
    assert ZoneHistory("UTC").day_of(evening) == MONDAY
    assert ZoneHistory("Asia/Tokyo").day_of(evening) == after(1)
    moved_later = ZoneHistory(
        "Asia/Tokyo", ((evening - timedelta(days=9), "UTC"), (evening + timedelta(days=1), "Asia/Tokyo"))
    )
    assert moved_later.day_of(evening) == MONDAY
