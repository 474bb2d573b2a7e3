"""What one's stories cover, as a page: every grid in full, where the card has what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.base.policy import Subject
from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Fields, Paragraph, Words
from bot.chat.pages import Page, PageElement, PageLink, Section, Table
from bot.feature.context import Context
from bot.feature.lists import and_more
from bot.stories.cards import STORIES
from bot.stories.coverage import Coverage, CoveredStory, cover
from bot.stories.coverage_cards import NO_GAP, count_of, shares_of
from bot.stories.coverage_charts import kinds_chart, matrix_chart, principles_chart
from bot.stories.coverage_gaps import largest_gaps
from bot.stories.coverage_handlers import covered_stories
from content.loader import Content

NONE_YET = t("none yet")
MOST_GAPS = 8
MOST_TITLES = 5
"""Stories that are named in one row of a table."""


async def build_coverage(ctx: Context, _subject: str) -> Page | None:
    """What one's own stories cover."""
    ctx.require("story.delete", Subject(ctx.workspace, ctx.member))
    return coverage_page(await covered_stories(ctx, ctx.member), ctx.content)


def coverage_page(stories: Sequence[CoveredStory], content: Content) -> Page:
    """What matters most first: the largest gaps and what would fill them; then every grid with the stories by title."""
    coverage = cover(stories, content)
    titles = {one.id: one.title for one in stories}
    matrix = matrix_chart(stories, content)
    sections = [
        Section(t("At a glance"), (Paragraph(count_of(coverage)), Fields(shares_of(coverage)))),
        Section(t("The largest gaps"), _gaps(coverage, content)),
        Section(t("Questions that would fill the gaps"), _suggested(coverage, content)),
        Section(t("What stands out"), _findings(coverage)),
        _section(t("Types of question"), t("Stories by type of question"), coverage.question_types,
                 content.question_types, titles, (matrix,) if matrix is not None else ()),
        _section(t("Kinds of story"), t("Stories by kind"), coverage.archetypes, content.archetypes, titles,
                 (kinds_chart(coverage, content),)),
        _section(t("Classic topics"), t("Stories by classic topic"), coverage.canonical_stories,
                 content.canonical_stories, titles),
        _section(t("Principles"), t("Stories by principle"), coverage.principles, content.principles, titles,
                 (principles_chart(coverage, content),)),
        Section(t("Your stories"), (PageLink(t("All your stories"), STORIES),)),
    ]  # fmt: skip
    lead = t("What you could tell for each question, and what is missing. Only you see this page.")
    return Page(t("What your stories cover"), tuple(sections), lead)


def _section(
    heading: Text,
    caption: Text,
    grid: Mapping[str, Sequence[str]],
    named: Mapping[str, Any],
    titles: Mapping[str, str],
    charts: Sequence[PageElement] = (),
) -> Section:
    rows = tuple((str(named[name].name), _titles([titles[one] for one in stories])) for name, stories in grid.items())
    return Section(heading, (*charts, Table(caption, (heading, t("Stories")), rows)))


def _titles(titles: Sequence[str]) -> Words:
    """Some of the titles, and how many more there are."""
    if not titles:
        return NONE_YET
    some = "; ".join(titles[:MOST_TITLES])
    more = len(titles) - MOST_TITLES
    return tn("{titles}; and {count} more", "{titles}; and {count} more", more, titles=some) if more > 0 else some


def _gaps(coverage: Coverage, content: Content) -> tuple[PageElement, ...]:
    missing = largest_gaps(coverage, content)
    if not missing:
        return (Paragraph(NO_GAP),)
    return Bullets(missing[:MOST_GAPS]), *and_more(len(missing) - MOST_GAPS)


def _findings(coverage: Coverage) -> tuple[PageElement, ...]:
    if not coverage.beside_gaps:
        return (Paragraph(t("Nothing.")),)
    return (Bullets(coverage.beside_gaps),)


def _suggested(coverage: Coverage, content: Content) -> tuple[PageElement, ...]:
    if not coverage.suggested:
        return (Paragraph(t("There is a story for every kind.")),)
    return (Bullets(tuple(str(content.questions[name].text) for name in coverage.suggested)),)
