"""What this room shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Choice, Element, Field, Fields, Header, Paragraph
from bot.chat.forms import ChoiceInput, Form, TextInput
from bot.members.actions import OpenPreferences, SavePreferences
from bot.members.preferences import (
    DAYS_OFF,
    QUIET_FROM,
    QUIET_UNTIL,
    SNOOZED_UNTIL,
    TARGET_COMPANY,
    TARGET_LEVEL,
)

WEEKDAYS = (t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday"), t("Saturday"), t("Sunday"))
LEVELS: Mapping[str, Text] = {
    "L3": t("L3, engineer I"),
    "L4": t("L4, engineer II"),
    "L5": t("L5, senior engineer"),
    "L6": t("L6, staff engineer"),
    "L7": t("L7, principal engineer"),
}
"""The levels by what many companies call them, so that nobody has to know one company's ladder."""


def preferences_form(values: Mapping[str, Any], zone: str, companies: Mapping[str, str]) -> Form:
    """The form of one's preferences, filled with what holds now; `companies` maps ids to names."""
    return Form(
        action=SavePreferences(),
        title=t("Your preferences"),
        submit=t("Save"),
        inputs=(
            TextInput("zone", t("Your time zone"), t("Such as Europe/Berlin"), longest=60, value=zone),
            TextInput("quiet_from", t("Quiet hours begin"), longest=5, value=values[QUIET_FROM.key]),
            TextInput(
                "quiet_until",
                t("Quiet hours end"),
                t("The same time twice means no quiet hours."),
                longest=5,
                value=values[QUIET_UNTIL.key],
            ),
            ChoiceInput(
                "days_off",
                t("Days without messages"),
                tuple(Choice(str(number), day) for number, day in enumerate(WEEKDAYS)),
                required=False,
                several=True,
                value=tuple(str(day) for day in values[DAYS_OFF.key]),
            ),
            TextInput(
                "snoozed_until",
                t("No messages before"),
                t("A day such as 2026-12-31, or nothing"),
                required=False,
                longest=10,
                value=values[SNOOZED_UNTIL.key],
            ),
            ChoiceInput(
                "level",
                t("The level you prepare for"),
                tuple(Choice(level, name) for level, name in LEVELS.items()),
                required=False,
                value=_one(values[TARGET_LEVEL.key]),
            ),
            ChoiceInput(
                "company",
                t("The company you prepare for"),
                tuple(Choice(key, name) for key, name in companies.items()),
                required=False,
                value=_one(values[TARGET_COMPANY.key]),
            ),
        ),
    )


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def saved() -> Card:
    """After the preferences were saved."""
    return Card(t("Your preferences are saved."))


def appointed(name: str, role: Text) -> Card:
    """After somebody was given a role."""
    return Card(t("{name} is now {role}.", name=name, role=role))


def dismissed(name: str, role: Text) -> Card:
    """After a role was taken away."""
    return Card(t("{name} is no longer {role}.", name=name, role=role))


def home_section(zone: str, values: Mapping[str, Any], companies: Mapping[str, str]) -> tuple[Element, ...]:
    """The part of the home that shows one's preferences; `companies` maps ids to names."""
    level = LEVELS.get(values[TARGET_LEVEL.key], t("not set yet"))
    return (
        Header(t("Your preferences")),
        Fields(
            (
                Field(t("Time zone"), zone),
                Field(
                    t("Quiet hours"),
                    t("{begin} to {end}", begin=values[QUIET_FROM.key], end=values[QUIET_UNTIL.key]),
                ),
                Field(t("Level you prepare for"), level),
                Field(t("Company you prepare for"), companies.get(values[TARGET_COMPANY.key], t("not set yet"))),
            )
        ),
        Paragraph(t("Starling writes to you unasked at most three times a day."), quiet=True),
        Buttons((Button(t("Change preferences"), OpenPreferences()),)),
    )
