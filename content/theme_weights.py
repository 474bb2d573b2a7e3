"""Reads `content/lookup/theme_weights.json`: what words and pairs of words say of the themes of a story or a query.

The file is written by `python -m tests.gold.fit_theme_weights` and is not meant to be edited by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.base.errors import ContentError

FILE = Path(__file__).parent / "lookup" / "theme_weights.json"
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Weighing:
    """A linear reading of texts: for each feature its rarity and its weight for each theme (by place)."""

    rarity: Mapping[str, float]
    weights: Mapping[str, Mapping[int, float]]
    start: tuple[float, ...]
    """What each theme starts from before any word."""


@dataclass(frozen=True, slots=True)
class ThemeWeights:
    """What tells the themes of stories and of queries; `usual` is mean and spread of each theme in other stories."""

    themes: tuple[str, ...]
    stories: Weighing
    queries: Weighing
    usual: tuple[tuple[float, float], ...]
    left_out: frozenset[str]
    """Stems that tell nothing by themselves."""


@cache
def load_theme_weights(file: Path = FILE) -> ThemeWeights:
    """The weights of a file; raises `ContentError` where it cannot be read."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        return ThemeWeights(
            tuple(raw["themes"]),
            _weighing(raw["stories"]),
            _weighing(raw["queries"]),
            tuple((float(mean), float(spread)) for mean, spread in raw["usual"]),
            frozenset(raw["left_out"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        said = f"these are no weights of themes ({type(problem).__name__}: {problem})"
        raise ContentError(file, 1, said) from problem


def _weighing(raw: Mapping[str, object]) -> Weighing:
    """`features` holds one line each: the feature, its rarity in hundredths, then `theme:hundredths`."""
    rarity: dict[str, float] = {}
    weights: dict[str, dict[int, float]] = {}
    lines, start = raw["features"], raw["start"]
    if not isinstance(lines, list) or not isinstance(start, list):
        raise TypeError("features and start are lists")
    for line in lines:
        name, rare, *pairs = line.split()
        rarity[name] = int(rare) / HUNDREDTHS
        said = (pair.split(":") for pair in pairs)
        weights[name] = {int(theme): int(weight) / HUNDREDTHS for theme, weight in said}
    return Weighing(rarity, weights, tuple(map(float, start)))
