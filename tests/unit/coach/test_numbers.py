"""A number that is written has to stand in the answer, in figures or in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.numbers import invents_a_number, numbers_in

ANSWER = (
    "In 2023 all 1,400 buyers waited 25 minutes. We went from 9 to 12-15 failures, cut costs by forty percent and "
    "saved $2 million; half of the team of three helped for two and a half weeks. It is 3x faster."
)


@pytest.mark.parametrize(
    "written",
    [
        "1400 buyers", "1.4k buyers", "fourteen hundred buyers", "40% less", "40 percent less", "40 per cent",
        "from nine to fifteen", "two million dollars", "$2M", "half of them", "three people", "three times faster",
        "[figure] percent", "[figure]% of users", "one of the buyers", "In 2023", "at once", "first and second step",
        "tripled", "twenty-five minutes",
    ],
)  # fmt: skip
def test_numbers_of_the_answer_may_be_written(written: str) -> None:
    assert not invents_a_number(written, ANSWER)


@pytest.mark.parametrize(
    "written",
    [
        "41%", "forty-one percent", "25 percent", "9%", "$1,400", "1,401 buyers", "14k", "two billion", "a hundred",
        "dozens of them", "doubled", "quadrupled", "a quarter of it", "10x", "tenfold", "the third time", "3rd",
        "twelve thousand", "from 9 to 11", "2024", "¾", "٤١", "四", "vierzig Prozent", "eighty", "$3", "quarante %",
        "sixteen", "80k", "7-8",
    ],
)  # fmt: skip
def test_other_numbers_are_made_up(written: str) -> None:
    assert invents_a_number(written, ANSWER)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_a_text_never_makes_up_its_own_numbers(text: str) -> None:
    assert not invents_a_number(text, text)


@settings(max_examples=200, deadline=None)
@given(st.integers(11, 10**6))
def test_a_number_the_answer_does_not_have_is_always_noticed(number: int) -> None:
    assert invents_a_number(f"It saved {number:,} hours.", "It saved a lot of hours.")
    assert not invents_a_number(f"It saved {number:,} hours.", f"It saved {number} hours.")


def test_a_range_counts_with_both_ends() -> None:
    assert {number.value for number in numbers_in("40-60 and two to three")} == {40, 60, 2, 3}
