"""How to answer: parts and their time, faults and their mending, rules, expressions, checks, rulings."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from content.schema.base import ContentText, Entry, FindingCode, MeasureCode, Part, Words

Texts = Annotated[tuple[ContentText, ...], Field(min_length=1)]
Range = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


class AnswerPart(Entry):
    """A part of an answer: what belongs in it, and how much of the answer and of the time it takes."""

    rows: ClassVar[frozenset[str]] = frozenset({"S0.1", "S1.3"})

    part: Part
    name: ContentText
    says: ContentText
    covers: Texts
    share_percent: Range | None = None
    seconds: Range | None = None


class Fault(Entry):
    """Something that weakens an answer, a set of stories, a follow-up or the closing, and how to mend it.

    One entry for one fault, however many source rows name it.
    """

    rows: ClassVar[frozenset[str]] = frozenset({"S0.10", "S1.10", "S2.10", "S3.3", "S3.7"})

    name: ContentText
    found_in: Literal["answer", "follow_up", "portfolio", "closing"]
    why: ContentText
    fix: ContentText
    finding: FindingCode | None = None
    """The scoring finding that is this fault; none where an answer alone cannot show it."""


class Guideline(Entry):
    """A rule for people to follow: telling a story, writing one, preparing, levelling."""

    rows: ClassVar[frozenset[str]] = frozenset({"S0.9", "S0.11", "S1.5", "S1.7", "S3.10", "S3.11", "S3.12"})

    group: Literal["delivery", "writing", "figures", "stories", "principles", "levelling", "rehearsal"]
    order: Annotated[int, Field(ge=1)]
    text: ContentText
    why: ContentText
    findings: tuple[FindingCode, ...] = ()
    """The findings whose advice this guideline belongs to."""


class Expression(Entry):
    """A useful expression in English and Korean, with the frame that keeps it from being vague."""

    rows: ClassVar[frozenset[str]] = frozenset({"S1.9"})

    part: Literal["situation", "action", "result"]
    text: ContentText
    frame: ContentText
    """The expression with its blanks in [brackets]: at least a figure, an owner, a reason or a name."""
    needs: Annotated[tuple[Literal["figure", "owner", "reason", "name", "date"], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _korean_is_there(self) -> Expression:
        if "ko" not in self.text.languages:
            raise ValueError("an expression is written in English and Korean: text needs en and ko")
        return self


class SelfCheck(Entry):
    """A yes-or-no check that is computed from an answer."""

    rows: ClassVar[frozenset[str]] = frozenset({"S1.11"})

    order: Annotated[int, Field(ge=1)]
    text: ContentText
    measure: MeasureCode
    fix: ContentText
    finding: FindingCode | None = None


class Ruling(Entry):
    """Where sources disagree: what they say and what this product does."""

    rows: ClassVar[frozenset[str]] = frozenset({"rulings"})

    topic: ContentText
    values: Annotated[tuple[Words, ...], Field(min_length=2)]
    decision: ContentText
    used_in: Annotated[tuple[Words, ...], Field(min_length=1)]
    """Where the decision holds, in words: "scoring", "stories", "mock"."""
