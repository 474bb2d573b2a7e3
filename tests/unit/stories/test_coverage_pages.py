"""What stories cover, as a picture and as a page."""

from __future__ import annotations

from bot.base.text import render
from bot.charts.svg import svg
from bot.chat.cards import Image
from bot.chat.charts import Chart
from bot.chat.pages import Page, Table
from bot.stories.coverage import cover
from bot.stories.coverage_cards import whole_coverage_card
from bot.stories.coverage_charts import MOST_ROWS, matrix_chart
from bot.stories.coverage_pages import NONE_YET, coverage_page
from tests.unit.stories.test_coverage import CONTENT, story

FAILURE = story("The wrong invoice", "type-failure", archetypes=("incident-you-caused",))
CONFLICT = story("The rewrite I opposed", "type-conflict", "type-leadership")


def tables(page: Page) -> dict[str, Table]:
    found = [each for section in page.sections for each in section.elements if isinstance(each, Table)]
    return {render(table.caption): table for table in found}


def test_the_matrix_has_a_row_for_each_story_and_a_column_for_each_kind_of_question() -> None:
    matrix = matrix_chart([FAILURE, CONFLICT], CONTENT)
    assert matrix is not None
    assert [each.name for each in matrix.series] == ["The wrong invoice", "The rewrite I opposed"]
    marked = {each.name: dict(zip(CONTENT.question_types, each.values, strict=True)) for each in matrix.series}
    assert marked["The wrong invoice"]["type-failure"] == 1
    assert marked["The wrong invoice"]["type-conflict"] is None
    assert "Failure and learning 1" in render(matrix.alt)


def test_without_stories_there_is_no_matrix_and_many_stories_do_not_make_it_longer_than_a_screen() -> None:
    assert matrix_chart([], CONTENT) is None
    many = matrix_chart([story(f"Story {number}", "type-failure") for number in range(40)], CONTENT)
    assert many is not None
    assert len(many.series) == MOST_ROWS
    assert "Failure and learning 40" in render(many.alt)


def test_the_whole_card_holds_the_matrix_as_a_picture() -> None:
    card = whole_coverage_card(cover([FAILURE], CONTENT), CONTENT, [FAILURE])
    assert [each.chart for each in card.elements if isinstance(each, Image)] == [matrix_chart([FAILURE], CONTENT)]


def test_the_page_names_the_stories_of_every_row() -> None:
    page = coverage_page([FAILURE, CONFLICT], CONTENT)
    found = tables(page)
    assert ("Failure and learning", "The wrong invoice") in found["Stories by type of question"].rows
    assert [len(found[name].rows) for name in ("Stories by kind", "Stories by classic topic")] == [10, 10]
    charts = [each for section in page.sections for each in section.elements if isinstance(each, Chart)]
    assert len(charts) == 3
    assert all(svg(chart).startswith("<svg") for chart in charts)


def test_the_page_of_whoever_has_no_story_says_what_to_begin_with() -> None:
    page = coverage_page([], CONTENT)
    assert all(row[1] == NONE_YET for table in tables(page).values() for row in table.rows)
    (suggested,) = [section for section in page.sections if render(section.heading).startswith("Questions that")]
    assert suggested.elements
