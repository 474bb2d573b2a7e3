"""Cards about a round: its post in the channel, a reviewer's list, reminders, private words, where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph, Quote
from bot.review.actions import OpenWishes, OptOut, ResumeRounds, ReviewNext, RoundStatus
from content.loader import Content
from storage.tables.review import RoundState

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
class Standing:
    """Where a round stands, in counts only. `until` is a moment as people of its zone read it."""

    round: str
    number: int
    name: str
    state: RoundState
    answers: int = 0
    people: int = 0
    each: int = 0
    """Reviews that an answer is to get."""
    wanted: int = 0
    """Reviews that the programme would give each in a large enough group."""
    given: int = 0
    asked: int = 0
    """Reviews that were asked for and stand or are still to come."""
    withdrawn: int = 0
    waiting: int = 0
    """Answers that wait for the next round."""
    until: str = ""
    reason: str | None = None


def hub_card(standing: Standing) -> Card:
    """The post in the channel, whatever the round is at."""
    title = _title(standing)
    match standing.state:
        case RoundState.REVIEWING | RoundState.GRACE:
            return Card(title, (*_under_review(standing), _hub_buttons(standing)))
        case RoundState.CLOSED:
            return Card(title, _closed(standing))
        case RoundState.SKIPPED:
            return Card(title, (Paragraph(_why_skipped(standing)),))
        case RoundState.CANCELLED:
            word = Paragraph(t("Nobody owes a review of this round any more. The next one takes answers already."))
            return Card(title, (word,))
        case RoundState.PAUSED:
            return Card(title, (Paragraph(t("Deadlines move by the time it stands still. Nobody has to hurry.")),))
        case _:
            return Card(title, (Paragraph(t("Answers are being handed out.")),))


def _title(standing: Standing) -> Text:
    number = standing.number
    match standing.state:
        case RoundState.REVIEWING:
            return t("Peer reviews, round {number}: open until {until}", number=number, until=standing.until)
        case RoundState.GRACE:
            return t("Peer reviews, round {number}: the last reviews come in", number=number)
        case RoundState.CLOSED:
            return t("Peer reviews, round {number}: closed", number=number)
        case RoundState.SKIPPED:
            return t("Peer reviews, round {number}: left out", number=number)
        case RoundState.CANCELLED:
            return t("Peer reviews, round {number}: cancelled", number=number)
        case RoundState.PAUSED:
            return t("Peer reviews, round {number}: paused", number=number)
        case _:
            return t("Peer reviews, round {number}", number=number)


def _under_review(standing: Standing) -> tuple[Element, ...]:
    elements: list[Element] = [
        Paragraph(
            tn(
                "{count} answer is with its reviewers.",
                "{count} answers are with their reviewers.",
                standing.answers,
            )
        ),
        Fields((Field(t("Reviews handed in"), t("{given} of {asked}", given=standing.given, asked=standing.asked)),)),
    ]
    if standing.each < standing.wanted:
        elements.append(Paragraph(_small_group(standing), quiet=True))
    elements += _withdrawn(standing)
    elements.append(
        Paragraph(t("Reviewers got their answers in private. All reviews reach their authors together."), quiet=True)
    )
    return tuple(elements)


def _small_group(standing: Standing) -> Text:
    if standing.people == 2:
        return t("Two people take part, so they review each other: each knows who their reviewer is.")
    return tn(
        "{people} people take part, so each answer gets {count} review: with more, people would review each other.",
        "{people} people take part, so each answer gets {count} reviews: with more, people would review each other.",
        standing.each,
        people=standing.people,
    )


def _withdrawn(standing: Standing) -> tuple[Element, ...]:
    if not standing.withdrawn:
        return ()
    text = tn("{count} answer was withdrawn.", "{count} answers were withdrawn.", standing.withdrawn)
    return (Paragraph(text, quiet=True),)


def _closed(standing: Standing) -> tuple[Element, ...]:
    got = tn(
        "{count} review was written for {answers} of its answers.",
        "{count} reviews were written for {answers} answers.",
        standing.given,
        answers=standing.answers,
    )
    told = Paragraph(t("Authors have theirs in private."), quiet=True)
    return (Paragraph(got), *_withdrawn(standing), told)


def _why_skipped(standing: Standing) -> Text:
    if standing.answers:
        return t("Only one person answered, and there is no mentor to review it. Their next answer comes first.")
    return t("Nobody answered since the last round. The next one takes up whatever comes until then.")


def _hub_buttons(standing: Standing) -> Buttons:
    return Buttons(
        (
            Button(t("My reviews"), ReviewNext(round=standing.round), style="primary"),
            Button(t("Where it stands"), RoundStatus(round=standing.round)),
        )
    )


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
        Bullets(tuple(_task(task) for task in tasks)),
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
    listed = Bullets(tuple(_task(task) for task in tasks))
    return Card(title, (listed, *ends, Paragraph(_how_long(len(tasks))), *last_word, _task_buttons(round)))


def _task(task: Task) -> Text:
    return t("Answer {label}: {question}", label=task.label, question=task.question)


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


def stopped_card(name: str, channel: str, reason: str) -> Card:
    """For whoever runs rounds: they stand still since their channel was lost."""
    where = t("#{channel}", channel=channel) if channel else t("Their channel")
    what = (
        t("{channel} was archived.", channel=where)
        if reason == "archived"
        else t("{channel} is closed to me.", channel=where)
    )
    moved = t("When it is open again you can let them go on; deadlines move by the days in between.")
    return Card(t('The peer reviews "{name}" are paused', name=name), (Paragraph(what), Paragraph(moved)))


def opened_again_card(programme: str, name: str, channel: str) -> Card:
    """For whoever runs rounds: the channel is back."""
    where = t("#{channel}", channel=channel) if channel else t("Their channel")
    go_on = Buttons((Button(t("Go on"), ResumeRounds(programme=programme), style="primary"),))
    return Card(
        t('Shall the peer reviews "{name}" go on?', name=name),
        (Paragraph(t("{channel} is open again.", channel=where)), go_on),
    )


STATES = {
    RoundState.DRAFT: t("Not begun"),
    RoundState.COLLECTING: t("Taking answers"),
    RoundState.LOCKING: t("Handing out answers"),
    RoundState.ASSIGNING: t("Handing out answers"),
    RoundState.REVIEWING: t("Reviewing"),
    RoundState.GRACE: t("The last reviews come in"),
    RoundState.CLOSING: t("Closing"),
    RoundState.CLOSED: t("Closed"),
    RoundState.PAUSED: t("Paused"),
    RoundState.CANCELLED: t("Cancelled"),
    RoundState.SKIPPED: t("Left out"),
}


def status_card(standing: Standing, mine: int) -> Card:
    """Where a round stands, for anybody: counts, and what the reader has left themselves."""
    fields = [Field(t("State"), STATES[standing.state])]
    if standing.state not in (RoundState.COLLECTING, RoundState.SKIPPED):
        fields += [
            Field(t("Answers"), str(standing.answers)),
            Field(t("Reviews handed in"), t("{given} of {asked}", given=standing.given, asked=standing.asked)),
        ]
    if standing.until:
        fields.append(Field(t("Until"), standing.until))
    fields.append(Field(t("Answers for the next round"), str(standing.waiting)))
    elements: list[Element] = [Fields(tuple(fields)), *_withdrawn(standing)]
    if mine:
        left = tn("You have {count} review left.", "You have {count} reviews left.", mine)
        start = Button(t("Start"), ReviewNext(round=standing.round), style="primary")
        elements += [Paragraph(left), Buttons((start,))]
    return Card(t('Round {number} of "{name}"', number=standing.number, name=standing.name), tuple(elements))


def said_card(sentence: Text) -> Card:
    """What was done with a round, in one sentence."""
    return Card(sentence)
