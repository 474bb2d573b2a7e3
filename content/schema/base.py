"""What every content entry has, and the vocabularies that entries share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo

from content.schema.text import ContentText, Words

OWN = "own"
"""The source of what this project wrote itself, without a row of a source document behind it."""

EntryId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
LevelName = Literal["L3", "L4", "L5", "L6", "L7"]
LEVELS: tuple[LevelName, ...] = ("L3", "L4", "L5", "L6", "L7")
Part = Literal["situation", "task", "action", "result", "tie_in"]
FindingCode = Literal[
    "we_over_i", "passive_action", "no_result", "no_metric", "no_learning", "long_setup", "too_long", "too_short",
    "hypothetical", "blames_others", "hero", "no_tension", "no_rationale", "vague", "self_righteous",
    "escalates_first", "apologetic",
]  # fmt: skip
MeasureCode = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z0-9]+)*$")]
"""The name of a value that code computes (a self-check, a checklist item)."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field whose value is the id of an entry in another section."""

    section: str


ArchetypeId = Annotated[EntryId, Ref("archetypes")]
CanonicalStoryId = Annotated[EntryId, Ref("canonical_stories")]
QuestionTypeId = Annotated[EntryId, Ref("question_types")]
PrincipleId = Annotated[EntryId, Ref("principles")]
TemplateId = Annotated[EntryId, Ref("templates")]
CompetencyId = Annotated[EntryId, Ref("competencies")]
CompanyId = Annotated[EntryId, Ref("companies")]
ThemeId = Annotated[EntryId, Ref("themes")]


class Shape(BaseModel):
    """Base of all that is written in YAML: nothing unknown, nothing changed after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(Shape):
    """One entry: a stable id, a version that rises when its meaning changes, and its source rows."""

    rows: ClassVar[frozenset[str]] = frozenset()
    """The checklist rows whose items are entries of this kind. Other rows may be cited, but count nothing."""

    id: EntryId
    version: Annotated[int, Field(ge=1, strict=True)]
    sources: Annotated[tuple[str, ...], Field(min_length=1)]

    def items_for(self, row: str) -> int:
        """How many of the checklist's items of `row` this entry is."""
        return self.size(row) if row in self.rows and row in self.sources else 0

    def size(self, row: str) -> int:
        """How many items the entry is where it counts at all; one, unless a kind holds several."""
        return 1

    def references(self) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        """Every reference to another entry as (path inside this entry, section, id)."""
        for name, section in _sections_referred_to(type(self)).items():
            value: Any = getattr(self, name)
            if isinstance(value, str):
                yield (name,), section, value
            for index, target in enumerate(value if isinstance(value, tuple) else ()):
                yield (name, index), section, target


class Prompt(Shape):
    """A named blank to fill in: what it is called and what belongs there."""

    name: ContentText
    hint: ContentText


class StarTexts(Shape):
    """One text for each part of an answer."""

    situation: ContentText
    task: ContentText
    action: ContentText
    result: ContentText
    lesson: ContentText | None = None


@cache
def _sections_referred_to(kind: type[Entry]) -> Mapping[str, str]:
    """By the fields of a kind of entry that refer to others, the section of those."""
    refs = {name: _ref_of(field) for name, field in kind.model_fields.items()}
    return {name: ref.section for name, ref in refs.items() if ref is not None}


def _ref_of(field: FieldInfo) -> Ref | None:
    found = [mark for mark in field.metadata if isinstance(mark, Ref)]
    return found[0] if found else _ref_in(field.annotation)


def _ref_in(annotation: Any) -> Ref | None:
    for argument in (*getattr(annotation, "__metadata__", ()), *get_args(annotation)):
        if isinstance(argument, Ref):
            return argument
        if (ref := _ref_in(argument)) is not None:
            return ref
    return None


__all__ = [
    "LEVELS", "OWN", "ArchetypeId", "CanonicalStoryId", "CompanyId", "CompetencyId", "ContentText", "Entry",
    "EntryId", "FindingCode", "LevelName", "MeasureCode", "Part", "PrincipleId", "Prompt", "QuestionTypeId", "Ref",
    "Shape", "StarTexts", "TemplateId", "ThemeId", "Words",
]  # fmt: skip
