from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.drills import BULLET_WORDS, LONGEST_DAYS, NEW_A_DAY, Grade, bullets_of, due_first, graded

NOW = datetime(2030, 3, 4, 9, tzinfo=UTC)
grades = st.sampled_from(list(Grade))


@given(st.lists(grades, min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_story_comes_again_after_whole_days_and_never_stays_away_for_good(given_grades: list[Grade]) -> None:
    memory, now = None, NOW
    for grade in given_grades:
        memory = graded(memory, grade, now)
        wait = memory.due_at - now
        assert timedelta(days=1) <= wait <= timedelta(days=LONGEST_DAYS)
        assert wait.seconds == 0
        now = memory.due_at


def test_a_story_that_went_well_comes_later_than_one_that_did_not() -> None:
    waits = [graded(None, grade, NOW).due_at for grade in Grade]
    assert waits == sorted(waits)
    first = graded(None, Grade.GOOD, NOW)
    second = graded(first, Grade.GOOD, first.due_at)
    assert second.due_at - second.last_at > first.due_at - first.last_at
    assert graded(second, Grade.AGAIN, second.due_at).stability < second.stability


def test_the_same_grades_on_the_same_days_give_the_same_day() -> None:
    assert graded(None, Grade.HARD, NOW) == graded(None, Grade.HARD, NOW)


def test_a_figure_ends_no_bullet_and_a_long_sentence_is_cut() -> None:
    bullets = bullets_of({"result": "Latency fell from 1.4 to 0.3 seconds. Nobody complained!", "task": ""})
    assert bullets == {"result": ("Latency fell from 1.4 to 0.3 seconds", "Nobody complained!")}
    (long,) = bullets_of({"action": "word " * 40})["action"]
    assert long == " ".join(["word"] * BULLET_WORDS) + " …"


def test_what_is_due_comes_before_what_is_new_and_a_day_has_room_for_few_new_ones() -> None:
    due = [(NOW, "b"), (NOW - timedelta(days=2), "a"), (NOW + timedelta(days=3), "later")]
    new = ["n1", "n2", "n3"]
    until = NOW + timedelta(hours=12)
    assert due_first(due, new, 0, until) == ["a", "b", *new[:NEW_A_DAY]]
    assert due_first(due, new, NEW_A_DAY, until) == ["a", "b"]
