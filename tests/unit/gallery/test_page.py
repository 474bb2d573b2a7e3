"""The gallery page: every card and form in three looks, drawn from what the adapters send."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape

import pytest

from adapters.discord.render import rendered
from adapters.local.cards import card_payload
from adapters.slack.render import body_of
from bot.chat.cards import Bullets, Card, Field, Fields, Paragraph, Quote
from tests.gallery.discord_look import discord_html
from tests.gallery.local_look import local_html
from tests.gallery.page import gallery
from tests.gallery.platforms import PLATFORMS
from tests.gallery.samples import catalogue
from tests.gallery.slack_look import slack_html

CARD = Card(
    "A <title> & more",
    (
        Paragraph("1. *Not* a list\nand # no heading"),
        Quote("first line\n> second line"),
        Bullets(("from three", "on"), numbered=True, first=3),
        Fields((Field("Label", "value"),)),
    ),
)


@cache
def page() -> str:
    return gallery()


def read(html: str) -> str:
    """What a person reads in a page."""
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_every_sample_stands_in_it_once_for_each_platform() -> None:
    for sample in catalogue():
        assert f"<h3>{escape(sample.name)}</h3>" in page()
    assert page().count('<div class="look">') == len(catalogue()) * len(PLATFORMS)


def test_it_fetches_nothing() -> None:
    assert not re.search(r"<(script|link|img|iframe)|url\(|@import", page())


@pytest.mark.parametrize(
    "html",
    [slack_html(body_of(CARD)), discord_html(rendered(CARD).body), local_html(card_payload(CARD))],
    ids=["slack", "discord", "local"],
)
def test_a_look_shows_what_was_typed_as_it_was_typed(html: str) -> None:
    shown = read(html)
    for words in ("A <title> & more", "1. *Not* a list\nand # no heading", "first line\n> second line", "on", "value"):
        assert words in shown
    assert "\\" not in shown


def test_a_numbered_list_goes_on_counting() -> None:
    assert '<ol start="3">' in slack_html(body_of(CARD))
    assert '<ol start="3">' in discord_html(rendered(CARD).body)
