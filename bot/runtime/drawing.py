"""Charts in cards: told in words where no picture can be shown, else drawn in a thread as the card is sent.

A room puts a chart into a card (`bot.chat.cards.picture`) inside a transaction, where nothing that takes long may be
done. So it is drawn after the commit, and the event loop goes on meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace

import structlog

from bot.charts.png import CannotDraw, can_draw, png
from bot.charts.words import in_words
from bot.chat.cards import Bullets, Card, Element, Image, Paragraph

log = structlog.get_logger()


def can_show_charts(images: bool) -> bool:
    """Whether charts become pictures in a conversation that shows pictures, or not."""
    return images and can_draw()


def charts_told(elements: Sequence[Element]) -> tuple[Element, ...]:
    """The elements of a resolved card with every chart in words: what it shows, then its figures."""
    return tuple(part for element in elements for part in _told(element))


def _told(element: Element) -> Iterator[Element]:
    if isinstance(element, Image) and element.chart is not None:
        yield Paragraph(element.alt, quiet=True)
        yield Bullets(in_words(element.chart))
    else:
        yield element


async def with_charts_drawn(card: Card) -> Card:
    """A fitted card with its charts drawn; one that cannot be drawn is shown by its description."""
    return replace(card, elements=tuple([await _drawn(element) for element in card.elements]))


async def _drawn(element: Element) -> Element:
    if not isinstance(element, Image) or element.chart is None:
        return element
    try:
        data = await asyncio.to_thread(png, element.chart)
    except CannotDraw as problem:
        log.info("chart_not_drawn", problem=str(problem))
        return Paragraph(element.alt, quiet=True)
    return replace(element, data=data, chart=None)
