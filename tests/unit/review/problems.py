"""Problems of assignment for the tests: drawn ones, and the best plan by another road."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from bot.review.assignment import Demand, Pair, Past, Plan, Problem, Reviewer
from bot.review.assignment.costs import Costs
from bot.review.assignment.couples import Couples
from bot.review.assignment.network import Network, Numbers
from bot.review.assignment.solving import best_flow, hold, make_whole, run, solver_of


def group(size: int, reviews: int, seed: int = 0, history: tuple[Past, ...] = ()) -> Problem:
    """So many people with an answer each, who review as many as they get."""
    people = [f"person {number:03}" for number in range(size)]
    return Problem(
        tuple(Demand(f"answer of {person}", person, reviews) for person in people),
        tuple(Reviewer(person, reviews) for person in people),
        seed,
        history,
    )


@st.composite
def problems(draw: st.DrawFn, most: int = 12) -> Problem:
    """Any group: mentors, little time, people without an answer, exclusions, wishes, levels, history, reviews kept."""
    size = draw(st.integers(0, most))
    people = [f"p{number}" for number in range(size)]
    level = st.none() | st.integers(3, 7)
    reviewers = tuple(
        Reviewer(person, draw(st.integers(0, 4)), draw(level), draw(st.sampled_from([0, 0, 0, 3])))
        for person in people
        if draw(st.integers(0, 9))
    )
    demands = tuple(
        Demand(f"a{person}", person, draw(st.integers(1, 4)), draw(level))
        for person in people
        if draw(st.integers(0, 9))
    )
    pairs = [Pair(r.id, d.answer) for r in reviewers for d in demands if r.id != d.author]
    some = st.frozensets(st.sampled_from(pairs), max_size=6) if pairs else st.just(frozenset[Pair]())
    never = draw(some)
    past = st.builds(Past, st.sampled_from(people), st.sampled_from(people), st.integers(1, 12)) if people else None
    history = tuple(draw(st.lists(past, max_size=20))) if past is not None else ()
    kept = _keepable(draw(some) - never, reviewers, demands)
    return Problem(
        demands, reviewers, draw(st.integers(0, 9)), history, never, draw(some), draw(some), draw(some), kept
    )


def _keepable(pairs: frozenset[Pair], reviewers: tuple[Reviewer, ...], demands: tuple[Demand, ...]) -> frozenset[Pair]:
    capacity = {reviewer.id: reviewer.capacity for reviewer in reviewers}
    wanted = {demand.answer: demand.wanted for demand in demands}
    kept = []
    for pair in sorted(pairs):
        if capacity[pair.reviewer] and wanted[pair.answer]:
            capacity[pair.reviewer] -= 1
            wanted[pair.answer] -= 1
            kept.append(pair)
    return frozenset(kept)


Worth = tuple[int, int, int, int, int]
"""Broken musts, missing reviews, shared shortage, squared load, preference with ties: less is better, in that order."""


def worth(problem: Problem, plan: Plan) -> Worth:
    """What a plan is worth, counted from the plan alone."""
    costs = Costs(problem)
    spare = {reviewer.id: reviewer.spare for reviewer in problem.reviewers}
    wanted = {demand.answer: demand.wanted for demand in problem.demands}
    coverage, load = plan.coverage(), plan.load()
    return (
        sum(_could_be(problem, pair) and pair not in plan.pairs for pair in problem.must),
        sum(max(0, many - coverage[answer]) for answer, many in wanted.items()),
        sum(unit for answer in wanted for unit in range(coverage[answer])),
        sum(2 * (unit + spare[person]) + 1 for person, many in load.items() for unit in range(many)),
        sum(costs.cost(pair) for pair in plan.pairs - problem.kept),
    )


def _could_be(problem: Problem, pair: Pair) -> bool:
    return pair not in problem.never and pair.reviewer != problem.author_of()[pair.answer]


def best_by_network_simplex(problem: Problem, candidates: list[Pair] | None = None) -> frozenset[Pair]:
    """The best plan, couples aside, by another program: one flow in whole numbers of any size, so nothing rounds.

    All allowed pairs are considered where no candidates are named.
    """
    costs = Costs(problem)
    graph = nx.MultiDiGraph()
    every = [Pair(r.id, d.answer) for r in problem.reviewers for d in problem.demands if r.id != d.author]
    pairs = [pair for pair in candidates or every if pair not in problem.never and pair not in problem.kept]
    whole = sum(demand.wanted for demand in problem.demands) + 1
    units = max([2 * (r.capacity + r.spare) + 1 for r in problem.reviewers], default=1)
    load = whole * (costs.most + 1)
    shortage = whole * (load * units + costs.most + 1)
    review = whole * shortage * (max([demand.wanted for demand in problem.demands], default=0) + 1)
    must = whole * review * 2
    kept = Plan(problem.kept)
    for reviewer in problem.reviewers:
        for unit in range(kept.load()[reviewer.id], reviewer.capacity):
            graph.add_edge("source", ("r", reviewer.id), capacity=1, weight=load * (2 * (unit + reviewer.spare) + 1))
    for demand in problem.demands:
        for unit in range(kept.coverage()[demand.answer], demand.wanted):
            graph.add_edge(("a", demand.answer), "sink", capacity=1, weight=shortage * unit - review)
    for pair in pairs:
        weight = costs.cost(pair) - must * (pair in problem.must)
        graph.add_edge(("r", pair.reviewer), ("a", pair.answer), capacity=1, weight=weight)
    graph.add_edge("sink", "source", capacity=whole, weight=0)
    _, flow = nx.network_simplex(graph)
    chosen = {pair for pair in pairs if sum(flow.get(("r", pair.reviewer), {}).get(("a", pair.answer), {}).values())}
    return frozenset(chosen | problem.kept)


def cost_with_every_couple(network: Network, couples: Couples, couple: int) -> int:
    """The least cost of preferences and couples among plans that cover and share as the best flow does.

    One programme in whole numbers, with a row for every couple there can be.
    """
    flow, first = best_flow(network), network.columns
    solver = solver_of(network, network.preference)
    for goal in (network.musts, network.reviews, network.shortage, network.load):
        hold(solver, goal, float(goal @ flow))
    for extra, (one, other) in enumerate(couples):
        solver.addVar(0.0, 1.0)
        solver.changeColCost(first + extra, float(couple))
        both = np.array([one, other, first + extra] if one != other else [one, first + extra], dtype=np.int32)
        room = 1.0 if one != other else 0.0
        solver.addRow(-solver.inf, room, len(both), both, np.array([*[1.0] * (len(both) - 1), -1.0]))
    make_whole(solver, len(network.pairs))
    run(solver)
    return round(solver.getInfo().objective_function_value)


def cost_of_couples(network: Network, couples: Couples, couple: int, columns: Numbers) -> int:
    """What these columns cost in preferences and couples."""
    made = sum(bool(columns[one] > 0.5 and columns[other] > 0.5) for one, other in couples)
    return round(float(network.preference @ columns)) + couple * made
