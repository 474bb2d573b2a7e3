"""What the shapes of content allow, and what they refuse."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.scoring.report import FLAGS
from content.schema import LEVELS, ContentText, Expression, FindingCode, Question

WORDS = st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20)


def a_question(**changes: Any) -> Question:
    fields: dict[str, Any] = {"id": "q-a", "version": 1, "sources": ["own"], "text": "Why?", "kind": "behavioral"}
    return Question.model_validate({**fields, **changes})


def test_a_string_is_an_english_text() -> None:
    assert ContentText.model_validate("Hello").in_language("en") == "Hello"


def test_a_text_is_given_in_the_language_asked_for() -> None:
    assert ContentText.model_validate({"en": "Hello", "ko": "안녕"}).in_language("ko") == "안녕"


def test_a_region_falls_back_to_its_language() -> None:
    assert ContentText.model_validate({"en": "Hello", "ko": "안녕"}).in_language("ko-KR") == "안녕"


def test_a_language_that_is_missing_falls_back_to_english() -> None:
    assert ContentText.model_validate({"en": "Hello", "ko": "안녕"}).in_language("de") == "Hello"


@pytest.mark.parametrize("value", [{"ko": "안녕"}, "", "   ", {}, {"en": ""}, 5, None])
def test_a_text_without_english_words_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        ContentText.model_validate(value)


@given(st.dictionaries(st.sampled_from(["ko", "de", "fr"]), WORDS), WORDS)
@settings(max_examples=50, deadline=None)
def test_a_text_is_written_back_as_it_can_be_read(others: dict[str, str], english: str) -> None:
    text = ContentText.model_validate({"en": english, **others})
    assert ContentText.model_validate(text.model_dump()) == text


def test_the_kinds_of_questions_are_spelled_one_way() -> None:
    with pytest.raises(ValidationError):
        a_question(kind="behavioural")


def test_points_belong_to_situational_questions() -> None:
    with pytest.raises(ValidationError, match="situational"):
        a_question(points=["Asks first."])


def test_a_level_range_goes_upward() -> None:
    with pytest.raises(ValidationError, match="lower level"):
        a_question(level_range=["L6", "L4"])


def test_a_question_fits_the_levels_within_its_range() -> None:
    question = a_question(level_range=["L4", "L6"])
    assert [level for level in LEVELS if question.fits_level(level)] == ["L4", "L5", "L6"]


def test_a_third_follow_up_is_refused() -> None:
    with pytest.raises(ValidationError):
        a_question(follow_ups=["A?", "B?", "C?"])


@pytest.mark.parametrize(
    ("kind", "needed"),
    [("behavioral", {"archetypes"}), ("situational", {"points", "must_not"}), ("closing", {"closing"})],
)
def test_each_kind_of_question_says_what_it_lacks(kind: str, needed: set[str]) -> None:
    gaps = list(a_question(kind=kind).gaps())
    assert {gap.split()[-1] for gap in gaps if gap.startswith("a ")} == needed | {"probes", "trap", "competencies"}
    assert "follow_ups needs exactly two" in gaps


def test_nothing_can_be_changed_after_loading() -> None:
    with pytest.raises(ValidationError):
        a_question().version = 2  # type: ignore[misc]


@pytest.mark.parametrize("bad", ["Q-A", "q a", "q_a", "-q", ""])
def test_an_id_is_kebab_case(bad: str) -> None:
    with pytest.raises(ValidationError):
        a_question(id=bad)


def test_an_expression_needs_its_korean() -> None:
    with pytest.raises(ValidationError, match="Korean"):
        Expression.model_validate(
            {"id": "e", "version": 1, "sources": ["S1.9"], "part": "action", "text": "I did.", "frame": "I [x].",
             "needs": ["reason"]}
        )  # fmt: skip


def test_finding_codes_are_those_that_scoring_knows() -> None:
    assert set(get_args(FindingCode)) == set(FLAGS)
