"""What this room shows: pure functions from what is known to cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers.cards import rating_text
from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph, Quote
from bot.coach.actions import AgreeToCoach, AskCoach, OpenCoachSettings, ReadTerms, ShowLedger, StopCoach
from bot.coach.advice import Advice, CriterionName, Opinion, Remark
from bot.coach.reasons import SENTENCES, Reason

CRITERIA: Mapping[CriterionName, Text] = {
    "situation": t("Situation and stakes"),
    "action": t("Own actions"),
    "reasoning": t("Reasoning"),
    "result": t("Result"),
    "reflection": t("Reflection"),
}


@dataclass(frozen=True, slots=True)
class AdviceView:
    """What the card with the coach's words is made from. `rule_rating` is None where the rules gave no number."""

    question: str
    advice: Advice
    rule_rating: float | None
    model: str
    endpoint: str


def ask_button(answer: str) -> Button:
    """The button on a feedback card."""
    return Button(t("Ask the coach"), AskCoach(answer=answer))


def consent_card(endpoint: str, model: str, answer: str | None) -> Card:
    """What would be sent where, before anything is: the person decides."""
    sent = (
        t("Your answer and its question, each time you press the button, and only then."),
        t("What my rules noted about it, by name, and the level you prepare for, if you set one."),
        t(
            "Before that I replace what I recognise of names of people and companies, e-mail addresses, phone numbers, "
            "web addresses, mentions, keys and passwords, account numbers and IP addresses."
        ),
        t("I do not recognise everything. A nickname, a project's name or a secret told in plain words is sent."),
    )
    not_sent = (
        t("Your name, your account, and who asks."),
        t("Answers of others, other answers of yours, and anything else of the chat."),
    )
    where = t(
        "It goes to {endpoint}, to the language model {model}. How long it is kept there is decided there, not here.",
        endpoint=endpoint,
        model=model,
    )
    after = t("You can stop at any time, and you can see every call in a list. My own score does not change by it.")
    return Card(
        t("May I send this answer to a language model?"),
        (
            Header(t("What is sent")),
            Bullets(sent),
            Header(t("What is not sent")),
            Bullets(not_sent),
            Header(t("Where to")),
            Paragraph(where),
            Paragraph(after),
            Buttons((Button(t("I agree"), AgreeToCoach(answer=answer), style="primary"),)),
            Paragraph(t("To say no, leave this card as it is: nothing is sent."), quiet=True),
        ),
    )


def waiting_card() -> Card:
    """Right after the question."""
    return Card(
        t("The coach is reading your answer."),
        (Paragraph(t("What it says comes to you as a message, in about a minute. Your feedback stays as it is.")),),
    )


def rules_only_card(reason: Reason, answer: str | None = None) -> Card:
    """No word of the coach, and why; `answer` where asking again may help."""
    stays = Paragraph(t("The feedback by the rules stands as it was."), quiet=True)
    elements: list[Element] = [Paragraph(SENTENCES[reason]), stays]
    if answer is not None:
        elements.append(Buttons((Button(t("Ask the coach again"), AskCoach(answer=answer)),)))
    return Card(t("Rules only"), tuple(elements))


def advice_card(view: AdviceView) -> Card:
    """What the coach said and what held: each remark under the words it is about."""
    advice = view.advice
    elements: list[Element] = []
    if view.question:
        elements.append(Paragraph(view.question, quiet=True))
    elements += _remarks(t("What your words show"), advice.observations)
    elements += _remarks(t("What you may be asked next"), advice.probes)
    elements += _plan(advice.plan)
    if advice.example:
        note = t("Built from your own words. Check every sentence: keep what is true, and fill in each [figure].")
        elements += [Header(t("How a part of it could sound")), Quote(advice.example), Paragraph(note, quiet=True)]
    elements += _opinion(advice, view.rule_rating)
    if advice.left_out:
        elements.append(Paragraph(left_out_text(advice.left_out)))
    elements.append(_origin(view.model, view.endpoint))
    elements.append(
        Buttons((Button(t("Coach settings"), OpenCoachSettings()), Button(t("What was sent"), ShowLedger())))
    )
    return Card(t("The coach on your answer"), tuple(elements))


def left_out_text(count: int) -> Text:
    """How many suggestions did not pass the checks."""
    return tn(
        "{count} suggestion was left out because it did not hold against your text.",
        "{count} suggestions were left out because they did not hold against your text.",
        count,
    )


