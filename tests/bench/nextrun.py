"""Whether every local date has exactly one run, and how long finding it takes.

    python -m tests.bench.nextrun --json      # every zone, every date of 2026 and 2027, every half hour of the day

What is right is worked out apart from the code under test, from each zone's list of offsets: the run of a date is
the first moment at which its clock shows the time or a later one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.outbox.nextrun import WallClockRule, runs
from bot.outbox.zones import zone_names

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
MARGIN = timedelta(days=3)
LOOK_EVERY = timedelta(hours=3)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, end excluded, in which a zone keeps one offset from UTC."""

    start: datetime
    end: datetime
    offset: timedelta


def periods(zone: ZoneInfo, first: date = FIRST, last: date = LAST) -> tuple[Period, ...]:
    """The zone's offsets from before `first` until after `last`, in order."""
    start = datetime.combine(first, MIDNIGHT, UTC) - MARGIN
    end = datetime.combine(last, MIDNIGHT, UTC) + MARGIN
    changes = [start]
    at = start
    while at < end:
        if _offset(zone, at) != _offset(zone, at + LOOK_EVERY):
            changes.append(_change_between(zone, at, at + LOOK_EVERY))
        at += LOOK_EVERY
    return tuple(Period(a, b, _offset(zone, a)) for a, b in pairwise([*changes, end]))


def expected_runs(kept: Sequence[Period], at: time, first: date, last: date) -> list[datetime]:
    """The moment at which the zone's clock first shows `at` or later, on each date from `first` to `last`."""
    return [_first_passage(kept, datetime.combine(day, at, UTC)) for day in dates(first, last)]


def actual_runs(zone: str, at: time, first: date, last: date) -> list[datetime]:
    """The runs as the code under test strings them together, one after the other."""
    start = datetime.combine(first - DAY, at, ZoneInfo(zone)).astimezone(UTC)
    count = (last - first).days + 1
    found = (run for run in runs(WallClockRule(zone, at), start) if run.day >= first)
    return [run.at for run, _ in zip(found, range(count), strict=False)]


def dates(first: date, last: date) -> Iterator[date]:
    """Every date from `first` to `last`."""
    return takewhile(lambda day: day <= last, (first + n * DAY for n in range((last - first).days + 2)))


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = _offset(zone, before)
    while after - before > SECOND:
        middle = before + timedelta(seconds=(after - before) // SECOND // 2)
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _first_passage(kept: Sequence[Period], wall: datetime) -> datetime:
    for period in kept:
        passage = max(period.start, wall - period.offset)
        if passage < period.end:
            return passage
    raise LookupError(f"{wall} lies past the periods looked at")


def sweep() -> dict[str, object]:
    """Every zone, date and half hour; what was wrong, and the time a run takes to find."""
    times = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
    wrong: list[str] = []
    checked, seconds = 0, 0.0
    for zone in sorted(zone_names()):
        kept = periods(ZoneInfo(zone))
        for at in times:
            started = perf_counter()
            found = actual_runs(zone, at, FIRST, LAST)
            seconds += perf_counter() - started
            checked += len(found)
            if found != expected_runs(kept, at, FIRST, LAST):
                wrong.append(f"{zone} {at:%H:%M}")
    return {
        "zones": len(zone_names()),
        "times_of_day": len(times),
        "dates": (LAST - FIRST).days + 1,
        "runs": checked,
        "wrong": wrong,
        "microseconds_per_run": round(seconds / checked * 1e6, 1),
    }


def main() -> None:
    """Print the outcome; exit 1 where a run was wrong."""
    parser = argparse.ArgumentParser(description="Checks and times the next-run rule over every zone.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    result = sweep()
    if arguments.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name}: {value}")
    raise SystemExit(1 if result["wrong"] else 0)


if __name__ == "__main__":
    main()
