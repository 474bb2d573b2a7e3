"""Who reviews whose answer: a problem in, a plan out; pure, and the same plan for the same problem."""

from __future__ import annotations

from bot.review.assignment.planning import assign
from bot.review.assignment.problem import Demand, Pair, Past, Plan, Problem, Reason, Reviewer, Unmet
from bot.review.assignment.sizes import reviews_per_answer

__all__ = [
    "Demand",
    "Pair",
    "Past",
    "Plan",
    "Problem",
    "Reason",
    "Reviewer",
    "Unmet",
    "assign",
    "reviews_per_answer",
]
