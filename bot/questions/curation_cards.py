"""Cards about the queue, vetoes, suggestions and the team's own questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.base.text import Text, t, tn
from bot.chat.cards import Button, Buttons, Card, Choice, Element, Paragraph, Quote, Select
from bot.questions.actions import (
    ApproveSuggestion,
    ListOwnQuestions,
    OpenDecline,
    OpenOwnQuestion,
    OpenQueueForm,
    OpenSuggestion,
    QueueChosen,
    RemoveFromQueue,
    RetireOwnQuestion,
    ReviewSuggestions,
    ShowQueue,
    TakeBackVeto,
    VetoChosen,
)
from content.schema import Question
from storage.tables.questions import OwnQuestion, Programme, QueueEntry, Suggestion, SuggestionState, Veto

SHOWN = 10
"""Entries of a list that one card shows."""
NOT_FOUND = t("No question has words like these.")
LABEL = 75
"""Characters of a question in a select."""


def queue_card(programme: Programme, entries: Sequence[QueueEntry], texts: Mapping[str, str]) -> Card:
    """What is asked next in a programme; `texts` gives each question's words by id."""
    elements: list[Element] = []
    for entry in entries[:SHOWN]:
        elements.append(Paragraph(texts.get(entry.question_id, entry.question_id)))
        elements.append(Buttons((Button(t("Remove"), RemoveFromQueue(entry=entry.id)),)))
    if not entries:
        elements.append(Paragraph(t("The queue is empty: questions are chosen by rule.")))
    elements.extend(_more(len(entries) - SHOWN))
    add = Button(t("Add a question"), OpenQueueForm(programme=programme.id))
    return Card(t('Asked next in "{name}"', name=programme.name), (*elements, Buttons((add,))))


def queued_card(programme: Programme, text: str, entry: str) -> Card:
    """After a question was queued."""
    remove = Button(t("Remove from the queue"), RemoveFromQueue(entry=entry))
    return Card(t('Queued in "{name}".', name=programme.name), (Quote(text), Buttons((remove,))))


def unqueued_card(*, was_there: bool) -> Card:
    """After a question was taken out of the queue."""
    return Card(t("It is out of the queue.") if was_there else t("It was not in the queue any more."))


def which_queue_card(programmes: Sequence[Programme]) -> Card:
    """Several programmes can be meant: the queue of each is a button away."""
    buttons = tuple(Button(one.name, ShowQueue(programme=one.id)) for one in programmes)
    return Card(t("Whose queue?"), (Buttons(buttons),))


def found_card(programme: Programme, found: Sequence[Question], language: str) -> Card:
    """Questions that may have been meant, to choose the next one from."""
    if not found:
        again = Button(t("Try other words"), OpenQueueForm(programme=programme.id))
        return Card(NOT_FOUND, (Buttons((again,)),))
    select = Select(t("Question"), QueueChosen(programme=programme.id), _choices(found, language))
    return Card(t("Which of these is to be asked next?"), (select,))


def veto_which_card(found: Sequence[Question], language: str) -> Card:
    """Questions that may have been meant, to veto one."""
    if not found:
        return Card(NOT_FOUND)
    select = Select(t("Question"), VetoChosen(), _choices(found, language))
    return Card(t("Which of these is not to be asked any more?"), (select,))


def _choices(found: Sequence[Question], language: str) -> tuple[Choice, ...]:
    return tuple(Choice(one.id, shortened(one.text.in_language(language))) for one in found)


def shortened(text: str) -> str:
    """A question's text, as far as it fits a select."""
    return text if len(text) <= LABEL else f"{text[: LABEL - 1].rstrip()}…"


def vetoed_card(text: str, veto: str) -> Card:
    """After a veto."""
    back = Button(t("Take the veto back"), TakeBackVeto(veto=veto))
    return Card(t("This question is not asked any more."), (Quote(text), Buttons((back,))))


def veto_list_card(vetoes: Sequence[Veto], texts: Mapping[str, str]) -> Card:
    """Every question that is not asked."""
    elements: list[Element] = []
    for veto in vetoes[:SHOWN]:
        elements.append(Quote(texts.get(veto.question_id, veto.question_id)))
        if veto.reason:
            elements.append(Paragraph(t("Because: {reason}", reason=veto.reason), quiet=True))
        elements.append(Buttons((Button(t("Take the veto back"), TakeBackVeto(veto=veto.id)),)))
    elements.extend(_more(len(vetoes) - SHOWN))
    if not vetoes:
        elements.append(Paragraph(t("No question is vetoed. To veto one, press “More” on its card.")))
    return Card(t("Vetoed questions"), tuple(elements))


