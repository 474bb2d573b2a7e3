"""What one's stories cover, as a card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.base.text import t
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph
from bot.stories import actions as a
from bot.stories.coverage import Coverage, gaps
from content.loader import Content

MOST_FINDINGS = 8


def coverage_card(coverage: Coverage, content: Content) -> Card:
    """Four counts, what is missing by name, what to mend, and questions that would fill the gaps."""
    elements: list[Element] = [
        Fields(
            (
                Field(t("Stories"), t("{count} of 10", count=coverage.stories)),
                Field(t("Question types"), _share(coverage.question_types)),
                Field(t("Kinds of story"), _share(coverage.archetypes)),
                Field(t("Canonical stories"), _share(coverage.canonical_stories)),
                Field(t("Principles with two stories"), _share(coverage.principles, 2)),
            )
        )
    ]
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
        questions = tuple(str(content.questions[name].text) for name in coverage.suggested)
        elements += [Header(t("Questions that would fill the gaps")), Bullets(questions)]
        kinds = [content.questions[name].archetypes[0] for name in coverage.suggested]
        elements.append(
            Buttons(
                tuple(
                    Button(t("Write: {kind}", kind=str(content.archetypes[kind].name)), a.OpenAdd(form=kind))
                    for kind in dict.fromkeys(kinds)
                )
            )
        )
    return Card(t("What your stories cover"), tuple(elements))


def _share(grid: Mapping[str, Sequence[str]], least: int = 1) -> str:
    return f"{len(grid) - len(gaps(grid, least))}/{len(grid)}"


def _names(ids: Sequence[str], entries: Mapping[str, Any]) -> list[str]:
    return [str(entries[name].name) for name in ids]
