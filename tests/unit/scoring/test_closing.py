"""Closing questions a person drafted: what each signals, and what is said of the set."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scoring import Rules
from bot.scoring.followups import ClosingReport, judge_closing
from content.follow_ups import closing_bank, follow_up_cues
from content.loader import load_content
from content.rules import load_rules

RULES: Rules = load_rules()
BANK = closing_bank(load_content())
GOOD_SET = (
    "I read about your outage in May. What changed after it?\n"
    "How does the team decide what not to build?\n"
    "What is the hardest problem that is still open?"
)


def judge(text: str) -> ClosingReport:
    return judge_closing(text, BANK, RULES, follow_up_cues())


def notes(report: ClosingReport) -> str:
    return " ".join(note if isinstance(note, str) else note.source for note in report.notes)


def test_every_caution_of_the_content_is_held_against_the_questions() -> None:
    assert {unwanted.id for unwanted in BANK.unwanted} == set(load_content().closing_cautions)


@pytest.mark.parametrize(
    ("question", "caution"),
    [
        ("What's the salary for this position?", "caution-pay"),
        ("How many vacation days do I get?", "caution-pay"),
        ("what does it pay", "caution-pay"),
        ("How is the work-life balance?", "caution-work-life-balance"),
        ("Can I leave on time most days?", "caution-work-life-balance"),
        ("Which programming languages do you use?", "caution-tech-stack"),
        ("What's your tech stack?", "caution-tech-stack"),
        ("When will I hear back from you?", "caution-when-will-i-hear"),
        ("How long until I get an answer?", "caution-when-will-i-hear"),
        ("What are the next steps?", "caution-when-will-i-hear"),
        ("What does your company do?", "caution-on-the-website"),
        ("How many employees do you have?", "caution-on-the-website"),
        ("Why do so many people leave?", "caution-negative"),
        ("Why are your reviews so bad?", "caution-negative"),
        ("What is the culture like?", "caution-too-general"),
        ("What is a typical day?", "caution-too-general"),
    ],
)
def test_what_better_is_not_asked_is_named_with_a_reason_and_something_instead(question: str, caution: str) -> None:
    (drafted,) = judge(question).drafted
    assert drafted.caution == caution
    assert drafted.signals in ("junior", "do_not_ask")
    assert drafted.why
    assert drafted.instead
    assert drafted.nearest
    assert all(good.signals_seniority for good in drafted.nearest)


@pytest.mark.parametrize(
    "question",
    [
        "How do you pay down technical debt, and who decides?",
        "What benefits do users see from the new model, and how do you measure them?",
        "How is the on-call load shared after an incident?",
        "What would you expect me to spend most of my time on in the first six months?",
        "Which decisions does leadership take that the team disagrees with?",
        "I tried your API. What stack decisions behind it would you take back?",
        "Who was promoted last, and what had they done?",
    ],
)
def test_words_that_sound_alike_accuse_nobody(question: str) -> None:
    (drafted,) = judge(question).drafted
    assert drafted.caution is None


def test_every_good_question_of_the_bank_stands() -> None:
    assert [g.text for g in BANK.good if judge(g.text).drafted[0].caution is not None] == []


def test_every_question_of_the_bank_that_signals_seniority_is_read_so() -> None:
    missed = [g.id for g in BANK.good if g.signals_seniority and judge(g.text).drafted[0].signals != "senior"]
    assert missed == []


def test_what_one_read_makes_a_question_tailored() -> None:
    (general,) = judge("How do you test models?").drafted
    (tailored,) = judge("You mentioned that you moved to nightly retraining. How do you test models since?").drafted
    assert (general.tailored, tailored.tailored) == (False, True)


def test_a_good_set_has_nothing_said_against_it() -> None:
    report = judge(GOOD_SET)
    assert [drafted.signals for drafted in report.drafted] == ["senior"] * 3
    assert report.notes == ()


def test_too_few_too_many_and_none_about_the_work_are_said_of_the_set() -> None:
    assert "three to five" in notes(judge("What is the salary?"))
    assert "None of them asks about the work itself" in notes(judge("What does a good week look like?"))
    assert "More than five" in notes(judge("\n".join(f"{GOOD_SET}" for _ in range(2))))


@pytest.mark.parametrize("none", ["No questions.", "I have no questions, you have answered everything."])
def test_having_no_question_is_told_why_not(none: str) -> None:
    report = judge(none)
    assert report.drafted == ()
    assert len(report.notes) == 2


def test_bullets_numbers_and_several_questions_in_a_line_are_taken_apart() -> None:
    report = judge("1. What is the culture like?\n- How do you plan? And who decides?\n• What broke last?")
    assert [drafted.quote.quote for drafted in report.drafted] == [
        "What is the culture like?",
        "How do you plan?",
        "And who decides?",
        "What broke last?",
    ]


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=400), st.text(alphabet="-*?1. \n•a", max_size=400)))
def test_any_text_gives_questions_quoted_verbatim(text: str) -> None:
    for drafted in judge(text).drafted:
        assert text[drafted.quote.start : drafted.quote.end] == drafted.quote.quote
