"""Cards about a round: its post in the channel, where it stands, and what whoever runs it is told."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.text import Text, t, tn
from bot.chat.cards import Button, Buttons, Card, Element, Field, Fields, Paragraph
from bot.feature.pages import page_button
from bot.review.actions import ResumeRounds, ReviewNext, RoundStatus
from bot.review.shortage import Shortage
from bot.review.shortage_cards import what_is_missing
from bot.review.states import TAKING_REVIEWS
from storage.tables.review import RoundState

ROUND_PAGE = "round"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a round stands, in counts only. `until` is a moment as whoever reads the card reads moments."""

    round: str
    number: int
    name: str
    state: RoundState
    answers: int = 0
    people: int = 0
    each: int = 0
    """Reviews that a group of this size gives each answer."""
    fewest: int = 0
    """Reviews that the answer with fewest has, handed in or still to come."""
    most: int = 0
    """Reviews that the answer with most has."""
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
    following: str = ""
    """When answers are handed out next; empty where answers are counted."""


def hub_card(standing: Standing) -> Card:
    """The post in the channel, whatever the round is at."""
    title = _title(standing)
    match standing.state:
        case RoundState.REVIEWING | RoundState.GRACE:
            return Card(title, (*_under_review(standing), _hub_buttons(standing)))
        case RoundState.CLOSING:
            return Card(title, (Paragraph(t("Reviewing is over. What came of it is being put together.")),))
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
                "{count} answer is in this round.",
                "{count} answers are in this round.",
                standing.answers,
            )
        ),
        Fields((Field(t("Reviews handed in"), t("{given} of {asked}", given=standing.given, asked=standing.asked)),)),
    ]
    if standing.each < standing.wanted:
        elements.append(Paragraph(_small_group(standing), quiet=True))
    elements += _withdrawn(standing)
    elements.append(
        Paragraph(
            t("Each reviewer gets their answers in private. All reviews reach their authors together."), quiet=True
        )
    )
    return tuple(elements)


def _small_group(standing: Standing) -> Text:
    if standing.people == 2:
        return t("Two people take part, so they review each other: each knows who their reviewer is.")
    if standing.fewest != standing.most:
        return t(
            "{people} people take part. Answers have from {fewest} to {most} reviews, written or still to come.",
            people=standing.people,
            fewest=standing.fewest,
            most=standing.most,
        )
    if standing.most != standing.each:
        return tn(
            "{people} people take part. Each answer has {count} review, written or still to come.",
            "{people} people take part. Each answer has {count} reviews, written or still to come.",
            standing.most,
            people=standing.people,
        )
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
        "{count} review was written in all.",
        "{count} reviews were written for {answers} answers.",
        standing.given,
        answers=standing.answers,
    )
    told = Paragraph(t("Authors have theirs in private."), quiet=True)
    return (Paragraph(got), *_withdrawn(standing), told, _on_a_page(standing))


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


def status_card(standing: Standing, mine: int, shortage: Shortage | None = None) -> Card:
    """Where a round stands, for anybody: counts, and what the reader has left themselves.

    `shortage` is for whoever runs the rounds: what is missing in the round that is open.
    """
    elements: list[Element] = [Fields(standing_fields(standing)), *_withdrawn(standing)]
    if shortage is not None and shortage.missing:
        elements += what_is_missing(shortage, open_now=standing.state in TAKING_REVIEWS)
    if mine:
        left = tn("You have {count} review left.", "You have {count} reviews left.", mine)
        start = Button(t("Start"), ReviewNext(round=standing.round), style="primary")
        elements += [Paragraph(left), Buttons((start,))]
    elements.append(_on_a_page(standing))
    return Card(t('Round {number} of "{name}"', number=standing.number, name=standing.name), tuple(elements))


def standing_fields(standing: Standing) -> tuple[Field, ...]:
    """Where a round stands, in figures."""
    fields = [Field(t("State"), STATES[standing.state])]
    if standing.state not in (RoundState.COLLECTING, RoundState.SKIPPED):
        fields += [
            Field(t("Answers"), str(standing.answers)),
            Field(t("Reviews handed in"), t("{given} of {asked}", given=standing.given, asked=standing.asked)),
        ]
    if standing.until:
        fields.append(Field(t("Until"), standing.until))
    fields.append(Field(t("Answers for the next round"), str(standing.waiting)))
    if standing.following:
        fields.append(Field(t("Handed out next"), standing.following))
    return tuple(fields)


def _on_a_page(standing: Standing) -> Buttons:
    return Buttons((page_button(t("More on a page"), ROUND_PAGE, standing.round),))


def said_card(sentence: Text) -> Card:
    """What was done with a round, in one sentence."""
    return Card(sentence)
