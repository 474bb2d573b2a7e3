"""A question of the bank is recognised in other words, and nothing is taken for one that is not there."""

from __future__ import annotations

import pytest

from content.find import QuestionIndex, asks_what_one_would_do
from content.loader import load_content
from content.rules import load_rules
from content.schema import OWN, ContentText, Question

REWORDED = {
    "You discover, the day before launch, that the credit-limit model is biased.": "q-bias-before-launch",
    "When do you self-host a model and when do you use an API?": "q-build-or-call",
    "How would you bring a new junior up to speed?": "q-onboard-junior-ai",
    "our llm bill is twice last month's. what now?": "q-cost-doubled",
    "The CEO wants an AI strategy and we have never done AI": "q-strategy-from-nothing",
    "A colleague junior to you cannot fix a bug since two days": "q-junior-is-stuck",
    "management does not want to fund ml infrastructure": "q-convince-to-fund-platform",
    "How do you keep learning about AI?": "q-stay-current",
}
ELSEWHERE = [
    "What's the weather?",
    "Tell me about yourself",
    "How much is 2+2",
    "Describe a conflict with your manager",
    "",
]


@pytest.fixture(scope="module")
def index() -> QuestionIndex:
    return QuestionIndex(load_content().questions_where(kinds=("situational",)), load_rules().lexicon)


@pytest.fixture(scope="module")
def bank() -> QuestionIndex:
    return QuestionIndex(load_content().questions.values(), load_rules().lexicon)


@pytest.mark.parametrize(("wording", "wanted"), REWORDED.items())
def test_a_question_is_recognised_in_other_words(index: QuestionIndex, wording: str, wanted: str) -> None:
    question = index.find(wording)
    assert question is not None
    assert question.id == wanted


@pytest.mark.parametrize("wording", ELSEWHERE)
def test_what_is_not_in_the_bank_is_not_found(index: QuestionIndex, wording: str) -> None:
    assert index.find(wording) is None


def test_every_question_is_recognised_by_its_own_wordings(index: QuestionIndex) -> None:
    for question in load_content().questions_where(kinds=("situational",)):
        for wording in (str(question.text), *question.wordings):
            again = index.find(wording)
            assert again is not None, wording
            assert again.id == question.id, wording


def test_a_team_s_own_question_is_found_beside_ours_and_takes_nothing_from_them(index: QuestionIndex) -> None:
    text = "Your vineyard's harvest forecast is wrong three autumns in a row. What now?"
    own = Question(
        id="own-harvest", version=1, sources=(OWN,), text=ContentText.model_validate(text), kind="behavioral"
    )
    wider = index.beside([own])
    found = wider.find("the harvest forecast was wrong for three autumns")
    assert found is not None
    assert found.id == "own-harvest"
    assert wider.find("How do you keep learning about AI?") == index.find("How do you keep learning about AI?")
    assert index.find(text) is None
    assert index.beside([]) is index


@pytest.mark.parametrize(
    "wording",
    [
        "Tell me about a time you had to deliver on a tight deadline with incomplete information.",
        "Describe a time when data changed your mind.",
        "A time a product had to grow fast: what was done?",
        "Tell me about a time you worked closely with non-technical colleagues.",
        "How have you developed other engineers, and what has lasted?",
    ],
)
def test_who_asks_for_a_story_is_never_taken_to_ask_for_anything_else(bank: QuestionIndex, wording: str) -> None:
    found = bank.find(wording)
    assert found is None or found.kind == "behavioral"


@pytest.mark.parametrize(
    ("wording", "wanted"),
    [
        ("Describe a time when a change you made caused harm in production.", "q-harm-by-your-change"),
        ("Tell me about influencing without authority.", "q-influence-without-authority"),
        ("How have you helped someone grow?", None),
        ("Tell me about a time you delivered under pressure.", None),
        ("Tell me about a difficult bug.", None),
    ],
)
def test_a_question_for_a_story_is_only_taken_for_another_where_it_is_the_same(
    bank: QuestionIndex, wording: str, wanted: str | None
) -> None:
    found = bank.find(wording)
    assert (found.id if found else None) == wanted


@pytest.mark.parametrize(
    ("wording", "would"),
    [
        ("How would you bring down the latency of a feature?", True),
        ("Your bill has doubled. What do you do?", True),
        ("Our bill has doubled, what now?", True),
        ("Tell me about a time you had to say what you would do.", False),
        ("What would you do differently?", False),
        ("What is the hardest problem you have solved?", False),
        ("", False),
    ],
)
def test_whether_a_question_asks_what_one_would_do(wording: str, would: bool) -> None:
    assert asks_what_one_would_do(wording) is would
