"""Moments and days as people read them: in their zone and their language."""

from __future__ import annotations

from datetime import date, datetime

from bot.base.text import Text, t
from bot.outbox.zones import zone_named

WEEKDAYS = (t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday"), t("Saturday"), t("Sunday"))


def moment_for(moment: datetime, zone: str, language: str = "en") -> str:
    """An aware moment by the clock of `zone`, such as "Tue 24 Nov, 09:30"."""
    from babel.dates import format_datetime

    return str(format_datetime(moment, "EEE d MMM, HH:mm", tzinfo=zone_named(zone), locale=_locale(language)))


def day_for(day: date, language: str = "en") -> str:
    """A date with its weekday, such as "Tuesday 24 November"."""
    from babel.dates import format_date

    return str(format_date(day, "EEEE d MMMM", locale=_locale(language)))


def short_day_for(day: date, today: date, language: str = "en") -> str:
    """A date in a list, such as "Tue 24 Nov"; with its year where that is another than that of `today`."""
    from babel.dates import format_date

    pattern = "EEE d MMM" if day.year == today.year else "EEE d MMM y"
    return str(format_date(day, pattern, locale=_locale(language)))


def weekdays_text(weekdays: frozenset[int]) -> Text:
    """The days of a week in one phrase."""
    if weekdays == frozenset(range(7)):
        return t("every day")
    if weekdays == frozenset(range(5)):
        return t("Monday to Friday")
    phrase, *rest = [WEEKDAYS[day] for day in sorted(weekdays)]
    for day in rest:
        phrase = t("{days}, {day}", days=phrase, day=day)
    return phrase


def _locale(language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return "en"
