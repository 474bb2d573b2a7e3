"""Where what was said differs from the labels, with the words it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.answers import Compared
from bot.evaluation.labelled import LEVELS
from bot.evaluation.queries import Ranked, is_right

RATING_APART, LEVELS_APART = 1.0, 2
"""From these differences on a rating and a level are told among the misses."""
NONE = "-"
Quotes = Mapping[str, str]
"""By flag the words that the engine quotes for it."""


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference: of which item and measure, what was labelled, what was said, and the words it is about."""

    item: str
    measure: str
    expected: str
    said: str
    quote: str = ""


def answer_misses(compared: Sequence[Compared], quotes: Mapping[str, Quotes]) -> Iterator[Miss]:
    """Every difference in the order of the items; `quotes` by the answer's id."""
    for item in compared:
        yield from _misses_of(item, quotes.get(item.answer.id, {}))


def query_misses(ranked: Sequence[Ranked]) -> Iterator[Miss]:
    """Every labelled query whose best archetype is not found first."""
    for item in ranked:
        if item.relevant and not is_right(item):
            found = ", ".join(map(str, item.found[:3])) or NONE
            yield Miss(str(item.query.id), "best_first", ", ".join(map(str, item.relevant)), found, item.query.query)


def _misses_of(item: Compared, quotes: Quotes) -> Iterator[Miss]:
    name = item.answer.id
    if item.rating and abs(item.rating[0] - item.rating[1]) >= RATING_APART:
        yield Miss(name, "rating", f"{item.rating[0]:g}", f"{item.rating[1]:g}")
    if item.level and abs(LEVELS.index(item.level[0]) - LEVELS.index(item.level[1])) >= LEVELS_APART:
        yield Miss(name, "level", *item.level)
    if item.flags:
        wanted, said = item.flags
        for code in sorted(wanted - said):
            yield Miss(name, "flag", code, NONE)
        for code in sorted(said - wanted):
            yield Miss(name, "flag", NONE, code, quotes.get(code, ""))
    for (start, end, _), (label, given) in zip(item.answer.sentences(), item.labels, strict=False):
        if label != given:
            yield Miss(name, "segment", label, given, item.answer.text[start:end])
    for point, (covered, found) in zip(item.answer.covered, item.points, strict=False):
        if covered != found:
            yield Miss(name, "point", str(covered).lower(), str(found).lower(), point)
