"""Preparing: quiz, checklist, tasks, practice modes, reading, what not to ask, and topics of the guide."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from content.schema.base import CompetencyId, ContentText, Entry, LevelName, MeasureCode, Prompt, ThemeId, Words

Texts = Annotated[tuple[ContentText, ...], Field(min_length=1)]
Order = Annotated[int, Field(ge=1)]


class ClosingCaution(Entry):
    """What is better not asked at the end, or asked only by juniors."""

    rows: ClassVar[frozenset[str]] = frozenset({"S2.8", "S3.8"})

    group: Literal["do_not_ask", "signals_junior"]
    text: ContentText
    why: ContentText
    instead: ContentText
    examples: tuple[Words, ...] = ()
    """Wordings by which such a question is recognised."""


class QuizItem(Entry):
    """A multiple-choice question; `answer` counts from 1."""

    rows: ClassVar[frozenset[str]] = frozenset({"S1.14"})

    question: ContentText
    choices: Annotated[tuple[ContentText, ...], Field(min_length=2, max_length=6)]
    answer: Annotated[int, Field(ge=1)]
    explanation: ContentText

    @model_validator(mode="after")
    def _the_answer_is_a_choice(self) -> QuizItem:
        if self.answer > len(self.choices):
            raise ValueError("answer is the number of a choice, counted from 1")
        return self


class ChecklistItem(Entry):
    """Something to have done before an interview, computed from the person's records where they show it."""

    rows: ClassVar[frozenset[str]] = frozenset({"S2.11"})

    order: Order
    text: ContentText
    why: ContentText
    measure: MeasureCode
    target: Annotated[int, Field(ge=1)] = 1


class PracticeTask(Entry):
    """A task that is tracked until it is done."""

    rows: ClassVar[frozenset[str]] = frozenset({"S3.9", "S4.3"})

    order: Order
    title: ContentText
    instructions: ContentText
    done_when: ContentText
    target: Annotated[int, Field(ge=1)] = 1
    form: tuple[Prompt, ...] = ()
    """What to fill in, where the task has a form."""


class PracticeMode(Entry):
    """A way to practise. The mode is an item, and each of its criteria is one."""

    rows: ClassVar[frozenset[str]] = frozenset({"S2.9"})

    name: ContentText
    who: Literal["alone", "partner"]
    minutes: Annotated[int, Field(ge=1, le=60)]
    steps: Texts
    criteria: Annotated[tuple[Prompt, ...], Field(min_length=1)]

    def size(self, row: str) -> int:
        return 1 + len(self.criteria)


class ReadingItem(Entry):
    """Something to read, offered where a gap shows."""

    rows: ClassVar[frozenset[str]] = frozenset({"S3.14", "S4.4"})

    title: Words
    author: Words | None = None
    url: Annotated[str, Field(pattern=r"^https://")] | None = None
    about: ContentText
    competencies: tuple[CompetencyId, ...] = ()
    themes: tuple[ThemeId, ...] = ()


class GuideTopic(Entry):
    """A page of the guide. A topic with points counts its points, else it is one item."""

    rows: ClassVar[frozenset[str]] = frozenset({"S1.15", "S2.2", "S2.13", "S3.8", "S3.13", "S3.15", "S4.5"})

    title: ContentText
    body: ContentText
    points: tuple[ContentText, ...] = ()
    levels: tuple[LevelName, ...] = ()

    def size(self, row: str) -> int:
        return len(self.points) or 1
