"""What this room shows: what a reply or a set of closing questions says, quoting the words that are meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.base.text import Text, t
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Header, Paragraph, Quote
from bot.followups.actions import ListReplies, OpenClosingCheck, OpenFollowUp, OpenPace, ShowReply, TryAgain
from bot.followups.forms import FOLLOW_UPS
from bot.scoring.followups import ClosingReport, Drafted, FollowUpReport
from bot.scoring.followups.closing import Signals
from bot.scoring.report import Evidence

MISSING_SHOWN = 3
"""The most useful missing things come first; more than these would only discourage."""
QUOTE_SHOWN = 300
SIGNALS: Mapping[Signals, Text] = {
    "senior": t("Signals seniority."),
    "plain": t("Can be asked."),
    "junior": t("Signals somebody junior."),
    "do_not_ask": t("Better not asked in this round."),
}


def follow_up_button(answer: str) -> Button:
    """The button on a feedback card."""
    return Button(t("Practise a follow-up"), OpenFollowUp(answer=answer))


def reply_card(
    report: FollowUpReport, text: str, *, reply: str, answer: str, version: int, newest: int, number: int
) -> Card:
    """What is said of a reply: how it reads, what is there in its own words, what is missing, one suggestion."""
    elements: list[Element] = [Quote(_beginning(text))]
    if report.abstained is not None:
        elements.append(Paragraph(report.abstained))
    else:
        elements += _judged(report, text)
    if version < newest:
        line = t("It belongs to version {version} of your answer; there is a newer one.", version=version)
        elements.append(Paragraph(line, quiet=True))
    if number > 1:
        elements.append(Paragraph(t("Your attempt number {number} at this question.", number=number), quiet=True))
    elements.append(_by_rules())
    elements.append(
        Buttons(
            (
                Button(t("Try it again"), TryAgain(reply=reply), style="primary"),
                Button(t("Another follow-up"), OpenFollowUp(answer=answer)),
                Button(t("My replies"), ListReplies()),
            )
        )
    )
    return Card(FOLLOW_UPS[report.kind], tuple(elements))


def _judged(report: FollowUpReport, text: str) -> list[Element]:
    elements: list[Element] = [Paragraph(report.reading)] if report.reading is not None else []
    for remark in report.remarks:
        elements += _quoted(remark.quote, text)
        elements.append(Paragraph(remark.text))
    if any(part.found for part in report.parts):
        elements += [Header(t("What is there")), *_found(report, text)]
    if report.missing:
        lines = tuple(part.text for part in report.missing[:MISSING_SHOWN])
        elements += [Header(t("What an interviewer would still wait for")), Bullets(lines)]
    if report.suggestion is not None:
        elements += [Header(t("What would lift it")), Paragraph(report.suggestion)]
    return elements


def _found(report: FollowUpReport, text: str) -> list[Element]:
    """Each quoted sentence once, with all that it shows below it."""
    shown: dict[Evidence, list[Text]] = {}
    for part in report.parts:
        if part.quote is not None:
            name = t("{part}, in your story", part=part.text) if part.code in report.in_story else part.text
            shown.setdefault(part.quote, []).append(name)
    elements: list[Element] = []
    for quote, names in shown.items():
        elements += [*_quoted(quote, text), Bullets(tuple(names))]
    return elements


def _quoted(quote: Evidence, text: str) -> list[Element]:
    """The words that are meant, where they are not all of what stands above already."""
    return [] if quote.quote.strip() == text.strip() else [Quote(_beginning(quote.quote))]


def replies_card(replies: Sequence[tuple[str, Text, str]], answer: str | None) -> Card:
    """One's own latest replies, each as its id, its question and its words, and the way to another one."""
    elements: list[Element] = []
    for id_, question, text in replies:
        elements += [
            Paragraph(t("{question} “{words}”", question=question, words=_beginning(text, 120))),
            Buttons((Button(t("What it shows"), ShowReply(reply=id_)),)),
        ]
    if not replies:
        elements.append(
            Paragraph(t("You have replied to no follow-up yet. Interviewers ask one after nearly every story."))
        )
    buttons = [follow_up_button(answer)] if answer is not None else []
    buttons += [Button(t("Closing questions"), OpenClosingCheck()), Button(t("My speaking pace"), OpenPace())]
    elements.append(Buttons(tuple(buttons)))
    return Card(t("Your replies to follow-ups"), tuple(elements))


def closing_card(report: ClosingReport) -> Card:
    """What each drafted question signals and why, with a good one near it, and what is to be said of the set."""
    elements: list[Element] = []
    for drafted in report.drafted:
        elements += _drafted(drafted)
    if report.notes:
        elements += [Header(t("All of them together")), Bullets(tuple(report.notes))]
    elements += [_by_rules(), Buttons((Button(t("Change them"), OpenClosingCheck(), style="primary"),))]
    return Card(t("Your closing questions"), tuple(elements))


def _drafted(drafted: Drafted) -> list[Element]:
    elements: list[Element] = [
        Quote(_beginning(drafted.quote.quote)),
        Paragraph(t("{signals} {why}", signals=SIGNALS[drafted.signals], why=drafted.why)),
    ]
    if drafted.instead is not None:
        elements.append(Paragraph(drafted.instead))
    if drafted.signals != "senior":
        elements += [
            Paragraph(t("Such as: {question}", question=good.text), quiet=True) for good in drafted.nearest[:1]
        ]
    return elements


def pace_card(pace: int) -> Card:
    """After the pace was kept; 0 is none."""
    said = (
        t("The times beside your feedback now go by {pace} words a minute.", pace=pace)
        if pace
        else t("The times go by 150 words a minute, as for everybody who sets none.")
    )
    return Card(t("Your speaking pace"), (Paragraph(said), Buttons((Button(t("Change it"), OpenPace()),))))


def home_elements() -> tuple[Element, ...]:
    """The part of the home."""
    return (
        Header(t("Follow-ups")),
        Buttons(
            (
                Button(t("My replies"), ListReplies()),
                Button(t("Closing questions"), OpenClosingCheck()),
                Button(t("My speaking pace"), OpenPace()),
            )
        ),
    )


def _by_rules() -> Paragraph:
    return Paragraph(
        t("Read by rules; no language model. They do not see whether it is true. Practice, not a verdict on you."),
        quiet=True,
    )


def _beginning(quote: str, longest: int = QUOTE_SHOWN) -> str:
    return quote if len(quote) <= longest else quote[:longest].rsplit(" ", 1)[0] + " …"
