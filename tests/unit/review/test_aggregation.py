"""What several reviews add up to."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.errors import StarlingError
from bot.review import aggregation
from bot.review.aggregation import Confidence, Given, adjust, disagree, mean_by_answer, shrunk_mean
from bot.review.mixed_model import Variances

FIXED = Variances()
points = st.floats(1, 5, allow_nan=False)
reviews = st.lists(
    st.builds(Given, st.sampled_from("abcdef"), st.sampled_from("rstuv"), points, st.booleans()),
    min_size=1,
    max_size=25,
)


def scores(given_: list[Given], *, learned: bool = True) -> dict[str, float]:
    fit = adjust(given_) if learned else adjust(given_, FIXED, rounds=0)
    return {answer: score.value for answer, score in fit.scores.items()}


@settings(max_examples=80, deadline=None)
@given(reviews)
def test_scores_stay_on_the_scale_and_every_answer_has_one(some: list[Given]) -> None:
    found = scores(some)
    assert set(found) == {each.answer for each in some}
    assert all(1 <= value <= 5 for value in found.values())


@settings(max_examples=80, deadline=None)
@given(reviews, st.randoms(use_true_random=False))
def test_the_order_of_reviews_does_not_matter(some: list[Given], shuffled: random.Random) -> None:
    other = list(some)
    shuffled.shuffle(other)
    assert scores(other) == scores(some)


@settings(max_examples=60, deadline=None)
@given(reviews, st.integers(2, 10).map(lambda half: half / 2))
def test_where_everybody_gives_the_same_that_is_the_score(some: list[Given], value: float) -> None:
    same = [replace(each, value=value) for each in some]
    assert all(found == pytest.approx(value, abs=1e-6) for found in scores(same).values())
    assert set(mean_by_answer(same).values()) == {value}
    assert all(found == pytest.approx(value) for found in shrunk_mean(same).values())


@settings(max_examples=80, deadline=None)
@given(reviews, st.data())
def test_a_higher_review_never_lowers_its_answer(some: list[Given], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(some) - 1))
    more = data.draw(st.floats(some[at].value, 5))
    raised = [*some[:at], replace(some[at], value=more), *some[at + 1 :]]
    answer = some[at].answer
    assert scores(raised, learned=False)[answer] >= scores(some, learned=False)[answer] - 1e-9
    assert mean_by_answer(raised)[answer] >= mean_by_answer(some)[answer]


def test_leniency_of_all_peers_is_taken_out_where_mentors_hold_the_scale() -> None:
    some = [Given(answer, peer, 2.5 + 0.3 * "abcd".index(answer)) for answer in "abcd" for peer in "rstuv"]
    some += [Given(answer, "mentor", 2.4 + 0.3 * "abcd".index(answer), mentor=True) for answer in "abcd"]
    lenient = [each if each.mentor else replace(each, value=each.value + 0.8) for each in some]
    before, after = adjust(some, FIXED, rounds=0), adjust(lenient, FIXED, rounds=0)
    assert after.peers - before.peers == pytest.approx(0.8, abs=1e-4)
    for answer in "abcd":
        assert after.scores[answer].value == pytest.approx(before.scores[answer].value, abs=1e-4)


def test_one_strict_reviewer_moves_scores_less_than_the_means() -> None:
    draw = random.Random(1)
    peers = "rstuvw"
    some = [
        Given(f"a{at}", peer, min(5, max(1, 3 + draw.gauss(0, 0.5))))
        for at in range(30)
        for peer in draw.sample(peers, 3)
    ]
    strict = [replace(each, value=max(1, each.value - 1)) if each.reviewer == "r" else each for each in some]
    mine = {each.answer for each in some if each.reviewer == "r"}

    def moved(before: dict[str, float], after: dict[str, float]) -> float:
        return sum(abs(after[answer] - before[answer]) for answer in mine)

    assert moved(scores(some), scores(strict)) < 0.6 * moved(mean_by_answer(some), mean_by_answer(strict))
    assert adjust(strict).habits["r"] < -0.4


def test_where_reviewers_have_no_habits_it_is_the_mean_drawn_to_the_middle() -> None:
    some = [Given(answer, reviewer, value) for answer, reviewer, value in
            [("a", "r", 4.0), ("a", "s", 5.0), ("b", "t", 2.0), ("b", "u", 3.0), ("c", "v", 3.0)]]  # fmt: skip
    none = adjust(some, Variances(answers=0.5, reviewers=1e-9, noise=0.25), rounds=0)
    middle = _generalised_mean([[4.0, 5.0], [2.0, 3.0], [3.0]], answers=0.5, noise=0.25)
    for answer, values in (("a", [4.0, 5.0]), ("b", [2.0, 3.0]), ("c", [3.0])):
        expected = (middle * 0.5 + sum(values)) / (0.5 + len(values))
        assert none.scores[answer].value == pytest.approx(expected, abs=1e-3)


def _generalised_mean(by_answer: list[list[float]], answers: float, noise: float) -> float:
    """The mean of the answers' means, each by how sure it is."""
    weight = [1 / (answers + noise / len(values)) for values in by_answer]
    means = [sum(values) / len(values) for values in by_answer]
    return sum(w * m for w, m in zip(weight, means, strict=True)) / sum(weight)


def test_among_very_many_people_nobodys_habit_is_learned_and_mentors_still_weigh_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some = [Given(answer, reviewer, 2.0 + "abc".index(answer)) for answer in "abc" for reviewer in "rst"]
    some.append(Given("a", "mentor", 4.0, mentor=True))
    monkeypatch.setattr(aggregation, "MOST_HABITS", 2)
    fit = adjust(some)
    assert fit.habits == {}
    assert fit.scores["a"].value > 2.5 + 1e-3
    assert fit.scores["a"].value < fit.scores["b"].value < fit.scores["c"].value


def test_nothing_given_is_nothing_found() -> None:
    assert adjust([]).scores == {}
    assert shrunk_mean([]) == {}


def test_a_score_off_the_scale_is_refused() -> None:
    with pytest.raises(StarlingError, match="between 1 and 5"):
        adjust([Given("a", "r", 6)])


def test_one_review_alone_is_never_sure() -> None:
    fit = adjust([Given("a", "r", 3)])
    assert fit.scores["a"].confidence == Confidence.LOW


@pytest.mark.parametrize(
    ("some", "apart"),
    [
        ([[3, 3, 3, 3], [3, 4, 3, 3]], False),
        ([[1, 3, 3, 3], [4, 3, 3, 3]], True),
        ([[2, 2, 2, 2], [4, 4, 3, 3]], True),
        ([[3, 3, 3, 3]], False),
        ([], False),
    ],
)
def test_reviews_far_apart_ask_for_one_more(some: list[list[int]], apart: bool) -> None:
    assert disagree(some) is apart
