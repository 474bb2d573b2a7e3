"""Reads what people type into a search: words, their stems, the word a typo stands for, and Korean by itself."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.scoring.stems import Stemmer

LONGEST = 1200
"""Characters that are read; a question is never longer, and what follows would only cost time."""
MOST_WORDS = 160
MOST_TYPOS = 24
"""Unknown words that are looked up; a text with more of them is not English with slips."""
WORD = re.compile(r"[가-힣]+|[^\W_가-힣]+")
HANGUL = re.compile(r"[가-힣]")
APOSTROPHES = re.compile(r"['’`´]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the finders see it. `words` are as typed, `stems` stand at the same places; `korean` is the
    text without blanks where there is Korean in it, else empty."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    korean: str


class Reader:
    """Reads texts against a vocabulary: a word that is not in it is taken for the word it was most likely meant as."""

    def __init__(self, stems: Stemmer, vocabulary: Iterable[str], likely: Iterable[str] = ()) -> None:
        """`vocabulary` holds words that are taken as typed; of those, `likely` are what a typo is taken for first."""
        self._stems = stems
        self._known = frozenset(vocabulary) | frozenset(likely)
        preferred = frozenset(likely)
        self._by_length: dict[int, list[tuple[str, bool]]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) > 3 and word.isascii():
                self._by_length[len(word)].append((word, word in preferred))
        self._meant = lru_cache(maxsize=4096)(self._nearest)

    def read(self, text: str) -> Reading:
        """The text's words; everything is lower case, apostrophes are gone."""
        plain = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text[:LONGEST]).lower())
        words = tuple(WORD.findall(plain)[:MOST_WORDS])
        unknown = 0
        stems = []
        for word in words:
            if word in self._known or not word.isascii():
                stems.append(self.stem(word))
            else:
                unknown += 1
                stems.append(self.stem(self._meant(word) if unknown <= MOST_TYPOS else word))
        return Reading(words, tuple(stems), "".join(words) if HANGUL.search(plain) else "")

    def stem(self, word: str) -> str:
        """The stem by which a word is compared."""
        return self._stems.stem(word)

    def _nearest(self, word: str) -> str:
        """The known word that `word` is a slip of, or `word`."""
        allowed = 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 9 else 3
        if not allowed or any(character.isdigit() for character in word):
            return word
        best, best_rank = word, (allowed + 1.0, 0)
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for known, likely in self._by_length.get(length, ()):
                distance = OSA.distance(word, known, score_cutoff=allowed)
                if distance > allowed:
                    continue
                rank = (distance + (0.0 if known[0] == word[0] else 0.5) - (0.4 if likely else 0.0), -len(known))
                if rank < best_rank:
                    best, best_rank = known, rank
        return best
