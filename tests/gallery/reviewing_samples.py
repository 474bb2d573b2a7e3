"""What reviewing, closing and results show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.answers.advice import finding_names
from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.review import (
    calibration,
    flag_cards,
    own_cards,
    reading_cards,
    result_cards,
    review_forms,
    rubric_cards,
    why,
    wish_cards,
)
from bot.review import reviewing_actions as a
from bot.review.agreement import Agreement
from bot.review.as_reviewer import AsReviewer
from bot.review.board import Row
from bot.review.given import Said
from bot.review.reading_cards import Beside, Reading
from bot.review.result_cards import Health, ResultShown, ReviewShown
from bot.review.results import Result, Scored, result_of
from bot.review.reviewing import Outcome
from bot.review.rubric import shipped
from bot.review.swapping import Refused
from bot.review.wishes import Wish
from content.loader import Content
from storage.tables.review import Entry, Review
from tests.gallery.reports import ABSTAINED, ANSWER, QUESTION, STORY
from tests.gallery.sample import Sample, identifier

AT = datetime(2030, 3, 8, 15, 0, tzinfo=UTC)
REVIEW, ROUND, ENTRY, ANSWER_ID = (identifier(name) for name in ("review", "round", "entry", "answer"))
SCORES = {"situation": 4, "action": 3, "result": 5, "reflection": 2}
SAID = Said(
    SCORES,
    "“I chose to refund by hand”: a reason where most would only tell a step.",
    "Open with the customers who were charged twice, since the harm is what makes one listen.",
    "L5",
    "How did you know that no invoice was missed?",
)
RESULT = result_of([Scored(SCORES), Scored({**SCORES, "reflection": 5})], None)
APART = Result(RESULT.means, 3.5, 2, 1, "full", 3.2, 0.4, "medium", apart=True)


def samples(content: Content) -> Iterator[Sample]:
    """Every card and form of reviewing, each under its occasion."""
    shown: dict[str, Card | Form] = {
        **_reading(content),
        **_results(content),
        **_flags(),
        **_own(content),
        **_forms(content),
    }
    yield from (Sample("review", name, shows) for name, shows in shown.items())


def _reading(content: Content) -> dict[str, Card | Form]:
    reading = Reading(REVIEW, ROUND, "C", QUESTION, ANSWER, "Fri 8 Mar, 15:00", author="Ana")
    private = Reading(REVIEW, ROUND, "C", QUESTION, ANSWER * 8, "Fri 8 Mar, 15:00", changed=True)
    swapped = replace(reading, label="E", swapped=True)
    over = replace(reading, written=True, closed=True, may_write=False, may_hand_on=False, may_swap=False)
    pair = replace(over, label="B", until="", author=None, pair=True)
    criteria = shipped(content).criteria
    names = finding_names(content, "en")
    beside = Beside("C", SAID, criteria, STORY, names, 1, ROUND)
    return {
        "an answer to review": reading_cards.reading_card(reading),
        "a long private answer to review, changed since": reading_cards.reading_card(private),
        "an answer reviewed by the only other": reading_cards.reading_card(pair),
        "what changed in an answer": reading_cards.changes_card(
            REVIEW, "C", ANSWER, [("Some customers paid twice.", "Nine customers paid twice."), ("", "I told finance.")]
        ),
        "handed in, beside the rules": reading_cards.handed_in_card(Outcome.STORED, beside, "en"),
        "handed in late, beside no rating": reading_cards.handed_in_card(
            Outcome.LATE, Beside("C", SAID, criteria, ABSTAINED, names, 0, ROUND), "en"
        ),
        "handed in, the answer gone": reading_cards.handed_in_card(
            Outcome.EXTRA, Beside("C", SAID, criteria, None, names, 0, ROUND), "en"
        ),
        "another answer in place of one": reading_cards.reading_card(swapped),
        "no other answer to swap for": reading_cards.not_swapped_card(REVIEW, Refused.NONE_FITS),
        "swapped often enough": reading_cards.not_swapped_card(REVIEW, Refused.ENOUGH),
        "nothing left to review": reading_cards.nothing_left_card(),
    }


def _results(content: Content) -> dict[str, Card | Form]:
    means = tuple((c.name.in_language("en"), RESULT.means[c.id]) for c in shipped(content).criteria)
    first = ReviewShown(REVIEW, SAID.worked, SAID.change, SAID.level, SAID.follow_up)
    asked = ReviewShown(
        REVIEW, "", "", helpful=True, thanked=True, asked_back="Which ones first?", answered_back="The angriest."
    )
    late = ReviewShown(REVIEW, SAID.worked, SAID.change, late=True, asked_back="Which ones first?")
    full = ResultShown(
        ENTRY, "C", QUESTION, APART, means, (first, asked, late), under_check=1,
        override=(4.75, "The figure is there."), may_appeal=True,
    )  # fmt: skip
    none = ResultShown(ENTRY, "D", QUESTION, result_of([], None), owed=True)
    one = ResultShown(ENTRY, "E", QUESTION, result_of([Scored(SCORES)], None), means, (first,))
    health = Health(3, "Peer reviews", 5, 3, 1, 1, 9, 1, 2, 1, ("C",), (("A", RESULT), ("C", APART)))
    return {
        "what reviewers found": result_cards.results_card(3, [full]),
        "what reviewers found, one or none": result_cards.results_card(3, [one, none]),
        "what reviewers found of a withdrawn answer, and of one under check": result_cards.results_card(
            3,
            [
                ResultShown(ENTRY, "C", QUESTION, None, reviews=(first,)),
                ResultShown(ENTRY, "D", QUESTION, None, hidden=True),
            ],
        ),
        "for a mentor": result_cards.mentor_card("Ana", ANSWER, full, APART),
        "how a round went, for a moderator": result_cards.health_card(health),
        "how a round went, for an admin": result_cards.health_card(Health(3, "Peer reviews", 5, 5, 0, 0, 10, 0, 0, 0)),
        "another look, for a mentor": result_cards.appeal_card(ENTRY, "C", QUESTION, ANSWER),
        "asked back": result_cards.asked_back_card(REVIEW, "C", "Which ones first?"),
        "answered back": result_cards.answered_back_card("C", "Which ones first?", "The angriest."),
        "looked at again, for the author": result_cards.looked_again_card("C", 4.75, "The figure is there."),
        "looked at again, for a reviewer": result_cards.looked_again_card("C", 4.75, None),
        "a round as tables": rubric_cards.export_card(3, "answer,mean\nA,3.5\n", "answer,reviewer\nA,2\n", b"{}"),
    }


def _flags() -> dict[str, Card | Form]:
    review = flag_cards.ReportedReview(REVIEW, "C", (SAID.worked, SAID.change, ""), "It insults me.")
    answer = flag_cards.ReportedAnswer(ENTRY, "D", ANSWER, "It names a customer.")
    notes = {f"note: {note.replace('_', ' ')}": flag_cards.note_card(note, "C") for note in flag_cards.NOTES}
    return {
        **notes,
        "what was reported": flag_cards.queue_card([review], [answer]),
        "nothing was reported": flag_cards.queue_card([], []),
        "after reporting": flag_cards.reported_card(),
        "after taking it out": flag_cards.decided_card(uphold=True),
        "after letting it stand": flag_cards.decided_card(uphold=False),
    }


def _own(content: Content) -> dict[str, Card | Form]:
    rating = calibration.examples(content)[0]
    lenient = calibration.compare(content, rating, dict.fromkeys(SCORES, 1), "en")
    shown = [
        own_cards.ExampleShown(each.id, *calibration.text_of_example(content, each, "en"), tried)
        for each, tried in zip(calibration.examples(content), (True, False), strict=False)
    ]
    facts = why.WhyFacts(3, 3, 2, 7, one_more=True, late=True, replaced=1, swapped=1, exchanged=1)
    out = why.WhyFacts(3, 0, 2, 7, left_out=why.LeftOut.SHARED_OUT)
    row = Row(ANSWER_ID, QUESTION, 3.5, 4.0, 3.2, 2, 4.75, levels=("L5", "L4"), after_feedback=True)
    return {
        "whom I am not paired with": own_cards.avoided_card([(identifier("exclusion"), "Ben")]),
        "nobody I am not paired with": own_cards.avoided_card([]),
        "examples to practise on": own_cards.examples_card(shown),
        "my rating beside the agreed one": own_cards.compared_card(lenient, more=True),
        "my own rating kept": own_cards.rated_card(ANSWER_ID),
        "my board": own_cards.board_card([row, Row(ANSWER_ID, "")]),
        "my board, with how I review": own_cards.board_card(
            [], AsReviewer(9, rated=4, helpful=3, agreement=Agreement(8, apart=0.7, habit=0.6, value=0.62))
        ),
        "my board, empty": own_cards.board_card([]),
        "why I review what I review": why.why_card(facts),
        "why I reviewed what I did": why.why_card(why.WhyFacts(3, 2, 2, 7, over=True)),
        "why I was left out": why.why_card(out),
        "how much I review, kept": wish_cards.wish_kept_card(Wish(most=2, one_more=True), "2030-04-01"),
        "how much I review, nothing": wish_cards.wish_kept_card(Wish(out=True), ""),
        "the criteria": rubric_cards.rubric_card("rubric-story-1", shipped(content).criteria, "en", may_change=True),
        "the criteria changed": rubric_cards.saved_card("team-1"),
    }


def _forms(content: Content) -> dict[str, Card | Form]:
    criteria = shipped(content).criteria
    review, entry = Review(id=REVIEW), Entry(id=ENTRY, label="C")
    example = calibration.examples(content)[0]
    return {
        "review an answer": review_forms.review_form(review, entry, criteria, Said(), "en"),
        "change a review": review_forms.review_form(review, entry, criteria, SAID, "en"),
        "report an answer": review_forms.flag_form(a.SendAnswerFlag(review=REVIEW), t("Report this answer")),
        "report a review": review_forms.flag_form(a.SendReviewFlag(review=REVIEW), t("Report this review")),
        "ask one question": review_forms.ask_back_form(review),
        "answer the question": review_forms.answer_back_form(review),
        "ask for another look": review_forms.appeal_form(entry),
        "a mentor's own score": review_forms.override_form(entry, criteria, "en"),
        "rate an example": review_forms.try_form(example.id, criteria, "en"),
        "rate my own answer": review_forms.self_rating_form(ANSWER_ID, criteria, SCORES, "en"),
        "the criteria as text": review_forms.rubric_form(criteria, "en"),
        "how much I review": wish_cards.wishes_form(Wish(), ""),
    }
