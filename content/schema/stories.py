"""Stories: what they are about, how they are shaped, and what ties the ways of sorting them together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from content.schema.base import (
    ArchetypeId,
    CanonicalStoryId,
    CompetencyId,
    ContentText,
    Entry,
    FindingCode,
    LevelName,
    PrincipleId,
    Prompt,
    QuestionTypeId,
    Shape,
    StarTexts,
    TemplateId,
)

Texts = Annotated[tuple[ContentText, ...], Field(min_length=1)]


class TieIn(Shape):
    """The sentence that ends a story: what it has to do with AI systems, or with leading."""

    to: Literal["ai_systems", "leading"]
    text: ContentText


class Archetype(Entry):
    """A kind of story to have ready."""

    rows: ClassVar[frozenset[str]] = frozenset({"S0.2"})

    name: ContentText
    probes: ContentText
    story_shape: ContentText
    template: StarTexts
    """Sentences to fill in; the blanks stand in [brackets]."""
    tie_in: TieIn


class RetrievalFamily(Entry):
    """A family of questions and the archetypes that answer it, the best first."""

    rows: ClassVar[frozenset[str]] = frozenset({"S0.3"})

    name: ContentText
    asked_as: Texts
    archetypes: Annotated[tuple[ArchetypeId, ...], Field(min_length=1)]


class CanonicalStory(Entry):
    """One of the ten stories that cover most of what is asked. The story is an item, its pair of examples another."""

    rows: ClassVar[frozenset[str]] = frozenset({"S3.4"})

    name: ContentText
    why_asked: ContentText
    strong_shape: Texts
    trap: ContentText
    trap_findings: tuple[FindingCode, ...] = ()
    weak_example: ContentText
    strong_example: ContentText

    def size(self, row: str) -> int:
        return 2


class QuestionType(Entry):
    """A type of question with the steps a good answer takes and what speaks against it."""

    rows: ClassVar[frozenset[str]] = frozenset({"S2.3", "S2.7"})

    name: ContentText
    asks: ContentText
    structure: Annotated[tuple[Prompt, ...], Field(min_length=1)]
    red_flags: tuple[ContentText, ...] = ()
    red_flag_findings: tuple[FindingCode, ...] = ()
    mandatory: bool = False


class TemplateParts(Shape):
    """The prompts of a practice template, part by part."""

    situation: Annotated[tuple[Prompt, ...], Field(min_length=1)]
    task: Annotated[tuple[Prompt, ...], Field(min_length=1)]
    action: Annotated[tuple[Prompt, ...], Field(min_length=1)]
    result: Annotated[tuple[Prompt, ...], Field(min_length=1)]


class Template(Entry):
    """A form for writing down one kind of experience."""

    rows: ClassVar[frozenset[str]] = frozenset({"S1.12"})

    name: ContentText
    use_for: ContentText
    parts: TemplateParts
    free_steps: tuple[int, int] | None = None
    """Least and most steps, where the action is a free list and not named prompts."""


class Contrast(Shape):
    """One point in which a weak and a strong answer differ."""

    point: ContentText
    weak: ContentText
    strong: ContentText


class Example(Entry):
    """A worked answer, alone or beside a weak one. A pair is one item."""

    rows: ClassVar[frozenset[str]] = frozenset({"S1.4", "S2.12", "S3.11"})

    title: ContentText
    question: ContentText
    strong: ContentText
    weak: ContentText | None = None
    contrast: tuple[Contrast, ...] = ()
    shows: ContentText
    findings: tuple[FindingCode, ...] = ()
    """The findings that open this example."""
    archetypes: tuple[ArchetypeId, ...] = ()
    level: LevelName | None = None


class ProjectColumn(Shape):
    """One column of the project table."""

    key: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    name: ContentText
    hint: ContentText


class ProjectTable(Entry):
    """What is noted of each project, with one project filled in. Each column is an item, the example one more."""

    rows: ClassVar[frozenset[str]] = frozenset({"S2.5"})

    columns: Annotated[tuple[ProjectColumn, ...], Field(min_length=1)]
    example: Mapping[str, ContentText]

    @model_validator(mode="after")
    def _the_example_fills_every_column(self) -> ProjectTable:
        if set(self.example) != {column.key for column in self.columns}:
            raise ValueError("the example needs exactly one value for each column")
        return self

    def size(self, row: str) -> int:
        return len(self.columns) + 1


class StoryVersion(Entry):
    """A length in which a story is kept ready."""

    rows: ClassVar[frozenset[str]] = frozenset({"S2.6"})

    name: ContentText
    minutes: Annotated[int, Field(ge=1, le=10)]
    use_when: ContentText
    keep: Texts


class FollowUp(Entry):
    """A question that comes after nearly every story, with what is listened for."""

    rows: ClassVar[frozenset[str]] = frozenset({"S2.6"})

    text: ContentText
    listens_for: Texts
    trap: ContentText


class DifferentlyReply(Entry):
    """A reply to "what would you do differently?" and the level it shows; no level for "nothing"."""

    rows: ClassVar[frozenset[str]] = frozenset({"S3.5"})

    level: LevelName | None
    reply: ContentText
    reading: ContentText
    marks: Texts
    """What a reply of this level has in it."""


class Crosswalk(Entry):
    """What belongs together across the ways of sorting stories."""

    name: ContentText
    archetypes: tuple[ArchetypeId, ...] = ()
    canonical_stories: tuple[CanonicalStoryId, ...] = ()
    question_types: tuple[QuestionTypeId, ...] = ()
    principles: tuple[PrincipleId, ...] = ()
    templates: tuple[TemplateId, ...] = ()
    competencies: tuple[CompetencyId, ...] = ()
    why: ContentText
