"""Finds what somebody means, however they word it: a question of the bank, or the kind of story to answer with."""

from content.find.questions import QuestionIndex

__all__ = ["QuestionIndex"]
