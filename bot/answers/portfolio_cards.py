"""What stands out over all of a person's answers, as they see it."""

from __future__ import annotations

from bot.answers import actions
from bot.answers.portfolio import OverAll, ToldStory
from bot.base.text import Text, t, tn
from bot.chat.cards import Button, Buttons, Card, Choice, Element, Header, Paragraph, Select
from bot.scoring.portfolio import Code, PortfolioFinding

SHOWN_FIRST = 3
SHOWN_BUTTONS = 2
"""Answers that get a button each; more of them are a select."""
MOST_CHOICES = 25
QUESTION_SHOWN = 48
MEANS_ALL: frozenset[Code] = frozenset({"no_failure", "no_pushback", "hero_everywhere"})
"""Findings that are about every story alike, so that no answer is meant more than another."""


def over_all_section(view: OverAll) -> list[Element]:
    """The part of the list of one's answers: the weightiest findings; nothing where nothing stands out."""
    if not view.findings:
        return []
    elements: list[Element] = [Header(t("Over all of your answers"))]
    for place, finding in enumerate(view.findings[:SHOWN_FIRST]):
        elements += _finding(place, finding, view)
    left = len(view.findings) - SHOWN_FIRST
    if left > 0:
        label = tn("{count} more remark", "{count} more remarks", left)
        elements.append(Buttons((Button(label, actions.LookOverAnswers()),)))
    return [*elements, _reach(view)]


def over_all_card(view: OverAll) -> Card:
    """All that stands out, on request."""
    elements: list[Element] = []
    for place, finding in enumerate(view.findings):
        elements += _finding(place, finding, view)
    if not elements:
        elements.append(Paragraph(t("Nothing stands out over all of your answers.")))
    return Card(t("Over all of your answers"), (*elements, _reach(view)))


def _finding(place: int, finding: PortfolioFinding, view: OverAll) -> list[Element]:
    """A finding with the way to each answer that it means."""
    elements: list[Element] = [Paragraph(finding.text)]
    if finding.code in MEANS_ALL:
        return elements
    meant = [view.stories[telling] for telling in finding.tellings]
    if len(meant) <= SHOWN_BUTTONS:
        buttons = tuple(Button(_name(one), actions.ShowMeant(about=place, answer=one.answer)) for one in meant)
        return [*elements, Buttons(buttons)]
    choices = tuple(Choice(one.answer, _name(one)) for one in meant[:MOST_CHOICES])
    return [*elements, Select(t("Which answers"), actions.ShowMeant(about=place), choices)]


def _name(story: ToldStory) -> Text:
    if not story.question:
        return t("{day}: a text of your own", day=story.day)
    question = story.question
    if len(question) > QUESTION_SHOWN:
        question = question[:QUESTION_SHOWN].rsplit(" ", 1)[0] + " …"
    return t("{day}: {question}", day=story.day, question=question)


def _reach(view: OverAll) -> Paragraph:
    count = len(view.stories)
    line = (
        t("I looked at the newest {count} of your answers that tell a story, by rules. Only you see this.", count=count)
        if view.more
        else tn(
            "I looked at your one answer that tells a story, by rules. Only you see this.",
            "I looked at all {count} of your answers that tell a story, by rules. Only you see this.",
            count,
        )
    )
    return Paragraph(line, quiet=True)
