"""What is judged and where: competencies, principles, companies, levels, signals, themes."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from content.schema.base import ContentText, Entry, LevelName, PrincipleId, Shape, Words

Texts = Annotated[tuple[ContentText, ...], Field(min_length=1)]
Percent = Annotated[int, Field(ge=0, le=100)]


class Competency(Entry):
    """Something that answers give evidence of, and that progress is reported by."""

    rows: ClassVar[frozenset[str]] = frozenset({"S1.2", "S2.1"})

    name: ContentText
    about: ContentText
    strong_sign: ContentText
    weak_sign: ContentText


class Principle(Entry):
    """A leadership principle as AI roles read it, and as staff level reads it."""

    rows: ClassVar[frozenset[str]] = frozenset({"S1.6", "S2.4"})

    name: ContentText
    ai_application: ContentText
    staff_reading: ContentText
    example_question: ContentText


class RoundShares(Shape):
    """How a company weighs its rounds, in percent."""

    coding: Percent
    design: Percent
    behavioral: Percent
    note: ContentText

    @model_validator(mode="after")
    def _shares_add_up(self) -> RoundShares:
        if self.coding + self.design + self.behavioral != 100:
            raise ValueError("coding, design and behavioral add up to 100")
        return self


class CompanyGuide(Shape):
    """What a company's behavioural rounds look for."""

    evaluates: ContentText
    stress: Texts
    tips: Texts


class Company(Entry):
    """A company: three shares and a note are four items, its guide is one."""

    rows: ClassVar[frozenset[str]] = frozenset({"S1.1", "S1.13"})

    name: Words
    rounds: RoundShares
    guide: CompanyGuide | None = None
    principles: tuple[PrincipleId, ...] = ()
    """The principles it weighs most."""

    def size(self, row: str) -> int:
        return 4 if row == "S1.1" else int(self.guide is not None)


class Level(Entry):
    """A rung of the ladder: five cells and a title, six items."""

    rows: ClassVar[frozenset[str]] = frozenset({"S3.2"})

    level: LevelName
    title: ContentText
    other_names: tuple[Words, ...] = ()
    """What other ladders call it."""
    scope: ContentText
    ambiguity: ContentText
    influence: ContentText
    quality_bar: ContentText
    mentorship: ContentText
    turning_point: ContentText | None = None

    def size(self, row: str) -> int:
        return 6


class Signal(Entry):
    """Something an interviewer scores in every story, for which a report quotes evidence."""

    rows: ClassVar[frozenset[str]] = frozenset({"S3.1"})

    name: ContentText
    asks: ContentText
    strong_sign: ContentText
    weak_sign: ContentText


class LevelPhrase(Entry):
    """A turn of phrase typical of a level, credited only where substance stands behind it."""

    rows: ClassVar[frozenset[str]] = frozenset({"S3.6"})

    phrase: ContentText
    level: LevelName
    shows: ContentText
    substance: ContentText
    """What must be said beside the phrase for it to count."""
    credited: ContentText
    empty: ContentText


class Theme(Entry):
    """A subject that questions are tagged with and a programme can be about."""

    rows: ClassVar[frozenset[str]] = frozenset({"S4.1", "S4.5"})

    name: ContentText
    about: ContentText
