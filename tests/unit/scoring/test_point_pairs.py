"""Minimal pairs for key points: one changed phrase decides whether the point is covered."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.scoring import Answer, Rules, score

BEFORE = "I have been in this place before. "
AFTER = " After that I have a coffee."
GROUPS = yaml.safe_load((Path(__file__).parent / "point_pairs.yaml").read_text(encoding="utf-8"))
PAIRS = [(group["question"], p["point"], p["covers"], p["other"]) for group in GROUPS for p in group["pairs"]]


def quoted(rules: Rules, question: str, point: str, sentence: str) -> str | None:
    """The words that cover the point in an answer with this sentence; None where it is not covered."""
    report = score(Answer(BEFORE + sentence + AFTER, "situational", question, (point,)), rules)
    evidence = report.points[0].evidence
    return evidence.quote if evidence else None


@pytest.mark.parametrize(("question", "point", "covers", "other"), PAIRS)
def test_a_changed_phrase_decides_on_the_point(
    rules: Rules, question: str, point: str, covers: str, other: str
) -> None:
    assert quoted(rules, question, point, other) is None
    assert quoted(rules, question, point, covers) in (covers, covers.removesuffix("."))


def test_there_are_at_least_sixty_pairs() -> None:
    assert len(PAIRS) >= 60
