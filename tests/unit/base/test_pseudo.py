"""The language in brackets, by which tests see what bypasses the catalogue."""

from __future__ import annotations

import pytest

from bot.base.text import render, t, tn
from bot.chat.cards import Card, Paragraph, Quote, resolved
from bot.chat.plain import plain
from tests.pseudo import PSEUDO, outside_brackets, pseudo_language


def test_every_sentence_stands_in_brackets() -> None:
    with pseudo_language() as language:
        assert render(t("{name} answered.", name="Ana"), language) == "⟦Ana answered.⟧"
        assert render(tn("{count} day", "{count} days", 2), language) == "⟦2 days⟧"
        assert render(t("In {time}.", time=tn("{count} day", "{count} days", 1)), language) == "⟦In ⟦1 day⟧.⟧"
        assert render(t("Help"), "en") == "Help"
    assert render(t("Help"), PSEUDO) == "Help"


def test_what_bypasses_the_catalogue_stands_outside() -> None:
    card = Card(t("Feedback"), (Quote("my own words"), Paragraph("forgotten")))
    with pseudo_language() as language:
        shown = plain(resolved(card, language))
    assert outside_brackets(shown).split("\n\n") == ["", "> my own words", "forgotten"]


@pytest.mark.parametrize("shown", ["⟦open", "closed⟧", "⟧⟦"])
def test_brackets_that_do_not_match_are_an_error(shown: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        outside_brackets(shown)
