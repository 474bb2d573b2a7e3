"""What the daily question looks like, and the cards about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Element, Header, Paragraph, Place, Quote
from bot.questions.actions import OpenSuggestion, OpenVeto, WhyQuestion
from bot.questions.times import day_for

ACTIONS = "question.actions"
"""The place on a question's card where other rooms put their buttons; its subject is the slot's id."""


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
    why = Button(t("Why this question?"), WhyQuestion(slot=asking.slot))
    return Card(title, (*elements, Place(ACTIONS, asking.slot), Buttons((why,))))


def closed_card(asking: Asking) -> Card:
    """The same question once it takes no more answers."""
    why = Button(t("Why this question?"), WhyQuestion(slot=asking.slot))
    return Card(
        t("{programme}: this question is closed", programme=asking.programme),
        (Paragraph(asking.text), Paragraph(t("It takes no more answers."), quiet=True), Buttons((why,))),
    )


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
            elements.append(Buttons((Button(t("Why this question?"), WhyQuestion(slot=today.slot)),)))
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
    """Why a question came, sentence by sentence; a moderator can veto it from here."""
    buttons = [Button(t("Suggest a question"), OpenSuggestion())]
    if may_veto:
        buttons.append(Button(t("Ask this no more"), OpenVeto(slot=slot)))
    return Card(
        t("Why this question came"),
        (Quote(text), *(Paragraph(reason) for reason in reasons), Buttons(tuple(buttons))),
    )


def why_none_card(todays: Sequence[Today]) -> Card:
    """Why no question came today."""
    return Card(t("Why no question came today"), today_elements(todays))
