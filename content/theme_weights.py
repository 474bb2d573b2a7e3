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

    written: Mapping[str, str]
    """By feature its line of the file, of which one is read when it is met: reading all would take a second."""
    start: tuple[float, ...]
    """What each theme starts from before any word."""

    def rarity(self, feature: str) -> float:
        """How rare a feature is that stands here."""
        return int(self.written[feature].partition(" ")[0]) / HUNDREDTHS

    def weights(self, feature: str) -> list[tuple[int, float]]:
        """The themes that a feature tells something of, by place, with what it says of each."""
        _, _, pairs = self.written[feature].partition(" ")
        said = (pair.split(":") for pair in pairs.split())
        return [(int(theme), int(weight) / HUNDREDTHS) for theme, weight in said]


@dataclass(frozen=True, slots=True)
class ThemeWeights:
    """What tells the themes of stories and of queries; `usual` is mean and spread of each theme in other stories."""

    themes: tuple[str, ...]
    """The broad themes first, then the situations: narrower themes, such as that of mediating in all of conflict."""
    broad: int
    """How many of them are broad."""
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
            (*raw["themes"], *raw["situations"]),
            len(raw["themes"]),
            weighing(raw["stories"]),
            weighing(raw["queries"]),
            tuple((float(mean), float(spread)) for mean, spread in raw["usual"]),
            frozenset(raw["left_out"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        said = f"these are no weights of themes ({type(problem).__name__}: {problem})"
        raise ContentError(file, 1, said) from problem


def weighing(raw: Mapping[str, object]) -> Weighing:
    """`features` holds one line each: the feature, its rarity in hundredths, then `theme:hundredths`."""
    lines, start = raw["features"], raw["start"]
    if not isinstance(lines, list) or not isinstance(start, list):
        raise TypeError("features and start are lists")
    return Weighing({name: said for name, _, said in (line.partition(" ") for line in lines)}, tuple(map(float, start)))
