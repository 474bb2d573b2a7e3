"""How far a reviewer's scores lie from those of the others: for the reviewer's own eyes, to learn by.

Each review is held against what all other reviews, and the reviewer's other habits, would have had it be: the score
that is judged has no part in its own measure. A reviewer who is strict throughout agrees as well as anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from statistics import fmean

from bot.review.aggregation import Given, adjust, unexpected

WORTH_AT_FIRST = 6
"""As many reviews of ordinary agreement stand beside the reviewer's own, so that few reviews say little."""
ALL_UP_TO = 5000
"""Reviews up to which all are looked at. Of more, only those of people who reviewed the same answers: what they tell
of a reviewer's habits hardly differs, and nobody waits for seconds."""
FARTHEST = 2.0
"""Points apart at which nothing is left of an agreement."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A reviewer beside the others, over the reviews of answers that others reviewed too."""

    reviews: int
    apart: float
    """Mean distance in points from what was to be expected of this reviewer."""
    habit: float
    """Points that they give more than others (below zero: fewer)."""
    value: float
    """From 0 (far apart) to 1 (as expected), drawn to the ordinary while there are few reviews."""


def agreement(given: Sequence[Given], reviewer: str) -> Agreement | None:
    """How a reviewer agrees with the others; None where nobody else reviewed what they did.

    `given` is what the adjusted scores are learned from; the variances are learned from the others alone.
    """
    near = given if len(given) <= ALL_UP_TO else _by_fellows(given, reviewer)
    others = [each for each in near if each.reviewer != reviewer]
    known = {each.answer for each in others}
    mine = [each for each in near if each.reviewer == reviewer and each.answer in known]
    if not mine:
        return None
    variances = adjust(others).variances
    found = unexpected([*others, *mine], variances)
    apart = [abs(found[each.answer, each.reviewer]) for each in mine]
    ordinary = _agreeing(sqrt(2 * variances.noise / pi))
    agreeing = [_agreeing(each) for each in apart]
    value = (WORTH_AT_FIRST * ordinary + sum(agreeing)) / (WORTH_AT_FIRST + len(agreeing))
    habit = adjust([*others, *mine], variances, rounds=0).habits.get(reviewer, 0.0)
    return Agreement(len(mine), fmean(apart), habit, value)


def _by_fellows(given: Sequence[Given], reviewer: str) -> list[Given]:
    """All reviews by those who reviewed an answer that this reviewer reviewed too."""
    answers = {each.answer for each in given if each.reviewer == reviewer}
    fellows = {each.reviewer for each in given if each.answer in answers}
    return [each for each in given if each.reviewer in fellows]


def _agreeing(apart: float) -> float:
    return max(0.0, 1 - apart / FARTHEST)
