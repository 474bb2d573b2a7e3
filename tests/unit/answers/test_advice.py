"""What the content offers beside a report: examples, phrases, the skeleton."""

from __future__ import annotations

from functools import cache

import pytest

from bot.answers.advice import (
    STORY_TRAP,
    example_card,
    expressions_card,
    expressions_for,
    finding_names,
    skeleton_card,
    weak_part,
)
from bot.base.text import render
from bot.chat.cards import Fields, Header, Paragraph, Quote, resolved
from bot.chat.plain import plain
from bot.scoring.checks import all_checks
from bot.scoring.report import FLAGS
from content.loader import Content, load_content
from tests.unit.answers.reports import STORY, finding, report


@cache
def content() -> Content:
    return load_content()


def headings(finding_code: str) -> list[str]:
    card = example_card(content(), finding_code, finding_names(content(), "en"), "en")
    return [render(element.text) for element in card.elements if isinstance(element, Header)]


@pytest.mark.parametrize("code", [code for code in FLAGS if code != "too_long"])
def test_every_finding_opens_a_weak_and_a_strong_example(code: str) -> None:
    assert headings(code) == ["Weak", "Strong"]


def test_where_an_example_would_be_too_long_to_read_the_fault_is_explained() -> None:
    card = example_card(content(), "too_long", finding_names(content(), "en"), "en")
    assert len([element for element in card.elements if isinstance(element, Paragraph)]) == 2


def test_the_trap_of_a_story_opens_the_pair_of_that_very_story() -> None:
    for story in content().canonical_stories.values():
        card = example_card(content(), STORY_TRAP, finding_names(content(), "en"), "en", story.id)
        quotes = [element.text for element in card.elements if isinstance(element, Quote)]
        assert quotes == [str(story.weak_example), str(story.strong_example)]


def test_every_finding_and_every_further_remark_has_a_name_people_can_read() -> None:
    names = finding_names(content(), "en")
    assert set(names) == {*FLAGS, *(check.code for check in all_checks())}
    assert not any("_" in name for name in names.values())
    assert len(set(names.values())) == len(names)


def test_phrases_are_offered_for_the_part_that_a_company_s_lens_puts_first() -> None:
    weak = report(findings=tuple(finding(code, "Our export was slow.") for code in ("no_learning", "no_tension")))
    assert weak_part(weak) == "action"
    assert weak_part(weak, "google") == "result"
    assert expressions_for(content(), weak, "google") != expressions_for(content(), weak)


@pytest.mark.parametrize("code", FLAGS)
def test_a_weak_part_offers_exactly_two_phrases_for_it(code: str) -> None:
    weak = report(findings=(finding(code, "Our export was slow."),), flags=(code,))
    offered = expressions_for(content(), weak)
    assert len(set(offered)) == 2
    assert {expression.part for expression in offered} == {weak_part(weak)}


def test_where_a_figure_is_missing_the_phrases_ask_for_one() -> None:
    weak = report(findings=(finding("no_metric", "Our export was slow."),), flags=("no_metric",))
    assert all("figure" in expression.needs for expression in expressions_for(content(), weak))


def test_the_same_answer_is_always_offered_the_same_phrases() -> None:
    assert expressions_for(content(), STORY) == expressions_for(content(), STORY)
    assert "Needs: " in plain(resolved(expressions_card(content(), STORY, "en"), "en"))


def test_phrases_come_in_the_readers_language() -> None:
    english, korean = (plain(resolved(expressions_card(content(), STORY, code), "en")) for code in ("en", "ko"))
    assert english != korean


def test_every_question_about_an_experience_has_a_skeleton() -> None:
    for question in content().questions.values():
        if question.kind == "behavioral":
            card = skeleton_card(content(), question, str(question.text), "en")
            assert any(isinstance(element, Fields) for element in card.elements), question.id


def test_a_situational_question_shows_its_key_points_and_what_not_to_do() -> None:
    question = next(asked for asked in content().questions.values() if asked.kind == "situational" and asked.must_not)
    shown = plain(resolved(skeleton_card(content(), question, str(question.text), "en"), "en"))
    assert all(str(point.text) in shown for point in question.points)
    assert "Not: " in shown


def test_a_question_that_is_gone_has_no_skeleton() -> None:
    shown = plain(resolved(skeleton_card(content(), None, "A question", "en"), "en"))
    assert "There is no skeleton for this question." in shown
