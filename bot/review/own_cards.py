"""Cards for one person alone: practice on examples, the board, whom they are not paired with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.base.text import Text, t, tn
from bot.chat.cards import Button, Buttons, Card, Element, Field, Fields, Header, Paragraph, Place, Quote
from bot.review import reviewing_actions as a
from bot.review.as_reviewer import AsReviewer
from bot.review.board import Row
from bot.review.calibration import Compared

MORE = t("You tend to give more. Before you give a 5, look for what a 5 asks.")
LESS = t("You tend to give less. Before you give a 1, look for what there is.")
A_HABIT = 0.4
"""Points more or less than others from which a reviewer is told of it."""
FAR_OFF = 0.6
"""An agreement below this (`bot.review.agreement`) offers practice."""
BOARD_ANSWER = "board.answer"
"""The place below an answer on one's board; its subject is the answer's id."""


def avoided_card(names: Sequence[tuple[str, str]]) -> Card:
    """Whom somebody is not to be paired with, for their eyes alone."""
    elements: list[Element] = []
    for id_, name in names:
        elements += [Paragraph(name), Buttons((Button(t("Pair us again"), a.LiftExclusion(exclusion=id_)),))]
    if not names:
        elements.append(Paragraph(t("There is nobody with whom you asked not to be paired.")))
    kept = t("Neither of you reviews the other. Only you see this and can take it back; it shows in no list or reason.")
    elements.append(Paragraph(kept, quiet=True))
    return Card(t("Not to be paired with you"), tuple(elements))


@dataclass(frozen=True, slots=True)
class ExampleShown:
    """An example that can be rated."""

    id: str
    question: str
    text: str
    tried: bool = False


def examples_card(examples: Sequence[ExampleShown]) -> Card:
    """The examples to practise on, the first that was not tried yet in full."""
    open_ones = [example for example in examples if not example.tried]
    done = len(examples) - len(open_ones)
    elements: list[Element] = [
        Paragraph(
            t(
                "Others have agreed on a rating for each of these, with reasons. Rate one, and see where you differ. "
                "You can review without it."
            )
        )
    ]
    shown = open_ones or list(examples)
    if done:
        elements.append(
            Paragraph(
                tn("You have tried {count} of {all}.", "You have tried {count} of {all}.", done, all=len(examples)),
                quiet=True,
            )
        )
    first = shown[0]
    elements += [
        Header(first.question),
        Quote(first.text),
        Buttons((Button(t("Rate it"), a.TryExample(example=first.id), style="primary"),)),
    ]
    return Card(t("Practise rating answers"), tuple(elements))


def compared_card(compared: Sequence[Compared], *, more: bool) -> Card:
    """One's own scores beside the agreed ones, with a reason for each."""
    agreeing = sum(each.agrees for each in compared)
    elements: list[Element] = [
        Paragraph(
            t("You agree on {agreeing} of {all}; a point more or less counts as agreeing.", agreeing=agreeing,
              all=len(compared))
        )
    ]  # fmt: skip
    for each in compared:
        elements += [
            Header(each.name),
            Paragraph(t("You {mine}, agreed {agreed}.", mine=each.mine, agreed=each.agreed)),
            Paragraph(each.why),
        ]
    tendency = _tendency(compared)
    if tendency is not None:
        elements.append(Paragraph(tendency))
    if more:
        elements.append(Buttons((Button(t("Another example"), a.ListExamples(), style="primary"),)))
    return Card(t("Your rating beside the agreed one"), tuple(elements))


def _tendency(compared: Sequence[Compared]) -> Text | None:
    """Whether somebody is strict or lenient throughout; nothing where it goes both ways or agrees."""
    apart = [each.mine - each.agreed for each in compared if not each.agrees]
    if len(apart) < 2:
        return None
    if all(difference > 0 for difference in apart):
        return MORE
    if all(difference < 0 for difference in apart):
        return LESS
    return None


def rated_card(answer: str) -> Card:
    """After somebody rated their own answer."""
    note = Paragraph(t("It stands on your board beside what the rules and others find."))
    buttons = (Button(t("My board"), a.ShowBoard()), Button(t("Change it"), a.OpenSelfRating(answer=answer)))
    return Card(t("Your own rating is kept."), (note, Buttons(buttons)))


def board_card(rows: Sequence[Row], reviews: AsReviewer | None = None) -> Card:
    """Self, rules, peers and mentor side by side, newest first, and how one reviews, for the person alone."""
    elements: list[Element] = []
    for row in rows:
        elements += [Header(row.question or t("A text of your own")), Fields(tuple(_fields(row)))]
        if row.after_feedback:
            elements.append(Paragraph(t("You rated it after you had the feedback."), quiet=True))
        elements += [Buttons((_rate(row),)), Place(BOARD_ANSWER, row.answer)]
    if not rows:
        elements.append(Paragraph(t("You have no answer yet that was scored.")))
    if reviews is not None and reviews.given:
        elements += _as_reviewer(reviews)
    elements.append(
        Paragraph(
            t(
                "Only you see this. All of it is from 1 to 5. You, the rules, your peers and a mentor each look at "
                "something else, so the figures need not agree."
            ),
            quiet=True,
        )
    )
    return Card(t("Your board"), tuple(elements))


def _as_reviewer(reviews: AsReviewer) -> list[Element]:
    """What one's own reviews come to; a way to practise where they lie far from those of others."""
    elements: list[Element] = [
        Header(t("As a reviewer")),
        Paragraph(
            tn(
                "{count} review of yours counted in the last twelve weeks.",
                "{count} reviews of yours counted in the last twelve weeks.",
                reviews.given,
            )
        ),
    ]
    if reviews.rated:
        elements.append(
            Paragraph(
                t("Authors said of {rated} whether it helped: {helpful} did.", rated=reviews.rated,
                  helpful=reviews.helpful)
            )
        )  # fmt: skip
    found = reviews.agreement
    if found is None:
        return elements
    elements.append(
        Paragraph(
            t("On average you lie {apart} points from what the others found, your own strictness set aside.",
              apart=f"{found.apart:.1f}")
        )
    )  # fmt: skip
    if abs(found.habit) >= A_HABIT:
        elements.append(Paragraph(MORE if found.habit > 0 else LESS))
    if abs(found.habit) >= A_HABIT or found.value < FAR_OFF:
        elements.append(Buttons((Button(t("Practise rating"), a.ListExamples()),)))
    return elements


def _fields(row: Row) -> list[Field]:
    peers = t("Peers, {count} of them", count=row.reviews) if row.reviews else t("Peers")
    found = [
        Field(t("You"), _number(row.own)),
        Field(t("Rules"), _number(row.rules)),
        Field(peers, _number(row.peers)),
        Field(t("Mentor"), _number(row.mentor)),
    ]
    if row.levels:
        found.append(Field(t("Colleagues read"), ", ".join(row.levels)))
    return found


def _number(value: float | None) -> Text | str:
    return f"{value:.1f}" if value is not None else t("not yet")


def _rate(row: Row) -> Button:
    rate = t("Rate it yourself") if row.own is None else t("Change my rating")
    return Button(rate, a.OpenSelfRating(answer=row.answer))
