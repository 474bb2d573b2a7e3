"""HiGHS over a network: one linear programme, or the same with whole numbers and couples that should not pair up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from bot.base.errors import StarlingError
from bot.review.assignment.network import Network, Numbers

if TYPE_CHECKING:
    from highspy import Highs

WHOLE = 1e-5
"""Distance from a whole number that floating point may leave."""


class NoPlan(StarlingError):
    """The solver ended without a plan: a fault of ours, for the empty plan is always allowed."""


def best_flow(network: Network) -> Numbers:
    """The columns of the best flow, each 0 or 1, by one linear programme; solved in turn should rounding fail it.

    The interior point method with its crossover to a vertex takes 4 seconds for 5,000 people where the simplex takes
    more than a hundred.
    """
    solver = _solver(network, network.blended)
    solver.setOptionValue("solver", "ipm")
    found = _run(solver)
    if np.abs(found - np.round(found)).max(initial=0.0) > WHOLE:
        found = _in_turn(network)
    return np.round(found)


def fewest_couples(
    network: Network, flow: Numbers, couples: Sequence[tuple[int, int]], worth: int, patience: float
) -> Numbers | None:
    """The best plan that covers and shares as `flow` does and in which few couples review each other.

    `couples` are columns of pairs in opposite directions, or a pair and itself where the other direction stands
    already; one couple weighs `worth` steps of preference. None when `patience` seconds were not enough for the best.
    """
    cost = network.preference.copy()
    for one, other in couples:
        if one == other:
            cost[one] += worth
    solver = _solver(network, cost)
    for goal in (network.musts, network.reviews, network.shortage, network.load):
        _hold(solver, goal, float(goal @ flow))
    mutual = [(one, other) for one, other in couples if one != other]
    first = network.columns
    for extra, (one, other) in enumerate(mutual):
        solver.addVar(0.0, 1.0)
        solver.changeColCost(first + extra, float(worth))
        columns = np.array([one, other, first + extra], dtype=np.int32)
        solver.addRow(-solver.inf, 1.0, 3, columns, np.array([1.0, 1.0, -1.0]))
    _make_whole(solver, len(network.pairs))
    solver.setOptionValue("time_limit", patience)
    found = _run_for(solver)
    return None if found is None else np.round(found[:first])


def _in_turn(network: Network) -> Numbers:
    """The goals one after the other, each held while the next is sought, in whole numbers."""
    solver = _solver(network, network.musts)
    _make_whole(solver, len(network.pairs))
    goals = (network.musts, network.reviews, network.shortage, network.load, network.preference)
    found = np.zeros(network.columns)
    places = np.arange(network.columns, dtype=np.int32)
    for goal in goals:
        solver.changeColsCost(network.columns, places, goal)
        found = _run(solver)
        _hold(solver, goal, float(np.round(goal @ found)))
    return found


def _solver(network: Network, cost: Numbers) -> Highs:
    import highspy

    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = network.columns, network.rows
    programme.col_cost_ = cost
    programme.col_lower_, programme.col_upper_ = np.zeros(network.columns), np.ones(network.columns)
    programme.row_lower_, programme.row_upper_ = np.zeros(network.rows), np.zeros(network.rows)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_, programme.a_matrix_.index_ = network.starts, network.row_of
    programme.a_matrix_.value_ = network.values
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, value)
    solver.passModel(programme)
    return solver


def _hold(solver: Highs, goal: Numbers, value: float) -> None:
    """Keep a goal at least as good as it is."""
    places = np.flatnonzero(goal).astype(np.int32)
    if len(places):
        solver.addRow(-solver.inf, value, len(places), places, goal[places])


def _make_whole(solver: Highs, pairs: int) -> None:
    import highspy

    places = np.arange(pairs, dtype=np.int32)
    solver.changeColsIntegrality(pairs, places, np.full(pairs, highspy.HighsVarType.kInteger))


def _run(solver: Highs) -> Numbers:
    found = _run_for(solver)
    if found is None:
        raise NoPlan("the solver ran out of time without having been given a limit")
    return found


def _run_for(solver: Highs) -> Numbers | None:
    """The best columns, or None where the solver's own limit of time came first."""
    import highspy

    solver.run()
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
        return np.asarray(solver.getSolution().col_value, dtype=np.float64)
    if status == highspy.HighsModelStatus.kTimeLimit:
        return None
    raise NoPlan(f"the solver stopped with {status}")
