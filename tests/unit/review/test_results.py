"""What the reviews of an answer come to: invariants of aggregation, by many drawn rounds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.text import Text
from bot.chat.cards import Bullets
from bot.review.aggregation import Adjusted, Given, adjust, disagree, mean_by_answer, shrunk_mean
from bot.review.closing import draw_orders
from bot.review.export import as_csv, numbered
from bot.review.mixed_model import Variances
from bot.review.result_cards import Health, health_card
from bot.review.results import FULL, Result, Scored, is_owed, result_of, tier_of
from storage.tables.review import Review

CRITERIA = ("situation", "action", "result", "reflection")
scores = st.fixed_dictionaries({name: st.integers(1, 5) for name in CRITERIA})
scored = st.builds(Scored, scores, st.booleans())
some = st.lists(scored, max_size=6)
FIXED = Variances()


@st.composite
def rounds(draw: st.DrawFn) -> list[Given]:
    """Reviews of up to six answers by up to six reviewers, mentors among them."""
    pairs = draw(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=18))
    mentors = draw(st.sets(st.integers(0, 5), max_size=2))
    value = st.floats(1, 5, allow_nan=False)
    return [Given(f"a{a}", f"r{r}", draw(value), r in mentors) for a, r in sorted(pairs)]


@settings(max_examples=60, deadline=None)
@given(some, st.randoms())
def test_invariant_35_order_changes_nothing_and_every_number_lies_between_1_and_5(
    reviews: list[Scored], chance: Any
) -> None:
    result = result_of(reviews, None)
    shuffled = list(reviews)
    chance.shuffle(shuffled)
    assert result_of(shuffled, None) == result
    assert all(1 <= mean <= 5 for mean in result.means.values())
    assert result.reviews == len(reviews)
    assert (result.mean is None) == (not reviews)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), st.integers(1, 6))
def test_invariant_35_where_every_review_says_the_same_every_number_says_so(score: int, count: int) -> None:
    same = [Scored(dict.fromkeys(CRITERIA, score))] * count
    assert set(result_of(same, None).means.values()) == {score}
    fit = adjust([Given("a", f"r{number}", float(score)) for number in range(count)])
    assert abs(fit.scores["a"].value - score) < 1e-6


@settings(max_examples=40, deadline=None)
@given(rounds(), st.floats(-0.3, 0.3))
def test_invariant_36_with_mentors_a_habit_shared_by_all_peers_leaves_the_scores_alone(
    reviews: list[Given], more: float
) -> None:
    anchored = [each for each in reviews if not each.mentor]
    answers = sorted({each.answer for each in reviews})
    mentors = [Given(answer, "mentor", 3.0, mentor=True) for answer in answers]
    inside = [Given(e.answer, e.reviewer, min(4.5, max(1.5, e.value))) for e in anchored]
    moved = [Given(e.answer, e.reviewer, e.value + more) for e in inside]
    before = adjust([*inside, *mentors], FIXED, rounds=0)
    after = adjust([*moved, *mentors], FIXED, rounds=0)
    for answer in answers:
        assert abs(before.scores[answer].value - after.scores[answer].value) < 1e-4
    if inside:
        assert abs(after.peers - before.peers - more) < 1e-4


def test_invariant_37_a_reviewer_who_always_gives_less_moves_a_score_less_than_the_mean() -> None:
    plain = [Given(f"a{a}", f"r{(a + step) % 12}", 3.0 + (a % 3) * 0.5) for a in range(12) for step in (1, 2, 3)]
    strict = [Given(e.answer, e.reviewer, e.value - (e.reviewer == "r0")) for e in plain]
    mean = mean_by_answer(plain), mean_by_answer(strict)
    fit = adjust(plain).scores, adjust(strict).scores
    touched = {each.answer for each in plain if each.reviewer == "r0"}
    for answer in touched:
        assert abs(fit[1][answer].value - fit[0][answer].value) < abs(mean[1][answer] - mean[0][answer])


@settings(max_examples=60, deadline=None)
@given(rounds(), st.integers(0, 17), st.floats(0.05, 1))
def test_invariant_38_raising_one_score_lowers_neither_the_mean_nor_the_adjusted_score(
    reviews: list[Given], place: int, by: float
) -> None:
    at = place % len(reviews)
    target = reviews[at]
    raised = [*reviews]
    raised[at] = Given(target.answer, target.reviewer, min(5.0, target.value + by), target.mentor)
    assert mean_by_answer(raised)[target.answer] >= mean_by_answer(reviews)[target.answer]
    before, after = (adjust(each, FIXED, rounds=0).scores[target.answer].value for each in (reviews, raised))
    assert after >= before - 1e-9


def test_invariant_39_without_habits_it_comes_to_a_shrunk_mean_and_without_history_to_a_number() -> None:
    reviews = [Given(f"a{a}", f"r{a}{v}", 2.0 + a * 0.4 + v * 0.1) for a in range(5) for v in range(3)]
    means, shrunk = mean_by_answer(reviews), shrunk_mean(reviews)
    fit = adjust(reviews, Variances(0.3, 1e-9, 0.3), rounds=0).scores
    middle = sum(means.values()) / len(means)
    for answer, mean in means.items():
        assert min(mean, middle) - 1e-6 <= fit[answer].value <= max(mean, middle) + 1e-6
        assert min(mean, middle) - 1e-6 <= shrunk[answer] <= max(mean, middle) + 1e-6
    assert adjust([]).scores == {}
    assert 1 <= adjust([Given("a", "r", 4.0)]).scores["a"].value <= 5


@settings(max_examples=60, deadline=None)
@given(some, st.one_of(st.none(), st.builds(Adjusted, st.floats(1, 5), st.floats(0, 2), st.integers(1, 6))))
def test_invariant_43_a_result_survives_storing_and_computing_again(
    reviews: list[Scored], adjusted: Adjusted | None
) -> None:
    result = result_of(reviews, adjusted)
    assert Result(**result.as_json) == result
    assert result_of(reviews, adjusted) == result
    assert result.apart == disagree([[each.scores[name] for name in sorted(CRITERIA)] for each in reviews])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 8), st.integers(0, 5))
def test_an_answer_that_got_less_than_it_could_is_owed_reviews_next_time(reviews: int, wanted: int) -> None:
    assert tier_of(reviews) == ("none", "partial", "full")[min(reviews, FULL)]
    assert is_owed(reviews, wanted) == (reviews == 0 or (reviews == 1 and wanted > 1))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 8))
def test_invariant_33_the_order_shown_is_drawn_by_lot_and_the_same_when_drawn_again(seed: int, count: int) -> None:
    def orders() -> list[int]:
        made = [SimpleNamespace(id=f"{number:026}", entry_id="e", order_shown=0) for number in range(count)]
        draw_orders(seed, cast(list[Review], made))
        return [each.order_shown for each in made]

    assert sorted(orders()) == list(range(count))
    assert orders() == orders()


def test_invariant_33_no_order_is_more_likely_than_another() -> None:
    drawn = set()
    for seed in range(200):
        made = [SimpleNamespace(id=f"{number:026}", entry_id="e", order_shown=0) for number in range(3)]
        draw_orders(seed, cast(list[Review], made))
        drawn.add(tuple(each.order_shown for each in made))
    assert len(drawn) == 6


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1), unique=True, max_size=10), st.text())
def test_people_are_numbered_from_1_without_gaps_whatever_order_they_come_in(ids: list[str], seed: str) -> None:
    found = numbered(ids, seed)
    assert sorted(found.values()) == list(range(1, len(ids) + 1))
    assert numbered(reversed(ids), seed) == found


def test_a_cell_is_never_taken_for_a_formula() -> None:
    assert "'=1+1" in as_csv([{"text": "=1+1"}])
    assert as_csv([]) == "\n"


def test_a_moderator_reads_the_least_sure_scores_of_a_large_round_on_a_card_no_longer_than_a_telephone() -> None:
    found = [(f"A{at}", Result({}, 3.0, 2, 0, "full", 3.0, 0.1 + at / 100, "high", apart=at == 0)) for at in range(40)]
    card = health_card(Health(1, "Peer reviews", 40, 40, 0, 0, 80, 0, 0, 0, ("A0",), tuple(found)))
    (listed,) = [element for element in card.elements if isinstance(element, Bullets)]
    labels = [item.values["label"] for item in listed.items if isinstance(item, Text)]
    assert labels == ["A0", *(f"A{at}" for at in range(29, 40))]
    assert any(getattr(getattr(element, "text", None), "count", None) == 28 for element in card.elements)


def test_an_answer_whose_score_is_being_learned_is_not_said_to_have_no_review() -> None:
    waiting = result_of([Scored(dict.fromkeys(CRITERIA, 3))], None)
    card = health_card(Health(1, "Peer reviews", 1, 0, 1, 0, 1, 0, 0, 0, (), (("A", waiting),)))
    assert "being computed anew" in str(card)
    assert "no review" not in str(card)
