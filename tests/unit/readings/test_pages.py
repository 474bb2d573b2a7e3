"""All level readings on a page, and how far a reading lies from what the rules read."""

from __future__ import annotations

from datetime import UTC

import pytest

from bot.base.text import render
from bot.chat.cards import Paragraph
from bot.chat.pages import Page, PageLink, Table
from bot.readings.cards import difference
from bot.readings.pages import readings_page
from bot.readings.records import Reader
from tests.gallery.readings_samples import BEN, MIA, read, reading
from tests.gallery.stories_samples import record

READERS = {MIA: Reader("Mia"), BEN: Reader("Ben")}


def said(page: Page) -> str:
    paragraphs = (each for section in page.sections for each in section.elements if isinstance(each, Paragraph))
    return "\n".join(render(each.text) for each in paragraphs)


def test_the_page_has_every_story_in_a_row_and_every_reading_in_full() -> None:
    page = readings_page([record()], [read(), reading(BEN)], READERS, 10, UTC)
    (table,) = [each for section in page.sections for each in section.elements if isinstance(each, Table)]
    cells = [[render(cell) for cell in row if not isinstance(cell, PageLink)] for row in table.rows]
    assert cells == [["L5", "L4"]]
    assert "1 level below what the rules read." in said(page)
    assert "not opened yet" in said(page)
    assert "has read 1 of your stories" in render(page.lead)


def test_without_a_story_the_page_says_how_one_asks() -> None:
    assert "on a story's card" in said(readings_page([], [], {}, 10, UTC))


@pytest.mark.parametrize(
    ("level", "by_rules", "sentence"),
    [
        ("L5", None, "The rules read no level in it."),
        ("L5", "L5", "The rules read the same level."),
        ("L4", "L6", "2 levels below what the rules read."),
        ("L6", "L5", "1 level above what the rules read."),
    ],
)
def test_a_reading_is_set_beside_the_rules(level: str, by_rules: str | None, sentence: str) -> None:
    assert render(difference(level, by_rules)) == sentence
