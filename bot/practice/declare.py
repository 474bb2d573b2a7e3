"""What this room offers."""

from __future__ import annotations

from bot.base.text import t
from bot.chat.cards import Choice
from bot.chat.commands import Command, Option
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    FormDeclaration,
    HomeSection,
    PersonalData,
)
from bot.practice import actions as a
from bot.practice import handlers, personal_data
from bot.practice.drilling import REMINDER, prepare_reminder
from bot.practice.interviews import BEFORE, prepare_before

OWN = "practice.own"
HOME_ORDER = 32


def feature() -> Feature:
    """Recall drills over one's own stories, the countdown to an interview, the checklist before it."""
    return Feature(
        name="practice",
        commands=_commands(),
        actions=(
            ActionDeclaration(a.StartDrill, OWN, handlers.start_drill),
            ActionDeclaration(a.ShowBullets, OWN, handlers.show_bullets),
            ActionDeclaration(a.GradeRecall, OWN, handlers.grade_recall),
            ActionDeclaration(a.SwitchReminders, OWN, handlers.switch_reminders),
            ActionDeclaration(a.PauseReminders, OWN, handlers.pause_reminders),
            ActionDeclaration(a.OpenInterview, OWN, opens=handlers.open_interview),
            ActionDeclaration(a.ForgetInterview, OWN, handlers.forget_interview),
            ActionDeclaration(a.ShowPlan, OWN, handlers.show_plan),
            ActionDeclaration(a.ShowChecklist, OWN, handlers.show_checklist),
            ActionDeclaration(a.SayResearched, OWN, handlers.say_researched),
        ),
        forms=(FormDeclaration(a.SaveInterview, OWN, handlers.save_interview, handlers.check_interview),),
        deliveries=(
            DeliveryDeclaration(REMINDER, prepare_reminder, called=t("a reminder of a story to recall")),
            DeliveryDeclaration(BEFORE, prepare_before, called=t("the checklist before an interview")),
        ),
        home=(HomeSection(HOME_ORDER, handlers.home),),
        personal_data=(
            PersonalData(
                "practice",
                t("How well you recalled your stories, your reminders, and the interview you set"),
                export=personal_data.export,
                erase=personal_data.erase,
                in_steps=True,
            ),
        ),
    )


def _commands() -> tuple[CommandDeclaration, ...]:
    switch = (Choice("on", t("On")), Choice("off", t("Off")))
    reminders = Option("reminders", t("Whether I remind you"), type="choice", required=True, choices=switch)
    interview = Command(("practice", "interview"), t("Set the interview you prepare for"), (), acknowledgement="form")
    return (
        CommandDeclaration(
            Command(("practice", "recall"), t("Recall one of your stories")), OWN, handlers.start_drill
        ),
        CommandDeclaration(
            Command(("practice", "reminders"), t("Be reminded of stories to recall, or not"), (reminders,)),
            OWN, handlers.switch_command,
        ),
        CommandDeclaration(interview, OWN, opens=handlers.open_interview),
        CommandDeclaration(
            Command(("practice", "plan"), t("Show the plan up to your interview")), OWN, handlers.show_plan
        ),
        CommandDeclaration(
            Command(("practice", "checklist"), t("Show what to have done before an interview")),
            OWN, handlers.show_checklist,
        ),
    )  # fmt: skip
