"""Cards for those who review in a round, and for authors whose answer it could not take: lists, reminders, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Header, Paragraph, Quote
from bot.review.actions import OpenWishes, OptOut, ReviewNext
from content.loader import Content

MINUTES = 8
"""What one review takes, as people are told."""
SELF_REVIEW = (
    t("Could somebody who was not there say where it was, what was at stake and what you had to reach?"),
    t("Does every important step say what you did yourself, and why this way rather than another?"),
    t("Is the result a figure or a fact that somebody else could check?"),
    t("Does it end with what you do differently since?"),
)
"""What somebody asks of their own answer where nobody else can review it."""


@dataclass(frozen=True, slots=True)
class Task:
    """One answer that somebody is asked to review."""

    label: str
    question: str
    private: bool = False


def notice_card(round: str, tasks: Sequence[Task], until: str, *, pair: bool, mentor: bool) -> Card:
    """What one person is asked to review, with how long it takes and who learns what of whom."""
    title = tn("{count} answer to review by {until}", "{count} answers to review by {until}", len(tasks), until=until)
    elements: list[Element] = [
        _listed(tasks),
        Paragraph(_how_long(len(tasks))),
        Paragraph(_who_knows(tasks, pair=pair), quiet=True),
    ]
    if mentor:
        elements.append(Paragraph(t("You are asked as a mentor: your reviews hold the scale in place."), quiet=True))
    return Card(title, (*elements, _task_buttons(round)))


def reminder_card(round: str, tasks: Sequence[Task], until: str, *, last: bool) -> Card:
    """What somebody still owes, at half time or on the last day."""
    title = (
        tn("{count} review is still to come, by {until}", "{count} reviews are still to come, by {until}", len(tasks),
           until=until)
        if last
        else tn("Half time: {count} review is still to come", "Half time: {count} reviews are still to come",
                len(tasks))
    )  # fmt: skip
    ends = () if last else (Paragraph(t("There is time until {until}.", until=until)),)
    last_word = (Paragraph(t("I do not remind you again."), quiet=True),) if last else ()
    return Card(title, (_listed(tasks), *ends, Paragraph(_how_long(len(tasks))), *last_word, _task_buttons(round)))


def _listed(tasks: Sequence[Task]) -> Bullets:
    """The answers by their question, which is read once."""
    labels: dict[str, list[str]] = {}
    for task in tasks:
        labels.setdefault(task.question, []).append(task.label)
    return Bullets(
        tuple(
            tn("Answer {labels}: {question}", "Answers {labels}: {question}", len(found), labels=", ".join(found),
               question=question)
            for question, found in labels.items()
        )
    )  # fmt: skip


def _how_long(count: int) -> Text:
    return t("That takes about {minutes} minutes in all.", minutes=MINUTES * count)


def _who_knows(tasks: Sequence[Task], *, pair: bool) -> Text:
    if pair:
        return t("Two people take part, so the author knows that it is you.")
    if all(task.private for task in tasks):
        return t("Authors never learn who reviewed them, and you do not learn who they are.")
    return t(
        "Authors never learn who reviewed them. You may know who they are: what was answered in the thread stands "
        "there under its author's name."
    )


def _task_buttons(round: str) -> Buttons:
    return Buttons(
        (
            Button(t("Start"), ReviewNext(round=round), style="primary"),
            Button(t("Not this time"), OptOut(round=round)),
        )
    )


def declined_card(found: bool) -> Card:
    """After somebody handed a review on."""
    if found:
        return Card(t("That is fine. The answer goes to somebody else."))
    return Card(t("This review is not yours any more, so there is nothing to hand on."))


def out_card(count: int) -> Card:
    """After somebody left the reviewing of a round."""
    said = tn("{count} review goes to somebody else.", "{count} reviews go to others.", count)
    none = t("You have no review left in this round.")
    more = Paragraph(t("You get no reminders of this round. Your own answers are reviewed all the same."))
    wishes = Buttons((Button(t("How much I review"), OpenWishes()),))
    return Card(said if count else none, (more, wishes))


def alone_card(question: str, text: str, content: Content, language: str) -> Card:
    """For the author of the only answer where there is no mentor: questions to review it by, and a good example."""
    example = next(iter(content.examples.values()))
    return Card(
        t("Nobody else answered this time, so review your answer yourself"),
        (
            Paragraph(question, quiet=True),
            Quote(text),
            Header(t("Read it aloud once, then ask:")),
            Bullets(SELF_REVIEW, numbered=True),
            Header(t("For comparison, an answer that does all four")),
            Paragraph(example.question.in_language(language), quiet=True),
            Quote(example.strong.in_language(language)),
            Paragraph(t("In the next round your answer is the first to be given reviewers."), quiet=True),
        ),
    )


def too_late_card(question: str) -> Card:
    """For the author of an answer that came after the cut-off of its round."""
    later = t("Its reviewers are half through already. It goes into the next round by itself.")
    return Card(t("Your answer came too late for this round of reviews"), (Paragraph(question, quiet=True),
                                                                         Paragraph(later)))  # fmt: skip
