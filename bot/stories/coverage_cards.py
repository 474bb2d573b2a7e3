"""What one's stories cover, as cards: the few largest gaps with what to do next, and everything one click away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Header, Paragraph, picture
from bot.feature.lists import and_more
from bot.feature.pages import page_button
from bot.stories import actions as a
from bot.stories.coverage import EPISODES_A_PRINCIPLE, Coverage, CoveredStory, gaps
from bot.stories.coverage_charts import matrix_chart
from bot.stories.coverage_gaps import largest_gaps
from content.loader import Content
from content.schema import Question

COVERAGE_PAGE = "coverage"
GOAL = 10
"""S3.9: ten stories."""
MOST_GAPS = 3
MOST_BESIDE_GAPS = 2
NO_GAP = t("There is a story for everything that interviews usually ask.")
MORE_ON_A_PAGE = page_button(t("More on a page"), COVERAGE_PAGE)


def coverage_card(coverage: Coverage, content: Content) -> Card:
    """How many stories there are, the largest gaps, and one question that would fill most of them."""
    missing = largest_gaps(coverage, content)
    elements: list[Element] = [Paragraph(count_of(coverage))]
    if missing:
        elements += [Header(t("The largest gaps")), Bullets(missing[:MOST_GAPS])]
        elements += and_more(len(missing) - MOST_GAPS)
    else:
        elements.append(Paragraph(NO_GAP))
    if coverage.beside_gaps:
        elements += [Header(t("What stands out")), Bullets(coverage.beside_gaps[:MOST_BESIDE_GAPS])]
    buttons = [Button(t("Show everything"), a.ShowWholeCoverage()), MORE_ON_A_PAGE]
    if coverage.suggested:
        question = content.questions[coverage.suggested[0]]
        elements += [Header(t("A question that would fill most of this")), Paragraph(str(question.text))]
        buttons = [
            _answer(question, t("Answer it"), style="primary"),
            _write(question, t("Write it by a form")),
            *buttons,
        ]
    elements.append(Buttons(tuple(buttons)))
    return Card(t("What your stories cover"), tuple(elements))


def whole_coverage_card(coverage: Coverage, content: Content, stories: Sequence[CoveredStory] = ()) -> Card:
    """The question matrix of these stories, all that is missing by name, what stands out, and several questions."""
    elements: list[Element] = [Paragraph(count_of(coverage))]
    if (matrix := matrix_chart(stories, content)) is not None:
        elements.append(picture(matrix))
    for header, grid, named in (
        (t("Types of question without a story"), coverage.question_types, content.question_types),
        (t("Kinds of story you lack"), coverage.archetypes, content.archetypes),
        (t("Classic topics without a story"), coverage.canonical_stories, content.canonical_stories),
    ):
        if missing := _names(gaps(grid), named):
            elements += [Header(header), Bullets(missing)]
    if thin := _names(gaps(coverage.principles, EPISODES_A_PRINCIPLE), content.principles):
        elements += [Header(t("Principles with fewer than two stories")), Bullets(thin)]
    if coverage.beside_gaps:
        elements += [Header(t("What stands out")), Bullets(coverage.beside_gaps)]
    elements += _suggested([content.questions[name] for name in coverage.suggested])
    elements.append(Buttons((Button(t("My stories"), a.ListStories()), MORE_ON_A_PAGE)))
    return Card(t("All that your stories cover"), tuple(elements))


def count_of(coverage: Coverage) -> Text:
    """How many stories there are, beside the goal as long as that is not reached."""
    if not coverage.stories:
        return t("You have no story yet. Ten are the goal; begin with one.")
    if coverage.stories < GOAL:
        return tn("You have {count} story. Ten are the goal.", "You have {count} stories. Ten are the goal.",
                  coverage.stories)  # fmt: skip
    return t("You have {count} stories. Ten are enough, so look at what they cover.", count=coverage.stories)


def shares_of(coverage: Coverage) -> tuple[Field, ...]:
    """How much of each grid is covered."""
    return (
        Field(t("Types of question with a story"), _share(coverage.question_types)),
        Field(t("Kinds of story you have"), _share(coverage.archetypes)),
        Field(t("Classic topics with a story"), _share(coverage.canonical_stories)),
        Field(t("Principles with two stories"), _share(coverage.principles, EPISODES_A_PRINCIPLE)),
    )


def _suggested(asked: Sequence[Question]) -> list[Element]:
    """Each question with the two ways to a story for it."""
    elements: list[Element] = [Header(t("Questions that would fill the gaps"))] if asked else []
    written: set[str] = set()
    for one in asked:
        buttons = [_answer(one, t("Answer it"))]
        if one.archetypes[0] not in written:
            buttons.append(_write(one, t("Write it by a form")))
            written.add(one.archetypes[0])
        elements += [Paragraph(str(one.text)), Buttons(tuple(buttons))]
    return elements


def _answer(question: Question, label: Text, **style: Any) -> Button:
    return Button(label, a.AnswerSuggested(question=question.id), **style)


def _write(question: Question, label: Text) -> Button:
    return Button(label, a.OpenAdd(form=question.archetypes[0]))


def _share(grid: Mapping[str, Sequence[str]], least: int = 1) -> Text:
    return t("{count} of {all}", count=len(grid) - len(gaps(grid, least)), all=len(grid))


def _names(ids: Sequence[str], entries: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(entries[name].name) for name in ids)
