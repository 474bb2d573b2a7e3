"""Finds what somebody means, however they word it: a question of the bank, or the kind of story to answer with."""

from content.find.archetypes import ArchetypeIndex, Match
from content.find.questions import QuestionIndex, asks_what_one_would_do

__all__ = ["ArchetypeIndex", "Match", "QuestionIndex", "asks_what_one_would_do"]
