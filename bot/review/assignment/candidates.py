"""Which pairs are considered: all in a small group, a sparse sample in a large one.

In a large group people stand on a random circle and each considers those at some random distances of up to half the
circle. Every person then has as many candidates as they are a candidate of, so a full assignment exists, and no two
people are candidates of each other.
"""

from __future__ import annotations

import random
from collections import defaultdict

from bot.review.assignment.problem import Pair, Problem

ALL_UP_TO = 100
"""People up to whose number every pair is considered."""
REACH = 24
"""Candidates of a person in a large group."""


def allowed(problem: Problem, pair: Pair, author: str) -> bool:
    """Whether a pair may be assigned anew: not one's own answer, not excluded, not there already."""
    return pair.reviewer != author and pair not in problem.never and pair not in problem.kept


def every_pair(problem: Problem) -> list[Pair]:
    """All allowed pairs, in the order of their names."""
    return [
        pair
        for demand in sorted(problem.demands, key=lambda each: each.answer)
        for reviewer in sorted(problem.reviewers, key=lambda each: each.id)
        if reviewer.capacity > 0 and allowed(problem, pair := Pair(reviewer.id, demand.answer), demand.author)
    ]


def sparse_pairs(problem: Problem, reach: int) -> list[Pair]:
    """Allowed pairs at `reach` random distances, and all of those who keep their time for where it is needed."""
    authors = defaultdict(list)
    for demand in problem.demands:
        authors[demand.author].append(demand.answer)
    peers = {reviewer.id for reviewer in problem.reviewers if reviewer.capacity > 0}
    circle = sorted(peers | set(authors))
    draw = random.Random(problem.seed)
    draw.shuffle(circle)
    size = len(circle)
    half = max(1, (size - 1) // 2)
    shifts = draw.sample(range(1, half + 1), min(reach, half))
    author_of = problem.author_of()
    reach_of = {
        person: [answer for shift in shifts for answer in authors.get(circle[(place + shift) % size], ())]
        for place, person in enumerate(circle)
    }
    _add_spared(problem, draw, reach, reach_of)
    for pair in problem.must:
        if pair.answer in author_of:
            reach_of.setdefault(pair.reviewer, []).append(pair.answer)
    # One short sort for each person: a single long one would keep an event loop beside this thread from its work.
    return [
        pair
        for person in sorted(peers)
        for answer in sorted(set(reach_of[person]))
        if allowed(problem, pair := Pair(person, answer), author_of[answer])
    ]


def _add_spared(problem: Problem, draw: random.Random, reach: int, reach_of: dict[str, list[str]]) -> None:
    """Some answers for each mentor: enough to choose from, not all in a large group."""
    answers = sorted(problem.author_of())
    for reviewer in sorted(problem.reviewers, key=lambda each: each.id):
        if reviewer.spare and reviewer.capacity > 0:
            reach_of[reviewer.id] += draw.sample(answers, min(len(answers), reach * reviewer.capacity))
