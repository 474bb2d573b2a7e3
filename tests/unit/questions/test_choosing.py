from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.questions.choosing import Asked, Choice, NothingFits, Wishes, choose
from content.schema import LEVELS, ContentText, Question

ARCHETYPES = ("conflict", "failure", "growth")
MONDAY = date(2026, 11, 2)
BOTH = Wishes(kind_mix={"behavioral": 75, "situational": 25})
STORIES = Wishes(kind_mix={"behavioral": 100})


def question(name: str, **fields: Any) -> Question:
    given = {"kind": "behavioral", "text": f"Tell me about {name}.", "version": 1, "sources": ("own",), **fields}
    if isinstance(given["text"], str):
        given["text"] = ContentText.model_validate(given["text"])
    return Question(id=name, **given)


def situational(name: str, **fields: Any) -> Question:
    return question(name, kind="situational", **fields)


def asked_of(chosen: Question, day: date) -> Asked:
    return Asked(chosen.id, day, chosen.kind, chosen.archetypes)


def ask_daily(bank: Sequence[Question], wishes: Wishes, days: int) -> list[Question]:
    """What a programme asks on so many days in a row."""
    asked: list[Asked] = []
    chosen: list[Question] = []
    for number in range(days):
        day = MONDAY + timedelta(days=number)
        choice = choose(bank, wishes, seed=f"programme {day}", asked=asked)
        assert isinstance(choice, Choice)
        asked.append(asked_of(choice.question, day))
        chosen.append(choice.question)
    return chosen


def codes(choice: Choice | NothingFits) -> list[str]:
    assert isinstance(choice, Choice)
    return [reason.code for reason in choice.reasons]


@st.composite
def banks(draw: st.DrawFn) -> list[Question]:
    size = draw(st.integers(1, 14))
    made = []
    for number in range(size):
        low = draw(st.integers(0, 4))
        levels = (LEVELS[low], LEVELS[draw(st.integers(low, 4))])
        themes = tuple(draw(st.sets(st.sampled_from(("ai", "teams")))))
        if draw(st.booleans()):
            made.append(situational(f"s{number}", level_range=levels, themes=themes))
        else:
            archetype = (draw(st.sampled_from(ARCHETYPES)),)
            made.append(question(f"b{number}", level_range=levels, themes=themes, archetypes=archetype))
    return made


@given(banks(), st.integers(1, 30))
@settings(max_examples=60, deadline=None)
def test_no_question_repeats_while_an_unasked_one_is_left(bank: list[Question], days: int) -> None:
    chosen = [one.id for one in ask_daily(bank, replace(BOTH, kind_mix={"behavioral": 50, "situational": 50}), days)]
    for start in range(0, len(chosen), len(bank)):
        cycle = chosen[start : start + len(bank)]
        assert len(set(cycle)) == len(cycle)


@given(banks(), st.integers(1, 14))
@settings(max_examples=60, deadline=None)
def test_the_same_inputs_give_the_same_choice_in_whatever_order_they_come(bank: list[Question], days: int) -> None:
    asked = [asked_of(one, MONDAY + timedelta(days=n)) for n, one in enumerate(bank[:days])]
    first = choose(bank, BOTH, seed="s", asked=asked)
    assert choose(bank[::-1], BOTH, seed="s", asked=asked[::-1]) == first


@given(banks(), st.sets(st.integers(0, 13)))
@settings(max_examples=60, deadline=None)
def test_a_vetoed_question_is_never_chosen_even_from_the_queue(bank: list[Question], picked: set[int]) -> None:
    vetoed = {one.id for number, one in enumerate(bank) if number in picked}
    for queue in ((), tuple(sorted(vetoed))):
        choice = choose(bank, BOTH, seed="s", vetoed=vetoed, queue=queue)
        assert isinstance(choice, NothingFits) or choice.question.id not in vetoed


@given(banks(), st.permutations(range(14)))
@settings(max_examples=60, deadline=None)
def test_the_queue_is_asked_first_and_in_its_order(bank: list[Question], order: list[int]) -> None:
    queue = [bank[number].id for number in order if number < len(bank)]
    asked: list[str] = []
    while queue:
        choice = choose(bank, STORIES, seed="s", queue=queue)
        assert isinstance(choice, Choice)
        assert choice.from_queue
        asked.append(choice.question.id)
        queue.remove(choice.question.id)
    assert asked == [bank[number].id for number in order if number < len(bank)]


@given(st.integers(1, 6), st.integers(1, 18))
@settings(max_examples=40, deadline=None)
def test_archetypes_come_up_evenly_as_far_as_the_bank_allows(each: int, days: int) -> None:
    bank = [question(f"{name}-{n}", archetypes=(name,)) for name in ARCHETYPES for n in range(each)]
    chosen = ask_daily(bank, STORIES, min(days, len(bank)))
    counts = Counter(dict.fromkeys(ARCHETYPES, 0))
    counts.update(one.archetypes[0] for one in chosen)
    assert max(counts.values()) - min(counts.values()) <= 1


