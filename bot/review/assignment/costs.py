"""What it costs, in preference, that a reviewer gets an answer. Whole numbers; less is better.

Coverage and a fair load come before all of this (`weights`): preferences only choose among plans that are equal there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b

from bot.review.assignment.problem import Pair, Problem

REPEAT = 40
"""A pair that has been before costs this whatever its age, so that a new pair is always better."""
RECENT = 10
"""What a pair of the last round costs on top; it fades by FADE with every round."""
FADE = 0.7
REVERSED = 0.5
"""Share of RECENT that a pair costs whose author has lately reviewed the reviewer."""
LEVEL_STEP = 2
"""For each level by which the author is above the reviewer."""
PREFERRED = 4
AVOIDED = 8
TIES = 16
"""Steps below one unit of cost, drawn from the seed, that settle ties."""
OLDEST = 40
"""Rounds after which an earlier review no longer counts."""


@dataclass(slots=True)
class Costs:
    """The costs of one problem's pairs; `most` bounds them all."""

    problem: Problem
    most: int = 0
    _same: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    _reversed: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    _author: dict[str, str] = field(default_factory=dict)
    _author_level: dict[str, int | None] = field(default_factory=dict)
    _level: dict[str, int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Add up the history once."""
        for past in self.problem.history:
            if past.age > OLDEST:
                continue
            recent = RECENT * FADE ** (past.age - 1)
            known = self._same[past.reviewer, past.author]
            self._same[past.reviewer, past.author] = known + recent + (0 if known else REPEAT)
            self._reversed[past.author, past.reviewer] += REVERSED * recent
        self._author = self.problem.author_of()
        self._author_level = {demand.answer: demand.level for demand in self.problem.demands}
        self._level = {reviewer.id: reviewer.level for reviewer in self.problem.reviewers}
        history = max(self._same.values(), default=0.0) + max(self._reversed.values(), default=0.0)
        whole = round(history) + 1 + LEVEL_STEP * 4 + PREFERRED + AVOIDED
        self.most = TIES * whole + TIES - 1

    def repeated(self, pair: Pair) -> bool:
        """Whether this reviewer has reviewed this author before."""
        return (pair.reviewer, self._author[pair.answer]) in self._same

    def preference(self, pair: Pair) -> int:
        """The cost of a pair without the tie: history, distance of levels and wishes, at least 0."""
        author = self._author[pair.answer]
        history = self._same.get((pair.reviewer, author), 0.0) + self._reversed.get((pair.reviewer, author), 0.0)
        level, own = self._author_level[pair.answer], self._level[pair.reviewer]
        distance = max(0, level - own) if level is not None and own is not None else 0
        wish = AVOIDED * (pair in self.problem.avoid) - PREFERRED * (pair in self.problem.prefer)
        return round(history) + LEVEL_STEP * distance + wish + PREFERRED

    def cost(self, pair: Pair) -> int:
        """The cost with the tie settled: 16 times the preference and a draw from 0 to 15."""
        drawn = blake2b(f"{self.problem.seed}\n{pair.reviewer}\n{pair.answer}".encode(), digest_size=1).digest()[0]
        return TIES * self.preference(pair) + drawn % TIES
