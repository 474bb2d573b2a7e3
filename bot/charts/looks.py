"""What every drawing of a chart shares: colours, the scale, figures and short labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from bot.chat.charts import Chart

COLOURS = ("#0b2545", "#9c3d10", "#3f9a8f", "#d99a2b", "#a9c7e8", "#e6e1d3")
"""Each a step lighter than the one before, so that they stay apart in grey and to whoever sees few colours."""
INK, PALE, PAPER = "#1a1a1a", "#c9c9c9", "#ffffff"
MOST_TICKS = 5
NOTHING_HERE = "–"


@dataclass(frozen=True, slots=True)
class Scale:
    """The values from `lowest` to `highest`, with round ticks between them."""

    lowest: float
    highest: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Where a value stands between both ends, from 0 to 1; beyond an end it stands at it."""
        return min(1.0, max(0.0, (value - self.lowest) / (self.highest - self.lowest)))


def scale_of(chart: Chart) -> Scale:
    """The scale of a chart: as far as it says, else as far as its values need."""
    highest = chart.highest if chart.highest is not None else max(_heights(chart), default=chart.lowest)
    if highest <= chart.lowest:
        highest = chart.lowest + 1
    step = _round_step((highest - chart.lowest) / MOST_TICKS)
    if chart.highest is None:
        highest = chart.lowest + step * ceil((highest - chart.lowest) / step - 1e-9)
    count = floor((highest - chart.lowest) / step + 1e-9)
    return Scale(chart.lowest, highest, tuple(chart.lowest + number * step for number in range(count + 1)))


def _heights(chart: Chart) -> Iterator[float]:
    columns = zip(*(each.values for each in chart.series), strict=True)
    for column in columns:
        values = [value for value in column if value is not None]
        if values:
            yield sum(values) if chart.kind == "stacked" else max(values)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20 … that is no smaller than `least`."""
    magnitude = 10.0 ** floor(log10(least))
    return next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= least - 1e-12)


def figure(value: float) -> str:
    """A value with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def with_unit(value: float, unit: str) -> str:
    """A value with its unit."""
    return f"{figure(value)} {unit}" if unit else figure(value)


def colour(number: int) -> str:
    """The colour of the series of this number."""
    return COLOURS[number % len(COLOURS)]


def ink_on(background: str) -> str:
    """Dark or white: what can be read on a colour."""
    return INK if luminance(background) > 0.45 else PAPER


def luminance(colour: str) -> float:
    """How light a colour is in grey, from 0 to 1 (ITU-R BT.601)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def shade(share: float) -> str:
    """The colour of a grid's cell: the fuller, the darker."""
    light, dark = (0xF1, 0xF4, 0xF8), (0x0B, 0x25, 0x45)
    mixed = (round(pale + (deep - pale) * share) for pale, deep in zip(light, dark, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def labelled(count: int, most: int) -> Sequence[int]:
    """Which of `count` places along an axis carry their label where `most` have room: evenly, the last one always."""
    if count <= most:
        return range(count)
    step = ceil(count / most)
    return range((count - 1) % step, count, step)
