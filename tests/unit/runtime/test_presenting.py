from __future__ import annotations

from typing import ClassVar

from adapters.local.options import Options
from bot.base.text import t
from bot.chat.actions import Action
from bot.chat.cards import Button, Buttons, Card, Paragraph, Place
from bot.feature.declarations import Feature, PlaceDeclaration
from bot.feature.gather import gather
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
