"""Flags that signs add up to: a logistic sum of figures between 0 and 1, and the words in which they were heard."""

from __future__ import annotations

import math

from bot.scoring.doc import Doc, Sentence
from bot.scoring.facts import Facts
from bot.scoring.report import Evidence
from bot.scoring.rubric import Rubric
from bot.scoring.signs import SIGNS


def likelihood(code: str, doc: Doc, facts: Facts, rubric: Rubric) -> float:
    """How likely a careful interviewer is to note a flag down, from 0 to 1.

    A sign without a weight weighs nothing; `KeyError` for a flag that is not weighed.
    """
    weights = rubric.flags[code].weights
    signs = SIGNS[code](doc, facts)
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + math.exp(-total))


def holds(code: str, doc: Doc, facts: Facts, rubric: Rubric) -> bool:
    """Whether the signs of a flag add up to it."""
    return bool(doc.sentences) and likelihood(code, doc, facts, rubric) >= rubric.flags[code].least


def heard(doc: Doc, *lists: str) -> tuple[Evidence, ...]:
    """The sentences with phrases of these lists, those with the most of them first, else in their order."""
    told = [(sum(s.count(name) for name in lists), s) for s in doc.sentences if s.has(*lists)]
    return tuple(doc.quote(s) for _, s in sorted(told, key=_most_first))


def _most_first(told: tuple[int, Sentence]) -> tuple[int, int]:
    count, sentence = told
    return -count, sentence.index
