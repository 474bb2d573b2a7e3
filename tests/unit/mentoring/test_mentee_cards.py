"""What stands on the cards about a mentee, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.base.ids import MemberId
from bot.chat.cards import Card, resolved
from bot.chat.plain import plain
from bot.mentoring.mentee_cards import answer_card, looks_card
from bot.mentoring.service import SHOWN, Look
from bot.mentoring.viewing import AnswerView

NOW = datetime(2030, 3, 4, 9, tzinfo=UTC)
ZONE = ZoneInfo("UTC")


def said(card: Card) -> str:
    return plain(resolved(card, "en"))


@pytest.mark.parametrize(("count", "words"), [(1, "4.0 of 5, 1 review"), (2, "4.0 of 5, 2 reviews")])
def test_one_review_is_not_called_several(count: int, words: str) -> None:
    view = AnswerView("a1", MemberId("m1"), "Ana", "A question", "A text", NOW.date(), None, (4.0, count))
    assert f"{words}\n" in f"{said(answer_card(view, str))}\n"


def test_a_log_that_is_cut_says_so() -> None:
    looks = [Look("Ben", "answers", NOW)] * SHOWN
    assert f"the latest {SHOWN}; older ones are not listed" in said(looks_card(looks, ZONE))
    assert "older ones" not in said(looks_card(looks[1:], ZONE))


def test_what_was_looked_at_and_is_gone_since_is_called_that() -> None:
    looks = [Look("Ben", "answers", NOW, "a1"), Look("Ben", "scores", NOW, "a2"), Look("Ben", "answers", NOW, "a3")]
    log = said(looks_card(looks, ZONE, {"a1": "A question", "a2": ""}))
    assert "Ben, an answer: A question" in log
    assert "Ben, the rating of an answer: A text of one's own" in log
    assert "Ben, an answer: gone since" in log
