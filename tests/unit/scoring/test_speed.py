"""No text makes scoring slow: every pattern is bounded, every pass linear."""

from __future__ import annotations

import pytest

from bot.scoring import Answer, Rules, score
from tests.bench.scoring import ADVERSARIAL
from tests.effort import processor_seconds

GENEROUS_SECONDS = 1.0
"""Far above what is measured (the bench holds the real limit), far below what backtracking costs."""


@pytest.mark.parametrize("name", sorted(ADVERSARIAL))
@pytest.mark.parametrize("kind", ["behavioral", "situational"])
def test_forty_thousand_hostile_characters_are_read_in_time(name: str, kind: str, rules: Rules) -> None:
    answer = Answer(ADVERSARIAL[name], kind, "How do you evaluate?", ("gold sets per use case", "named owners"))  # type: ignore[arg-type]
    score(Answer("I fixed it.", kind), rules)  # type: ignore[arg-type]  # the first reading makes what all later ones use
    assert processor_seconds(lambda: score(answer, rules)) < GENEROUS_SECONDS
