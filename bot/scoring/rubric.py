"""The figures the rules use: thresholds, weights of the sentence labels, of the rating and of the level.

Filled from `content/scoring/*.yaml` by `content.rules`; a Report records the version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.scoring.knowledge import KnownPoints
from bot.scoring.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class FlagWeights:
    """What the signs of a flag weigh, with `bias` for none of them, and the likelihood from which on it is told."""

    least: float
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Rubric:
    """Weights and thresholds.

    `emissions[feature][label]` and `transitions[label][label]` are log weights of the sentence labels (`^` stands for
    the start). `rating` and `level` are weights by feature; `thresholds` hold the limits of the rules by name;
    `flags` hold the weights of the flags that several signs add up to.
    """

    version: str
    thresholds: Mapping[str, float]
    emissions: Mapping[str, Mapping[str, float]]
    transitions: Mapping[str, Mapping[str, float]]
    rating: Mapping[str, float]
    level: Mapping[str, float]
    flags: Mapping[str, FlagWeights] = field(default_factory=dict)

    def limit(self, name: str) -> float:
        """The threshold of that name; `KeyError` where the rubric has none."""
        return self.thresholds[name]


@dataclass(frozen=True, slots=True)
class Rules:
    """What `score` needs beside the answer."""

    lexicon: Lexicon
    rubric: Rubric
    known: KnownPoints = field(default_factory=KnownPoints)
