"""Finds the question of the bank that somebody means, however they word it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.scoring.lexicon import Lexicon
from content.schema import Question

WORD = re.compile(r"[^\W_]+")
LIKENESS = 0.45
"""Cosine from which on two wordings count as the same question; below it none is better than a wrong one."""
RELATED = 0.5
"""What a related word (`Lexicon.concepts`) counts beside the same word."""

Vector = Mapping[str, float]


def find_question(wording: str, questions: Iterable[Question], lexicon: Lexicon) -> Question | None:
    """The question most like `wording`, or None where none is alike.

    Likeness is the cosine of word stems weighted by their rarity among the questions (tf-idf), with words of
    one concept counted half as the same word.
    """
    known = [(question, text) for question in questions for text in (str(question.text), *question.wordings)]
    bags = [_bag(text, lexicon) for _, text in known]
    weigh = _weights(bags)
    asked = weigh(_bag(wording, lexicon))
    likeness = [(_cosine(asked, weigh(bag)), question) for (question, _), bag in zip(known, bags, strict=True)]
    best, question = max(likeness, key=lambda pair: pair[0], default=(0.0, None))
    return question if best >= LIKENESS else None


def _bag(text: str, lexicon: Lexicon) -> Counter[str]:
    bag: Counter[str] = Counter()
    for word in WORD.findall(text.lower()):
        if word in lexicon.stop_words:
            continue
        stem = lexicon.stems.stem(word)
        bag[stem] = 1
        for concept in lexicon.concepts.get(stem, lexicon.concepts.get(word, ())):
            bag[f"concept {concept}"] = 1
    return bag


def _weights(bags: Sequence[Mapping[str, int]]) -> Callable[[Mapping[str, int]], Vector]:
    found_in = Counter(term for bag in bags for term in bag)

    def weigh(bag: Mapping[str, int]) -> Vector:
        return {
            term: math.log(1 + len(bags) / (1 + found_in[term])) * (RELATED if term.startswith("concept ") else 1)
            for term in bag
        }

    return weigh


def _cosine(one: Vector, other: Vector) -> float:
    shared = sum(weight * other[term] for term, weight in one.items() if term in other)
    lengths = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return shared / lengths if lengths else 0.0