def veto_gone_card(*, was_there: bool) -> Card:
    """After a veto was taken back."""
    return Card(t("It can be asked again.") if was_there else t("That veto was taken back already."))


def thanks_card() -> Card:
    """After somebody suggested a question."""
    return Card(t("Your suggestion is with the moderators. You are told what they decide."))


def suggestions_card(waiting: Sequence[Suggestion]) -> Card:
    """The suggestions that wait for a decision. Who made them is not shown: the question counts."""
    elements: list[Element] = []
    for suggestion in waiting[:SHOWN]:
        approve = Button(t("Approve"), ApproveSuggestion(suggestion=suggestion.id), style="primary")
        decline = Button(t("Decline"), OpenDecline(suggestion=suggestion.id))
        elements += [Quote(suggestion.text), Buttons((approve, decline))]
    elements.extend(_more(len(waiting) - SHOWN))
    if not waiting:
        elements.append(Paragraph(t("No suggestion waits.")))
    return Card(t("Suggested questions"), tuple(elements))


def declined_card() -> Card:
    """After a suggestion was declined."""
    return Card(t("The suggestion is declined; whoever made it is told why."))


def decided_card(suggestion: Suggestion) -> Card:
    """What the person who suggested a question is told."""
    if suggestion.state is SuggestionState.APPROVED:
        taken = t("It is in the bank now and can be asked.")
        return Card(t("Your suggestion was taken"), (Quote(suggestion.text), Paragraph(taken)))
    again = Button(t("Suggest another"), OpenSuggestion())
    return Card(
        t("Your suggestion was declined"),
        (Quote(suggestion.text), Paragraph(t("The reason: {reason}", reason=suggestion.reason)), Buttons((again,))),
    )


def own_saved_card(row: OwnQuestion) -> Card:
    """After a question of the team's own was saved."""
    points = tn(
        "Answers are scored by {count} key point.", "Answers are scored by {count} key points.", len(row.points)
    )
    elements: list[Element] = [Quote(row.text)]
    if row.points:
        elements.append(Paragraph(points))
    buttons = (Button(t("Edit"), OpenOwnQuestion(own=row.id)), Button(t("All our questions"), ListOwnQuestions()))
    return Card(t("Your team's question is saved."), (*elements, Buttons(buttons)))


def own_list_card(rows: Sequence[OwnQuestion]) -> Card:
    """The questions the team added in chat."""
    elements: list[Element] = []
    for row in rows[:SHOWN]:
        edit = Button(t("Edit"), OpenOwnQuestion(own=row.id))
        retire = Button(t("Ask no more"), RetireOwnQuestion(own=row.id), style="danger")
        elements += [Quote(row.text), Buttons((edit, retire))]
    elements.extend(_more(len(rows) - SHOWN))
    if not rows:
        elements.append(Paragraph(t("Your team has added no questions yet.")))
    return Card(t("Your team's questions"), (*elements, Buttons((Button(t("Add one"), OpenOwnQuestion()),))))


def retired_card() -> Card:
    """After a question of the team's own was retired."""
    return Card(t("It is not asked any more. What was answered stays."))


def home_tail(*, waiting: int, curates: bool) -> tuple[Element, ...]:
    """The end of the home's section: to suggest, and for moderators to decide."""
    buttons = [Button(t("Suggest a question"), OpenSuggestion())]
    elements: list[Element] = []
    if curates and waiting:
        elements.append(
            Paragraph(tn("{count} suggestion waits for you.", "{count} suggestions wait for you.", waiting))
        )
        buttons.append(Button(t("Review suggestions"), ReviewSuggestions()))
    if curates:
        buttons.append(Button(t("Our own questions"), ListOwnQuestions()))
    return (*elements, Buttons(tuple(buttons)))


def _more(count: int) -> tuple[Element, ...]:
    if count <= 0:
        return ()
    rest: Text = tn("{count} more comes after these.", "{count} more come after these.", count)
    return (Paragraph(rest, quiet=True),)
