"""Where a target stands: one honest line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.text import render
from bot.mentoring.targets import ENOUGH, standing
from bot.scoring.report import LEVELS

TODAY = date(2026, 11, 23)
MARCH = date(2027, 3, 31)


def line(level: str, *levels: str, by: date = MARCH) -> str:
    return render(standing(level, by, TODAY, levels))


def test_it_says_the_target_the_time_and_the_distance() -> None:
    assert line("L6", "L5", "L4", "L5") == (
        "L6 by 2027-03-31, 128 days left. The latest 3 rated answers read as L4 to L5: one level is missing."
    )


def test_with_too_few_answers_nothing_is_said_of_the_distance() -> None:
    assert line("L6", "L6", "L6").endswith("Too few rated answers yet to say how far it is.")


def test_one_good_answer_among_weak_ones_does_not_reach_the_level() -> None:
    assert "2 levels are missing" in line("L6", "L7", "L4", "L4", "L4", "L4")


def test_a_level_that_is_there_is_called_so_without_praise() -> None:
    assert line("L5", "L5", "L5", "L6").endswith("the level is there.")


@pytest.mark.parametrize(("days", "said"), [(1, "1 day left"), (0, "that is today"), (-1, "that day is over")])
def test_a_day_that_is_over_is_called_that(days: int, said: str) -> None:
    assert said in line("L5", by=TODAY + timedelta(days=days))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(LEVELS), st.lists(st.sampled_from(LEVELS), min_size=ENOUGH, max_size=5))
def test_the_level_is_there_only_if_more_than_half_of_the_answers_reach_it(level: str, levels: list[str]) -> None:
    reached = sum(LEVELS.index(one) >= LEVELS.index(level) for one in levels)
    assert ("the level is there" in line(level, *levels)) == (reached > len(levels) // 2)
