"""Themes by weights that were learned: from stories and queries written for each theme, none of them measured on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from content.find.reading import Reading
from content.theme_weights import ThemeWeights, Weighing

BEYOND = 1.2
"""Spreads above what is usual from which on a story counts as showing a theme."""
LEAST_CHANCE = 0.05
"""How likely the likeliest theme of a query must be to be believed."""
SAID = 3.0
"""Spreads that a sentence of a story is worth which would ask for the theme for certain if it were a query."""
CERTAIN, CERTAIN_OF_QUESTION = 0.5, 0.1
"""How likely the likeliest must be to count in full; below, all count in proportion: most queries ask for words."""
SITUATION = 0.7
"""What a situation counts beside a theme."""
LEAST_SHARE = 0.2
"""How likely a further theme must be beside the likeliest."""
MOST_SITUATIONS = 3


class LearnedThemes:
    """Reads stories and queries by the words and neighbouring words that tell their themes."""

    def __init__(self, weights: ThemeWeights) -> None:
        self._weights = weights

    def shown(self, sentences: Sequence[Reading]) -> dict[str, float]:
        """By how many spreads a story shows each theme above `BEYOND`, for the themes where it does.

        What its sentences would ask for is added: a title or what was learned often names what the rest only shows.
        """
        known = self._weights
        sums = weigh(features(sentences, known.left_out), known.stories)
        said = [max(chances) for chances in zip(*map(self._chances, sentences), strict=True)] or [0.0] * len(sums)
        above = {
            theme: (value - mean) / spread + SAID * chance - BEYOND
            for theme, value, (mean, spread), chance in zip(known.themes, sums, known.usual, said, strict=True)
        }
        return {theme: value for theme, value in above.items() if value > 0}

    def asked(self, query: Reading, *, question: bool = False) -> dict[str, float]:
        """What a query asks for: up to 1 for its likeliest theme, less for others; empty where none is likely.

        A `question` is believed sooner: it is hardly a row of words that somebody remembers.
        """
        known = self._weights
        likely = list(zip(known.themes, self._chances(query), strict=True))
        certain = CERTAIN_OF_QUESTION if question else CERTAIN
        situations = _shares(likely[known.broad :], certain)[:MOST_SITUATIONS]
        themes = _shares(likely[: known.broad], certain)
        return dict(themes) | {situation: SITUATION * share for situation, share in situations}

    def _chances(self, sentence: Reading) -> list[float]:
        """How likely a sentence asks for each theme, by place; 0 where it says nothing that is known."""
        known = self._weights
        said = features([sentence], known.left_out)
        if known.queries.written.keys().isdisjoint(said):
            return [0.0] * len(known.themes)
        return [1 / (1 + math.exp(-value)) for value in weigh(said, known.queries)]


def _shares(likely: Sequence[tuple[str, float]], certain: float) -> list[tuple[str, float]]:
    """What each counts beside the likeliest, the likeliest first; those that are not likely are left out."""
    ordered = sorted(likely, key=lambda pair: (-pair[1], pair[0]))
    best = ordered[0][1] if ordered else 0.0
    if best < LEAST_CHANCE:
        return []
    return [(theme, chance / max(best, certain)) for theme, chance in ordered if chance >= LEAST_SHARE * best]


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
