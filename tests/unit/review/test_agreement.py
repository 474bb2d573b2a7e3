"""Invariant 41: how a reviewer agrees with the others is measured without the score that is judged."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.review.aggregation import Given, adjust, unexpected
from bot.review.agreement import Agreement, agreement
from bot.review.mixed_model import Variances


def drawn(seed: int, *, answers: int = 24) -> list[Given]:
    """Three reviews each of so many answers, by people with habits; `r` gives exactly what an answer is worth."""
    draw = random.Random(seed)
    habit = {peer: draw.gauss(0, 0.5) for peer in "stuvw"}
    found = []
    for at in range(answers):
        worth = draw.uniform(2, 4)
        found.append(Given(f"a{at}", "r", worth))
        found += [
            Given(f"a{at}", peer, min(5, max(1, worth + habit[peer] + draw.gauss(0, 0.3))))
            for peer in draw.sample("stuvw", 2)
        ]
    return found


def measured(some: list[Given], reviewer: str = "r") -> Agreement:
    found = agreement(some, reviewer)
    assert found is not None
    return found


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 999), st.floats(1, 5), st.floats(1, 5))
def test_invariant_41_a_judged_score_has_no_part_in_what_it_is_held_against(
    seed: int, one: float, other: float
) -> None:
    """With a single own review, moving it moves the distance by just as much: what it is held against stands still."""
    others = [each for each in drawn(seed, answers=6) if each.reviewer != "r"]
    lowest, highest, *apart = (measured([*others, Given("a0", "r", value)]).apart for value in (1.0, 5.0, one, other))
    assert lowest + highest == pytest.approx(4), "what it is held against lies on the scale"
    assert apart == [pytest.approx(abs(value - 1 - lowest)) for value in (one, other)]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 999), st.booleans())
def test_what_is_expected_of_a_score_is_what_a_fit_without_it_comes_to(seed: int, anchored: bool) -> None:
    mentor = [Given("a0", "mentor", 3.0, mentor=True), Given("a1", "mentor", 3.5, mentor=True)]
    some = [*drawn(seed, answers=8), *(mentor if anchored else [])]
    known = Variances(0.4, 0.2, 0.3)
    apart = unexpected(some, known)
    for judged in some:
        fit = adjust([each for each in some if each is not judged], known, rounds=0)
        if fit.scores[judged.answer].value in (1.0, 5.0):
            continue  # kept on the scale for people to read; what is expected is not
        habits = 0.0 if judged.mentor else fit.peers + fit.habits.get(judged.reviewer, 0.0)
        assert apart[judged.answer, judged.reviewer] == pytest.approx(
            judged.value - fit.scores[judged.answer].value - habits, abs=1e-6
        )


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 999), st.floats(-0.8, 0.8))
def test_who_is_strict_or_lenient_throughout_agrees_as_well_as_before(seed: int, habit: float) -> None:
    some = drawn(seed)
    strict = [replace(each, value=each.value + habit) if each.reviewer == "r" else each for each in some]
    before, after = measured(some), measured(strict)
    assert after.apart <= before.apart + 0.4 * abs(habit) + 1e-9
    assert after.habit == pytest.approx(before.habit + habit, abs=0.4)


def test_who_gives_anything_agrees_less_than_who_gives_what_it_is_worth() -> None:
    some = drawn(1)
    draw = random.Random(2)
    careless = [replace(each, value=draw.uniform(1, 5)) if each.reviewer == "r" else each for each in some]
    assert measured(careless).apart > 2 * measured(some).apart
    assert measured(careless).value < measured(some).value - 0.2


def test_few_reviews_say_little() -> None:
    others = [each for each in drawn(3) if each.reviewer != "r"]
    one = measured([*others, Given("a0", "r", 1.0)])
    ordinary = measured([*others, Given("a0", "r", 1.0 + one.apart)])
    assert one.value > ordinary.value - 0.2, "a single review far off takes little away"


def test_where_nobody_else_reviewed_there_is_nothing_to_agree_with() -> None:
    assert agreement([Given("a", "r", 3), Given("b", "s", 4)], "r") is None
    assert agreement([], "r") is None


def test_a_mentor_holds_the_scale_and_has_no_habit() -> None:
    some = [*drawn(4), Given("a0", "mentor", 3.0, mentor=True), Given("a1", "mentor", 3.5, mentor=True)]
    assert measured(some, "mentor").habit == 0


def test_among_very_many_those_who_reviewed_the_same_answers_tell_nearly_as_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = random.Random(5)
    people = [f"p{at:03}" for at in range(120)]
    habit = {person: draw.gauss(0, 0.5) for person in people}
    some = []
    for at in range(720):
        worth = draw.gauss(3, 0.5)
        for person in draw.sample(people, 3):
            score = worth + habit[person] + draw.gauss(0, 0.4)
            some.append(Given(f"a{at:03}", person, min(5.0, max(1.0, score))))
    whole = [measured(some, person) for person in people[:5]]
    monkeypatch.setattr("bot.review.agreement.ALL_UP_TO", 100)
    near = [measured(some, person) for person in people[:5]]
    for one, other in zip(whole, near, strict=True):
        assert other.reviews == one.reviews
        assert other.apart == pytest.approx(one.apart, abs=0.15)
        assert other.habit == pytest.approx(one.habit, abs=0.25)
