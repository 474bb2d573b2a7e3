"""Measures of agreement. All are NaN where there is nothing to measure."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

SEED, SAMPLES, FEWEST = 7, 300, 40
"""Of the bootstrap: where it starts, how many samples it draws, and how many of them must have a value."""
UNKNOWN = float("nan")

Value = TypeVar("Value", bound=Hashable)
Item = TypeVar("Item")


def quadratic_weighted_kappa(pairs: Sequence[tuple[Value, Value]], scale: Sequence[Value]) -> float:
    """Agreement beyond chance on an ordered scale, a difference weighing with its square (Cohen 1968)."""
    if len(pairs) < 2:
        return UNKNOWN
    place = {value: at for at, value in enumerate(scale)}
    seen = [[0] * len(scale) for _ in scale]
    for one, other in pairs:
        seen[place[one]][place[other]] += 1
    rows, columns = [sum(row) for row in seen], [sum(column) for column in zip(*seen, strict=True)]
    cells = [(i, j) for i in range(len(scale)) for j in range(len(scale))]
    observed = sum((i - j) ** 2 * seen[i][j] for i, j in cells)
    expected = sum((i - j) ** 2 * rows[i] * columns[j] / len(pairs) for i, j in cells)
    return 1 - observed / expected if expected else UNKNOWN


def pearson(pairs: Sequence[tuple[float, float]]) -> float:
    """Linear correlation."""
    if len(pairs) < 3:
        return UNKNOWN
    first, second = mean(a for a, _ in pairs), mean(b for _, b in pairs)
    shared = sum((a - first) * (b - second) for a, b in pairs)
    own, other = sum((a - first) ** 2 for a, _ in pairs), sum((b - second) ** 2 for _, b in pairs)
    return shared / math.sqrt(own * other) if own and other else UNKNOWN


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean."""
    found = list(values)
    return sum(found) / len(found) if found else UNKNOWN


def f1(true_positives: int, false_positives: int, false_negatives: int) -> float:
    """Harmonic mean of precision and recall."""
    wrong = false_positives + false_negatives
    return 2 * true_positives / (2 * true_positives + wrong) if true_positives + wrong else UNKNOWN


def macro_f1(pairs: Sequence[tuple[str, str]], labels: Iterable[str]) -> float:
    """The mean F1 over the labels that occur; pairs are (labelled, said)."""
    scores = []
    for label in labels:
        hit = sum(wanted == label == said for wanted, said in pairs)
        false = sum(wanted != label == said for wanted, said in pairs)
        missed = sum(wanted == label != said for wanted, said in pairs)
        if hit + missed:
            scores.append(f1(hit, false, missed))
    return mean(scores)


def bootstrap(
    items: Sequence[Item], measure: Callable[[Sequence[Item]], Mapping[str, float]]
) -> dict[str, tuple[float, float]]:
    """95 % intervals of each measure over samples of the items drawn with replacement; the same for the same items."""
    source = random.Random(SEED)
    samples = [measure([source.choice(items) for _ in items]) for _ in range(SAMPLES)] if items else []
    drawn: dict[str, list[float]] = {name: [] for sample in samples for name in sample}
    for sample in samples:
        for name, value in sample.items():
            if not math.isnan(value):
                drawn[name].append(value)
    return {name: _interval(sorted(values)) for name, values in drawn.items()}


def _interval(values: Sequence[float]) -> tuple[float, float]:
    if len(values) <= FEWEST:
        return UNKNOWN, UNKNOWN
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]
