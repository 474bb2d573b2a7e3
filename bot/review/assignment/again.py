"""The same round once more: late answers, and reviews that were released, are filled without touching what stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.review.assignment.problem import Pair, Problem


def fill(
    problem: Problem,
    standing: frozenset[Pair],
    willing: Mapping[str, int],
    released: Iterable[Pair] = (),
) -> Problem:
    """What is still missing, as a problem of its own.

    `standing` are the reviews opened or handed in: they are kept. `willing` says how many more each person takes on;
    whoever is not in it gets nothing new. Nobody gets a review again that was `released` from them.
    """
    loads = {reviewer: sum(pair.reviewer == reviewer for pair in standing) for reviewer, _ in standing}
    return replace(
        problem,
        reviewers=tuple(
            replace(each, capacity=loads.get(each.id, 0) + willing.get(each.id, 0)) for each in problem.reviewers
        ),
        never=problem.never | frozenset(released),
        must=problem.must & standing,
        kept=standing,
    )
