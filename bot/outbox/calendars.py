"""Public holidays by country and subdivision, from the `holidays` library.

A calendar is named by ISO 3166 codes: "DE" for a country, "DE-BY" for one of its subdivisions.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from bot.base.errors import UserFacingError
from bot.base.text import t


def is_holiday(calendar: str, day: date) -> bool:
    """Whether `day` is a public holiday there; `UserFacingError` for a calendar that is not known."""
    return day in public_holidays(calendar, day.year)


def check_calendar(calendar: str) -> None:
    """Raise `UserFacingError` for a calendar that is not known."""
    import holidays

    country, part = _country_and_part(calendar)
    parts_by_country = holidays.list_supported_countries()
    if country not in parts_by_country:
        raise UserFacingError(
            t(
                'No holidays are known for "{name}". Use a country code such as DE, or DE-BY for a part of one.',
                name=calendar,
            )
        )
    parts = parts_by_country[country]
    if part and part not in parts:
        raise UserFacingError(
            t(
                'No holidays are known for "{part}" in {country}. Leave the part out, or use one of: {known}.',
                part=part,
                country=country,
                known=", ".join(parts) or "-",
            )
        )


@cache
def public_holidays(calendar: str, year: int) -> frozenset[date]:
    """The public holidays of one year; `UserFacingError` for a calendar that is not known."""
    import holidays

    check_calendar(calendar)
    country, part = _country_and_part(calendar)
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


def _country_and_part(calendar: str) -> tuple[str, str]:
    country, _, part = calendar.strip().upper().partition("-")
    return country, part
