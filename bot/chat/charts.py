"""Charts as plain data: drawn as a picture in chat and as part of a page, and always told in words as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.base.text import t
from bot.chat.words import Words

MEASURED_ANEW = t("measured anew")
ChartKind = Literal["line", "bars", "stacked", "grid"]
"""`grid` colours a table by value: each series is a row, each label a column."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line, one colour of bars or one row of a grid: a value for every label, None where there is none."""

    name: Words
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. `labels` stand along the axis, in order; `breaks` are the places in `labels` before which
    the way of measuring changed, so that what lies on either side is not compared, and `at_breaks` stands there.

    `alt` says in a sentence or two what the chart shows, to whoever cannot see it.
    """

    kind: ChartKind
    title: Words
    alt: Words
    labels: tuple[Words, ...]
    series: tuple[Series, ...]
    unit: Words = ""
    lowest: float = 0.0
    highest: float | None = None
    breaks: tuple[int, ...] = ()
    at_breaks: Words = MEASURED_ANEW
