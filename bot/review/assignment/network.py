"""The assignment as a linear programme: a network of reviewers, pairs and answers.

Columns are the pairs (0 or 1), then the units of load of each reviewer, then the units of coverage of each answer. A
row for each reviewer and each answer says that what flows in flows out. The matrix is that of a network, so the best
vertex is whole-numbered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.review.assignment.costs import Costs
from bot.review.assignment.problem import Pair, Problem
from bot.review.assignment.weights import weights

Numbers = NDArray[np.float64]
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Network:
    """The programme without its solver. All columns run from 0 to 1; all rows equal 0.

    The four goals are rows of costs over all columns: `reviews` (to be as many as possible), `shortage`, `load` and
    `preference`; `blended` is their weighted sum.
    """

    pairs: Sequence[Pair]
    rows: int
    starts: Places
    row_of: Places
    values: Numbers
    musts: Numbers
    reviews: Numbers
    shortage: Numbers
    load: Numbers
    preference: Numbers
    blended: Numbers

    @property
    def columns(self) -> int:
        """How many columns there are; the first `len(pairs)` are the pairs."""
        return len(self.blended)

    def among(self, kept: NDArray[np.bool_]) -> Network:
        """The network over those of its columns that are kept: all but some of the pairs."""
        pairs = [pair for pair, stays in zip(self.pairs, kept, strict=False) if stays]
        entries = np.repeat(kept, np.diff(self.starts))
        starts = np.concatenate([[0], np.cumsum(np.diff(self.starts)[kept])]).astype(np.int32)
        goals = {
            name: getattr(self, name)[kept]
            for name in ("musts", "reviews", "shortage", "load", "preference", "blended")
        }
        return Network(pairs, self.rows, starts, self.row_of[entries], self.values[entries], **goals)


def build(problem: Problem, pairs: Sequence[Pair], costs: Costs) -> Network:
    """The network over these candidate pairs."""
    reviewers = {reviewer.id: row for row, reviewer in enumerate(problem.reviewers)}
    answers = {demand.answer: len(reviewers) + row for row, demand in enumerate(problem.demands)}
    loaded = Counter(pair.reviewer for pair in problem.kept)
    covered = Counter(pair.answer for pair in problem.kept)
    load_units = [
        (reviewers[reviewer.id], 2 * (unit + reviewer.spare) + 1)
        for reviewer in problem.reviewers
        for unit in range(loaded[reviewer.id], reviewer.capacity)
    ]
    coverage_units = [
        (answers[demand.answer], unit)
        for demand in problem.demands
        for unit in range(covered[demand.answer], demand.wanted)
    ]
    count, loads, coverages = len(pairs), len(load_units), len(coverage_units)
    columns = count + loads + coverages
    both = np.empty((count, 2), dtype=np.int32)
    both[:, 0] = [reviewers[pair.reviewer] for pair in pairs]
    both[:, 1] = [answers[pair.answer] for pair in pairs]
    row_of = np.concatenate([both.reshape(-1), _places(load_units), _places(coverage_units)])
    values = np.concatenate([np.ones(2 * count), -np.ones(loads + coverages)])
    starts = np.concatenate([np.arange(0, 2 * count, 2), np.arange(2 * count, 2 * count + loads + coverages + 1)])
    goals = {name: np.zeros(columns) for name in ("musts", "reviews", "shortage", "load", "preference")}
    goals["musts"][:count] = [-(pair in problem.must) for pair in pairs] if problem.must else 0
    goals["preference"][:count] = [costs.cost(pair) for pair in pairs]
    goals["load"][count : count + loads] = [cost for _, cost in load_units]
    goals["reviews"][count + loads :] = -1
    goals["shortage"][count + loads :] = [unit for _, unit in coverage_units]
    weight = weights(
        costs.most,
        len(reviewers),
        len(answers),
        max((reviewer.capacity + reviewer.spare for reviewer in problem.reviewers), default=0),
        max((demand.wanted for demand in problem.demands), default=0),
    )
    blended = (
        weight.must * goals["musts"]
        + weight.review * goals["reviews"]
        + weight.shortage * goals["shortage"]
        + weight.load * goals["load"]
        + goals["preference"]
    )
    return Network(
        pairs, len(reviewers) + len(answers), starts.astype(np.int32), row_of, values, blended=blended, **goals
    )


def _places(units: Sequence[tuple[int, int]]) -> Places:
    return np.array([row for row, _ in units], dtype=np.int32)
