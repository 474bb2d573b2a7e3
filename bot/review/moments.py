"""The moments of a round as wall-clock rules: so many local days for reviewing, then half of it, a last call, a grace.

Each is the first moment at which clocks in the round's zone have reached the rule's time (`bot.outbox.nextrun`), so a
change to or from daylight saving neither skips nor doubles one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.outbox.calendars import is_holiday
from bot.outbox.nextrun import first_moment
from bot.outbox.zones import zone_named

DAY = timedelta(days=1)
LAST_CALL = timedelta(days=1)
"""How long before the end of reviewing those who still owe a review hear of it for the last time."""
OUTAGE = timedelta(hours=1)
"""A moment met later than this was missed by an outage, not by a slow worker."""
_MOST_CLOSED_DAYS = 60


@dataclass(frozen=True, slots=True)
class Moments:
    """When things happen in a round, in UTC and in this order.

    `last_call_at` is None where it would not come after half time: one reminder is enough for a short round.
    """

    half_at: datetime
    last_call_at: datetime | None
    review_until: datetime
    closes_at: datetime


def moments(locked_at: datetime, zone_name: str, review_days: int, grace: timedelta, holidays: str | None) -> Moments:
    """The moments of a round whose answers were handed out at `locked_at`: holidays are no days for reviewing."""
    zone = zone_named(zone_name)
    local = locked_at.astimezone(zone)
    last = _after(local.date(), review_days, holidays)
    until = at_wall(zone, last, local.time())
    return _within(locked_at, until, zone, grace)


def moved(found: Moments, locked_at: datetime, zone_name: str, until: datetime, now: datetime) -> Moments:
    """The same with another end of reviewing: what lies behind `now` stays, the rest is laid out anew."""
    zone = zone_named(zone_name)
    anew = _within(locked_at, until, zone, found.closes_at - found.review_until)
    half = found.half_at if found.half_at <= now else anew.half_at
    last_call = anew.last_call_at if anew.last_call_at is not None and anew.last_call_at > half else None
    return Moments(half, last_call, anew.review_until, anew.closes_at)


def days_later(moment: datetime, zone_name: str, days: int) -> datetime:
    """The same time of day in the zone, so many local days later."""
    zone = zone_named(zone_name)
    local = moment.astimezone(zone)
    return at_wall(zone, local.date() + days * DAY, local.time())


def after_outage(found: Moments, locked_at: datetime, due_at: datetime, now: datetime) -> datetime | None:
    """A later end of reviewing where a moment due at `due_at` was met only now, so late that people lost their time.

    Only where less than half of the time is left: it is then as long as it was when the moment came, and never
    shorter than the last day before the end, of which nobody can know how much was lost.
    """
    if now - due_at < OUTAGE or found.review_until - now >= (found.review_until - locked_at) / 2:
        return None
    least = min(LAST_CALL, (found.review_until - locked_at) / 2)
    return now + max(found.review_until - due_at, least)


def _within(locked_at: datetime, until: datetime, zone: ZoneInfo, grace: timedelta) -> Moments:
    start, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (locked_at, until))
    half = start + (end - start) / 2
    half_at = at_wall(zone, half.date(), half.time())
    if not locked_at < half_at < until:
        half_at = locked_at + (until - locked_at) / 2
    call = end - LAST_CALL
    call_at = at_wall(zone, call.date(), call.time())
    return Moments(half_at, call_at if half_at < call_at < until else None, until, until + grace)


def _after(day: date, review_days: int, holidays: str | None) -> date:
    """The day that ends so many days for reviewing after `day`."""
    left = review_days
    for _ in range(review_days + _MOST_CLOSED_DAYS):
        day += DAY
        left -= not (holidays is not None and is_holiday(holidays, day))
        if left == 0:
            break
    return day


def at_wall(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The first moment at which clocks in `zone` reach this; on a day that never was, that of the next day."""
    while (found := first_moment(zone, day, at.replace(tzinfo=None))) is None:
        day += DAY
    return found.astimezone(UTC)
