"""What mentor and mentee send each other: questions with a day, comments, replies, targets; the weekly summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Header, Paragraph, Quote
from bot.feature.lists import and_more
from bot.mentoring import actions as a
from bot.mentoring.waiting import Waiting, span_text
from storage.tables.mentoring import MentorAssignment, MentoringTarget

BEGINNING = 160
MOST_WAITING = 8
MOST_IN_DIGEST = 12


@dataclass(frozen=True, slots=True)
class DigestPart:
    """What a week brought of one mentee, as far as it is shown."""

    name: str
    lines: tuple[Text, ...]


def assigned_card(row: MentorAssignment, mentor: str) -> Card:
    """To the mentee: a question, and by when."""
    return Card(
        t("{mentor} asks you to answer a question by {day}.", mentor=mentor, day=row.due_on.isoformat()),
        (Paragraph(row.question), Buttons((_answer_it(row),))),
    )


def assignment_sent_card(row: MentorAssignment, mentee: str) -> Card:
    """To the mentor: the question is on its way."""
    said = t("{mentee} is asked, and reminded once the day before {day}.", mentee=mentee, day=row.due_on.isoformat())
    return Card(t("Your question is on its way."), (Paragraph(row.question), Paragraph(said, quiet=True)))


def reminder_card(row: MentorAssignment, mentor: str, *, overdue: bool) -> Card:
    """To the mentee, once, the day before it is due; it may come late."""
    day = row.due_on.isoformat()
    title = t("The question {mentor} asked you is due on {day}.", mentor=mentor, day=day)
    if overdue:
        title = t("The question {mentor} asked you was due on {day}.", mentor=mentor, day=day)
    return Card(title, (Paragraph(row.question), Buttons((_answer_it(row),))))


def done_card(row: MentorAssignment, mentee: str, *, readable: bool) -> Card:
    """To the mentor: it is answered. Whether the answer can be read is the mentee's choice."""
    elements: list[Element] = [Paragraph(row.question)]
    if readable and row.answer_id:
        elements.append(Buttons((Button(t("Read it"), a.ReadMenteesAnswer(answer=row.answer_id), style="primary"),)))
    else:
        elements.append(Paragraph(t("{mentee} keeps this answer to themselves.", mentee=mentee)))
    return Card(t("{mentee} answered what you asked.", mentee=mentee), tuple(elements))


def comment_card(answer: str, mentor: str, question: str, text: str) -> Card:
    """To the mentee: what a mentor says about an answer."""
    elements: list[Element] = [Paragraph(question[:BEGINNING], quiet=True)] if question else []
    elements += [Quote(text), Buttons((Button(t("Ask a mentor"), a.OpenAsking(answer=answer)),))]
    return Card(t("{mentor} on your answer", mentor=mentor), tuple(elements))


def question_card(question: str, mentee: str, text: str, answer: str | None) -> Card:
    """To the mentor: what a mentee asks. The answer it is about can be read where it is shown."""
    buttons = [Button(t("Reply"), a.OpenReply(question=question), style="primary")]
    if answer:
        buttons.append(Button(t("Read the answer"), a.ReadMenteesAnswer(answer=answer)))
    return Card(t("{mentee} asks you something", mentee=mentee), (Quote(text), Buttons(tuple(buttons))))


def reply_card(mentor: str, text: str, reply: str) -> Card:
    """To the mentee: the reply, under what they had asked."""
    return Card(t("{mentor} replied to you", mentor=mentor), (Quote(text), Paragraph(t("Reply:")), Quote(reply)))


def note_card(mentor: str, text: str) -> Card:
    """To the mentee: a note that is for them."""
    return Card(t("A note from {mentor} for you", mentor=mentor), (Quote(text),))


def proposal_card(target: MentoringTarget, mentor: str) -> Card:
    """To the mentee: a target that a mentor proposes."""
    day = target.by_on.isoformat()
    return Card(
        t("{mentor} proposes a target: {level} by {day}.", mentor=mentor, level=target.level, day=day),
        (
            Paragraph(t("It becomes your target only if you take it; your answers are then held against that level.")),
            Buttons(
                (
                    Button(t("Take it"), a.TakeTarget(target=target.id), style="primary"),
                    Button(t("No, thank you"), a.DropTarget(target=target.id)),
                )
            ),
        ),
    )


