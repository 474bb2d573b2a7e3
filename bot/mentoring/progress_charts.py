"""Progress as charts: pure functions from figures to what is drawn, each with its figures in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.base.text import Text, t
from bot.chat.charts import Chart, Series
from bot.mentoring.progress import PARTS, LevelPoint, Parts, Ratings, Returning, breaks_of
from bot.scoring.report import LEVELS, Label

LEAST_FOR_A_LINE = 2
PARTS_SHOWN = 6
FLAGS_SHOWN = 6
OTHER_RULES = t("other rules")
PART_NAMES: Mapping[Label, Text] = {
    "S": t("Situation"),
    "T": t("Task"),
    "A": t("Action"),
    "R": t("Result"),
    "L": t("Learning"),
}


def rating_chart(ratings: Ratings, language: str) -> Chart | None:
    """Each answer's last telling, and its first where it was told again; None where there is no line to draw."""
    if sum(each.last.rating is not None for each in ratings.points) < LEAST_FOR_A_LINE:
        return None
    series = [Series(t("Last telling"), tuple(each.last.rating for each in ratings.points))]
    firsts = tuple(each.first.rating if each.gain is not None else None for each in ratings.points)
    if any(first is not None for first in firsts):
        series.append(Series(t("First telling"), firsts))
    said = ", ".join("–" if each.last.rating is None else f"{each.last.rating:g}" for each in ratings.points)
    return Chart(
        "line",
        t("Rating of each answer"),
        t("Ratings from 1 to 5 of the latest {count} answers, oldest first: {ratings}.", count=len(ratings.points),
          ratings=said),
        tuple(short_day(each.last.on, language) for each in ratings.points),
        tuple(series),
        lowest=1.0,
        highest=5.0,
        breaks=ratings.breaks,
        at_breaks=OTHER_RULES,
    )  # fmt: skip


def parts_chart(parts: Parts, language: str) -> Chart | None:
    """The share of each part in the newest answers that tell a story, the newest first."""
    stories = parts.stories[: -PARTS_SHOWN - 1 : -1]
    if not stories:
        return None
    newest = stories[0][1]
    said = ", ".join(f"{round(newest[part])} %" for part in PARTS)
    return Chart(
        "stacked",
        t("Share of each part in an answer"),
        t("In the newest answer situation, task, action, result and learning take up {shares}.", shares=said),
        tuple(short_day(on, language) for on, _ in stories),
        tuple(Series(PART_NAMES[part], tuple(shares[part] for _, shares in stories)) for part in PARTS),
        unit="%",
        highest=100.0,
    )


def level_chart(levels: Sequence[LevelPoint], language: str) -> Chart | None:
    """The level each answer reads as, with its band, as figures from 3 to 7."""
    if len(levels) < LEAST_FOR_A_LINE:
        return None
    bands = [(_number(each.level), _number(each.high), _number(each.low)) for each in levels]
    names = (t("Level"), t("At most"), t("At least"))
    return Chart(
        "line",
        t("Level each answer reads as (L3 to L7)"),
        t("Levels of the latest {count} answers that show one, oldest first: {levels}.", count=len(levels),
          levels=", ".join(each.level for each in levels)),
        tuple(short_day(each.on, language) for each in levels),
        tuple(Series(name, values) for name, values in zip(names, zip(*bands, strict=True), strict=True)),
        lowest=_number(LEVELS[0]),
        highest=_number(LEVELS[-1]),
        breaks=breaks_of([each.measured for each in levels]),
        at_breaks=OTHER_RULES,
    )  # fmt: skip


def returning_chart(returning: Sequence[Returning], names: Mapping[str, str]) -> Chart | None:
    """In how many of the answers looked at each finding stands."""
    shown = returning[:FLAGS_SHOWN]
    if not shown:
        return None
    said = ", ".join(f"{names.get(each.code, each.code)} {each.times}" for each in shown)
    return Chart(
        "bars",
        t("What comes back, in how many of {count} answers", count=shown[0].of),
        t("Of {count} answers: {findings}.", count=shown[0].of, findings=said),
        tuple(names.get(each.code, each.code) for each in shown),
        (Series(t("Answers"), tuple(float(each.times) for each in shown)),),
        highest=float(shown[0].of),
    )


def short_day(day: date, language: str) -> str:
    """A day as it stands along an axis, such as "3 Feb"."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_skeleton

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    # Without its region English puts the month first, which the rest of Starling does not.
    return str(format_skeleton("MMMd", day, locale=Locale("en", "GB") if locale.language == "en" else locale))


def _number(level: str) -> float:
    return float(level.removeprefix("L"))
