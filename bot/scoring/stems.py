"""Word stems for comparing content words: endings of number, tense and derivation taken off. Light on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

INFLECTIONS = ("ings", "ing", "ies", "ied", "ed", "es", "s", "ly")
DERIVATIONS = ("ational", "isations", "izations", "isation", "ization", "ations", "ation", "ments", "ment", "ness",
               "ities", "ity", "ions", "ion", "able", "ible", "ative", "ive", "al", "e", "y", "i")  # fmt: skip
SHORTEST_INFLECTED = 3
SHORTEST_DERIVED = 4
KNOWN = 8192
"""Words whose stems are kept: answers share most of their words."""


@dataclass(frozen=True, slots=True)
class Stemmer:
    """Takes endings off; `exceptions` come first and name the stem itself."""

    exceptions: Mapping[str, str] = field(default_factory=dict)

    def stem(self, word: str) -> str:
        """The stem of a lower-case word: `evaluations`, `evaluated` and `evaluating` share one."""
        word = word.removesuffix("'s")
        word = self.exceptions.get(word, word)
        if len(word) <= SHORTEST_INFLECTED or word in self.exceptions:
            return word
        word = _uninflected(word)
        return self.exceptions.get(word) or _underived(word)


@lru_cache(maxsize=KNOWN)
def _uninflected(word: str) -> str:
    return _double_undone(_without(word, INFLECTIONS, SHORTEST_INFLECTED))


@lru_cache(maxsize=KNOWN)
def _underived(word: str) -> str:
    return _without(word, DERIVATIONS, SHORTEST_DERIVED)


def _without(word: str, endings: tuple[str, ...], shortest: int) -> str:
    if word.endswith(("ss", "us")) or not word.endswith(endings):
        return word
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


def _double_undone(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word
