"""How well stories fit a query: what they are about each of its terms, by the term's rarity and its kind. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.stories.finding import Query, Terms

WEIGHTS: Mapping[str, float] = {"w": 1.0, "m": 0.6, "t": 2.5, "a": 0.6}
"""What a term counts by its kind: word, matter, theme, archetype."""
FEW = 30
"""How many stories are taken for granted where a member may see fewer: else no word of a single story counts."""


def rank(query: Query, stories: Mapping[str, Terms], counts: Mapping[str, int], total: int) -> list[tuple[str, float]]:
    """The stories that fit, the best first: what they are about each term, by its rarity and the weight of its kind.

    `counts` says in how many of the `total` stories a term stands.
    """
    rarity = {term: weight * worth_of(term, counts.get(term, 0), total) for term, weight in query.terms.items()}
    found = []
    for name, terms in stories.items():
        score = sum(worth * terms[term] for term, worth in rarity.items() if term in terms)
        if score > 0:
            found.append((name, round(score, 6)))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def worth_of(term: str, count: int, total: int) -> float:
    """What a term counts that stands in `count` of `total` stories; how rare a theme is lies in its worth already."""
    return WEIGHTS[term[0]] * (1.0 if term.startswith("t:") else rarity_of(count, total))


@lru_cache(maxsize=4096)
def rarity_of(count: int, total: int) -> float:
    """How much a term says that stands in `count` of `total` stories; few stories say little on how rare it is."""
    among = max(total, count, FEW)
    return math.log(1 + (among - count + 0.5) / (count + 0.5))


def count_terms(stories: Iterable[Terms]) -> dict[str, int]:
    """In how many stories each term stands."""
    counts: dict[str, int] = defaultdict(int)
    for terms in stories:
        for term in terms:
            counts[term] += 1
    return dict(counts)
