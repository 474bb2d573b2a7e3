"""Text that stands elsewhere already, and times at one's own pace: told beside a Report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scoring.followups.pace import at_pace, measured_pace
from bot.scoring.followups.reuse import THRESHOLD, containment, reused, shingles
from bot.scoring.report import TimeByPart
from content.follow_ups import model_shingles
from content.loader import load_content

GOLD = Path(__file__).parents[2] / "gold" / "dev.jsonl"
TEXTS = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
LONG = [text for text in TEXTS if len(text.split()) >= 60]


def test_answers_of_different_people_are_far_below_the_threshold() -> None:
    runs = [shingles(text) for text in LONG]
    highest = max(containment(one, other) for one in runs for other in runs if one is not other)
    assert highest < THRESHOLD / 3


def test_no_labelled_answer_counts_as_a_model_answer() -> None:
    assert [text[:60] for text in LONG if reused(text, [("models", model_shingles())])] == []


def test_half_of_an_earlier_answer_told_for_another_question_is_found() -> None:
    earlier, other = LONG[0].split(), LONG[1].split()
    half = " ".join(earlier[: len(earlier) // 2] + other[: len(earlier) // 2])
    found = reused(half, [("mine", shingles(LONG[0])), ("other", shingles(LONG[2]))])
    assert found is not None
    assert found.source == "mine"


def test_one_sentence_taken_over_is_not_reuse() -> None:
    text = f"{LONG[0]} {' '.join(LONG[1].split()[:20])}"
    assert reused(text, [("mine", shingles(LONG[1]))]) is None


def test_a_model_answer_with_other_case_and_punctuation_is_found() -> None:
    strong = str(next(iter(load_content().examples.values())).strong)
    assert reused(strong.upper().replace(",", " -"), [("models", model_shingles())]) is not None


def test_a_text_of_a_few_words_is_never_said_to_be_reused() -> None:
    short = "I learned to ask the users before I build anything."
    assert reused(short, [("mine", shingles(short))]) is None


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=500), st.text(max_size=500))
def test_the_share_lies_between_none_and_all(one: str, other: str) -> None:
    assert 0 <= containment(shingles(one), shingles(other)) <= 1
    assert containment(shingles(one), shingles(one)) in (0.0, 1.0)


def test_a_pace_is_measured_by_the_clock_and_only_where_a_person_speaks_like_that() -> None:
    assert measured_pace(240, 120) == 120
    assert measured_pace(240, 3) is None
    assert measured_pace(0, 60) is None


def test_a_slower_speaker_needs_longer_for_the_same_parts() -> None:
    times = (TimeByPart("S", 20, 0.2), TimeByPart("A", 80, 0.8))
    assert [part.seconds for part in at_pace(times, 100)] == [30, 120]
    assert at_pace(times, 150) == times


@pytest.mark.parametrize("pace", [0, 59, 301])
def test_a_pace_nobody_speaks_at_is_refused(pace: int) -> None:
    with pytest.raises(ValueError, match="words a minute"):
        at_pace((), pace)
