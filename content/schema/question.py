"""Questions: those that are posted, answered and asked back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from content.schema.base import (
    LEVELS,
    ArchetypeId,
    CanonicalStoryId,
    CompanyId,
    CompetencyId,
    ContentText,
    Entry,
    LevelName,
    PrincipleId,
    QuestionTypeId,
    Shape,
    StarTexts,
    ThemeId,
    Words,
)

QuestionKind = Literal["behavioral", "situational", "closing"]


_NEEDED: Mapping[QuestionKind, tuple[str, ...]] = {
    "behavioral": ("archetypes",),
    "situational": ("points", "must_not"),
    "closing": ("closing",),
}


class KeyPoint(Shape):
    """One thing a good answer to a situational question says. A bare string in YAML is its `text`."""

    text: ContentText
    also: tuple[Words, ...] = ()
    """Other wordings of the same substance, as people say it."""

    @model_validator(mode="before")
    @classmethod
    def _a_string_is_the_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class Closing(Shape):
    """What only a question to the interviewer has."""

    group: Literal["team", "culture", "growth", "role", "work"]
    reveals: ContentText
    """What the interviewer's reply tells the one who asks."""
    signals_seniority: bool


class Question(Entry):
    """A question. What ours must have beyond what the model demands is told by `gaps`.

    Questions that admins add need no more than a text and a kind, so fields that ours always have may be empty.
    """

    rows: ClassVar[frozenset[str]] = frozenset({"S0.4", "S0.5", "S0.6", "S0.7", "S0.8", "S1.8", "S2.8", "S3.8", "S4.2"})

    text: ContentText
    wordings: tuple[Words, ...] = ()
    """Other ways people ask it, for recognising it."""
    kind: QuestionKind
    archetypes: tuple[ArchetypeId, ...] = ()
    canonical_story: CanonicalStoryId | None = None
    question_type: QuestionTypeId | None = None
    competencies: tuple[CompetencyId, ...] = ()
    principles: tuple[PrincipleId, ...] = ()
    companies: tuple[CompanyId, ...] = ()
    """Where the question fits best; empty means it fits anywhere."""
    themes: tuple[ThemeId, ...] = ()
    lead_round: bool = False
    """It is asked in rounds for leads, who are to show both that they build and that they make others build."""
    level_range: tuple[LevelName, LevelName] = ("L3", "L7")
    probes: ContentText | None = None
    trap: ContentText | None = None
    follow_ups: Annotated[tuple[ContentText, ...], Field(max_length=2)] = ()
    skeleton: StarTexts | None = None
    notes: ContentText | None = None
    """What a strong answer shows, for mentors and for the person after a first answer."""
    points: tuple[KeyPoint, ...] = ()
    """Situational only: what a good answer says, the most important first."""
    must_not: tuple[ContentText, ...] = ()
    """Situational only: what must not be done."""
    closing: Closing | None = None

    @model_validator(mode="after")
    def _fields_fit_the_kind(self) -> Question:
        low, high = self.level_range
        if LEVELS.index(low) > LEVELS.index(high):
            raise ValueError("level_range goes from the lower level to the higher")
        if self.kind != "situational" and (self.points or self.must_not):
            raise ValueError("points and must_not belong to situational questions")
        if self.kind != "closing" and self.closing:
            raise ValueError("closing belongs to closing questions")
        if self.kind != "behavioral" and self.skeleton:
            raise ValueError("a skeleton belongs to behavioral questions")
        return self

    def gaps(self) -> Iterator[str]:
        """What a question of ours still lacks, each as a sentence."""
        if len(self.follow_ups) != 2:
            yield "follow_ups needs exactly two"
        for name in ("probes", "trap", "competencies", *_NEEDED[self.kind]):
            if not getattr(self, name):
                yield f"a {self.kind} question needs {name}"

    def fits_level(self, level: LevelName) -> bool:
        """Whether the question is meant for `level`."""
        low, high = self.level_range
        return LEVELS.index(low) <= LEVELS.index(level) <= LEVELS.index(high)