def target_settled_card(mentee: str, *, taken: bool) -> Card:
    """To the mentor: what became of a proposal."""
    if taken:
        return Card(t("{mentee} took the target you proposed.", mentee=mentee))
    return Card(t("{mentee} did not take the target you proposed.", mentee=mentee))


def sent_card() -> Card:
    """After a mentor wrote to a mentee."""
    return Card(t("It is on its way to them."))


def dropped_card() -> Card:
    """After a target was refused or let go."""
    return Card(t("All right. You can set a target at any time."))


def target_card(target: MentoringTarget, standing: Text) -> Card:
    """To whoever's target it is: where it stands."""
    buttons = (
        Button(t("Change it"), a.OpenTarget()),
        Button(t("Let it go"), a.DropTarget(target=target.id)),
    )
    return Card(t("Your target"), (Paragraph(standing), Buttons(buttons)))


def asked_mentor_card(mentor: str, age: Text) -> Card:
    """To the mentee who asked: how long it may take, from what is known and without a promise."""
    return Card(t("{mentor} has your question.", mentor=mentor), (Paragraph(age),))


def waiting_card(waits: Sequence[Waiting], now: datetime) -> Card:
    """What waits longest for a mentor, the oldest first, each with how long it has waited; the rest as a count."""
    elements: list[Element] = []
    for one in waits[:MOST_WAITING]:
        elements.append(Paragraph(_waiting(one, now)))
        if one.text:
            elements.append(Quote(one.text[:BEGINNING]))
        elements.append(Buttons((_settle(one),)))
    if more := len(waits[MOST_WAITING:]):
        sentence = tn("{count} more waits after these.", "{count} more wait after these.", more)
        elements.append(Paragraph(sentence, quiet=True))
    if not waits:
        elements.append(Paragraph(t("Nothing waits for you.")))
    return Card(t("What waits for you"), tuple(elements))


def digest_card(parts: Sequence[DigestPart], waits: Sequence[Waiting], now: datetime) -> Card:
    """A mentor's week: each mentee of whom there is something to say, and what waits."""
    elements: list[Element] = []
    for part in parts[:MOST_IN_DIGEST]:
        elements += [Header(part.name), Bullets(part.lines)]
    elements += and_more(len(parts) - MOST_IN_DIGEST)
    if waits:
        span = span_text(now - waits[0].since)
        line = tn("{count} thing waits for you, for {span}.", "{count} things wait for you, the oldest for {span}.",
                  len(waits), span=span)  # fmt: skip
        elements += [Paragraph(line), Buttons((Button(t("Show them"), a.ShowWaiting(), style="primary"),))]
    elements.append(Buttons((Button(t("Mentors and mentees"), a.ListMentorships()),)))
    return Card(t("Your mentees this week"), tuple(elements))


def digest_saved_card(weekday: Text, at: str, *, wanted: bool) -> Card:
    """After a mentor said when the summary is to come."""
    if not wanted:
        return Card(t("The weekly summary does not come any more."))
    return Card(t("The weekly summary comes on {day} at {time}, your time.", day=weekday, time=at))


def _answer_it(row: MentorAssignment) -> Button:
    return Button(t("Answer it"), a.OpenAssignment(assignment=row.id), style="primary")


def _waiting(one: Waiting, now: datetime) -> Text:
    span = span_text(now - one.since)
    match one.kind:
        case "request":
            return t("{name} asked you to be their mentor {span} ago.", name=one.mentee, span=span)
        case "question":
            return t("{name} asked you something {span} ago.", name=one.mentee, span=span)
        case _:
            return t("{name} answered your question {span} ago.", name=one.mentee, span=span)


def _settle(one: Waiting) -> Button:
    if one.kind == "request":
        return Button(t("Accept"), a.AcceptMentee(mentorship=one.id), style="primary")
    if one.kind == "question":
        return Button(t("Reply"), a.OpenReply(question=one.id), style="primary")
    return Button(t("Read it"), a.ReadMenteesAnswer(answer=one.answer or ""), style="primary")
