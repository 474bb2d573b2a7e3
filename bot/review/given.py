"""What a reviewer said: read from a form, stored in a review, compared; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import fmean
from typing import Any

from bot.chat.values import choice_of, rating_of, text_of
from content.schema import LEVELS, Criterion
from storage.tables.review import Review


@dataclass(frozen=True, slots=True)
class Said:
    """Scores from 1 to 5 by criterion id, the two comments, a guess at the level, the follow-up question."""

    scores: Mapping[str, int] = field(default_factory=dict)
    worked: str = ""
    change: str = ""
    level: str | None = None
    follow_up: str = ""

    @property
    def mean(self) -> float:
        """The mean over the criteria; `StatisticsError` where there are no scores."""
        return fmean(self.scores.values())

    @property
    def as_json(self) -> dict[str, Any]:
        """As an edition is stored, and as columns of a review."""
        return asdict(self)


def said_in(review: Review) -> Said:
    """What a stored review says."""
    scores = {name: int(score) for name, score in review.scores.items()}
    return Said(scores, review.worked, review.change, review.level, review.follow_up)


def scores_in(values: Mapping[str, Sequence[str]], criteria: Sequence[Criterion]) -> dict[str, int]:
    """The scores that stand in a form, by criterion id."""
    found = {criterion.id: rating_of(values, criterion.id) for criterion in criteria}
    return {name: score for name, score in found.items() if score is not None}


def read_said(values: Mapping[str, Sequence[str]], criteria: Sequence[Criterion]) -> Said:
    """What a submitted form says; a level that is none is left out."""
    level = choice_of(values, "level")
    return Said(
        scores_in(values, criteria),
        text_of(values, "worked").strip(),
        text_of(values, "change").strip(),
        level if level in LEVELS else None,
        text_of(values, "follow_up").strip(),
    )


def is_whole(said: Said, criteria: Sequence[Criterion]) -> bool:
    """Whether every criterion has a score from 1 to 5 and nothing else has one."""
    return set(said.scores) == {criterion.id for criterion in criteria} and all(
        1 <= score <= 5 for score in said.scores.values()
    )
