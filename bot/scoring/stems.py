"""Word stems for comparing content words: endings of number, tense and adverbs taken off. Light on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ENDINGS = ("ational", "ization", "isation", "ations", "ation", "ments", "ment", "ness", "ities", "ity", "ingly", "edly",
           "ings", "ing", "ions", "ion", "able", "ible", "ies", "ied", "ers", "er", "ors", "or", "ed", "es", "ly", "al",
           "ive", "s", "e", "y")  # fmt: skip
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Stemmer:
    """Takes endings off; `exceptions` come first."""

    exceptions: Mapping[str, str] = field(default_factory=dict)

    def stem(self, word: str) -> str:
        """The stem of a lower-case word: `evaluations`, `evaluated` and `evaluating` share one."""
        word = word.removesuffix("'s")
        known = self.exceptions.get(word)
        if known is not None:
            word = known
        for _ in range(2):
            for ending in ENDINGS:
                if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
                    word = word[: -len(ending)]
                    break
            else:
                break
        if len(word) > SHORTEST and word[-1] == word[-2] and word[-1] not in "lsz":
            word = word[:-1]
        return word
