"""What people see: each card as text, held against a golden file.

Run with STARLING_WRITE_GOLDEN=1 to write the files anew after a change that is meant.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answers import answer_cards, notes
from bot.answers.cards import FeedbackView, copy_card, feedback_card
from bot.answers.delta import compare
from bot.answers.detail_cards import detail_card
from bot.answers.withdrawing import Receipt, receipt_text
from bot.base.text import render, t
from bot.chat.cards import Bullets, Buttons, Card, Header, Place, Quote, Select, resolved
from bot.chat.plain import plain
from bot.scoring.report import Report
from storage.tables.answers import Answer, AnswerState, AsideReason, GivenAs, SetAside
from tests.unit.answers.reports import ABSTAINED, NAMES, SITUATIONAL, STORY, TEXT, finding, report

GOLDEN = Path(__file__).parents[2] / "golden" / "answers"


def view(made: Report, number: int = 1, before: Report | None = None, author: str | None = None) -> FeedbackView:
    return FeedbackView(
        answer="a1",
        revision="r1",
        number=number,
        question="Tell me about something slow.",
        report=made,
        delta=compare(before, made) if before else None,
        names=NAMES,
        slot="s1",
        author=author,
    )


def answer(given_as: GivenAs, state: AnswerState = AnswerState.CLOSED) -> Answer:
    return Answer(id="a1", given_as=given_as, state=state, visibility="me")


BETTER = report(rating=4.5, findings=STORY.findings[1:], strengths=(*STORY.strengths,))
WORSE = report(rating=2.5, findings=(*STORY.findings, finding("vague", "Our export was slow.")), strengths=())
MANY = report(
    findings=tuple(finding(code, "Our export was slow.") for code in ("vague", "we_over_i", "no_learning", "too_short"))
)
CARDS = {
    "feedback": feedback_card(view(STORY)),
    "feedback_better": feedback_card(view(BETTER, 2, STORY)),
    "feedback_worse": feedback_card(view(WORSE, 2, STORY)),
    "feedback_unchanged": feedback_card(view(STORY, 2, STORY)),
    "feedback_abstained": feedback_card(view(ABSTAINED)),
    "feedback_part_missing": feedback_card(
        view(report(rating=3.0, findings=(), segments=tuple(s for s in STORY.segments if s.label != "R")))
    ),
    "feedback_capped": feedback_card(view(report(capped=True, scored_characters=40_000))),
    "feedback_situational": feedback_card(view(SITUATIONAL)),
    "feedback_for_a_company": feedback_card(replace(view(MANY), company=("google", "Google"))),
    "feedback_public": feedback_card(view(STORY, author="Ana")),
    "copy": copy_card(view(BETTER, 2, STORY)),
    "detail_for_a_company": detail_card(MANY, TEXT, NAMES, revision="r1", company="google"),
    "detail": detail_card(MANY, TEXT, NAMES, revision="r1", slot="s1"),
    "detail_situational": detail_card(SITUATIONAL, TEXT, NAMES, revision="r1"),
    "ask": notes.ask_card(
        SetAside(
            id="x",
            text="I once deleted an index.",
            reason=AsideReason.UNSURE,
            posted_at=datetime(2030, 3, 4, tzinfo=UTC),
        )
    ),
    "withdrawn": Card(t("Your answer is withdrawn."), receipt_text(Receipt(revisions=2, messages=1))),
    "manage_thread": answer_cards.manage_card(answer(GivenAs.THREAD, AnswerState.OPEN), "Why?", shared=False),
    "manage_private": answer_cards.manage_card(answer(GivenAs.PRIVATE), "Why?", shared=True),
    "share": answer_cards.ask_to_share_card(answer(GivenAs.PRIVATE), TEXT),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_reads_as_its_golden_file(name: str) -> None:
    card = resolved(CARDS[name], "en")
    shown = f"{plain(card)}\n\n{_controls(card)}".rstrip() + "\n"
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("STARLING_WRITE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


def _controls(card: Card) -> str:
    lines = []
    for element in card.elements:
        if isinstance(element, Buttons):
            lines.append(" ".join(f"[{button.label}]" for button in element.items))
        elif isinstance(element, Select):
            lines.append(f"[{element.label}: {', '.join(str(choice.label) for choice in element.choices)}]")
    return "\n".join(lines)


def test_the_first_finding_stands_in_full_two_more_in_a_line_each_and_the_rest_in_the_detail() -> None:
    card = feedback_card(view(MANY))
    first, *_ = (element.text for element in card.elements if isinstance(element, Header))
    (after,) = (element for element in card.elements if isinstance(element, Bullets))
    assert render(first) == "Mend first: Vague"
    assert [render(item) for item in after.items] == [
        'Too much "we": How to mend it.',
        "Nothing learned: How to mend it.",
    ]
    detail = plain(resolved(detail_card(MANY, TEXT, NAMES, revision="r1"), "en"))
    assert [name for name in NAMES.values() if f"{name}: Why it matters." in detail] == [
        "Nothing learned",
        'Too much "we"',
        "Too short",
    ]


def test_remarks_off_the_rating_stand_in_the_detail_only_and_not_where_no_number_is_shown() -> None:
    remarks = (finding("technical_only", "It takes 1 s now, for 40 teams."),)
    noted, silent = report(checks=remarks), report(checks=remarks, abstained="too_few_words")
    detail = plain(resolved(detail_card(noted, TEXT, NAMES, revision="r1"), "en"))
    assert "Further remarks, off the rating" in detail
    assert "> It takes 1 s now, for 40 teams." in detail
    assert "Further remarks" not in plain(resolved(feedback_card(view(noted)), "en"))
    assert "Further remarks" not in plain(resolved(detail_card(silent, TEXT, NAMES, revision="r1"), "en"))


def test_no_number_is_shown_where_the_engine_abstained() -> None:
    for card in (
        feedback_card(view(ABSTAINED)),
        copy_card(view(ABSTAINED)),
        detail_card(ABSTAINED, TEXT, NAMES, revision="r1"),
    ):
        assert "of 5" not in plain(resolved(card, "en"))


def test_every_quotation_on_a_card_is_words_of_the_answer() -> None:
    quoted = [
        line[2:] for line in plain(resolved(feedback_card(view(MANY)), "en")).splitlines() if line.startswith("> ")
    ]
    assert quoted
    assert all(line in TEXT for line in quoted)


def test_the_order_for_a_company_is_told_only_where_it_orders_something() -> None:
    def told(made: Report, company: str) -> str:
        return plain(resolved(feedback_card(replace(view(made), company=(company, company.title()))), "en"))

    assert "Ordered for Google" in told(MANY, "google")
    assert "Ordered for" not in told(MANY, "palantir")
    assert "Ordered for" not in told(report(findings=MANY.findings[:1]), "google")
    assert "Ordered for" not in told(ABSTAINED, "google")


def places(made: Report) -> list[str]:
    return [element.name for element in feedback_card(view(made)).elements if isinstance(element, Place)]


def test_what_only_makes_sense_after_a_story_has_no_place_on_other_feedback() -> None:
    assert places(STORY) == ["answer.actions", "story.actions"]
    assert places(SITUATIONAL) == ["answer.actions"]
    assert places(ABSTAINED) == ["answer.actions"]


def test_a_sentence_that_several_remarks_mean_is_quoted_once_and_the_trap_leads_to_its_example() -> None:
    remarks = tuple(finding(code, "Our export was slow.") for code in ("no_tie_in", "missing_steps", "story_trap"))
    card = detail_card(report(findings=(), checks=remarks), TEXT, NAMES, revision="r1")
    assert [e.text for e in card.elements if isinstance(e, Quote)].count("Our export was slow.") == 1
    labels = [b.label for e in card.elements if isinstance(e, Buttons) for b in e.items]
    assert [render(label) for label in labels] == ["Show an example"]


def test_a_missing_part_is_named_only_where_no_finding_says_what_to_mend() -> None:
    without_result = tuple(segment for segment in STORY.segments if segment.label != "R")
    said = "I read no sentence as the result"
    assert said in plain(resolved(feedback_card(view(report(findings=(), segments=without_result))), "en"))
    assert said not in plain(resolved(feedback_card(view(report(segments=without_result))), "en"))
    assert said not in plain(resolved(feedback_card(view(report(findings=()))), "en"))
