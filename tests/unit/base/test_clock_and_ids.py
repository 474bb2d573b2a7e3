"""The clock that can be moved, and ids that sort by time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.base.clock import MovedClock, SystemClock
from bot.base.ids import made_at, new_id

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_fixed_clock_stands_still_until_it_is_moved() -> None:
    clock = MovedClock(START)
    assert clock.now() == clock.now() == START
    clock.move(timedelta(days=1))
    clock.move(timedelta(hours=2))
    assert clock.now() == START + timedelta(days=1, hours=2)


def test_a_clock_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        MovedClock(START).move(timedelta(seconds=-1))


def test_a_clock_without_a_start_runs_with_the_machine() -> None:
    clock = MovedClock()
    clock.move(timedelta(days=1))
    assert timedelta(hours=23) < clock.now() - SystemClock().now() <= timedelta(days=1)
    assert SystemClock().now().tzinfo is UTC


def test_ids_are_different_and_sort_by_the_time_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for milliseconds in (1, 2, 31, 32, 1_772_442_000_000, 1_772_442_000_001):
        monkeypatch.setattr(time, "time_ns", lambda moment=milliseconds: moment * 1_000_000)
        made.append(new_id())
    assert made == sorted(made)
    assert all(len(one) == 26 for one in made)
    assert len({new_id() for _ in range(1000)}) == 1000


def test_ids_of_one_millisecond_sort_as_they_were_made() -> None:
    many = [new_id() for _ in range(1000)]
    assert many == sorted(set(many))


def test_an_id_tells_when_it_was_made_and_another_text_does_not() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    made = made_at(new_id())
    assert made is not None
    assert before <= made <= datetime.now(UTC)
    assert [made_at(text) for text in ("", "key-1", "I" * 26, new_id() + "#2", "z" * 26)] == [None] * 5
