from __future__ import annotations

from typing import ClassVar

from adapters.local.options import Options
from bot.base.text import t
from bot.chat.actions import Action
from bot.chat.cards import Button, Buttons, Card, Paragraph, Place
from bot.chat.pages import Page
from bot.feature.context import Context
from bot.feature.declarations import Feature, PageDeclaration, PlaceDeclaration
from bot.feature.gather import gather
from bot.feature.pages import page_button
from bot.runtime.presenting import present, with_places


class SaveStory(Action):
    name: ClassVar[str] = "stories.save"

    answer: str


def save_button(subject: str) -> Button:
    return Button(t("Save as story"), SaveStory(answer=subject))


GATHERED = gather([Feature("stories", places=(PlaceDeclaration("answer.actions", save_button),))])
CARD = Card(t("Your answer"), (Paragraph("Well."), Place("answer.actions", "a1"), Place("answer.other", "a1")))


def test_a_place_is_filled_with_the_buttons_declared_for_it_and_an_empty_one_goes() -> None:
    assert with_places(CARD, GATHERED).elements == (Paragraph("Well."), Buttons((save_button("a1"),)))


def test_buttons_right_after_a_place_go_on_in_its_row_and_those_before_it_do_not() -> None:
    more = Buttons((Button(t("More"), SaveStory(answer="a2")),))
    card = Card(t("Your answer"), (more, Place("answer.actions", "a1"), Place("answer.other", "a1"), more))
    assert with_places(card, GATHERED).elements == (more, Buttons((save_button("a1"), *more.items)))


def test_a_card_is_shown_in_its_readers_words() -> None:
    (shown,) = present(CARD, "en", Options().capabilities(direct=False), GATHERED)
    assert shown.title == "Your answer"
    assert shown.elements[1] == Buttons((Button("Save as story", SaveStory(answer="a1")),))


async def build(_context: Context, _subject: str) -> Page | None:
    return None


def test_a_button_to_a_page_is_left_out_where_nobody_serves_it() -> None:
    to_page = page_button(t("Open as a page"), "tests.page", "s1")
    card = Card(t("Your story"), (Paragraph("Well."), Buttons((to_page, save_button("a1"))), Buttons((to_page,))))
    served = gather([Feature("tests", pages=(PageDeclaration("tests.page", t("A page"), "home.see", build),))])
    assert with_places(card, served) == card
    assert with_places(card, GATHERED).elements == (Paragraph("Well."), Buttons((save_button("a1"),)))
