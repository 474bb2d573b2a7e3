"""Whether much of a text stands elsewhere already: runs of five words that both have, never a judgement.

The share is of the new text's own runs (containment), so a short new text in a long old one is found, and a long new
text that repeats a sentence of a short old one is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.base.runs import runs_of

RUN = 5
THRESHOLD = 0.35
"""Share of runs from which on a text counts as reused; how it was measured is told in docs/scoring.md."""
LEAST_RUNS = 20
"""Runs a text needs before a share of them says anything."""
LONGEST = 12_000
"""Characters read at most."""
WORD = re.compile(r"[^\W_]++(?:['’][^\W\d_]++)*+")

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reused:
    """The text that most of this one stands in, by the name the caller gave it, and the share."""

    source: str
    share: float


def shingles(text: str) -> Runs:
    """Every run of five words, without regard to case and punctuation."""
    words = [word.lower().replace("’", "'") for word in WORD.findall(text[:LONGEST])]
    return runs_of(words, RUN)


def containment(text: Runs, other: Runs) -> float:
    """Which share of `text` stands in `other`, from 0 to 1."""
    return len(text & other) / len(text) if text else 0.0


def reused(text: str, others: Iterable[tuple[str, Runs]], threshold: float = THRESHOLD) -> Reused | None:
    """The source of which most stands in `text`, or None where no share reaches the threshold."""
    runs = shingles(text)
    if len(runs) < LEAST_RUNS:
        return None
    best = max(((containment(runs, other), name) for name, other in others), default=(0.0, ""))
    return Reused(best[1], round(best[0], 3)) if best[0] >= threshold else None
