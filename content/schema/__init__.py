"""The shapes of all content. A YAML file is a map from section to a list of entries; `SECTIONS` names them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from content.schema.advice import AnswerPart, Expression, Fault, Rule, Ruling, SelfCheck
from content.schema.base import (
    LEVELS,
    OWN,
    Entry,
    FindingCode,
    LevelName,
    Part,
    Prompt,
    StarTexts,
)
from content.schema.ladder import (
    Company,
    CompanyGuide,
    Competency,
    Level,
    LevelPhrase,
    Principle,
    RoundShares,
    Signal,
    Theme,
)
from content.schema.practice import (
    ChecklistItem,
    ClosingCaution,
    GuideTopic,
    PracticeMode,
    PracticeTask,
    QuizItem,
    ReadingItem,
)
from content.schema.question import Closing, KeyPoint, Question, QuestionKind
from content.schema.stories import (
    Archetype,
    CanonicalStory,
    Contrast,
    Crosswalk,
    DifferentlyReply,
    Example,
    FollowUp,
    ProjectTable,
    QuestionType,
    RetrievalFamily,
    StoryVersion,
    Template,
    TieIn,
)
from content.schema.text import ContentText

SECTIONS: Mapping[str, type[Entry]] = MappingProxyType(
    {
        "questions": Question,
        "archetypes": Archetype,
        "retrieval_families": RetrievalFamily,
        "canonical_stories": CanonicalStory,
        "question_types": QuestionType,
        "templates": Template,
        "crosswalk": Crosswalk,
        "examples": Example,
        "project_tables": ProjectTable,
        "story_versions": StoryVersion,
        "follow_ups": FollowUp,
        "differently_replies": DifferentlyReply,
        "competencies": Competency,
        "principles": Principle,
        "companies": Company,
        "levels": Level,
        "signals": Signal,
        "level_phrases": LevelPhrase,
        "themes": Theme,
        "answer_parts": AnswerPart,
        "faults": Fault,
        "rules": Rule,
        "expressions": Expression,
        "self_checks": SelfCheck,
        "rulings": Ruling,
        "closing_cautions": ClosingCaution,
        "quiz_items": QuizItem,
        "checklist_items": ChecklistItem,
        "practice_tasks": PracticeTask,
        "practice_modes": PracticeMode,
        "reading_items": ReadingItem,
        "guide_topics": GuideTopic,
    }
)

__all__ = [
    "LEVELS", "OWN", "SECTIONS", "AnswerPart", "Archetype", "CanonicalStory", "ChecklistItem", "Closing",
    "ClosingCaution", "Company", "CompanyGuide", "Competency", "ContentText", "Contrast", "Crosswalk",
    "DifferentlyReply", "Entry", "Example", "Expression", "Fault", "FindingCode", "FollowUp", "GuideTopic", "KeyPoint",
    "Level", "LevelName", "LevelPhrase", "Part", "PracticeMode", "PracticeTask", "Principle", "ProjectTable", "Prompt",
    "Question", "QuestionKind", "QuestionType", "QuizItem", "ReadingItem", "RetrievalFamily", "RoundShares", "Rule",
    "Ruling", "SelfCheck", "Signal", "StarTexts", "StoryVersion", "Template", "Theme", "TieIn",
]  # fmt: skip
