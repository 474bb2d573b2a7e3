"""Charts in cards: drawn as they are sent, told in words where there are no pictures."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.base.text import t
from bot.chat.cards import Bullets, Button, Buttons, Card, Image, Paragraph, picture
from bot.cli.features import all_features
from bot.feature.gather import gather
from bot.feature.pages import OpenPage
from bot.runtime import drawing
from bot.runtime.drawing import with_charts_drawn
from bot.runtime.presenting import present
from tests.gallery.platforms import PLATFORMS
from tests.unit.charts.charts import RATING

CARD = Card(t("Your progress"), (Paragraph("Up."), picture(RATING), Buttons((Button(t("More"), OpenPage(page="no")),))))


def presented(*, images: bool) -> Card:
    able = replace(PLATFORMS[0].capabilities, images=images)
    (card,) = present(CARD, "en", able, gather(all_features()))
    return card


def test_a_chart_is_told_in_words_where_the_platform_shows_no_pictures() -> None:
    _, said, figures = presented(images=False).elements
    assert said == Paragraph(RATING.alt, quiet=True)
    assert isinstance(figures, Bullets)
    assert "10 Feb: Last telling 4.9, First telling 4.9" in figures.items


def test_a_chart_is_told_in_words_where_nothing_can_draw_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "can_draw", lambda: False)
    assert not [each for each in presented(images=True).elements if isinstance(each, Image)]


async def test_a_chart_becomes_a_picture_with_its_description_when_it_is_sent() -> None:
    image = (await with_charts_drawn(presented(images=True))).elements[1]
    assert isinstance(image, Image)
    assert image.data.startswith(b"\x89PNG")
    assert (image.alt, image.chart) == (RATING.alt, None)


async def test_a_chart_whose_letters_the_font_lacks_is_shown_by_its_description() -> None:
    card = Card("Progress", (picture(replace(RATING, title="진행")),))
    assert (await with_charts_drawn(card)).elements == (Paragraph(RATING.alt, quiet=True),)


async def test_the_event_loop_goes_on_while_a_chart_is_drawn() -> None:
    drawn = asyncio.create_task(with_charts_drawn(Card("Progress", (picture(RATING),) * 2)))
    turns = 0
    while not drawn.done():
        await asyncio.sleep(0)
        turns += 1
    assert len((await drawn).elements) == 2
    assert turns > 20
