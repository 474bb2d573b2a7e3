"""What a reviewer sees: the answer to read, what its author changed since, and afterwards the rules beside oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers.cards import finding_name, rating_text
from bot.answers.delta import rating_of
from bot.base.text import Text, t
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph, Quote
from bot.review import reviewing_actions as a
from bot.review.actions import DeclineReview, OpenReview, ReviewNext, SwapReview
from bot.review.given import Said
from bot.review.reviewing import Outcome
from bot.review.swapping import Refused
from bot.scoring.explain import shown
from bot.scoring.report import Report
from content.schema import Criterion


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer for its reviewer. `author` is a name only where the answer stands in the channel under it."""

    review: str
    round: str
    label: str
    question: str
    text: str
    until: str
    author: str | None = None
    pair: bool = False
    """Two people take part, so nobody is hidden from anybody."""
    changed: bool = False
    """Its author has another text by now."""
    written: bool = False
    may_write: bool = True
    closed: bool = False
    may_hand_on: bool = True
    """It is still theirs and to be written."""
    may_swap: bool = True
    swapped: bool = False
    """It was just had in place of another."""


def reading_card(reading: Reading) -> Card:
    """The answer as it was handed out, whatever its author changed since, and what can be done with it."""
    elements: list[Element] = [
        Paragraph(reading.question, quiet=True),
        Paragraph(_who(reading), quiet=True),
        Quote(reading.text),
    ]
    if reading.swapped:
        elements.insert(0, Paragraph(t("The other answer goes to somebody else. You have this one instead.")))
    if reading.changed:
        since = t(
            "Its author has changed it since. You review what stands here; what is new you may take into account."
        )
        see = Button(t("See the new text"), a.SeeChanges(review=reading.review))
        elements += [Paragraph(since), Buttons((see,))]
    if reading.closed:
        elements.append(Paragraph(CLOSED))
    else:
        elements.append(Paragraph(t("There is time until {until}.", until=reading.until), quiet=True))
    elements.append(_buttons(reading))
    return Card(t("Answer {label}", label=reading.label), tuple(elements))


CLOSED = t("The round is closed. What you hand in now still goes to the author; it does not count.")


def _who(reading: Reading) -> Text:
    if reading.pair:
        return t("Only two people take part: its author knows that it is you, and you know who they are.")
    if reading.author is not None:
        return t(
            "{author} gave it in the thread, under that name, so it is not hidden from you. You are hidden from them.",
            author=reading.author,
        )
    return t("It was given privately: I tell nobody whose it is, and its author never learns who you are.")


def _buttons(reading: Reading) -> Buttons:
    found: list[Button] = []
    if reading.may_write:
        label = t("Change my review") if reading.written else t("Write my review")
        found.append(Button(label, a.WriteReview(review=reading.review), style="primary"))
    if reading.may_swap:
        found.append(Button(t("Swap it for another"), SwapReview(review=reading.review)))
    if reading.may_hand_on:
        found.append(Button(t("Somebody else, please"), DeclineReview(review=reading.review)))
    found.append(Button(t("Report this answer"), a.FlagAnswer(review=reading.review)))
    return Buttons(tuple(found))


def not_swapped_card(review: str, refused: Refused) -> Card:
    """Where there is no other answer: the one at hand can be kept, or handed on all the same."""
    title = {
        Refused.NONE_FITS: t("There is no other answer for you just now"),
        Refused.ENOUGH: t("You have swapped as often as it goes in this round"),
    }[refused]
    choice = Paragraph(t("Keep this one, or hand it on to somebody else: nothing is held against you."))
    buttons = Buttons(
        (
            Button(t("Back to the answer"), OpenReview(review=review), style="primary"),
            Button(t("Somebody else, please"), DeclineReview(review=review)),
        )
    )
    return Card(title, (choice, buttons))


def changes_card(review: str, label: str, new: str, places: Sequence[tuple[str, str]]) -> Card:
    """What the author took out and put in after the answer was handed out, then the whole new text."""
    elements: list[Element] = []
    for before, after in places:
        if before:
            elements += [Paragraph(t("Was there and is not any more:")), Quote(before)]
        if after:
            elements += [Paragraph(t("Is new:")), Quote(after)]
    elements += [Header(t("The whole of it now")), Quote(new)]
    elements.append(Buttons((Button(t("Write my review"), a.WriteReview(review=review), style="primary"),)))
    return Card(t("What changed in answer {label}", label=label), tuple(elements))


@dataclass(frozen=True, slots=True)
class Beside:
    """A review that was handed in, beside what the rules said. `report` is None where the answer is gone."""

    label: str
    said: Said
    criteria: Sequence[Criterion]
    report: Report | None
    names: Mapping[str, str]
    left: int
    round: str


OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.STORED: t("Your review is in. You can change it until the round closes."),
    Outcome.SAME: t("Your review is in already, word for word."),
    Outcome.CHANGED: t("Your review is changed. Its author sees this version."),
    Outcome.EXTRA: t("Your review is in. It had been handed on meanwhile; yours counts all the same."),
    Outcome.LATE: t("The round is closed already. Your review goes to the author as it is; it does not count."),
}


def handed_in_card(outcome: Outcome, beside: Beside, language: str) -> Card:
    """What became of a review, then one's own view and that of the rules side by side."""
    elements: list[Element] = [Header(t("You"))]
    elements.append(Fields(tuple(_score(criterion, beside.said, language) for criterion in beside.criteria)))
    elements += [Header(t("The rules")), *_rules(beside)]
    elements.append(
        Paragraph(t("They count words and figures; you read a person. Where you differ, ask yourself why."), quiet=True)
    )
    if beside.left:
        elements.append(Buttons((Button(t("The next one"), ReviewNext(round=beside.round), style="primary"),)))
    return Card(OUTCOMES[outcome], tuple(elements))


def _score(criterion: Criterion, said: Said, language: str) -> Field:
    return Field(criterion.name.in_language(language), t("{score} of 5", score=said.scores.get(criterion.id, 0)))


def _rules(beside: Beside) -> list[Element]:
    report = beside.report
    if report is None:
        return [Paragraph(t("The answer is gone, and with it what the rules said."))]
    rating = rating_of(report)
    if rating is None:
        return [Paragraph(report.abstained_text or t("They gave this answer no rating."))]
    parts = shown(report)
    elements: list[Element] = [Paragraph(rating_text(rating))]
    found = tuple(finding_name(finding.code, beside.names) for finding in (*parts.findings, *parts.rest))
    elements.append(Bullets(found) if found else Paragraph(t("They found nothing to mend.")))
    if parts.strength is not None:
        elements += [Paragraph(parts.strength.text), Quote(parts.strength.evidence.quote)]
    return elements


def nothing_left_card() -> Card:
    """Nothing is left to review in a round."""
    return Card(t("You have handed in all your reviews of this round. Thank you."))
