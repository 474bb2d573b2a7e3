"""What was learned of how people ask for each archetype: by words, their neighbours, and parts of Korean words."""

from __future__ import annotations

import math
from collections.abc import Set

from content.find.learned import features, weigh
from content.find.reading import HANGUL, Reading
from content.lookup_weights import LookupWeights

KOREAN_PARTS = (2, 3)
"""How many syllables the parts of Korean words have that are compared."""
NOTHING_LEFT_OUT: frozenset[str] = frozenset()
"""Small words tell much of how a question is meant: "who" asks for a person, "your" for one's own part."""
WHOLE_QUESTION = 10
"""From how many words on a wording counts in full: a scrap tells less, and cues know it better."""


class LearnedArchetypes:
    """How much the wording of a question speaks for each archetype, where its words are known."""

    def __init__(self, weights: LookupWeights, stop_words: Set[str]) -> None:
        self._archetypes = weights.archetypes
        self._weighing = weights.weighing
        self._stop_words = stop_words

    def weigh(self, reading: Reading) -> dict[str, float]:
        """By archetype what speaks for it, in the worth of cues; empty where no word that means something is known."""
        if not self._says_something(reading):
            return {}
        worths = weigh(features_of(reading), self._weighing)
        share = counted(reading)
        return {name: share * worth for name, worth in zip(self._archetypes, worths, strict=True)}

    def _says_something(self, reading: Reading) -> bool:
        known = self._weighing.written
        meant = zip(reading.meant, reading.stems, strict=True)
        return any(word not in self._stop_words and stem in known for word, stem in meant) or any(
            part in known for part in _korean_parts(reading)
        )


def counted(reading: Reading) -> float:
    """The share for which the wording of a question counts beside its cues."""
    return min(1.0, math.sqrt(len(reading.stems) / WHOLE_QUESTION))


def features_of(reading: Reading) -> frozenset[str]:
    """Stems, pairs of neighbouring ones, and parts of Korean words."""
    return features([reading], NOTHING_LEFT_OUT) | _korean_parts(reading)


def _korean_parts(reading: Reading) -> frozenset[str]:
    """Syllables in a row, blanks aside, and how each word begins."""
    run = "".join(word for word in reading.words if HANGUL.search(word))
    parts = {"".join(part) for size in KOREAN_PARTS for part in zip(*(run[at:] for at in range(size)), strict=False)}
    return frozenset(parts | {f"^{word[:2]}" for word in reading.words if HANGUL.search(word)})
