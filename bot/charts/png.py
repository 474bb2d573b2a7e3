"""A chart as a PNG, for chat: drawn with matplotlib where it is installed (the extra `charts`).

The object-oriented interface on Agg is used, so nothing is shared with anybody else who draws. Drawing takes tenths of
a second, the first time more than one: callers do it in a thread.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.base.errors import StarlingError
from bot.charts.canvas import cut, wrapped
from bot.charts.looks import (
    INK,
    NOTHING_HERE,
    PALE,
    PAPER,
    Scale,
    colour,
    figure,
    ink_on,
    labelled,
    scale_of,
    shade,
    with_unit,
)
from bot.chat.cards import resolved, said
from bot.chat.charts import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DOTS_AN_INCH = 150
WIDTH = 6.4
"""Inches, so a picture is 960 dots wide: letters of 11 points can be read on a phone."""
LINE_HEIGHT = 3.8
ROW, HEAD_LINE, LEGEND_LINE, AROUND = 0.34, 0.2, 0.25, 0.9
"""Inches of a row, of a line of the columns' labels or of the legend, and of the title with what is around all."""
MARKS, DASHES = ("o", "s", "^", "D"), ("-", "--", ":", "-.")
HATCHES = ("", "//", "--", "||", "xx", "++")
MOST_LABELS = 8
TITLE_ROOM, NAME_ROOM, HEADS_ROOM = 520.0, 200.0, 400.0
"""Room for the title, for the name of a row, and for the labels of all columns, in the measure of `cut`."""
_ONE_AT_A_TIME = Lock()


class CannotDraw(StarlingError):
    """This chart cannot be drawn here: say it in words."""


@cache
def can_draw() -> bool:
    """Whether the library that draws is installed."""
    return find_spec("matplotlib") is not None


