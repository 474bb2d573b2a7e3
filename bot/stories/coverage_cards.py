"""What one's stories cover, as a card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph, picture
from bot.feature.pages import page_button
from bot.stories import actions as a
from bot.stories.coverage import Coverage, CoveredStory, gaps
from bot.stories.coverage_charts import matrix_chart
from content.loader import Content

COVERAGE_PAGE = "coverage"
MOST_FINDINGS = 8


def coverage_card(coverage: Coverage, content: Content, stories: Sequence[CoveredStory] = ()) -> Card:
    """Counts, the question matrix of these stories, what is missing by name, and questions that would fill the gaps."""
    elements: list[Element] = [Fields(counts_of(coverage))]
    if (matrix := matrix_chart(stories, content)) is not None:
        elements.append(picture(matrix))
    if coverage.stories:
        elements += [Header(t("Which questions your stories answer")), Bullets(_matrix(coverage, content))]
    for header, grid, named in (
        (t("Question types without a story"), coverage.question_types, content.question_types),
        (t("Kinds of story you lack"), coverage.archetypes, content.archetypes),
        (t("Canonical stories you lack"), coverage.canonical_stories, content.canonical_stories),
    ):
        if missing := _names(gaps(grid), named):
            elements += [Header(header), Paragraph(", ".join(missing))]
    if coverage.findings:
        elements += [Header(t("What stands out")), Bullets(coverage.findings[:MOST_FINDINGS])]
    if coverage.suggested:
        asked = [content.questions[name] for name in coverage.suggested]
        elements += [
            Header(t("Questions that would fill the gaps")),
            Bullets(tuple(str(one.text) for one in asked), numbered=True),
            Buttons(
                tuple(
                    Button(t("Answer question {number}", number=number), a.AnswerSuggested(question=one.id))
                    for number, one in enumerate(asked, 1)
                )
            ),
            Buttons(
                tuple(
                    Button(t("Write: {kind}", kind=str(content.archetypes[kind].name)), a.OpenAdd(form=kind))
                    for kind in dict.fromkeys(one.archetypes[0] for one in asked)
                )
            ),
        ]
    elements.append(Buttons((page_button(t("More on a page"), COVERAGE_PAGE),)))
    return Card(t("What your stories cover"), tuple(elements))


def counts_of(coverage: Coverage) -> tuple[Field, ...]:
    """What is covered of each grid, in figures."""
    return (
        Field(t("Stories"), t("{count} of 10", count=coverage.stories)),
        Field(t("Question types"), _share(coverage.question_types)),
        Field(t("Kinds of story"), _share(coverage.archetypes)),
        Field(t("Canonical stories"), _share(coverage.canonical_stories)),
        Field(t("Principles with two stories"), _share(coverage.principles, 2)),
    )


def _matrix(coverage: Coverage, content: Content) -> tuple[Text, ...]:
    """The question matrix (S2.7), a line for each type: how many stories answer it."""
    return tuple(
        t("{kind}: {stories}", kind=str(content.question_types[name].name),
          stories=tn("{count} story", "{count} stories", len(stories)) if stories else t("none yet"))
        for name, stories in coverage.question_types.items()
    )  # fmt: skip


def _share(grid: Mapping[str, Sequence[str]], least: int = 1) -> str:
    return f"{len(grid) - len(gaps(grid, least))}/{len(grid)}"


def _names(ids: Sequence[str], entries: Mapping[str, Any]) -> list[str]:
    return [str(entries[name].name) for name in ids]