@given(banks(), st.sampled_from(LEVELS), st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_a_chosen_question_meets_every_wish(bank: list[Question], low: Any, further: int) -> None:
    high = LEVELS[min(4, LEVELS.index(low) + further)]
    wishes = replace(STORIES, levels=(low, high), themes=frozenset({"ai"}))
    choice = choose(bank, wishes, seed="s")
    if isinstance(choice, Choice):
        assert choice.question.kind == "behavioral"
        assert "ai" in choice.question.themes
        assert choice.question.level_range[0] <= high
        assert choice.question.level_range[1] >= low


@given(st.integers(1, 9))
@settings(max_examples=9, deadline=None)
def test_the_kinds_keep_their_shares(tenths: int) -> None:
    bank = [*(question(f"b{n}") for n in range(40)), *(situational(f"s{n}") for n in range(40))]
    wishes = Wishes(kind_mix={"behavioral": 10 * tenths, "situational": 100 - 10 * tenths})
    kinds = Counter(one.kind for one in ask_daily(bank, wishes, 40))
    assert abs(kinds["behavioral"] - 4 * tenths) <= 2


def test_once_everything_was_asked_the_one_asked_longest_ago_comes_again() -> None:
    bank = [question("one"), question("two"), question("three")]
    asked = [
        Asked("two", date(2026, 11, 2), "behavioral"),
        Asked("one", date(2026, 11, 3), "behavioral"),
        Asked("three", date(2026, 11, 4), "behavioral"),
        Asked("two", date(2026, 11, 5), "behavioral"),
    ]
    choice = choose(bank, STORIES, seed="s", asked=asked)
    assert isinstance(choice, Choice)
    assert choice.question.id == "one"
    assert choice.reasons[0].code == "longest_ago"
    assert choice.reasons[0].values == {"day": "2026-11-03"}


def test_an_exhausted_kind_gives_way_rather_than_repeat() -> None:
    bank = [situational("only"), question("one"), question("two")]
    wishes = Wishes(kind_mix={"situational": 90, "behavioral": 10})
    assert [one.kind for one in ask_daily(bank, wishes, 3)] == ["situational", "behavioral", "behavioral"]


def test_a_changed_mix_holds_from_the_next_ten_questions_on() -> None:
    bank = [*(question(f"b{n}") for n in range(60)), *(situational(f"s{n}") for n in range(60))]
    asked = [Asked(f"b{n}", MONDAY + timedelta(days=n), "behavioral") for n in range(50)]
    half = Wishes(kind_mix={"behavioral": 50, "situational": 50})
    for number in range(50, 70):
        choice = choose(bank, half, seed=str(number), asked=asked)
        assert isinstance(choice, Choice)
        asked.append(asked_of(choice.question, MONDAY + timedelta(days=number)))
    kinds = [one.kind for one in asked]
    assert kinds[50:60].count("situational") in (5, 6, 7)
    assert kinds[60:70].count("situational") == 5


def test_different_days_draw_different_lots() -> None:
    bank = [question(f"b{n}") for n in range(20)]
    firsts = {choose(bank, STORIES, seed=f"p {day}").question.id for day in range(10)}  # type: ignore[union-attr]
    assert len(firsts) > 3


def test_archetypes_filter_stories_only_since_situations_have_none() -> None:
    wishes = replace(BOTH, archetypes=frozenset({"failure"}))
    bank = [situational("s"), question("b", archetypes=("conflict",))]
    choice = choose(bank, wishes, seed="s")
    assert isinstance(choice, Choice)
    assert choice.question.id == "s"


def test_a_question_that_names_no_company_fits_every_company() -> None:
    wishes = replace(STORIES, companies=frozenset({"acme"}))
    bank = [question("any"), question("other", companies=("globex",))]
    assert {choose(bank, wishes, seed=str(n)).question.id for n in range(9)} == {"any"}  # type: ignore[union-attr]


def test_the_reasons_name_what_decided() -> None:
    bank = [
        question("b1", archetypes=("conflict",)),
        question("b2", archetypes=("failure",)),
        question("b3", archetypes=("failure",)),
        situational("s1"),
    ]
    asked = [Asked("b0", MONDAY, "behavioral", ("conflict",)), Asked("s0", MONDAY + timedelta(days=1), "situational")]
    choice = choose(bank, BOTH, seed="s", asked=asked)
    assert codes(choice) == ["unasked", "kind", "archetype", "lot", "fits"]
    assert isinstance(choice, Choice)
    assert choice.question.archetypes == ("failure",)


def test_where_nothing_fits_each_filter_that_alone_is_in_the_way_is_named() -> None:
    bank = [question("b", themes=("ai",), level_range=("L3", "L4")), situational("s", themes=("teams",))]
    wishes = replace(STORIES, themes=frozenset({"teams"}))
    assert choose(bank, wishes, seed="s") == NothingFits({"kinds": 1, "themes": 1})


def test_where_nothing_fits_because_of_vetoes_they_are_named() -> None:
    assert choose([question("b")], STORIES, seed="s", vetoed={"b"}) == NothingFits({"vetoes": 1})


def test_where_two_filters_are_in_the_way_together_none_is_named() -> None:
    bank = [question("b", themes=("ai",), level_range=("L3", "L4"))]
    wishes = replace(STORIES, themes=frozenset({"teams"}), levels=("L6", "L7"))
    assert choose(bank, wishes, seed="s") == NothingFits({})


def test_an_unknown_queued_question_is_passed_over() -> None:
    choice = choose([question("b")], STORIES, seed="s", queue=["gone"])
    assert isinstance(choice, Choice)
    assert choice.question.id == "b"
