"""A chart in words: a line for each place along its axis, or for each row of a grid."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.text import render, t
from bot.charts.looks import NOTHING_HERE, with_unit
from bot.chat.charts import Chart


def in_words(chart: Chart, language: str = "en") -> tuple[str, ...]:
    """All figures of a chart as lines of a list; its title and `alt` are not repeated."""
    labels = [render(label, language) for label in chart.labels]
    names = [render(each.name, language) for each in chart.series]
    unit = render(chart.unit, language)
    rows: list[tuple[str, list[str], Sequence[float | None]]]
    if chart.kind == "grid":
        rows = [(name, labels, each.values) for name, each in zip(names, chart.series, strict=True)]
    else:
        columns = zip(*(each.values for each in chart.series), strict=True)
        rows = [(label, names, column) for label, column in zip(labels, columns, strict=True)]
        anew = render(chart.at_breaks, language)
        rows = [
            (f"{label} ({anew})" if place in chart.breaks else label, parts, values)
            for place, (label, parts, values) in enumerate(rows)
        ]
    return tuple(_line(head, parts, values, unit, language) for head, parts, values in rows)


def _line(head: str, names: Sequence[str], values: Sequence[float | None], unit: str, language: str) -> str:
    """What there is a value for; of a single series, or where there is none at all, without its name."""
    there = [(name, with_unit(value, unit)) for name, value in zip(names, values, strict=True) if value is not None]
    said = [value if len(names) == 1 else f"{name} {value}" for name, value in there] or [NOTHING_HERE]
    return render(t("{label}: {values}", label=head, values=", ".join(said)), language)
