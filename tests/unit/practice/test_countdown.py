from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.text import render
from bot.chat.cards import resolved
from bot.chat.plain import plain
from bot.practice.countdown import plan_for, steps_for
from bot.practice.interview_cards import plan_card
from bot.practice.standing import ReadiedStory, Standing, coming_back
from content.loader import load_content

CONTENT = load_content()
STORY = ReadiedStory("A", frozenset({"action", "result"}), ("type-conflict",), True, ("no_learning",), True, 0, None)
EMPTY = Standing((), ("Conflict", "Failure"), "Failure", 0, (), 0, 0, False)
READY = Standing((STORY,) * 5, (), "Failure", 2, (), 0, 3, True)


def said(standing: Standing) -> list[str]:
    return [render(step.text) for step in steps_for(standing)]


def test_failures_come_first_and_count_for_their_type() -> None:
    steps = said(EMPTY)
    assert steps[0] == steps[1] == "Write the story of a failure of your own."
    assert "Write a story for questions of the type: Conflict." in steps
    assert not any("Failure." in step for step in steps)
    assert sum("Write" in step for step in steps) == 5


def test_what_the_records_show_as_done_asks_for_nothing() -> None:
    assert said(READY) == ["Tell 5 stories aloud, three times each."]
    assert said(replace(READY, stories=(), missing_types=())) == ["Write one more story: five are the least."] * 5


def test_what_does_not_fit_is_listed_once_with_how_many_of_it_there_are() -> None:
    plan = plan_for(replace(READY, stories=()), 0, 60, None)
    card = plain(resolved(plan_card(plan, date(2026, 11, 23), None, "en"), "en"))
    assert card.count("Write one more story: five are the least.") == 1
    assert "- Write one more story: five are the least. (5 times)" in card


def test_a_finding_that_comes_back_is_mended_before_stories_are_rehearsed() -> None:
    assert coming_back([STORY, STORY]) == [("no_learning", 2)]
    assert coming_back([STORY]) == []
    steps = said(replace(READY, weak_flags=(("No lesson", 3),), due=2))
    assert steps[0] == "Mend in 3 stories: No lesson."
    assert "Recall 2 stories by their bullets." in steps


@pytest.mark.parametrize(("company", "minutes"), [("amazon", 30), ("google", 24), (None, 27)])
def test_stories_get_the_share_of_the_time_that_behavioural_rounds_have(company: str | None, minutes: int) -> None:
    rounds = CONTENT.companies[company].rounds if company else None
    plan = plan_for(EMPTY, 10, 60, rounds)
    assert plan.behavioral == minutes
    assert plan.coding + plan.design + plan.behavioral == 60


@given(st.integers(0, 40), st.sampled_from([30, 60, 90, 120]), st.integers(0, 6), st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_a_plan_never_takes_more_time_than_there_is_and_forgets_no_step(
    days: int, minutes: int, stories: int, due: int
) -> None:
    standing = replace(EMPTY, stories=(STORY,) * stories, due=due)
    plan = plan_for(standing, days, minutes, None)
    planned = [step for day in plan.days for step in day.steps]
    assert sum(step.minutes for step in planned) <= plan.behavioral * days
    assert len(planned) + len(plan.left_over) == len(steps_for(standing))
    assert [day.day for day in plan.days] == sorted({day.day for day in plan.days})
    assert all(0 <= day.day < days for day in plan.days)
