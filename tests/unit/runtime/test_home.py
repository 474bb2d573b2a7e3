"""A home shows the sections of every room on one page, and says so where not all of it fits."""

from __future__ import annotations

from bot.base.text import t
from bot.chat.cards import Card, Image, Paragraph, resolved, said
from bot.runtime.home import MORE, assembled, fitted_home
from tests.gallery.platforms import Discord, Local, Slack
from tests.gallery.samples import catalogue, declared
from tests.wire.slack.blocks import complaints


def of_every_room() -> Card:
    """A home in which every room shows the most it does."""
    less = ("somebody new", "without", "before any answer")
    parts = [
        sample.shows.elements
        for sample in catalogue()
        if isinstance(sample.shows, Card) and "home" in sample.name and not any(word in sample.name for word in less)
    ]
    assert len(parts) >= 5
    return assembled(parts)


def test_the_sections_of_all_rooms_fit_on_one_page_of_slack() -> None:
    platform = Slack()
    page = fitted_home(of_every_room(), "en", platform.capabilities, declared())
    assert resolved(MORE, "en") not in page.elements
    assert said(page.title) == "Your home in Starling"
    assert complaints(platform.home(page)["blocks"], "home") == []


def test_a_home_that_does_not_fit_is_cut_and_says_where_the_rest_is() -> None:
    long = Card(t("Your home in Starling"), tuple(Paragraph(f"Line {number}.") for number in range(150)))
    for platform in (Slack(), Local()):
        page = fitted_home(long, "en", platform.capabilities, declared())
        assert len(page.elements) == platform.capabilities.at_home.limits.elements
        *lines, last = [element.text for element in page.elements if isinstance(element, Paragraph)]
        assert lines == [f"Line {number}." for number in range(len(lines))]
        assert "the command home shows all of it" in said(last)
        assert said(page.title) == "Your home in Starling"


def test_what_fits_stays_as_it_is_and_what_a_message_may_hold_decides_elsewhere() -> None:
    short = Card(t("Your home in Starling"), (Paragraph("Nothing new."), Image(b"x", "image/png", "A chart")))
    page = fitted_home(short, "en", Discord().capabilities, declared())
    assert [type(element) for element in page.elements] == [Paragraph, Image]
    assert Discord().capabilities.at_home.limits == Discord().capabilities.limits
    assert not Discord().capabilities.at_home.files
