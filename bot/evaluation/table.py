"""What is measured, as lines of text and as one object."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.base.text import Text, render, t, tn
from bot.evaluation.misses import Miss

LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Measured:
    """Measures by name, their intervals, the same measures of each baseline, and the differences item by item."""

    items: int
    values: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    baselines: Mapping[str, Mapping[str, float]]
    misses: Sequence[Miss]
    notes: Sequence[Text] = ()

    @property
    def measured(self) -> Sequence[str]:
        """The measures for which there were labels."""
        return [name for name, value in self.values.items() if not math.isnan(value)]


def as_object(found: Measured) -> dict[str, object]:
    """One JSON object; what could not be measured is null."""

    def plain(value: float) -> float | None:
        return None if math.isnan(value) else value

    return {
        "items": found.items,
        **{name: plain(value) for name, value in found.values.items()},
        "intervals": {name: [plain(low), plain(high)] for name, (low, high) in found.intervals.items()},
        "baselines": {
            name: {measure: plain(value) for measure, value in values.items()}
            for name, values in found.baselines.items()
        },
        "misses": [asdict(miss) for miss in found.misses],
    }


def lines_of(found: Measured, most_misses: int) -> Iterator[str]:
    """The table, the notes, and the first `most_misses` differences."""
    yield render(tn("{count} item", "{count} items", found.items))
    for note in found.notes:
        yield render(note)
    if not found.measured:
        yield render(t("Nothing is labelled, so nothing is measured."))
        return
    yield ""
    yield f"{'':32} {'engine':>6}   {'95 % interval':16}" + "".join(f" {name:>9}" for name in found.baselines)
    for name in found.measured:
        low, high = found.intervals.get(name, (math.nan, math.nan))
        beside = "".join(f" {_number(values.get(name, math.nan)):>9}" for values in found.baselines.values())
        interval = f"[{_number(low)}, {_number(high)}]"
        yield f"{name:32} {_number(found.values[name]):>6}   {interval:16}{beside}".rstrip()
    if found.misses and most_misses:
        yield ""
        yield render(tn("{count} difference:", "{count} differences:", len(found.misses)))
        for miss in found.misses[:most_misses]:
            yield from _miss(miss)
        if len(found.misses) > most_misses:
            yield render(t("and {count} more; --misses shows more of them.", count=len(found.misses) - most_misses))


def _miss(miss: Miss) -> Iterator[str]:
    line = t(
        "{item} {measure}: expected {expected}, said {said}",
        item=miss.item, measure=miss.measure, expected=miss.expected, said=miss.said,
    )  # fmt: skip
    yield f"  {render(line)}"
    if miss.quote:
        quote = " ".join(miss.quote.split())
        yield f"    “{quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1] + '…'}”"


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"
