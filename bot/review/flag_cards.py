"""Cards about what was reported, and the short private sentences that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Element, Header, Paragraph, Quote
from bot.review import reviewing_actions as a
from bot.review.results_posts import Note


@dataclass(frozen=True, slots=True)
class ReportedReview:
    """A review that was reported: its words and the reason, no names."""

    id: str
    label: str
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ReportedAnswer:
    """An answer that was reported: its words and the reason, no names."""

    entry: str
    label: str
    text: str
    reason: str


def queue_card(reviews: Sequence[ReportedReview], answers: Sequence[ReportedAnswer]) -> Card:
    """What waits for a moderator's decision. Nobody is named: neither who wrote it nor who reported it."""
    elements: list[Element] = []
    for review in reviews:
        elements += [
            Header(t("A review of answer {label}", label=review.label)),
            *(Quote(words) for words in review.words if words),
            *_reason(review.reason),
            _decide(a.UpholdReviewFlag(review=review.id), a.DismissReviewFlag(review=review.id)),
        ]
    for answer in answers:
        elements += [
            Header(t("Answer {label}", label=answer.label)),
            Quote(answer.text),
            *_reason(answer.reason),
            _decide(a.UpholdAnswerFlag(entry=answer.entry), a.DismissAnswerFlag(entry=answer.entry)),
        ]
    if not elements:
        elements.append(Paragraph(t("Nothing waits for a decision.")))
    return Card(t("Reported in reviews"), tuple(elements))


def _reason(reason: str) -> list[Element]:
    return [Paragraph(t("Reported because:")), Quote(reason)]


def _decide(
    uphold: a.UpholdReviewFlag | a.UpholdAnswerFlag, dismiss: a.DismissReviewFlag | a.DismissAnswerFlag
) -> Buttons:
    return Buttons((Button(t("Take it out"), uphold, style="danger"), Button(t("Let it stand"), dismiss)))


NOTES: tuple[Note, ...] = (
    "thanked", "under_check", "answer_out", "answer_back", "review_out", "flag_upheld", "flag_dismissed",
    "flags_wait", "no_mentor",
)  # fmt: skip
"""The notes that are one sentence and no more."""


def _sentences(label: str) -> dict[str, Text]:
    return {
        "thanked": t("An author thanks you for your review of answer {label}.", label=label),
        "under_check": t(
            "Somebody reported your answer {label}, and a moderator is looking at it. Until then its reviewers "
            "do not see it.",
            label=label,
        ),
        "answer_out": t(
            "A moderator has taken your answer {label} out of the round. It is still yours, with its feedback. "
            "Please speak to a moderator if you think this is wrong.",
            label=label,
        ),
        "answer_back": t(
            "A moderator has looked at your answer {label}: it stands, and its reviews go on.", label=label
        ),
        "review_out": t(
            "A moderator has taken out your review of answer {label}, and its author does not see it. "
            "Please speak to a moderator if you think this is wrong.",
            label=label,
        ),
        "flag_upheld": t("A moderator agrees with your report about answer {label}. It is taken out.", label=label),
        "flag_dismissed": t(
            "A moderator has looked at what you reported about answer {label} and lets it stand.", label=label
        ),
        "flags_wait": t("Something was reported in a round of reviews. It is hidden until you decide."),
        "no_mentor": t(
            "An author asks for a mentor's look at answer {label}, and no mentor is free. Can you find one?",
            label=label,
        ),
    }


def note_card(note: Note, label: str) -> Card:
    """One private sentence, with the way to what it is about."""
    sentence = _sentences(label)[note]
    if note == "flags_wait":
        return Card(sentence, (Buttons((Button(t("See what was reported"), a.OpenFlags()),)),))
    return Card(sentence)


def reported_card() -> Card:
    """After something was reported."""
    return Card(t("Thank you. It is hidden now, and a moderator looks at it. Nobody learns that it was you."))


def decided_card(*, uphold: bool) -> Card:
    """After a moderator decided."""
    return Card(t("It is taken out.") if uphold else t("It stands again."))
