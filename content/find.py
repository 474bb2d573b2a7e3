"""Finds the question of the bank that somebody means, however they word it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.scoring.lexicon import Lexicon
from content.schema import Question

WORD = re.compile(r"[^\W_]+")
LIKENESS = 0.28
"""Cosine from which on two wordings count as the same question; below it none is better than a wrong one."""
LEAD = 1.25
"""How much more alike the best has to be than the next question."""
RELATED = 0.5
"""What a related word (`Lexicon.related`) counts beside the same word."""

Vector = Mapping[str, float]


def find_question(wording: str, questions: Iterable[Question], lexicon: Lexicon) -> Question | None:
    """The question most like `wording`, or None where none is alike.

    Likeness is the cosine of word stems weighted by their rarity among the questions (tf-idf), with words of
    one concept counted half as the same word. A question's own wordings always find it.
    """
    asked = list(questions)
    plain = WORD.findall(wording.lower())
    for question in asked:
        if plain in [WORD.findall(text.lower()) for text in (str(question.text), *question.wordings)]:
            return question
    bags = [[_bag(text, lexicon) for text in (str(question.text), *question.wordings)] for question in asked]
    weigh = _weights([bag for wordings in bags for bag in wordings])
    meant = weigh(_bag(wording, lexicon))
    likeness = [max(_cosine(meant, weigh(bag)) for bag in wordings) for wordings in bags]
    ranked = sorted(zip(likeness, range(len(asked)), strict=True), reverse=True)
    if not ranked or ranked[0][0] < LIKENESS:
        return None
    if len(ranked) > 1 and ranked[0][0] < LEAD * ranked[1][0]:
        return None
    return asked[ranked[0][1]]


def _bag(text: str, lexicon: Lexicon) -> Counter[str]:
    words = [word for word in WORD.findall(text.lower()) if word not in lexicon.stop_words]
    stems = [lexicon.stems.stem(word) for word in words]
    return Counter({*stems, *(f"concept {hit.name}" for hit in lexicon.related(stems))})


def _weights(bags: Sequence[Mapping[str, int]]) -> Callable[[Mapping[str, int]], Vector]:
    found_in = Counter(term for bag in bags for term in bag)

    def weigh(bag: Mapping[str, int]) -> Vector:
        return {
            term: math.log(1 + len(bags) / (1 + found_in[term])) * (RELATED if term.startswith("concept ") else 1)
            for term in bag
        }

    return weigh


def _cosine(one: Vector, other: Vector) -> float:
    """Likeness from 0 to 1; a single shared word proves nothing."""
    both = one.keys() & other.keys()
    if len(both) < 2:
        return 0.0
    shared = sum(one[term] * other[term] for term in both)
    lengths = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return shared / lengths if lengths else 0.0
