"""From a problem to a plan: candidates, one solve, and for small groups one that keeps couples apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.review.assignment.candidates import ALL_UP_TO, REACH, every_pair, sparse_pairs
from bot.review.assignment.costs import REPEAT, TIES, Costs
from bot.review.assignment.couples import fewest_couples
from bot.review.assignment.network import Network, Numbers, build
from bot.review.assignment.problem import Pair, Plan, Problem, Reason, Unmet
from bot.review.assignment.solving import best_flow

PATIENCE = 5.0
"""Seconds that the search for a plan without couples may take."""
COUPLE = 3 * REPEAT * TIES
"""Two people who review each other weigh as much as three repeated pairs."""


def assign(problem: Problem, patience: float = PATIENCE) -> Plan:
    """The best plan: as many reviews as can be had, load shared evenly, then preferences; too few people is no fault.

    Takes about a hundredth of a second for 100 people and seconds for thousands: call it in a worker thread. The same
    problem gives the same plan, whatever the order in which people are listed.
    """
    problem = _in_order(problem)
    costs = Costs(problem)
    if len(problem.reviewers) <= ALL_UP_TO:
        return _among_all(problem, costs, patience)
    reach = REACH
    while True:
        network = build(problem, sparse_pairs(problem, reach), costs)
        plan = _plan(problem, network, best_flow(network), costs, f"flow over {reach} candidates")
        if not plan.unmet or reach >= len(problem.reviewers) // 2:
            return plan
        reach *= 4


def _among_all(problem: Problem, costs: Costs, patience: float) -> Plan:
    network = build(problem, every_pair(problem), costs)
    flow, apart = fewest_couples(network, couples_among(problem, network.pairs), COUPLE, patience)
    if apart is None:
        return _plan(problem, network, flow, costs, "flow")
    return _plan(problem, network, apart, costs, "couples apart")


def _in_order(problem: Problem) -> Problem:
    return replace(
        problem,
        demands=tuple(sorted(problem.demands, key=lambda each: each.answer)),
        reviewers=tuple(sorted(problem.reviewers, key=lambda each: each.id)),
    )


def couples_among(problem: Problem, pairs: Sequence[Pair]) -> list[tuple[int, int]]:
    """Columns whose both being taken would make two people review each other."""
    author_of = problem.author_of()
    by_people: dict[tuple[str, str], list[int]] = defaultdict(list)
    for column, pair in enumerate(pairs):
        by_people[pair.reviewer, author_of[pair.answer]].append(column)
    kept = {(pair.reviewer, author_of[pair.answer]) for pair in problem.kept if pair.answer in author_of}
    found = []
    for (reviewer, author), columns in sorted(by_people.items()):
        if (author, reviewer) in kept:
            found += [(column, column) for column in columns]
        elif reviewer < author:
            found += [(one, other) for one in columns for other in by_people.get((author, reviewer), ())]
    return found


def _plan(problem: Problem, network: Network, columns: Numbers, costs: Costs, method: str) -> Plan:
    chosen = {pair for pair, taken in zip(network.pairs, columns, strict=False) if taken > 0.5}
    every = frozenset(chosen | problem.kept)
    author_of = problem.author_of()
    people = {(pair.reviewer, author_of[pair.answer]) for pair in every if pair.answer in author_of}
    return Plan(
        pairs=every,
        unmet=_unmet(problem, every),
        broken_musts=frozenset(pair for pair in problem.must if pair not in every),
        preference_cost=sum(costs.preference(pair) for pair in chosen),
        reciprocal=sum((other, one) in people for one, other in people if one < other),
        repeats=sum(costs.repeated(pair) for pair in chosen),
        method=method,
    )


def _unmet(problem: Problem, pairs: frozenset[Pair]) -> tuple[Unmet, ...]:
    coverage = Counter(pair.answer for pair in pairs)
    load = Counter(pair.reviewer for pair in pairs)
    found = []
    for demand in problem.demands:
        missing = demand.wanted - coverage[demand.answer]
        if missing <= 0:
            continue
        could = [
            reviewer
            for reviewer in problem.reviewers
            if reviewer.id != demand.author
            and (pair := Pair(reviewer.id, demand.answer)) not in problem.never
            and pair not in pairs
        ]
        full = any(load[reviewer.id] >= reviewer.capacity for reviewer in could)
        found.append(Unmet(demand.answer, missing, Reason.NO_TIME_LEFT if full else Reason.TOO_FEW_PEOPLE))
    return tuple(found)
