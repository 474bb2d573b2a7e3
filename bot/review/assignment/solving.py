"""HiGHS over a network: one linear programme for the best flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.base.errors import StarlingError
from bot.review.assignment.network import Network, Numbers

if TYPE_CHECKING:
    from highspy import Highs

WHOLE = 1e-5
"""Distance from a whole number that floating point may leave."""
SMALL = 20_000
"""Columns of a small network: those of a group in which every pair is considered."""


class NoPlan(StarlingError):
    """The solver ended without a plan: a fault of ours, for the empty plan is always allowed."""


def best_flow(network: Network) -> Numbers:
    """The columns of the best flow, each 0 or 1, by one linear programme; solved in turn should rounding fail it."""
    return flow_by(solver_of(network, network.blended), network)


def flow_by(solver: Highs, network: Network) -> Numbers:
    """The same by a solver over the network, which has it as its basis afterwards.

    The simplex is the faster one for a small group. For 5,000 people the interior point method with its crossover to a
    vertex takes 4 seconds where the simplex takes more than a hundred.
    """
    solver.setOptionValue("solver", "simplex" if network.columns <= SMALL else "ipm")
    found = run(solver)
    if np.abs(found - np.round(found)).max(initial=0.0) > WHOLE:
        found = _in_turn(network)
    return np.round(found)


def _in_turn(network: Network) -> Numbers:
    """The goals one after the other, each held while the next is sought, in whole numbers."""
    solver = solver_of(network, network.musts)
    make_whole(solver, len(network.pairs))
    goals = (network.musts, network.reviews, network.shortage, network.load, network.preference)
    found = np.zeros(network.columns)
    places = np.arange(network.columns, dtype=np.int32)
    for goal in goals:
        solver.changeColsCost(network.columns, places, goal)
        found = run(solver)
        hold(solver, goal, float(np.round(goal @ found)))
    return found


def solver_of(network: Network, cost: Numbers) -> Highs:
    """A solver over the network with this cost of its columns."""
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


def hold(solver: Highs, goal: Numbers, value: float) -> None:
    """Keep a goal at least as good as it is."""
    places = np.flatnonzero(goal).astype(np.int32)
    if len(places):
        solver.addRow(-solver.inf, value, len(places), places, goal[places])


def make_whole(solver: Highs, pairs: int) -> None:
    """Want whole numbers for the first columns."""
    import highspy

    places = np.arange(pairs, dtype=np.int32)
    solver.changeColsIntegrality(pairs, places, np.full(pairs, highspy.HighsVarType.kInteger))


def run(solver: Highs) -> Numbers:
    """The best columns."""
    found = run_for(solver)
    if found is None:
        raise NoPlan("the solver ran out of time without having been given a limit")
    return found


def run_for(solver: Highs) -> Numbers | None:
    """The best columns, or None where the solver's own limit of time came first."""
    import highspy

    solver.run()
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
        return np.asarray(solver.getSolution().col_value, dtype=np.float64)
    if status == highspy.HighsModelStatus.kTimeLimit:
        return None
    raise NoPlan(f"the solver stopped with {status}")
