"""Invariant 44: whether a comment says enough, and is about this answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.review.given import Said, is_whole, read_said
from bot.review.review_forms import NOT_ENOUGH, check_review
from bot.review.reviewing_actions import SendReview
from bot.review.substance import LEAST, copied_from, enough, same_as_another, substance
from tests.gallery.samples import shipped_content

COMMENT = "The refund by hand is told with its reason, which shows judgement where a tool was at hand."
ANSWER = f"I stopped the job. {COMMENT} I wrote a script that found every wrong invoice and told finance."
CRITERIA = shipped_content().review_rubrics["rubric-story"].criteria


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Great!",
        "👍" * 60,
        ":tada:" * 20,
        "https://example.org/" + "x" * 80,
        "a" * 80,
        ". " * 60,
        "Nice one, well done",
    ],
)  # fmt: skip
def test_what_says_nothing_is_not_enough(text: str) -> None:
    assert not enough(text)


@pytest.mark.parametrize(
    "text", [COMMENT, "환불을 직접 한 까닭을 말해서 판단력이 잘 드러났고 도구를 쓰지 않은 까닭도 분명했습니다 정말로"]
)
def test_a_sentence_is_enough_in_any_script(text: str) -> None:
    assert enough(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_substance_is_never_longer_than_what_unicode_makes_of_the_text_and_looked_at_twice_the_same(text: str) -> None:
    once = substance(text)
    assert substance(once) == once or len(substance(once)) <= len(once)
    assert len(once) >= LEAST or not enough(text)


def test_the_same_comment_again_is_noticed_and_another_one_is_not() -> None:
    assert same_as_another(COMMENT.upper() + " 👍", [COMMENT])
    assert not same_as_another(COMMENT, ["Begin with the customers who paid twice; the rounding can wait.", ""])


def test_a_piece_of_the_answer_is_a_copy_and_a_quotation_with_words_of_ones_own_is_none() -> None:
    assert copied_from(COMMENT, ANSWER)
    assert not copied_from(f"“{COMMENT[:40]}”: this made me trust you, since most leave the reason out.", ANSWER)
    assert not copied_from("", ANSWER)


def test_a_form_with_too_little_in_it_is_sent_back_at_the_box_that_lacks_it() -> None:
    values = {"worked": ("ok",), "change": (COMMENT,)}
    assert check_review(SendReview(review="r"), values) == {"worked": NOT_ENOUGH}


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from([c.id for c in CRITERIA] + ["else"]), st.integers(-2, 9).map(str)))
def test_only_scores_from_1_to_5_for_every_criterion_make_a_whole_review(values: dict[str, str]) -> None:
    said = read_said({name: (value,) for name, value in values.items()}, CRITERIA)
    right = all(c.id in values and 1 <= int(values[c.id]) <= 5 for c in CRITERIA)
    assert is_whole(said, CRITERIA) == right
    assert "else" not in said.scores
    assert not is_whole(Said({"other": 3}), CRITERIA)