def settings_card(endpoint: str, model: str, agreed: Text | None, *, on: bool, outdated: bool = False) -> Card:
    """Whether one has agreed, since when, and the button that changes it. An `outdated` consent was to other terms."""
    elements: list[Element] = []
    if agreed is None:
        elements.append(Paragraph(t("You have not agreed to send your answers. Nothing of yours is sent.")))
    elif outdated:
        elements.append(
            Paragraph(t("{agreed} Since then the service or the terms changed, so nothing is sent.", agreed=agreed))
        )
    else:
        elements.append(Paragraph(agreed))
    if on:
        elements.append(Fields((Field(t("Service"), endpoint), Field(t("Model"), model))))
    else:
        elements.append(Paragraph(SENTENCES[Reason.OFF]))
    buttons = [Button(t("What was sent"), ShowLedger())]
    if agreed is not None:
        buttons.insert(0, Button(t("Stop sending my answers"), StopCoach(), style="danger"))
    elif on:
        buttons.insert(0, Button(t("Read what I would agree to"), ReadTerms()))
    return Card(t("The coach and your answers"), (*elements, Buttons(tuple(buttons))))


def agreed_card() -> Card:
    """After agreeing outside of an answer."""
    return Card(
        t("You agreed. From now on the button on your feedback asks the coach."),
        (Buttons((Button(t("Coach settings"), OpenCoachSettings()),)),),
    )


def stopped_card(*, was_agreed: bool) -> Card:
    """After stopping."""
    if not was_agreed:
        return Card(t("You had not agreed, so there is nothing to stop."))
    note = t(
        "What was sent before is with the service. What the coach said stays with your answers until you withdraw them."
    )
    return Card(t("Stopped. Nothing of yours is sent any more."), (Paragraph(note),))


def home_elements(*, agreed: bool) -> tuple[Element, ...]:
    """The part of the home about the coach."""
    state = (
        t("The coach may read an answer of yours when you ask it.")
        if agreed
        else t("A language model can add questions and a plan to the feedback by the rules, if you agree.")
    )
    buttons = Buttons((Button(t("Coach settings"), OpenCoachSettings()), Button(t("What was sent"), ShowLedger())))
    return (Header(t("The coach")), Paragraph(state), buttons)


def _remarks(heading: Text, remarks: Sequence[Remark]) -> list[Element]:
    elements: list[Element] = [Header(heading)] if remarks else []
    for remark in remarks:
        elements += [Quote(remark.quote), Paragraph(remark.text)]
    return elements


def _plan(plan: Sequence[Remark]) -> list[Element]:
    if not plan:
        return []
    elements: list[Element] = [Header(t("A plan for the next version"))]
    for number, step in enumerate(plan, start=1):
        elements += [Quote(step.quote)] if step.quote else []
        elements.append(Paragraph(t("{number}. {step}", number=number, step=step.text)))
    return elements


def _opinion(advice: Advice, rule_rating: float | None) -> list[Element]:
    if advice.opinion_withheld:
        withheld = t(
            "There was a second opinion too. I do not show it: it lies more than a point from the rules, or the rules "
            "gave no number, or your text speaks to a model that reads it."
        )
        return [Paragraph(withheld)]
    return [] if advice.opinion is None else _opinion_shown(advice.opinion, rule_rating)


def _opinion_shown(opinion: Opinion, rule_rating: float | None) -> list[Element]:
    ratings = [Field(t("Second opinion"), rating_text(opinion.overall))]
    if rule_rating is not None:
        ratings.insert(0, Field(t("Your rating, by the rules"), rating_text(rule_rating)))
    elements: list[Element] = [
        Header(t("A second opinion by rubric")),
        Fields(tuple(ratings)),
        Paragraph(
            t("Your rating is the one by the rules. A language model's number is one more view of it."), quiet=True
        ),
    ]
    for line in opinion.criteria:
        heading = t("{criterion}: {rating}", criterion=CRITERIA[line.name], rating=rating_text(line.rating))
        elements += [Paragraph(heading), *([Quote(line.quote)] if line.quote else []), Paragraph(line.reason)]
    return elements


def _origin(model: str, endpoint: str) -> Paragraph:
    return Paragraph(
        t(
            "Written by a language model, {model} at {endpoint}, and held against your text by rules. It can be wrong "
            "about what matters. Practice feedback, not a verdict on you.",
            model=model,
            endpoint=endpoint,
        ),
        quiet=True,
    )
