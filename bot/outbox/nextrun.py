"""When a wall-clock rule runs: exactly once for every selected local date, whatever daylight saving does.

The run of a date is the first moment at which the zone's clock has reached the rule's time on that date:

- the time exists once: that moment;
- it exists twice, since clocks were set back: the first of the two;
- it does not exist, since clocks were set forward: the first moment after the gap;
- the whole date does not exist, since the zone crossed the date line (Samoa, 30 December 2011): no run, because
  nobody there lived that date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.outbox.calendars import check_calendar, is_holiday
from bot.outbox.zones import zone_named

EVERY_DAY = frozenset(range(7))
WORKING_DAYS = frozenset(range(5))
HORIZON_DAYS = 1100
"""How far ahead a run is looked for: past that the rule has no further run."""
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WallClockRule:
    """At `local_time` in `zone` on these weekdays (Monday is 0), except on holidays and skipped dates.

    `holidays` names a calendar (`bot.outbox.calendars`). `check()` says in a sentence what is wrong with it.
    """

    zone: str
    local_time: time
    weekdays: frozenset[int] = EVERY_DAY
    holidays: str | None = None
    skip_dates: frozenset[date] = frozenset()

    def check(self) -> None:
        """Raise `UserFacingError` for an unknown zone or calendar, or without a weekday."""
        zone_named(self.zone)
        if self.holidays is not None:
            check_calendar(self.holidays)
        if not self.weekdays & EVERY_DAY:
            raise UserFacingError(t("Choose at least one day of the week."))

    def selects(self, day: date) -> bool:
        """Whether the rule wants a run on this local date."""
        return (
            day.weekday() in self.weekdays
            and day not in self.skip_dates
            and not (self.holidays is not None and is_holiday(self.holidays, day))
        )


def run_of(rule: WallClockRule, day: date) -> datetime | None:
    """The moment (UTC) of the run for a local date; None where the rule does not select it or it never was.

    `UserFacingError` for an unknown zone or calendar.
    """
    if not rule.selects(day):
        return None
    return first_moment(zone_named(rule.zone), day, rule.local_time)


def next_run(rule: WallClockRule, after: datetime) -> datetime | None:
    """The first run (UTC) later than `after` (aware); None where there is none within three years.

    `UserFacingError` for an unknown zone or calendar.
    """
    return next((run.at for run in runs(rule, after)), None)


class Run(NamedTuple):
    """One run: the local date it is for, and its moment in UTC."""

    day: date
    at: datetime


def runs(rule: WallClockRule, after: datetime) -> Iterator[Run]:
    """The runs later than `after` (aware), in order, each at most `HORIZON_DAYS` after the one before."""
    day = after.astimezone(zone_named(rule.zone)).date() - _DAY
    last_found = day
    while day - last_found <= timedelta(days=HORIZON_DAYS):
        at = run_of(rule, day)
        if at is not None and at > after:
            yield Run(day, at)
            last_found = day
        day += _DAY


def first_moment(zone: ZoneInfo, day: date, at: time) -> datetime | None:
    """The first moment (UTC) at which clocks in `zone` have reached `at` on `day`; None for a date that never was."""
    wall = datetime.combine(day, at)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    end = _end_of_gap(zone, wall)
    before_gap, after_gap = (end - _SECOND).astimezone(zone).date(), end.astimezone(zone).date()
    return None if before_gap < day < after_gap else end


def _end_of_gap(zone: ZoneInfo, wall: datetime) -> datetime:
    # In a gap the offset after the change gives too early a moment and the offset before it one too late
    # (PEP 495); the change lies between them, on a whole second.
    too_early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone).astimezone(UTC)
    offset = after.astimezone(zone).utcoffset()
    before = too_early
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
