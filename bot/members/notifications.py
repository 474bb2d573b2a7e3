"""How often, and when, a person may be written to without having asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UNPROMPTED_A_DAY = 3


@dataclass(frozen=True, slots=True)
class Allowance:
    """A person's wishes, in their own zone."""

    zone: str = "UTC"
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    """Quiet hours last from one to the other, over midnight where they must; equal times mean none."""
    days_off: frozenset[int] = frozenset()
    """Weekdays without messages; Monday is 0."""
    snoozed_until: date | None = None
    """No message before this local day."""
    sent: Sequence[datetime] = ()
    """When unprompted messages went out lately."""


def when_allowed(allowance: Allowance, now: datetime) -> datetime:
    """The first moment from `now` on (aware, UTC) at which one more unprompted message may go out.

    Quiet hours, days off and a snooze postpone; more than three on one local day wait for the next.
    """
    zone = ZoneInfo(allowance.zone)
    at = now
    while (later := _postponed(allowance, at.astimezone(zone))) is not None:
        at = max(later.astimezone(now.tzinfo), at + timedelta(minutes=1))
    return at


def _postponed(allowance: Allowance, local: datetime) -> datetime | None:
    """Until when a message at `local` has to wait, or None where it may go."""
    today = local.date()
    if len(allowance.days_off) >= 7:
        raise ValueError("a week needs a day that is not off")
    if allowance.snoozed_until is not None and today < allowance.snoozed_until:
        return _at(allowance.snoozed_until, time(), local)
    if today.weekday() in allowance.days_off or _sent_on(allowance, today) >= UNPROMPTED_A_DAY:
        return _at(today + timedelta(days=1), time(), local)
    return _end_of_quiet(allowance, local)


def _sent_on(allowance: Allowance, day: date) -> int:
    zone = ZoneInfo(allowance.zone)
    return sum(moment.astimezone(zone).date() == day for moment in allowance.sent)


def _end_of_quiet(allowance: Allowance, local: datetime) -> datetime | None:
    begin, end, clock = allowance.quiet_from, allowance.quiet_until, local.time()
    if begin < end:
        return _at(local.date(), end, local) if begin <= clock < end else None
    if begin > end and clock >= begin:
        return _at(local.date() + timedelta(days=1), end, local)
    if begin > end and clock < end:
        return _at(local.date(), end, local)
    return None


def _at(day: date, clock: time, local: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=local.tzinfo)
