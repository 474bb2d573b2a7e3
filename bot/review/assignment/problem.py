"""What an assignment is asked and what it answers, as plain data that can be stored and replayed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Pair(NamedTuple):
    """A reviewer and the answer they review."""

    reviewer: str
    answer: str


@dataclass(frozen=True, slots=True)
class Demand:
    """An answer that wants so many reviews. `level` is that of its author, 3 to 7, where known."""

    answer: str
    author: str
    wanted: int
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person who may review at most `capacity` answers.

    `spare` is how many reviews of work everybody else takes on before this person is asked: 0 for a peer, more for a
    mentor whose time is kept for where it is needed.
    """

    id: str
    capacity: int
    level: int | None = None
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier review: who reviewed whom, and how many rounds ago (1 is the last one)."""

    reviewer: str
    author: str
    age: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the plan depends on.

    `never` are pairs that must not be: exclusions and blocks, in whichever direction somebody asked. `must` are pairs
    that are to be where capacity allows; `prefer` and `avoid` weigh a little and somewhat. `kept` are reviews that
    stand already (opened or handed in) and are not touched: they count for load and coverage.
    """

    demands: tuple[Demand, ...]
    reviewers: tuple[Reviewer, ...]
    seed: int
    history: tuple[Past, ...] = ()
    never: frozenset[Pair] = frozenset()
    must: frozenset[Pair] = frozenset()
    prefer: frozenset[Pair] = frozenset()
    avoid: frozenset[Pair] = frozenset()
    kept: frozenset[Pair] = frozenset()

    def dump(self) -> str:
        """One line of JSON from which `load` makes the same problem again."""
        fields: dict[str, Any] = {
            "seed": self.seed,
            "demands": [asdict(demand) for demand in self.demands],
            "reviewers": [asdict(reviewer) for reviewer in self.reviewers],
            "history": [asdict(past) for past in self.history],
        }
        for name in ("never", "must", "prefer", "avoid", "kept"):
            fields[name] = sorted(getattr(self, name))
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def load(cls, stored: str) -> Problem:
        """The problem that was dumped."""
        fields = json.loads(stored)
        pairs = {
            name: frozenset(Pair(*pair) for pair in fields[name])
            for name in ("never", "must", "prefer", "avoid", "kept")
        }
        return cls(
            demands=tuple(Demand(**each) for each in fields["demands"]),
            reviewers=tuple(Reviewer(**each) for each in fields["reviewers"]),
            seed=fields["seed"],
            history=tuple(Past(**each) for each in fields["history"]),
            **pairs,
        )

    def author_of(self) -> dict[str, str]:
        """The author of each answer."""
        return {demand.answer: demand.author for demand in self.demands}


class Reason(StrEnum):
    """Why an answer gets fewer reviews than it wants."""

    TOO_FEW_PEOPLE = "too_few_people"
    """Everybody who may review it does."""
    NO_TIME_LEFT = "no_time_left"
    """Those who may review it have as many reviews as they can take."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """An answer, how many reviews it lacks, and why."""

    answer: str
    missing: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """Who reviews what. `pairs` hold what was kept as well; `reciprocal` counts two people who review each other."""

    pairs: frozenset[Pair]
    unmet: tuple[Unmet, ...] = ()
    broken_musts: frozenset[Pair] = frozenset()
    preference_cost: int = 0
    reciprocal: int = 0
    repeats: int = 0
    method: str = field(default="flow", compare=False)

    def load(self) -> Counter[str]:
        """How many reviews each reviewer has; people without one are not in it."""
        return Counter(pair.reviewer for pair in self.pairs)

    def coverage(self) -> Counter[str]:
        """How many reviewers each answer has."""
        return Counter(pair.answer for pair in self.pairs)
