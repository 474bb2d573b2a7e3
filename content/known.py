"""What the content knows of a question and of a finding, in the terms of scoring."""

from __future__ import annotations

from bot.base.text import render
from bot.scoring.checks import all_checks
from bot.scoring.doc import Asking, KeyPoint
from content.loader import Content
from content.schema import Question


def asking_of(question: Question) -> Asking:
    """What is known of a question beside its words."""
    return Asking(
        question_type=question.question_type,
        canonical_story=question.canonical_story,
        archetypes=question.archetypes,
        must_not=tuple(str(row) for row in question.must_not),
        lead_round=question.lead_round,
    )


def points_of(question: Question) -> tuple[KeyPoint, ...]:
    """The key points of a situational question; others have none."""
    return tuple(KeyPoint(str(point.text), point.also) for point in question.points)


def finding_names(content: Content, language: str) -> dict[str, str]:
    """What people call each finding and each further remark, by its code."""
    faults = {
        fault.finding: fault.name.in_language(language)
        for fault in content.faults.values()
        if fault.finding is not None
    }
    return faults | {check.code: render(check.name, language) for check in all_checks()}
