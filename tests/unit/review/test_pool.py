"""How much each person takes on, and what an answer gets: by the size of the group, wishes, mentors, what is owed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.ids import MemberId
from bot.review.freezing import changes, hash_of, labels, long_enough
from bot.review.pool import MOST_REVIEWS, Peer, Pool, pool_of


def peers(count: int, answers: int = 1) -> list[Peer]:
    return [Peer(MemberId(f"p{number}"), answers) for number in range(count)]


def capacity(pool: Pool) -> dict[str, int]:
    return {reviewer.id: reviewer.capacity for reviewer in pool.reviewers}


def test_everybody_reviews_as_much_as_their_answer_gets() -> None:
    pool = pool_of(peers(7), {}, 3)
    assert pool.reviews == 3
    assert set(capacity(pool).values()) == {3}


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 40), st.integers(1, 5), st.integers(1, 5), st.integers(0, 4))
def test_nobody_is_given_more_than_six_and_one(count: int, answers: int, wanted: int, more: int) -> None:
    assert max(capacity(pool_of(peers(count, answers), {}, wanted, more)).values()) <= MOST_REVIEWS + 1


def test_a_limit_of_ones_own_holds_even_where_reviews_are_missing() -> None:
    one, *rest = peers(7)
    pool = pool_of([replace(one, most=1), *rest], {}, 3)
    assert capacity(pool)["p0"] == 1
    assert capacity(pool)["p1"] == 4


def test_whoever_reviews_nothing_is_asked_for_nothing() -> None:
    one, *rest = peers(7)
    assert capacity(pool_of([replace(one, out=True), *rest], {}, 3))["p0"] == 0


def test_reviews_that_are_owed_let_everybody_take_one_more() -> None:
    assert set(capacity(pool_of(peers(7), {}, 3, more=2)).values()) == {4}


def test_mentors_come_last_and_have_their_own_slots() -> None:
    pool = pool_of(peers(7), {MemberId("m"): 4}, 3)
    (mentor,) = [reviewer for reviewer in pool.reviewers if reviewer.id == "m"]
    assert (mentor.capacity, mentor.spare) == (4, 3)
    assert len(pool.reviewers) - len(pool.mentors) == 7


def test_one_or_two_authors_get_a_mentor_besides() -> None:
    assert pool_of(peers(1), {}, 3).reviews == 0
    assert pool_of(peers(1), {MemberId("m"): 1}, 3).reviews == 1
    assert pool_of(peers(2), {}, 3).reviews == 1
    assert pool_of(peers(2), {MemberId("m"): 2}, 3).reviews == 2


def test_labels_go_on_after_z_and_leave_out_those_taken() -> None:
    every = [label for _, label in zip(range(29), labels({"B"}), strict=False)]
    assert every[:2] == ["A", "C"]
    assert every[24:27] == ["Z", "AA", "AB"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_equal_texts_show_no_change_and_different_ones_do(before: str, after: str) -> None:
    assert bool(changes(before, after)) is (before != after)
    assert (hash_of(before) == hash_of(after)) is (before == after)


def test_a_short_answer_is_not_long_enough() -> None:
    assert not long_enough("I fixed it.")
    assert long_enough("word " * 15)
