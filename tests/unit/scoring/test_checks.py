"""Every check notes something in its examples and nothing in its counter-examples, and moves no rating."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.base.text import render
from bot.scoring import Answer, Asking, Rules, score
from bot.scoring.checks import Check, all_checks
from bot.scoring.checks.steps import SCOPES, STEPS
from bot.scoring.checks.stories import TRAPS
from bot.scoring.report import FLAGS
from content.loader import load_content
from tests.unit.scoring.texts import EVERY

CASES = [
    pytest.param(check, answer, notes, id=f"{check.code}-{'notes' if notes else 'silent'}-{i}")
    for check in all_checks()
    for notes, answers in ((True, check.examples), (False, check.counterexamples))
    for i, answer in enumerate(answers)
]
KNOWN = Asking("type-conflict", "story-influence", ("disagreement",), ("Take sides.",), lead_round=True)


@pytest.mark.parametrize(("check", "answer", "notes"), CASES)
def test_a_check_notes_its_examples_only(check: Check, answer: Answer, notes: bool, rules: Rules) -> None:
    assert (check.code in [noted.code for noted in score(answer, rules).checks]) is notes


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.code)
def test_a_check_has_papers_and_a_code_of_its_own(check: Check) -> None:
    assert check.sources
    assert check.examples
    assert check.counterexamples
    assert check.code not in FLAGS


@pytest.mark.parametrize("text", EVERY)
def test_what_is_known_of_the_question_moves_neither_rating_nor_flags(text: str, rules: Rules) -> None:
    plain, known = score(Answer(text), rules), score(Answer(text, asking=KNOWN), rules)
    assert (plain.rating, plain.flags, plain.segments) == (known.rating, known.flags, known.segments)
    assert plain.input_hash != known.input_hash


@pytest.mark.parametrize("text", EVERY)
def test_quotes_of_checks_are_verbatim(text: str, rules: Rules) -> None:
    for check in score(Answer(text, asking=KNOWN, target_level="L7"), rules).checks:
        assert all(text[e.start : e.end] == e.quote for e in check.evidence)


def test_every_question_type_and_canonical_story_of_the_content_is_looked_at() -> None:
    content = load_content()
    assert set(STEPS) == set(content.question_types)
    assert set(TRAPS) == set(content.canonical_stories)
    for key, steps in STEPS.items():
        assert len(steps) == len(content.question_types[key].structure)


def test_the_steps_of_every_type_are_asked_for_somewhere_in_the_content() -> None:
    content = load_content()
    assert set(SCOPES) == set(STEPS)
    for kind, scope in SCOPES.items():
        asked = [q for q in content.questions.values() if q.question_type == kind and q.kind == "behavioral"]
        held = [q for q in asked if scope.holds(Asking(kind, q.canonical_story, tuple(q.archetypes)))]
        assert held, kind
        assert scope.stories <= set(content.canonical_stories)
        assert scope.archetypes <= set(content.archetypes)


@pytest.mark.parametrize(
    "asking",
    [
        Asking("type-influence", "story-mentored", ("mentoring",)),
        Asking("type-influence", None, ("replaceable",)),
        Asking("type-ambiguity", None, ("production-debugging",)),
    ],
)
def test_a_question_that_is_of_a_type_by_name_only_is_not_heard_for_its_steps(asking: Asking, rules: Rules) -> None:
    text = "A junior joined us in May. I sat with her on Mondays. She ran the importer by June."
    plain = Asking(asking.question_type)
    assert "missing_steps" in [check.code for check in score(Answer(text, asking=plain), rules).checks]
    assert "missing_steps" not in [check.code for check in score(Answer(text, asking=asking), rules).checks]


def test_no_name_of_a_step_has_a_comma_since_steps_are_listed_by_commas() -> None:
    names = [render(step.name) for steps in STEPS.values() for step in steps]
    assert [name for name in names if "," in name] == []


def test_the_strong_example_of_a_story_is_heard_to_take_every_step_of_every_type(rules: Rules) -> None:
    for key, story in load_content().canonical_stories.items():
        for kind in ("type-failure", "type-conflict", "type-influence", "type-ambiguity"):
            answer = Answer(str(story.strong_example), asking=Asking(kind))
            told = [render(check.why) for check in score(answer, rules).checks if check.code == "missing_steps"]
            assert all("where you used it since" in why or "differently" in why for why in told), (key, kind, told)


def test_the_strong_example_of_a_story_walks_into_no_trap(rules: Rules) -> None:
    for key, story in load_content().canonical_stories.items():
        answer = Answer(str(story.strong_example), asking=Asking(canonical_story=key))
        assert "story_trap" not in [check.code for check in score(answer, rules).checks], key


def test_a_report_with_checks_survives_its_journey_as_json(rules: Rules) -> None:
    check = all_checks()[0]
    report = score(replace(check.examples[0], asking=KNOWN), rules)
    assert report.checks
    assert type(report).from_json(report.to_json()) == report
