"""Checks beyond the flags: what a coach would add, off the rating, each with its words, its why and its advice."""

from __future__ import annotations

from bot.scoring.checks import essentials, lead, lessons, question, stories, tie_in
from bot.scoring.checks.registry import Check, Looked, Noted, all_checks, look

__all__ = [
    "Check",
    "Looked",
    "Noted",
    "all_checks",
    "essentials",
    "lead",
    "lessons",
    "look",
    "question",
    "stories",
    "tie_in",
]
