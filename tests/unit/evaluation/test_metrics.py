"""The measures by themselves, on cases small enough to reckon by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.bm25 import BM25
from bot.evaluation.labelled import LabelledQuery
from bot.evaluation.metrics import bootstrap, f1, macro_f1, mean, pearson, quadratic_weighted_kappa
from bot.evaluation.queries import Ranked, measure

SCALE = (1, 2, 3)


def ranked(relevant: tuple[int, ...] | None, *found: int, group: str = "") -> Ranked:
    return Ranked(LabelledQuery(id="q", query="?", relevant=relevant, group=group), found)


def test_kappa_is_one_where_all_agree_and_zero_where_one_side_knows_nothing() -> None:
    assert quadratic_weighted_kappa([(1, 1), (2, 2), (3, 3)], SCALE) == 1
    assert quadratic_weighted_kappa([(1, 2), (2, 2), (3, 2)], SCALE) == 0


def test_a_far_miss_costs_four_times_a_near_one() -> None:
    near = quadratic_weighted_kappa([(1, 1), (3, 3), (1, 2), (3, 2)], SCALE)
    far = quadratic_weighted_kappa([(1, 1), (3, 3), (1, 3), (3, 1)], SCALE)
    assert near == pytest.approx(2 / 3)
    assert far == pytest.approx(0)


@given(st.lists(st.tuples(st.sampled_from(SCALE), st.sampled_from(SCALE)), min_size=2, max_size=30))
@settings(max_examples=60, deadline=None)
def test_kappa_does_not_care_who_is_named_first(pairs: list[tuple[int, int]]) -> None:
    one = quadratic_weighted_kappa(pairs, SCALE)
    other = quadratic_weighted_kappa([(b, a) for a, b in pairs], SCALE)
    assert (math.isnan(one) and math.isnan(other)) or one == pytest.approx(other)


def test_nothing_measured_is_not_a_number() -> None:
    values = [quadratic_weighted_kappa([], SCALE), pearson([]), f1(0, 0, 0), macro_f1([], "STAR"), mean([])]
    assert all(math.isnan(value) for value in values)


def test_macro_f1_leaves_out_labels_that_nobody_set() -> None:
    assert macro_f1([("S", "S"), ("A", "R")], "SAR") == pytest.approx(0.5)


def test_an_interval_is_the_same_each_time_and_holds_the_value() -> None:
    numbers = [0.0, 1.0] * 30

    def share(drawn: object) -> dict[str, float]:
        return {"share": mean(drawn)}  # type: ignore[arg-type]

    low, high = bootstrap(numbers, share)["share"]
    assert (low, high) == bootstrap(numbers, share)["share"]
    assert 0.3 < low < 0.5 < high < 0.7


def test_a_look_up_is_right_where_the_best_comes_first() -> None:
    values = measure(
        [ranked((1, 3), 1, 2), ranked((1, 3), 3, 1), ranked((2,), 4, 5, 6, 2), ranked((2,)), ranked(None, 1)]
    )
    assert values["best_first"] == pytest.approx(1 / 4)
    assert values["relevant_first"] == pytest.approx(2 / 4)
    assert values["best_in_first_3"] == pytest.approx(2 / 4)


def test_classes_of_queries_are_told_apart() -> None:
    values = measure([ranked((1,), 1, group="scrap"), ranked((1,), 2, group="korean")])
    assert values["best_first scrap"] == 1
    assert values["best_first korean"] == 0


def test_bm25_puts_the_text_with_the_rare_word_first() -> None:
    index = BM25({1: "a plain text", 2: "a plain cat", 3: "a plain dog"})
    assert index.rank("the cat") == [2]
    assert index.rank("nothing of it") == []
    assert set(index.rank("plain dog")) == {1, 2, 3}
    assert index.rank("plain dog")[0] == 3
