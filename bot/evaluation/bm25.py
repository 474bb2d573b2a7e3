"""BM25 over whole words: the baseline that every look-up has to beat."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

WORD = re.compile(r"\w+")
K1, B = 1.5, 0.75


class BM25:
    """Texts by key, ranked by the words of a query (Robertson and Walker 1994, with the usual constants)."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._counts = {key: Counter(WORD.findall(text.lower())) for key, text in texts.items()}
        lengths = {key: sum(counts.values()) for key, counts in self._counts.items()}
        usual = sum(lengths.values()) / max(1, len(lengths))
        self._norms = {key: K1 * (1 - B + B * length / usual) for key, length in lengths.items()}
        self._found_in = Counter(word for counts in self._counts.values() for word in counts)

    def rank(self, query: str) -> list[int]:
        """The keys of texts that share a word with the query, the best first."""
        scores = {key: self._score(key, query) for key in self._counts}
        return sorted((key for key, score in scores.items() if score > 0), key=lambda key: (-scores[key], key))

    def _score(self, key: int, query: str) -> float:
        counts, norm = self._counts[key], self._norms[key]
        return sum(
            self._rarity(word) * counts[word] * (K1 + 1) / (counts[word] + norm) for word in WORD.findall(query.lower())
        )

    def _rarity(self, word: str) -> float:
        found = self._found_in[word]
        return math.log(1 + (len(self._counts) - found + 0.5) / (found + 0.5))
