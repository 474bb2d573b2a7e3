"""What the daily question looks like, and the cards about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Element, Header, Paragraph, Place
from bot.questions.actions import OpenSuggestion, OpenVeto, WhyQuestion
from bot.questions.times import day_for

ACTIONS = "question.actions"
"""The place on a question's card where other rooms put the buttons used most; its subject is the slot's id."""
MORE = "question.more"
"""The place for their other buttons, behind "More"; its subject is the slot's id."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What the card of a posted question shows."""

    slot: str
    programme: str
    text: str
    reads_replies: bool
    """Whether what people write in the thread reaches us."""
    late_for: date | None = None
    """The day the question was meant for, where it is posted on a later one."""
    open_until: str | None = None
    """When it stops taking answers, by the programme's clock and with its zone."""


def question_card(asking: Asking, language: str) -> Card:
    """The question as it is posted: short, for it is read on phones."""
    title = t("{programme}: today's question", programme=asking.programme)
    if asking.late_for is not None:
        day = day_for(asking.late_for, language)
        title = t("{programme}: the question of {day}", programme=asking.programme, day=day)
    how = (
        t("Reply in the thread of this message, or answer privately with the button.")
        if asking.reads_replies
        else t("Answer with the button, or mention me in the thread of this message.")
    )
    elements: list[Element] = [Paragraph(asking.text), Paragraph(how, quiet=True)]
    if asking.open_until is not None:
        elements.append(Paragraph(t("Open until {when}.", when=asking.open_until), quiet=True))
    return Card(title, (*elements, Place(ACTIONS, asking.slot), _more(asking.slot)))


def closed_card(asking: Asking) -> Card:
    """The same question once it takes no more answers."""
    return Card(
        t("{programme}: this question is closed", programme=asking.programme),
        (Paragraph(asking.text), Paragraph(t("It takes no more answers."), quiet=True), _more(asking.slot)),
    )


def _more(slot: str) -> Buttons:
    """The way to all that is wanted less often, so that a question needs one row of buttons on a phone."""
    return Buttons((Button(t("More"), WhyQuestion(slot=slot)),))


@dataclass(frozen=True, slots=True)
class Today:
    """Where one programme stands today."""

    programme: str
    state: Text | str
    """Why there is no question yet; empty where there is one."""
    following: Text | None
    slot: str | None = None
    text: str | None = None
    takes_answers: bool = False


def today_elements(todays: Sequence[Today]) -> tuple[Element, ...]:
    """Today's question of each programme with its buttons, or why there is none, and when the next one comes."""
    elements: list[Element] = []
    for today in todays:
        elements.append(Header(today.programme))
        if today.slot is not None and today.text is not None:
            elements.append(Paragraph(today.text))
            if today.takes_answers:
                elements.append(Place(ACTIONS, today.slot))
            elements.append(_more(today.slot))
        else:
            elements.append(Paragraph(today.state))
        if today.following is not None:
            elements.append(Paragraph(today.following, quiet=True))
    return tuple(elements)


def today_card(todays: Sequence[Today]) -> Card:
    """Today's questions, for who asks."""
    if not todays:
        return no_programmes_card()
    return Card(t("Today's question"), today_elements(todays))


def no_programmes_card() -> Card:
    """No channel has daily questions yet."""
    return Card(t("No daily questions are set up yet."), (Paragraph(t("An admin can set them up in a channel.")),))


def why_card(text: str, reasons: Sequence[Text], *, slot: str, may_veto: bool) -> Card:
    """What is behind "More": why a question came, sentence by sentence, and the buttons used less often."""
    buttons = [Button(t("Suggest a question"), OpenSuggestion())]
    if may_veto:
        buttons.append(Button(t("Ask this no more"), OpenVeto(slot=slot)))
    return Card(
        t("About this question"),
        (
            Paragraph(text),
            Place(MORE, slot),
            Header(t("Why it came")),
            *(Paragraph(reason) for reason in reasons),
            Buttons(tuple(buttons)),
        ),
    )


def why_none_card(todays: Sequence[Today]) -> Card:
    """Why no question came today."""
    return Card(t("Why no question came today"), today_elements(todays))
