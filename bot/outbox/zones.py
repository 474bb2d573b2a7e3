"""Time zones by their IANA names."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.base.errors import UserFacingError
from bot.base.text import t


@cache
def zone_names() -> frozenset[str]:
    """Every zone this installation knows."""
    return frozenset(available_timezones())


@cache
def zone_named(name: str) -> ZoneInfo:
    """The zone of that IANA name; `UserFacingError` with the nearest name where there is none."""
    if name in zone_names():
        return ZoneInfo(name)
    raise UserFacingError(
        t(
            'There is no time zone called "{name}". Use a name such as {example}.',
            name=name,
            example=_nearest(name),
        )
    )


def _nearest(name: str) -> str:
    cities = {zone.lower().rpartition("/")[2]: zone for zone in sorted(zone_names()) if "/" in zone}
    wanted = name.strip().lower().replace(" ", "_").rpartition("/")[2]
    near = get_close_matches(wanted, cities, n=1, cutoff=0.75)
    return cities[near[0]] if near else "Europe/Berlin"
