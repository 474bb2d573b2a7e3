"""Progress as a page: the card's figures with every chart, and the answers one by one in a table."""

from __future__ import annotations

from bot.answers.cards import rating_text
from bot.base.text import t
from bot.chat.cards import Bullets, Fields, Paragraph, Quote
from bot.chat.pages import Page, PageElement, PageLink, Section, Table
from bot.chat.words import Words
from bot.mentoring.progress import LEAST_FOR_A_MEAN, Given, Scores
from bot.mentoring.progress_cards import Wording, facts_of, no_answer, other_rules, part_lines, returning_text
from bot.mentoring.progress_charts import level_chart, parts_chart, rating_chart, returning_chart, short_day
from bot.mentoring.progress_view import ProgressView
from bot.stories.coverage_cards import COVERAGE_PAGE

NONE = t("none")
TOO_FEW_HERE = t("Too few answers to say anything; it takes {count}.", count=LEAST_FOR_A_MEAN)


def progress_page(view: ProgressView, words: Wording) -> Page:
    """All of one person's progress that its reader sees; the same for a mentor and the mentee who looks at it so."""
    progress, own = view.progress, view.mentor is None
    title = t("Your progress") if own else t("Progress of {name}", name=view.name)
    lead = t("What your answers, stories and days of practice add up to. Only you see this page.")
    if not own:
        lead = t("What {name} shows {mentor} of it.", name=view.name, mentor=view.mentor or "")
    first: list[PageElement] = [Paragraph(no_answer(progress))] if progress.answers == 0 else []
    sections = [Section(t("At a glance"), (*first, Fields(facts_of(progress))))]
    if progress.answers and progress.scores is not None:
        sections += _scores(progress.scores, words)
    if own:
        sections.append(Section(t("Your stories"), (PageLink(t("What your stories cover"), COVERAGE_PAGE),)))
    return Page(title, tuple(sections), lead)


def _scores(scores: Scores, words: Wording) -> list[Section]:
    return [
        Section(t("Ratings"), _ratings(scores, words)),
        Section(t("What comes back"), _coming_back(scores, words)),
        Section(t("How the answers are divided"), _parts(scores, words)),
        Section(t("Level"), _levels(scores, words)),
    ]


def _ratings(scores: Scores, words: Wording) -> tuple[PageElement, ...]:
    elements: list[PageElement] = []
    if (chart := rating_chart(scores.ratings, words.language)) is not None:
        elements.append(chart)
    if (note := other_rules(scores.ratings, words.language)) is not None:
        elements.append(Paragraph(note))
    if not scores.ratings.points:
        return (Paragraph(TOO_FEW_HERE),)
    rows = tuple(_row(each, words.language) for each in reversed(scores.ratings.points))
    columns = (t("Day"), t("First telling"), t("Last telling"), t("Tellings"))
    return (*elements, Table(t("The latest answers, newest first"), columns, rows))


def _row(each: Given, language: str) -> tuple[Words, ...]:
    first, last = (NONE if one.rating is None else rating_text(one.rating) for one in (each.first, each.last))
    return short_day(each.last.on, language), first, last, f"{each.tellings}"


def _coming_back(scores: Scores, words: Wording) -> tuple[PageElement, ...]:
    if scores.looked_at < LEAST_FOR_A_MEAN:
        return (Paragraph(TOO_FEW_HERE),)
    if not scores.returning:
        return (Paragraph(t("Nothing in the latest {count} answers.", count=scores.looked_at)),)
    chart = returning_chart(scores.returning, words.findings)
    elements: list[PageElement] = [chart] if chart is not None else []
    for each in scores.returning:
        elements.append(Paragraph(returning_text(each, words)))
        if each.quote is not None:
            elements.append(Quote(each.quote))
    return tuple(elements)


def _parts(scores: Scores, words: Wording) -> tuple[PageElement, ...]:
    chart = parts_chart(scores.parts, words.language)
    if scores.parts.count < LEAST_FOR_A_MEAN or chart is None:
        return (Paragraph(TOO_FEW_HERE),)
    mean = t("The mean over the latest {count} answers that tell a story:", count=scores.parts.count)
    return chart, Paragraph(mean), Bullets(part_lines(scores.parts, words))


def _levels(scores: Scores, words: Wording) -> tuple[PageElement, ...]:
    chart = level_chart(scores.levels, words.language)
    if chart is None:
        return (Paragraph(t("Too few answers that show a level; it takes two.")),)
    note = t("A level is read from what one answer shows: how large it was, how unclear, what it changed, who was led, "
             "what was learned. It is no verdict on a person.")  # fmt: skip
    return chart, Paragraph(note, quiet=True)
