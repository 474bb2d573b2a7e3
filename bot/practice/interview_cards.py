"""What the interview one prepares for looks like in chat: its form, the plan, the checklist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Choice, Element, Field, Fields, Header, Paragraph
from bot.chat.forms import ChoiceInput, Form, TextInput
from bot.feature.lists import and_more
from bot.practice import actions as a
from bot.practice.checklist import Checked, State
from bot.practice.countdown import Plan, Step
from bot.questions.times import day_for
from content.loader import Content
from content.schema import Company

MINUTES = (30, 60, 90, 120)
USUAL_MINUTES = 60
MOST_DAYS = 10
NONE_SET = t("You have set no interview. Set its day first: the plan counts back from it.")
STATES: Mapping[State, Text] = {
    "done": t("Done"),
    "open": t("Open"),
    "unknown": t("Not known"),
}


def interview_form(content: Content, day: str, company: str, minutes: int) -> Form:
    """The form of the interview, filled in with what is set."""
    companies = tuple(Choice(one.id, one.name) for one in sorted(content.companies.values(), key=lambda one: one.name))
    return Form(
        a.SaveInterview(),
        t("Your interview"),
        (
            TextInput("day", t("Day"), t("As 2026-11-30."), longest=10, value=day),
            ChoiceInput("company", t("Company"), companies, t("Leave it empty for any other."), required=False,
                        value=(company,) if company in content.companies else ()),
            ChoiceInput(
                "minutes", t("Time you have each day"),
                tuple(Choice(str(one), t("{count} minutes", count=one)) for one in MINUTES),
                value=(str(minutes),),
            ),
        ),
        t("Make the plan"),
        t("Only you see it. I write to you once, on the day before."),
    )  # fmt: skip


def plan_card(plan: Plan, today: date, company: Company | None, language: str) -> Card:
    """The days up to the interview: what each is for, and what does not fit."""
    elements: list[Element] = [Paragraph(_share(plan, company))]
    if plan.days_left and plan.days:
        elements.append(
            Fields(
                (
                    Field(t("Stories"), t("{count} minutes a day", count=plan.behavioral)),
                    Field(t("Coding"), t("{count} minutes a day", count=plan.coding)),
                    Field(t("Design"), t("{count} minutes a day", count=plan.design)),
                )
            )
        )
    for one in plan.days[:MOST_DAYS]:
        lines = tuple(t("{step} {minutes} minutes.", step=step.text, minutes=step.minutes) for step in one.steps)
        elements += [Header(_day(one.day, today, language)), Bullets(lines)]
    if later := len(plan.days[MOST_DAYS:]):
        elements.append(Paragraph(tn("and {count} more day", "and {count} more days", later), quiet=True))
    left_over = _counted(plan.left_over)
    if left_over:
        elements += [
            Header(t("Does not fit any more")),
            Bullets(left_over[:MOST_DAYS]),
            *and_more(len(left_over) - MOST_DAYS),
        ]
    if not plan.days and not plan.left_over:
        elements.append(Paragraph(t("By your records nothing is missing. Tell your stories aloud, and rest.")))
    elements.append(
        Buttons(
            (
                Button(t("Recall a story"), a.StartDrill(), style="primary"),
                Button(t("Checklist"), a.ShowChecklist()),
                Button(t("Change the day"), a.OpenInterview()),
                Button(t("Forget the interview"), a.ForgetInterview()),
            )
        )
    )
    return Card(_until(plan.days_left), tuple(elements))


def checklist_card(checked: Sequence[Checked], language: str, *, tomorrow: bool = False) -> Card:
    """The checklist before an interview, each item as far as the records show it."""
    elements: list[Element] = []
    if tomorrow:
        elements.append(Paragraph(t("Tomorrow is your interview. This is what your records say.")))
    for state, label in STATES.items():
        items = tuple(
            t("{item} {found}", item=one.item.text.in_language(language), found=one.found)
            for one in checked
            if one.state == state
        )
        if items:
            elements += [Header(label), Bullets(items)]
    buttons = [Button(t("Recall a story"), a.StartDrill(), style="primary")]
    if any(one.item.measure == "research_done" and one.state != "done" for one in checked):
        buttons.append(Button(t("I have read up on them"), a.SayResearched()))
    elements.append(Buttons(tuple(buttons)))
    return Card(t("Before the interview"), tuple(elements))


def no_interview_card() -> Card:
    """Said in place of a plan where no interview is set."""
    return Card(NONE_SET, (Buttons((_set_interview(),)),))


def _set_interview() -> Button:
    return Button(t("Set my interview"), a.OpenInterview())


def home_elements(days_left: int | None, company: Company | None) -> tuple[Element, ...]:
    """The short part of the home."""
    recall = Button(t("Recall a story"), a.StartDrill())
    if days_left is None:
        return (Buttons((recall, _set_interview())),)
    line = _until(days_left)
    if company is not None:
        line = t("{company}: {until}", company=company.name, until=line)
    return (
        Paragraph(line),
        Buttons((recall, Button(t("Plan"), a.ShowPlan()), Button(t("Checklist"), a.ShowChecklist()))),
    )


def _counted(steps: Sequence[Step]) -> tuple[Text, ...]:
    """Each step once, with how many of it there are."""
    times = Counter(step.text for step in steps)
    return tuple(text if count == 1 else t("{step} ({count} times)", step=text, count=count)
                 for text, count in times.items())  # fmt: skip


def _until(days: int) -> Text:
    if days == 0:
        return t("Your interview is today")
    return tn("{count} day until your interview", "{count} days until your interview", days)


def _share(plan: Plan, company: Company | None) -> Text:
    if company is None:
        return t("About {share} percent of most loops is behavioural, so that is what stories get of your time.",
                 share=plan.share)  # fmt: skip
    return t("{share} percent of the rounds at {company} are behavioural, so that is what stories get of your time.",
             share=plan.share, company=company.name)  # fmt: skip


def _day(day: int, today: date, language: str) -> Text | str:
    return t("Today") if day == 0 else day_for(today + timedelta(days=day), language)
