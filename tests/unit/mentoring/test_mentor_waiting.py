"""How long things wait for a mentor, in words and without a promise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.base.text import render
from bot.chat.cards import resolved
from bot.chat.plain import plain
from bot.mentoring.help_cards import waiting_card
from bot.mentoring.waiting import QueueAge, Waiting, age_text, span_text

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(minutes=59), "less than an hour"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2, hours=23), "2 days"),
    ],
)
def test_a_span_is_said_as_people_say_it(span: timedelta, said: str) -> None:
    assert render(span_text(span)) == said


def test_the_queue_is_told_as_it_is() -> None:
    age = QueueAge(3, NOW - timedelta(days=4), timedelta(hours=30))
    assert render(age_text(age, "Ben", NOW)) == (
        "3 things wait for Ben, the oldest for 4 days. Half of their latest replies came within 30 hours."
    )


def test_of_a_mentor_who_never_replied_nothing_is_promised() -> None:
    said = render(age_text(QueueAge(0, None, None), "Ben", NOW))
    assert said.startswith("Nothing else waits for Ben.")
    assert "cannot say how long it takes" in said


def test_a_long_list_names_the_oldest_and_counts_the_rest() -> None:
    waits = [Waiting("question", f"q{n}", f"Ana {n}", "Why?", NOW - timedelta(days=30 - n)) for n in range(20)]
    said = plain(resolved(waiting_card(waits, NOW), "en"))
    assert "Ana 0 asked you something 30 days ago." in said
    assert "Ana 8 " not in said
    assert "12 more wait after these." in said
