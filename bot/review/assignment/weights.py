"""One objective out of four: the reviews that must be, coverage, a fair load, preferences, in that order.

In a network the best flow is the one that no cycle of its residual graph improves. A cycle passes the source and the
sink once each, so it changes at most two units of load and two of coverage, and it goes forward over at most as many
pairs as there are reviewers or answers. A weight that outweighs what one cycle can do below it therefore keeps the
order exactly, and stays small enough for floating point: about 1e9 for 5,000 people.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What one unit of each goal costs, in steps of preference."""

    load: int
    shortage: int
    review: int
    must: int


def weights(most_cost: int, reviewers: int, answers: int, most_load: int, most_wanted: int) -> Weights:
    """The weights for pairs of at most `most_cost`; `most_load` includes what people keep spare."""
    preferences = most_cost * max(1, min(reviewers, answers))
    load = preferences + 1
    one_review = load * (2 * most_load + 1)
    shortage = one_review + preferences + 1
    review = shortage * (most_wanted + 1) + one_review + preferences + 1
    return Weights(load, shortage, review, 2 * review)
