"""Streaks: on how many of their own days in a row somebody practised. Pure.

A day is a local date in the zone the person was in at that moment (`ZoneHistory`). Every `DAYS_FOR_A_FREEZE` days of
practice in a streak earn a freeze, of which at most `MOST_FREEZES` are kept; a day missed uses one up by itself, and
where there is none left the streak begins anew. Days off (of the person's own choice, because nothing was asked, or
because travelling cut them short) neither count nor cost anything. Today is missed only once it is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.outbox.zones import zone_named

DAYS_FOR_A_FREEZE = 7
MOST_FREEZES = 2
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """`days` of practice in a row that still stand, the longest there ever was, and the freezes in hand."""

    days: int = 0
    longest: int = 0
    freezes: int = 0
    today: bool = False
    """Whether today has been practised on already."""


@dataclass(frozen=True, slots=True)
class ZoneHistory:
    """The zone somebody is in now, and each they were in with since when, oldest first; none where it was always this.

    A change is only ever added at the end, so a day that was counted stays the day it was.
    """

    now: str
    changes: tuple[tuple[datetime, str], ...] = ()

    def day_of(self, moment: datetime) -> date:
        """The local date of an aware moment, in the zone of that moment; before the first one known, in that."""
        zone = self.changes[0][1] if self.changes else self.now
        for since, name in self.changes:
            if since <= moment:
                zone = name
        return _date_in(zone, moment)

    def cut_short(self, day: date) -> bool:
        """Whether travelling took some of this day away: the clock was put on during it, or past all of it.

        Whoever flies east over the date line has days of few hours, and one of none at all.
        """
        return any(
            _date_in(before, since) <= day <= _date_in(after, since)
            for (_, before), (since, after) in pairwise(self.changes)
            if _offset(after, since) > _offset(before, since)
        )


def streak_of(practised: Iterable[date], today: date, off: Callable[[date], bool] = lambda _day: False) -> Streak:
    """The streak of whoever practised on these days, as it stands on `today`; `off` says which days are free.

    A day in the future (somebody travelled west) counts like any other; it is not waited for.
    """
    days = sorted(set(practised))
    if not days:
        return Streak()
    length, longest, freezes = 1, 1, 0
    for before, day in pairwise(days):
        missed = _missed(before, day, off)
        length, freezes = (length + 1, freezes - missed) if missed <= freezes else (1, 0)
        if length % DAYS_FOR_A_FREEZE == 0:
            freezes = min(MOST_FREEZES, freezes + 1)
        longest = max(longest, length)
    missed = _missed(days[-1], today, off)
    if missed > freezes:
        return Streak(0, longest, 0)
    return Streak(length, longest, freezes - missed, days[-1] >= today)


def _missed(after: date, before: date, off: Callable[[date], bool]) -> int:
    """Days strictly between two dates that were not off; counted no further than matters."""
    missed, day = 0, after + DAY
    while day < before and missed <= MOST_FREEZES:
        missed += not off(day)
        day += DAY
    return missed


def _date_in(zone: str, moment: datetime) -> date:
    return moment.astimezone(zone_named(zone)).date()


def _offset(zone: str, moment: datetime) -> timedelta:
    return moment.astimezone(zone_named(zone)).utcoffset() or timedelta()
