"""What the card of coverage says to somebody tired, on a phone: the few largest gaps, and no figure that is none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.text import render
from bot.chat.cards import Bullets, Button, Buttons, Card, resolved
from bot.chat.plain import plain
from bot.stories.actions import AnswerSuggested, OpenAdd, ShowWholeCoverage
from bot.stories.coverage import Coverage, cover
from bot.stories.coverage_cards import MOST_GAPS, coverage_card, shares_of, whole_coverage_card
from bot.stories.coverage_gaps import largest_gaps
from bot.stories.project_cards import projects_card
from bot.stories.projects import ProjectRecord
from storage.tables.stories import Project
from tests.gallery.stories_samples import NOW
from tests.unit.stories.test_coverage import CONTENT, story

PHONE = 110
"""Letters of an item that are read at a glance on a phone: three lines of 320 dots."""
SHARE = re.compile(r"(\d+)(?: \w+)? of (?:the )?(\d+)")


def shown(card: Card) -> str:
    return plain(resolved(card, "en"))


def lists(card: Card) -> list[Bullets]:
    return [each for each in card.elements if isinstance(each, Bullets)]


def buttons(card: Card) -> list[Button]:
    return [one for each in card.elements if isinstance(each, Buttons) for one in each.items]


def whole_bank() -> Coverage:
    """Twenty stories that leave nothing open."""
    kinds, types = list(CONTENT.archetypes), list(CONTENT.question_types)
    stories = [story(f"Story {number}", *types, archetypes=tuple(kinds), level="L5") for number in range(20)]
    coverage = cover(stories, CONTENT)
    every = {name: tuple(one.id for one in stories) for name in CONTENT.principles}
    canonical = dict.fromkeys(CONTENT.canonical_stories, ("Story 1",))
    return Coverage(20, coverage.question_types, every, coverage.archetypes, canonical, (), ())


@pytest.mark.parametrize("count", [0, 1, 4])
def test_the_card_has_the_three_largest_gaps_as_short_lines_and_says_how_many_more_there_are(count: int) -> None:
    coverage = cover([story(f"Story {number}", "type-conflict") for number in range(count)], CONTENT)
    card = coverage_card(coverage, CONTENT)
    gaps = [render(line) for line in lists(card)[0].items]
    assert len(gaps) == MOST_GAPS
    assert f"and {len(largest_gaps(coverage, CONTENT)) - MOST_GAPS} more" in shown(card)
    assert all(len(line) <= PHONE for line in gaps)
    assert all(line.count(",") < 3 for line in shown(card).splitlines())


def test_failures_are_the_largest_gap_and_then_whole_types_of_question() -> None:
    first, second, *_ = map(render, largest_gaps(cover([], CONTENT), CONTENT))
    assert first == "Failure and learning: no story, and every interview asks for one"
    assert "no story for this type of question" in second
    one = cover([story("a", "type-failure")], CONTENT)
    assert render(largest_gaps(one, CONTENT)[0]) == "Failure and learning: one story; keep a second one"


def test_the_card_has_one_main_action_and_everything_else_one_click_away() -> None:
    card = coverage_card(cover([story("a")], CONTENT), CONTENT)
    assert [type(one.action) for one in buttons(card) if one.style == "primary"] == [AnswerSuggested]
    actions = {type(one.action) for one in buttons(card)}
    assert {OpenAdd, ShowWholeCoverage} <= actions


def test_the_whole_card_names_everything_that_is_missing_one_below_the_other() -> None:
    coverage = cover([], CONTENT)
    named = {str(item) for each in lists(whole_coverage_card(coverage, CONTENT)) for item in each.items}
    for entries in (CONTENT.question_types, CONTENT.archetypes, CONTENT.canonical_stories, CONTENT.principles):
        assert {str(one.name) for one in entries.values()} <= named


def test_where_nothing_is_missing_the_card_says_so_and_asks_nothing() -> None:
    card = coverage_card(whole_bank(), CONTENT)
    assert "There is a story for everything that interviews usually ask." in shown(card)
    assert AnswerSuggested not in {type(one.action) for one in buttons(card)}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 40))
def test_nobody_has_more_of_something_than_there_is(count: int) -> None:
    stories = [story(f"Story {number}", "type-failure", archetypes=("mentoring",)) for number in range(count)]
    coverage = cover(stories, CONTENT)
    said = "\n".join(
        [
            shown(coverage_card(coverage, CONTENT)),
            shown(whole_coverage_card(coverage, CONTENT, stories)),
            *(render(field.value) for field in shares_of(coverage)),
            shown(projects_card([ProjectRecord(a_project(number)) for number in range(count)])),
        ]
    )
    assert all(int(part) <= int(all_) for part, all_ in SHARE.findall(said))


def a_project(number: int) -> Project:
    return Project(
        id=f"project-{number}", member_id="ana", name=f"Project {number}", impact="", challenge="", role="", outcome="",
        learnings="", created_at=NOW,
    )  # fmt: skip
