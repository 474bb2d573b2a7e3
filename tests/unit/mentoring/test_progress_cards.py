"""How progress is worded: each thing once, and plainly."""

from __future__ import annotations

import pytest

from bot.base.text import render
from bot.chat.cards import Field
from bot.mentoring.progress import LevelPoint, Participation, Progress, Scores, scores_of
from bot.mentoring.progress_cards import facts_of, streak_text
from bot.mentoring.streaks import Streak
from tests.gallery.progress_samples import answers


def said(progress: Progress, name: str) -> str:
    (found,) = (
        render(each.value) for each in facts_of(progress) if isinstance(each, Field) and render(each.label) == name
    )
    return found


@pytest.mark.parametrize(
    ("taken", "words"),
    [(Participation(1, 2, 1, 2), "1 of 2"), (Participation(8, 14, 6, 10), "8 of 14; 6 of the latest 10")],
)
def test_the_latest_questions_are_named_apart_where_they_are_not_all(taken: Participation, words: str) -> None:
    assert said(Progress(participation=taken), "Questions answered") == words


@pytest.mark.parametrize(
    ("streak", "words"),
    [
        (Streak(1, 1), "1 day. A missed day ends it, until 7 days of practice earn one to miss."),
        (Streak(9, 9, 1), "9 days. A missed day would not end it."),
        (Streak(15, 15, 2), "15 days. 2 missed days would not end it."),
    ],
)
def test_a_streak_says_what_a_missed_day_does_to_it(streak: Streak, words: str) -> None:
    assert render(streak_text(streak)) == words


def test_a_level_is_said_of_an_answer() -> None:
    scores: Scores = scores_of(answers())
    newest: LevelPoint = scores.levels[-1]
    assert said(Progress(8, scores), "Level").startswith(f"{newest.level} in the newest answer that shows one")


def test_a_mentor_is_not_told_that_there_is_no_answer_where_they_only_see_none() -> None:
    assert said(Progress(0, to_mentors=True), "Answers scored that mentors see") == "0"
    assert said(Progress(0), "Answers scored") == "0"
