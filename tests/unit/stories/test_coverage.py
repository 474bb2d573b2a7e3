from __future__ import annotations

from datetime import date

from bot.base.text import render
from bot.scoring import Answer, score
from bot.stories.coverage import CoveredStory, cover, gaps, telling_of
from content.loader import load_content
from content.rules import load_rules
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION

CONTENT, RULES = load_content(), load_rules()
LONG = f"{SITUATION} {ACTION} {RESULT}"
TEXT = "I changed a rule and customers were charged twice. I stopped the job and refunded 212 people in two days."


def story(
    name: str, *types: str, archetypes: tuple[str, ...] = (), level: str | None = "L4", told: int = 0
) -> CoveredStory:
    telling = telling_of(f"{TEXT} {name}", score(Answer(TEXT), RULES), date(2026, 11, 1), date(2026, 11, 2), types)
    return CoveredStory(name, name, archetypes, ("dive-deep",), types, level, told, telling)


def said(*stories: CoveredStory) -> str:
    return "\n".join(render(text) for text in cover(stories, CONTENT).findings)


def test_without_stories_everything_is_a_gap_and_questions_are_suggested() -> None:
    coverage = cover([], CONTENT)
    assert len(gaps(coverage.question_types)) == 5
    assert len(gaps(coverage.archetypes)) == len(gaps(coverage.canonical_stories)) == 10
    assert len(coverage.suggested) == 3


def test_a_story_fills_its_archetype_and_the_canonical_stories_the_crosswalk_ties_to_it() -> None:
    coverage = cover([story("a", "type-failure", archetypes=("incident-you-caused",))], CONTENT)
    assert coverage.archetypes["incident-you-caused"] == ("a",)
    assert coverage.question_types["type-failure"] == ("a",)
    assert any(stories == ("a",) for stories in coverage.canonical_stories.values())


def test_two_failures_and_three_stories_at_l5_are_the_goal() -> None:
    assert "None of your stories reads as senior level (L5)" in said(story("a"))
    assert "You have no failure" in said(story("a"))
    assert "You have one failure" in said(story("a", "type-failure"))
    three = [story(name, "type-failure", level="L5") for name in "abc"]
    assert "read as senior level" not in said(*three)
    assert "failure" not in said(*three)


def test_a_story_that_is_told_all_the_time_is_named() -> None:
    assert "You told “a” 3 times of 4" in said(story("a", told=3), story("b", told=1))
    assert "You told" not in said(story("a", told=2), story("b", told=2))


def test_suggested_questions_ask_for_kinds_that_are_missing() -> None:
    coverage = cover([story("a", archetypes=("mentoring",))], CONTENT)
    assert all(CONTENT.questions[name].archetypes[0] != "mentoring" for name in coverage.suggested)


def test_a_story_ages_after_it_was_written_and_is_fresh_for_three_months_only() -> None:
    report = score(Answer(LONG), RULES)
    assert not report.abstained
    for today, fresh, old in (
        (date(2026, 11, 2), True, False),
        (date(2027, 6, 1), False, False),
        (date(2033, 1, 1), False, True),
    ):
        told = f"{LONG} It was last month, in October 2026."
        one = telling_of(told, report, date(2026, 11, 1), today, ())
        covered = CoveredStory("a", "a", (), (), ("type-failure", "type-conflict"), "L5", 0, one)
        assert ("under three months" in said(covered)) is fresh
        assert ("over five years" in said(covered)) is old


def test_a_story_for_one_type_of_question_only_asks_for_another_side_of_it() -> None:
    assert "One story fits fewer than two types of question: a." in said(story("a", "type-failure"))
    assert "fewer than two types" not in said(story("a", "type-failure", "type-ambiguity"))


def test_where_every_kind_is_there_principles_and_failures_still_ask_for_questions() -> None:
    every = [
        story(name, *kind.split(), archetypes=(name,))
        for name, kind in zip(CONTENT.archetypes, ["type-ambiguity"] * len(CONTENT.archetypes), strict=True)
    ]
    coverage = cover(every, CONTENT)
    assert not gaps(coverage.archetypes)
    asked = [CONTENT.questions[name] for name in coverage.suggested]
    assert len(asked) == 3
    missing = set(gaps(coverage.question_types)) | {"type-failure"}
    assert all(one.question_type in missing or set(one.principles) & set(gaps(coverage.principles, 2)) for one in asked)
