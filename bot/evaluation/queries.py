"""How well a look-up finds what answers a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.labelled import LabelledQuery
from bot.evaluation.metrics import mean

FIRST_FEW = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A query and what was found for it, the best first."""

    query: LabelledQuery
    found: tuple[int, ...]

    @property
    def relevant(self) -> tuple[int, ...]:
        """What answers the query, the best first; empty where that is not labelled."""
        return self.query.relevant or ()


def measure(ranked: Sequence[Ranked]) -> dict[str, float]:
    """Every measure by its name, over the labelled queries; NaN where there are none. One measure for each class."""
    labelled = [item for item in ranked if item.relevant]
    values = {
        "best_first": mean(is_right(item) for item in labelled),
        "relevant_first": mean(item.found[:1] != () and item.found[0] in item.relevant for item in labelled),
        f"best_in_first_{FIRST_FEW}": mean(item.relevant[0] in item.found[:FIRST_FEW] for item in labelled),
    }
    return values | {f"best_first {name}": mean(is_right(i) for i in labelled if i.query.group == name)
                     for name in sorted({item.query.group for item in labelled} - {""})}  # fmt: skip


def is_right(item: Ranked) -> bool:
    """Whether the best is found first."""
    return item.found[:1] == item.relevant[:1]
