"""A chart as inline SVG, for pages. The same chart always gives the same text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from bot.charts.canvas import Canvas, cut, width_of, wrapped
from bot.charts.looks import (
    INK,
    NOTHING_HERE,
    PALE,
    PAPER,
    colour,
    figure,
    ink_on,
    labelled,
    scale_of,
    shade,
    with_unit,
)
from bot.chat.cards import resolved, said
from bot.chat.charts import Chart, ChartKind

WIDTH, EDGE = 640.0, 16.0
TITLE_SIZE, SMALL = 18, 12
HEAD, LEGEND_LINE, LEGEND_GAP = 44.0, 24.0, 8.0
"""Height of the title, of a line of the legend, and of the gap below it."""
PLOT_HEIGHT, AXIS, AFTER = 220.0, 48.0, 64.0
"""Of a line chart: its height, the room before it for the scale, and after it for the last values."""
LABEL_ROOM = 64.0
"""Room that a label along a horizontal axis needs."""
NAMES = 210.0
"""Room for the names of rows."""
BAR, ROW_GAP = 24.0, 10.0
CELL = 34.0
HEAD_SIZE, HEAD_LINE = 13, 17.0
DASHES = ("", "7 4", "2 3", "9 3 2 3")


def svg(chart: Chart, language: str = "en", *, headed: bool = True) -> str:
    """The chart as one `<svg>` element in `language`: labelled for assistive technology, self-contained, escaped.

    Its title is drawn where it is `headed`; elsewhere it stands beside the drawing.
    """
    return _Drawing(resolved(chart, language), headed).drawn()


class _Drawing:
    """One chart being drawn, resolved already."""

    def __init__(self, chart: Chart, headed: bool) -> None:
        self.chart = chart
        self.head = HEAD if headed else EDGE
        self.scale = scale_of(chart)
        self.unit = said(chart.unit)
        self.names = [said(each.name) for each in chart.series]
        self.labels = [said(label) for label in chart.labels]
        self.legend = self._legend() if len(self.names) > 1 and chart.kind != "grid" else []
        above = LEGEND_LINE * len(self.legend) + (LEGEND_LINE if chart.breaks else 0)
        self.top = self.head + above + (LEGEND_GAP if self.legend else 0)
        heights: Mapping[ChartKind, float] = {
            "line": PLOT_HEIGHT + 40,
            "bars": len(self.labels) * self._row_height(),
            "stacked": len(self.labels) * self._row_height(),
            "grid": self._head() + CELL * len(self.names),
        }
        height = self.top + heights[chart.kind] + EDGE
        name = f"chart-{hashlib.sha256(repr(chart).encode()).hexdigest()[:10]}"
        self.canvas = Canvas(name, WIDTH, height, said(chart.title), said(chart.alt))

    def drawn(self) -> str:
        title = cut(said(self.chart.title), WIDTH - 2 * EDGE, TITLE_SIZE)
        if self.head == HEAD:
            self.canvas.text(EDGE, 28, title, size=TITLE_SIZE, font_weight="bold")
        kinds: Mapping[ChartKind, Callable[[], None]] = {
            "line": self._lines, "bars": self._bars, "stacked": self._stacked, "grid": self._grid,
        }  # fmt: skip
        self._draw_legend()
        kinds[self.chart.kind]()
        return self.canvas.drawn()

    def _legend(self) -> list[list[int]]:
        """The series of each line of the legend."""
        lines: list[list[int]] = [[]]
        used = 0.0
        for number, name in enumerate(self.names):
            width = 56 + width_of(name)
            if lines[-1] and used + width > WIDTH - 2 * EDGE:
                lines.append([])
                used = 0.0
            lines[-1].append(number)
            used += width
        return lines

    def _draw_legend(self) -> None:
        for row, numbers in enumerate(self.legend):
            x, y = EDGE, self.head + LEGEND_LINE * row + 8
            for number in numbers:
                if self.chart.kind == "line":
                    self.canvas.line(x, y, x + 30, y, **_stroke(number))
                    self._mark(number, x + 15, y)
                else:
                    self.canvas.rect(x, y - 8, 30, 16, fill=self.canvas.area_fill(number), stroke=INK)
                name = cut(self.names[number], WIDTH - 2 * EDGE - 40)
                self.canvas.text(x + 38, y + 5, name)
                x += 56 + width_of(name)

    def _lines(self) -> None:
        left, right, bottom = EDGE + AXIS, WIDTH - EDGE - AFTER, self.top + PLOT_HEIGHT
        room = right - left
        step = room / max(1, len(self.labels) - 1)

        def across(place: float) -> float:
            return left + step * place if len(self.labels) > 1 else left + room / 2

        def up(value: float) -> float:
            return bottom - PLOT_HEIGHT * self.scale.share(value)

        for tick in self.scale.ticks:
            self.canvas.line(left, up(tick), right, up(tick), stroke=PALE)
            self.canvas.text(left - 8, up(tick) + 5, with_unit(tick, self.unit), anchor="end")
        for place in labelled(len(self.labels), int(room // LABEL_ROOM)):
            self.canvas.text(across(place), bottom + 24, cut(self.labels[place], LABEL_ROOM), anchor="middle", size=13)
        for place in self.chart.breaks:
            x = across(place - 0.5)
            self.canvas.line(x, self.top - 4, x, bottom, stroke_dasharray="3 4")
            self.canvas.text(x, self.top - 8, said(self.chart.at_breaks), size=SMALL, anchor="middle")
        named: list[float] = []
        for number, each in enumerate(self.chart.series):
            points = [None if value is None else (across(place), up(value)) for place, value in enumerate(each.values)]
            for run in _runs(points, self.chart.breaks):
                self.canvas.path(run, **_stroke(number))
            for x, y in filter(None, points):
                self._mark(number, x, y)
            value = next((value for value in reversed(each.values) if value is not None), None)
            if value is not None and all(abs(up(value) - other) > 16 for other in named):
                named.append(up(value))
                self.canvas.text(right + 12, up(value) + 5, with_unit(value, self.unit), font_weight="bold")

    def _mark(self, number: int, x: float, y: float) -> None:
        """The mark of a series: a disc, a square, a triangle, a diamond."""
        fill = {"fill": colour(number), "stroke": PAPER}
        match number % 4:
            case 0:
                self.canvas.circle(x, y, 5, **fill)
            case 1:
                self.canvas.rect(x - 4.5, y - 4.5, 9, 9, **fill)
            case 2:
                self.canvas.polygon([(x, y - 6), (x + 6, y + 5), (x - 6, y + 5)], **fill)
            case _:
                self.canvas.polygon([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], **fill)

    def _row_height(self) -> float:
        bars = len(self.names) if self.chart.kind == "bars" else 1
        return BAR * bars + ROW_GAP

    def _row(self, place: int) -> float:
        """Draws the name of a row; where the row begins."""
        y = self.top + self._row_height() * place
        middle = y + (self._row_height() - ROW_GAP) / 2
        self.canvas.text(EDGE, middle + 5, cut(self.labels[place], NAMES - EDGE))
        if place in self.chart.breaks:
            self.canvas.line(EDGE, y - ROW_GAP / 2, WIDTH - EDGE, y - ROW_GAP / 2, stroke_dasharray="3 4")
            words = said(self.chart.at_breaks)
            self.canvas.text(WIDTH - EDGE, y - ROW_GAP / 2 - 2, words, size=SMALL, anchor="end")
        return y

    def _bars(self) -> None:
        room = WIDTH - EDGE - AFTER - NAMES
        for place in range(len(self.labels)):
            y = self._row(place)
            for number, each in enumerate(self.chart.series):
                value, top = each.values[place], y + BAR * number
                width = room * self.scale.share(value) if value is not None else 0
                if width:
                    self.canvas.rect(NAMES, top + 2, width, BAR - 4, fill=self.canvas.area_fill(number), stroke=INK)
                shown = NOTHING_HERE if value is None else with_unit(value, self.unit)
                self.canvas.text(NAMES + width + 8, top + BAR / 2 + 5, shown)

    def _stacked(self) -> None:
        room = WIDTH - EDGE - NAMES
        for place in range(len(self.labels)):
            y, x = self._row(place), NAMES
            values = [each.values[place] for each in self.chart.series]
            if all(value is None for value in values):
                self.canvas.text(x, y + BAR / 2 + 5, NOTHING_HERE)
            for number, value in enumerate(values):
                width = room * (self.scale.share(value) if value is not None else 0)
                if value is None or not width:
                    continue
                self.canvas.rect(x, y, width, BAR, fill=self.canvas.area_fill(number), stroke=INK)
                if width_of(figure(value), 13) + 6 <= width:
                    around = {"stroke": colour(number), "stroke_width": "4", "paint_order": "stroke"}
                    inside = {"fill": ink_on(colour(number)), "anchor": "middle", **around}
                    self.canvas.text(x + width / 2, y + BAR / 2 + 5, figure(value), size=13, **inside)
                x += width

    def _heads(self) -> list[list[str]]:
        """The labels of a grid's columns, in lines."""
        room = (WIDTH - EDGE - NAMES) / max(1, len(self.labels)) - 4
        return [wrapped(label, room, HEAD_SIZE) for label in self.labels]

    def _head(self) -> float:
        """Height of the labels of a grid's columns."""
        return HEAD_LINE * max((len(lines) for lines in self._heads()), default=0) + 12

    def _grid(self) -> None:
        width = (WIDTH - EDGE - NAMES) / max(1, len(self.labels))
        for place, lines in enumerate(self._heads()):
            for number, words in enumerate(lines, 1):
                x, y = NAMES + width * (place + 0.5), self.top + HEAD_LINE * number
                self.canvas.text(x, y, words, size=HEAD_SIZE, anchor="middle")
        for row, (name, each) in enumerate(zip(self.names, self.chart.series, strict=True)):
            y = self.top + self._head() + CELL * row
            self.canvas.text(EDGE, y + CELL / 2 + 5, cut(name, NAMES - EDGE - 8))
            for place, value in enumerate(each.values):
                x = NAMES + width * place
                fill = PAPER if value is None else shade(self.scale.share(value))
                self.canvas.rect(x + 1, y + 1, width - 2, CELL - 2, fill=fill, stroke=PALE)
                shown = NOTHING_HERE if value is None else figure(value)
                self.canvas.text(x + width / 2, y + CELL / 2 + 5, shown, anchor="middle", fill=ink_on(fill))


def _stroke(number: int) -> dict[str, str]:
    dash = DASHES[number % len(DASHES)]
    return {"stroke": colour(number), "stroke_width": "2.5", **({"stroke_dasharray": dash} if dash else {})}


def _runs(points: list[tuple[float, float] | None], breaks: tuple[int, ...]) -> list[list[tuple[float, float]]]:
    """The points that a line joins: it stops where there is no value, and where the measuring changed."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place, point in enumerate(points):
        if place in breaks or point is None:
            runs.append([])
        if point is not None:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]
