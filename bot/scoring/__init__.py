"""Scoring: an answer in, a Report out. Pure: no I/O, no clock; lexicon and rubric are handed in.

report = score(Answer(text), rules)     # rules come from content.rules.load_rules()
"""

from __future__ import annotations

from bot.scoring.doc import Answer, Asking, KeyPoint
from bot.scoring.engine import ENGINE, input_hash, score
from bot.scoring.explain import Shown, shown
from bot.scoring.lexicon import Lexicon
from bot.scoring.report import (
    FLAGS,
    LABELS,
    LEVELS,
    Evidence,
    Finding,
    LevelEstimate,
    PointCover,
    Report,
    Segment,
    SelfCheck,
    Signal,
    Span,
    Strength,
    TimeByPart,
)
from bot.scoring.rubric import Rubric, Rules
from bot.scoring.terminal import predicted_line, render_for_terminal

__all__ = [
    "ENGINE", "FLAGS", "LABELS", "LEVELS", "Answer", "Asking", "Evidence", "Finding", "KeyPoint", "LevelEstimate",
    "Lexicon", "PointCover",
    "Report", "Rubric", "Rules", "Segment", "SelfCheck", "Shown", "Signal", "Span", "Strength", "TimeByPart",
    "input_hash", "predicted_line", "render_for_terminal", "score", "shown",
]  # fmt: skip