def png(chart: Chart, language: str = "en") -> bytes:
    """The chart as a picture of 960 dots' width in `language`. `CannotDraw` where a letter has no glyph here."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    spoken = resolved(chart, language)
    _check_letters(spoken)
    with _ONE_AT_A_TIME:
        drawing = Figure(figsize=(WIDTH, _height(spoken)), dpi=DOTS_AN_INCH, facecolor=PAPER, layout="constrained")
        FigureCanvasAgg(drawing)
        axes = drawing.subplots()
        {"line": _lines, "bars": _bars, "stacked": _stacked, "grid": _grid}[spoken.kind](axes, spoken)
        title = _plain(cut(said(spoken.title), TITLE_ROOM, 16))
        drawing.suptitle(title, x=0.02, ha="left", fontsize=13, fontweight="bold", color=INK)
        _explain(drawing, axes, spoken)
        data = BytesIO()
        drawing.savefig(data, format="png")
    return data.getvalue()


def _height(chart: Chart) -> float:
    if chart.kind == "line":
        return LINE_HEIGHT
    if chart.kind == "grid":
        heads = max((len(lines) for lines in _heads(chart)), default=0)
        return AROUND + ROW * len(chart.series) + HEAD_LINE * heads
    bars = len(chart.series) if chart.kind == "bars" else 1
    return AROUND + ROW * len(chart.labels) * bars + LEGEND_LINE * len(chart.series) / 3


def _lines(axes: Axes, chart: Chart) -> None:
    scale, unit = scale_of(chart), said(chart.unit)
    for number, each in enumerate(chart.series):
        values = [float("nan") if value is None else value for value in each.values]
        looks: dict[str, Any] = {"color": colour(number), "marker": MARKS[number % 4], "markersize": 6}
        starts = [0, *chart.breaks, len(values)]
        for first, end in pairwise(starts):
            name = _plain(said(each.name)) if first == 0 else None
            axes.plot(range(first, end), values[first:end], DASHES[number % 4], linewidth=2, label=name, **looks)
        place, value = next(((p, v) for p, v in reversed([*enumerate(each.values)]) if v is not None), (0, None))
        if value is not None and number == 0:
            shown: dict[str, Any] = {
                "textcoords": "offset points",
                "xytext": (8, -4),
                "fontsize": 12,
                "fontweight": "bold",
            }
            axes.annotate(_plain(with_unit(value, unit)), (place, value), **shown)
    for place in chart.breaks:
        axes.axvline(place - 0.5, color=INK, linestyle=":", linewidth=1.2)
        words = _plain(said(chart.at_breaks))
        axes.annotate(words, (place - 0.5, scale.highest), fontsize=10, ha="center", va="bottom", annotation_clip=False)
    axes.set_ylim(scale.lowest, scale.highest)
    axes.set_xlim(-0.5, max(0.5, len(chart.labels) - 0.25))
    axes.set_yticks(scale.ticks, [_plain(with_unit(tick, unit)) for tick in scale.ticks], fontsize=11)
    shown_at = list(labelled(len(chart.labels), MOST_LABELS))
    axes.set_xticks(shown_at, [_plain(said(chart.labels[place])) for place in shown_at], fontsize=11)
    axes.grid(axis="y", color=PALE)
    axes.spines[["top", "right"]].set_visible(False)


def _bars(axes: Axes, chart: Chart) -> None:
    scale, unit, count = scale_of(chart), said(chart.unit), len(chart.series)
    for number, each in enumerate(chart.series):
        at = [place + (number - (count - 1) / 2) * 0.8 / count for place in range(len(chart.labels))]
        widths = [value or 0.0 for value in each.values]
        drawn = axes.barh(at, widths, 0.8 / count, label=_plain(said(each.name)), **_area(number))
        shown = [NOTHING_HERE if value is None else with_unit(value, unit) for value in each.values]
        axes.bar_label(drawn, [_plain(words) for words in shown], padding=4, fontsize=11)
    axes.set_xlim(scale.lowest, scale.lowest + (scale.highest - scale.lowest) * 1.15)
    _name_rows(axes, chart)


def _stacked(axes: Axes, chart: Chart) -> None:
    scale = scale_of(chart)
    ends = [0.0] * len(chart.labels)
    for number, each in enumerate(chart.series):
        widths = [value or 0.0 for value in each.values]
        drawn = axes.barh(range(len(widths)), widths, 0.8, left=ends, label=_plain(said(each.name)), **_area(number))
        least = (scale.highest - scale.lowest) * 0.05
        shown = [figure(width) if width >= least else "" for width in widths]
        box = {"facecolor": colour(number), "edgecolor": "none", "pad": 1.0}
        axes.bar_label(drawn, shown, label_type="center", fontsize=11, color=ink_on(colour(number)), bbox=box)
        ends = [end + width for end, width in zip(ends, widths, strict=True)]
    for place, column in enumerate(zip(*(each.values for each in chart.series), strict=True)):
        if all(value is None for value in column):
            axes.text(scale.lowest, place, f" {NOTHING_HERE}", va="center", fontsize=11)
    axes.set_xlim(scale.lowest, scale.highest)
    _name_rows(axes, chart)


def _name_rows(axes: Axes, chart: Chart) -> None:
    names = [_plain(cut(said(label), NAME_ROOM)) for label in chart.labels]
    axes.set_yticks(range(len(names)), names, fontsize=11)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks([])
    for place in chart.breaks:
        axes.axhline(place - 0.5, color=INK, linestyle=":", linewidth=1.2)
        words = _plain(said(chart.at_breaks))
        axes.annotate(words, (1, place - 0.5), xycoords=("axes fraction", "data"), fontsize=10, ha="right", va="bottom")
    axes.spines[["top", "right", "bottom"]].set_visible(False)


def _grid(axes: Axes, chart: Chart) -> None:
    from matplotlib.patches import Rectangle

    scale: Scale = scale_of(chart)
    for row, each in enumerate(chart.series):
        for place, value in enumerate(each.values):
            fill = PAPER if value is None else shade(scale.share(value))
            axes.add_patch(Rectangle((place - 0.48, row - 0.46), 0.96, 0.92, facecolor=fill, edgecolor=PALE))
            shown = NOTHING_HERE if value is None else figure(value)
            axes.text(place, row, shown, ha="center", va="center", fontsize=11, color=ink_on(fill))
    rows = [_plain(cut(said(each.name), NAME_ROOM)) for each in chart.series]
    columns = [_plain("\n".join(lines)) for lines in _heads(chart)]
    axes.set_yticks(range(len(rows)), rows, fontsize=11)
    axes.set_xticks(range(len(columns)), columns, fontsize=10)
    axes.tick_params(axis="both", length=0, labeltop=True, labelbottom=False)
    axes.set_xlim(-0.5, max(1, len(columns)) - 0.5)
    axes.set_ylim(max(1, len(rows)) - 0.5, -0.5)
    axes.spines[:].set_visible(False)


def _heads(chart: Chart) -> list[list[str]]:
    """The labels of a grid's columns, in lines."""
    return [wrapped(said(label), HEADS_ROOM / max(1, len(chart.labels))) for label in chart.labels]


def _area(number: int) -> dict[str, Any]:
    return {"color": colour(number), "hatch": HATCHES[number % len(HATCHES)], "edgecolor": PAPER, "linewidth": 0.8}


def _explain(drawing: Any, axes: Axes, chart: Chart) -> None:
    if len(chart.series) > 1 and chart.kind != "grid":
        handles, names = axes.get_legend_handles_labels()
        drawing.legend(handles, names, loc="outside lower left", ncols=3, fontsize=11, frameon=False, handlelength=2.2)


def _plain(words: str) -> str:
    """Words in which a dollar is a dollar and begins no formula."""
    return words.replace("$", r"\$")


@cache
def _glyphs() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties())).get_charmap())


def _check_letters(chart: Chart) -> None:
    words = [chart.title, chart.unit, chart.at_breaks, *chart.labels, *(each.name for each in chart.series)]
    text = "".join(map(said, words))
    lacking = {letter for letter in text if ord(letter) not in _glyphs()}
    if lacking:
        raise CannotDraw(f"the font has no glyph for {', '.join(f'U+{ord(letter):04X}' for letter in lacking)}")
