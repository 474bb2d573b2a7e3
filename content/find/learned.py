"""Themes by weights that were learned: from stories and queries written for each theme, none of them measured on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from content.find.reading import Reading
from content.theme_weights import ThemeWeights, Weighing

BEYOND = 1.0
"""Spreads above what is usual from which on a story counts as showing a theme."""
LEAST_CHANCE = 0.05
"""How likely the likeliest theme of a query must be to be believed."""
CERTAIN = 0.3
"""How likely the likeliest must be to count in full; below, all count in proportion: most queries ask for words."""
LEAST_SHARE = 0.2
"""How likely a further theme must be beside the likeliest."""
MOST_SITUATIONS = 3


class LearnedThemes:
    """Reads stories and queries by the words and neighbouring words that tell their themes."""

    def __init__(self, weights: ThemeWeights) -> None:
        self._weights = weights

    def shown(self, sentences: Sequence[Reading]) -> dict[str, float]:
        """By how many spreads a story shows each theme above `BEYOND`, for the themes where it does."""
        known = self._weights
        sums = weigh(features(sentences, known.left_out), known.stories)
        above = {
            theme: (value - mean) / spread - BEYOND
            for theme, value, (mean, spread) in zip(known.themes, sums, known.usual, strict=True)
        }
        return {theme: value for theme, value in above.items() if value > 0}

    def asked(self, query: Reading) -> dict[str, float]:
        """What a query asks for: up to 1 for its likeliest theme and its likeliest situation, less for others.

        Empty where none is likely.
        """
        known = self._weights
        said = features([query], known.left_out)
        if not any(feature in known.queries.written for feature in said):
            return {}
        chances = [1 / (1 + math.exp(-value)) for value in weigh(said, known.queries)]
        likely = list(zip(known.themes, chances, strict=True))
        situations = _shares(likely[known.broad :])
        return _shares(likely[: known.broad]) | dict(list(situations.items())[:MOST_SITUATIONS])


def _shares(likely: Sequence[tuple[str, float]]) -> dict[str, float]:
    """What each counts beside the likeliest, the likeliest first; those that are not likely are left out."""
    ordered = sorted(likely, key=lambda pair: (-pair[1], pair[0]))
    best = ordered[0][1] if ordered else 0.0
    if best < LEAST_CHANCE:
        return {}
    return {theme: chance / max(best, CERTAIN) for theme, chance in ordered if chance >= LEAST_SHARE * best}


def features(sentences: Iterable[Reading], left_out: frozenset[str]) -> frozenset[str]:
    """The stems of a text, without those left out and figures, and its pairs of neighbouring stems."""
    found: set[str] = set()
    for sentence in sentences:
        found.update(stem for stem in sentence.stems if stem not in left_out and not stem.isdigit())
        found.update(f"{one}_{other}" for one, other in pairwise(sentence.stems))
    return frozenset(found)


def scaled(said: Iterable[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """The features that are known, each with its rarity, scaled to a text of length one; in a stable order."""
    known = sorted(feature for feature in said if feature in rarity)
    length = math.sqrt(sum(rarity[feature] ** 2 for feature in known)) or 1.0
    return {feature: rarity[feature] / length for feature in known}


def weigh(said: Iterable[str], weighing: Weighing) -> list[float]:
    """The sum for each theme, by place."""
    sums = list(weighing.start)
    known = {feature: weighing.rarity(feature) for feature in said if feature in weighing.written}
    for feature, share in scaled(known, known).items():
        for theme, weight in weighing.weights(feature):
            sums[theme] += share * weight
    return sums
