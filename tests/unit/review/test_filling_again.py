"""Filling a round again: late answers, released reviews, a mentor's last slots."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.review.assignment import Demand, Pair, Reviewer, assign
from bot.review.assignment.again import fill
from tests.unit.review.problems import group


@settings(max_examples=40, deadline=None)
@given(st.integers(5, 14), st.integers(0, 99), st.data())
def test_what_stands_is_kept_and_nobody_gets_back_what_was_released(size: int, seed: int, data: st.DataObject) -> None:
    problem = group(size, 2, seed)
    plan = assign(problem)
    released = data.draw(st.frozensets(st.sampled_from(sorted(plan.pairs)), max_size=6))
    standing = plan.pairs - released
    willing = {reviewer.id: 1 for reviewer in problem.reviewers}
    again = assign(fill(problem, standing, willing, released))
    assert standing <= again.pairs
    assert not released & again.pairs
    assert all(again.load()[r.id] <= plan.load()[r.id] + 1 for r in problem.reviewers)


def test_only_the_willing_get_more() -> None:
    problem = group(8, 3)
    plan = assign(problem)
    gone = frozenset(pair for pair in plan.pairs if pair.reviewer == "person 003")
    again = assign(fill(problem, plan.pairs - gone, {"person 000": 1, "person 001": 1}, gone))
    assert again.load()["person 003"] == 0
    assert {pair.reviewer for pair in again.pairs - plan.pairs} <= {"person 000", "person 001"}
    assert sum(unmet.missing for unmet in again.unmet) == 1


def test_a_late_answer_is_reviewed_and_what_stands_is_kept() -> None:
    problem = group(7, 3)
    plan = assign(problem)
    late, author = Demand("late answer", "latecomer", 3), Reviewer("latecomer", 0)
    willing = {"latecomer": 3, **{reviewer.id: 1 for reviewer in problem.reviewers}}
    grown = replace(problem, demands=(*problem.demands, late), reviewers=(*problem.reviewers, author))
    again = assign(fill(grown, plan.pairs, willing))
    assert again.coverage()["late answer"] == 3
    assert plan.pairs <= again.pairs
    assert Pair("latecomer", "late answer") not in again.pairs


def test_whoever_joins_late_reviews_as_much_as_the_others_where_the_group_gives_more_reviews_now() -> None:
    problem = group(4, 1)
    standing = assign(problem).pairs
    more = tuple(replace(demand, wanted=2) for demand in problem.demands)
    grown = replace(
        problem,
        demands=(*more, Demand("late answer", "latecomer", 2)),
        reviewers=(*problem.reviewers, Reviewer("latecomer", 2)),
    )
    again = assign(fill(grown, standing, {"latecomer": 2, **{reviewer.id: 1 for reviewer in problem.reviewers}}))
    assert standing <= again.pairs
    assert not again.unmet
    assert set(again.load().values()) == {2}


def test_in_the_end_a_mentor_goes_where_there_is_least() -> None:
    problem = group(7, 3)
    bare = frozenset(pair for pair in assign(problem).pairs if pair.answer != "answer of person 002")
    with_mentor = replace(problem, reviewers=(*problem.reviewers, Reviewer("mentor", 0, spare=3)))
    again = assign(fill(with_mentor, bare, {"mentor": 2}))
    assert again.pairs - bare == {Pair("mentor", "answer of person 002")}
