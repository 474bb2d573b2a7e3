"""Reads what people type into a search: words, their stems, the word a slip stands for, and Korean by itself."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.scoring.stems import Stemmer

LONGEST = 1200
"""Characters that are read; a question is never longer, and what follows would only cost time."""
MOST_WORDS = 160
MOST_SLIPS = 12
"""Unknown words that are looked up; a text with more of them is not English with slips."""
SHORTEST_SLIP, LONGEST_SLIP = 4, 24
WORD = re.compile(r"[가-힣]+|[^\W_가-힣]+")
HANGUL = re.compile(r"[가-힣]")
APOSTROPHES = re.compile(r"['’`´]")
OTHER_LETTER, NOT_LIKELY, SAME_CONSONANTS = 0.5, 0.4, 0.5
"""What speaks against a candidate besides its distance: another first letter, a word no cue knows; and what a slip in
vowels or doubled letters alone costs, however many they are."""
VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the finders see it: `words` as typed, and at the same places the words meant and their stems.

    `korean` is the text without blanks where there is Korean in it, else empty.
    """

    words: tuple[str, ...]
    meant: tuple[str, ...]
    stems: tuple[str, ...]
    korean: str


class Reader:
    """Reads texts against a vocabulary: a word that is not in it is taken for the word it was most likely meant as."""

    def __init__(self, stems: Stemmer, vocabulary: Iterable[str], likely: Iterable[str] = ()) -> None:
        """`vocabulary` holds words that are taken as typed; `likely` are what a slip is taken for first, the more often
        they stand in it the sooner.
        """
        self._stems = stems
        self._often = Counter(likely)
        self._known = frozenset(vocabulary) | self._often.keys()
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST_SLIP - 1 and word.isascii():
                self._by_length[len(word)].append(word)
        self._nearest_known = lru_cache(maxsize=4096)(self._nearest)

    def read(self, text: str) -> Reading:
        """The text's words; everything is lower case, apostrophes are gone."""
        plain = plain_text(text)
        words = tuple(WORD.findall(plain)[:MOST_WORDS])
        slips = [word for word in words if word not in self._known and word.isascii()][:MOST_SLIPS]
        mended = {word: self._nearest_known(word) for word in slips}
        meant = tuple(mended.get(word, word) for word in words)
        return Reading(words, meant, tuple(map(self.stem, meant)), "".join(words) if HANGUL.search(plain) else "")

    def stem(self, word: str) -> str:
        """The stem by which a word is compared."""
        return self._stems.stem(word)

    def _nearest(self, word: str) -> str:
        """The known word that `word` is a slip of, or `word`."""
        if not SHORTEST_SLIP <= len(word) <= LONGEST_SLIP or any(character.isdigit() for character in word):
            return word
        allowed = 1 if len(word) < 6 else 2 if len(word) < 9 else 3
        near = [
            (self._effort(word, known, distance), -self._often[known], length, known)
            for length in range(len(word) - allowed, len(word) + allowed + 1)
            for known, distance, _ in process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=allowed, limit=None
            )
        ]
        return min(near)[-1] if near else word

    def _effort(self, word: str, known: str, distance: float) -> float:
        """What speaks against `word` being a slip of `known`."""
        effort = SAME_CONSONANTS if _consonants(word) == _consonants(known) else distance
        return effort + OTHER_LETTER * (known[0] != word[0]) + NOT_LIKELY * (not self._often[known])


def plain_text(text: str) -> str:
    """The part of a text that is read, in one writing: lower case, without apostrophes."""
    return APOSTROPHES.sub("", unicodedata.normalize("NFKC", text[:LONGEST]).lower())


def _consonants(word: str) -> str:
    return "".join(letter for letter, _ in groupby(letter for letter in word if letter not in VOWELS))
