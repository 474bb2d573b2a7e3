"""What daylight saving does to a rule's time: days on which it does not exist, or exists twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.outbox.nextrun import WallClockRule, runs
from bot.outbox.zones import zone_named

LOOKED_AHEAD = timedelta(days=400)
"""Long enough to meet every change of a year."""


@dataclass(frozen=True, slots=True)
class OddDay:
    """A day on which the rule's time is `missing` or comes `twice`, and the moment of that day's run."""

    day: date
    what: Literal["missing", "twice"]
    runs_at: datetime


def odd_days(rule: WallClockRule, after: datetime) -> Sequence[OddDay]:
    """The odd days among the runs of the coming 400 days, in order."""
    zone = zone_named(rule.zone)
    found: list[OddDay] = []
    for run in runs(rule, after):
        if run.at > after + LOOKED_AHEAD:
            break
        wall = datetime.combine(run.day, rule.local_time)
        first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
        if run.at.astimezone(zone).replace(tzinfo=None) != wall:
            found.append(OddDay(run.day, "missing", run.at))
        elif first != second:
            found.append(OddDay(run.day, "twice", run.at))
    return found
