"""The best plan in which few couples review each other.

There are thousands of possible couples and few of them matter, so a couple gets a row of its own only where it is
needed, and it is proved that no other one is:

1. What the best flow reaches is held, and preferences alone are the cost: the flow is the best of this programme.
2. Couples that its best columns make get a row each, and it is solved again, until it makes no other ones. What was
   left out could only have made plans dearer, so columns that are whole by now are the best plan.
3. Where they are not whole, the programme is a lower bound for every plan, and a pair costs a plan that has it at least
   its reduced cost more. Whole numbers are sought among pairs of a small reduced cost, with the rows of all their
   couples. A plan that lies no further above the bound than pairs were let in is the best of all; if it lies further,
   pairs up to there are let in, and what is found then is.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.review.assignment.network import Network, Numbers
from bot.review.assignment.solving import WHOLE, flow_by, hold, make_whole, run_for, solver_of

if TYPE_CHECKING:
    from highspy import Highs

Couples = Sequence[tuple[int, int]]
BROKEN = 1.0 + 1e-6
"""Two opposite columns that sum up to more make a couple."""
LET_IN = 4.0
"""Reduced cost up to which pairs are let in at first."""
PRIMAL, DUAL = 4, 1
"""How HiGHS numbers its ways of doing the simplex."""
EXACT = 1e-3
"""What floating point may add to a cost."""
NEARER_THAN_ANY_OTHER = 1.0 - EXACT
"""Costs are whole numbers, so a plan that lies no further above a bound is the best one."""


def fewest_couples(network: Network, couples: Couples, worth: int, patience: float) -> tuple[Numbers, Numbers | None]:
    """The best flow, and the best plan that covers and shares as it does and in which few couples review each other.

    `couples` are columns of pairs in opposite directions, or a pair and itself where the other direction stands
    already; one couple weighs `worth` steps of preference. No plan where `patience` seconds were not enough for it.
    """
    until = monotonic() + patience
    solver = solver_of(network, network.blended)
    flow = flow_by(solver, network)
    return flow, _Search(solver, network, flow, couples, worth, until).best() if couples else flow


class _Search:
    """The programme of the flow with what it reached held, and the couples that have a row by now."""

    def __init__(
        self, solver: Highs, network: Network, flow: Numbers, couples: Couples, worth: int, until: float
    ) -> None:
        self._solver, self._network, self._flow, self._worth, self._until = solver, network, flow, worth, until
        self._couples = couples
        cost = network.preference.copy()
        cost[[one for one, other in couples if one == other]] += worth
        mutual = np.array([couple for couple in couples if couple[0] != couple[1]], dtype=np.int32).reshape(-1, 2)
        self._one, self._other = mutual[:, 0], mutual[:, 1]
        self._has_row = np.zeros(len(mutual), dtype=bool)
        for goal in (network.musts, network.reviews, network.shortage, network.load):
            hold(solver, goal, float(goal @ flow))
        solver.changeColsCost(network.columns, np.arange(network.columns, dtype=np.int32), cost)
        # The basis is the flow's, from which few steps lead to the best.
        for option, value in (("solver", "simplex"), ("simplex_strategy", PRIMAL), ("presolve", "off")):
            solver.setOptionValue(option, value)

    def best(self) -> Numbers | None:
        """The columns of the best plan, None where time runs out."""
        found = self._solved()
        if found is None:
            return None
        pairs = found[: len(self._network.pairs)]
        if np.abs(pairs - np.round(pairs)).max(initial=0.0) > WHOLE:
            found = self._in_whole_numbers()
        return None if found is None else np.round(found[: self._network.columns])

    def _in_whole_numbers(self) -> Numbers | None:
        pairs = len(self._network.pairs)
        bound = self._solver.getInfo().objective_function_value
        reduced = np.asarray(self._solver.getSolution().col_dual, dtype=np.float64)[:pairs]
        kept = np.ones(self._network.columns, dtype=bool)
        let_in = LET_IN
        while True:
            kept[:pairs] = (reduced <= let_in + EXACT) | (self._flow[:pairs] > 0.5)
            small = self._among(kept)
            found = small._solved_in_whole_numbers()
            if found is None:
                return None
            above = small._solver.getInfo().objective_function_value - bound
            if above <= let_in + EXACT:
                whole = np.zeros(self._network.columns)
                whole[kept] = found[: small._network.columns]
                return whole
            let_in = above

    def _among(self, kept: NDArray[np.bool_]) -> _Search:
        """The same over fewer pairs."""
        network, place = self._network.among(kept), np.cumsum(kept) - 1
        couples = [(int(place[one]), int(place[other])) for one, other in self._couples if kept[one] and kept[other]]
        solver = solver_of(network, network.preference)
        return _Search(solver, network, self._flow[kept], couples, self._worth, self._until)

    def _solved_in_whole_numbers(self) -> Numbers | None:
        """The best whole columns, with a row for every couple."""
        make_whole(self._solver, len(self._network.pairs))
        for option, value in (("presolve", "on"), ("mip_abs_gap", NEARER_THAN_ANY_OTHER)):
            self._solver.setOptionValue(option, value)
        self._add(~self._has_row)
        return self._run()

    def _solved(self) -> Numbers | None:
        """The best columns once no couple without a row is among them."""
        found = self._run()
        while found is not None and self._add(found[self._one] + found[self._other] > BROKEN):
            # A further row leaves the basis as cheap as it was, but not allowed: that is what the dual simplex mends.
            self._solver.setOptionValue("simplex_strategy", DUAL)
            found = self._run()
        return found

    def _add(self, wanted: NDArray[np.bool_]) -> int:
        """Give a row to each of these couples that has none; how many there were."""
        new = np.flatnonzero(wanted & ~self._has_row)
        self._has_row[new] = True
        for couple in new:
            penalty = self._solver.getNumCol()
            self._solver.addVar(0.0, 1.0)
            self._solver.changeColCost(penalty, float(self._worth))
            columns = np.array([self._one[couple], self._other[couple], penalty], dtype=np.int32)
            self._solver.addRow(-self._solver.inf, 1.0, 3, columns, np.array([1.0, 1.0, -1.0]))
        return len(new)

    def _run(self) -> Numbers | None:
        left = self._until - monotonic()
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(0.0, left))
        return run_for(self._solver) if left > 0 else None
