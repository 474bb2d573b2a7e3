"""The rules as shipped, read once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.scoring import Answer, KeyPoint, Report, Rules, score
from bot.scoring.report import Kind
from content.rules import load_rules

Points = tuple[str | KeyPoint, ...]


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules()


@pytest.fixture(scope="session")
def scored(rules: Rules) -> Callable[..., Report]:
    """Score a text: `scored(text)`, or with a kind, a question and points."""

    def run(
        text: str, kind: Kind = "behavioral", question: str = "", points: Points = (), target: str | None = None
    ) -> Report:
        return score(Answer(text, kind, question, points, target), rules)

    return run
