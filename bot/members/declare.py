"""What this room offers."""

from __future__ import annotations

from bot.base.text import t
from bot.chat.cards import Choice
from bot.chat.commands import Command, Option
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    Feature,
    FormDeclaration,
    HomeSection,
    PersonalData,
)
from bot.members import handlers
from bot.members.actions import OpenPreferences, SavePreferences


def feature() -> Feature:
    """Preferences, roles, and the profile among a person's data."""
    whom = (
        Option("member", t("Whom"), type="member", required=True),
        Option(
            "role",
            t("As what"),
            type="choice",
            required=True,
            choices=(Choice("moderator", t("Moderator")), Choice("admin", t("Admin"))),
        ),
    )
    return Feature(
        name="members",
        commands=(
            CommandDeclaration(
                Command(("preferences",), t("Set your time zone, quiet hours and goals"), acknowledgement="form"),
                verb="preferences.change",
                opens=handlers.open_preferences,
            ),
            CommandDeclaration(
                Command(("setup", "appoint"), t("Make somebody a moderator or an admin"), whom),
                verb="member.appoint",
                handle=handlers.appoint,
            ),
            CommandDeclaration(
                Command(("setup", "dismiss"), t("Take the role of moderator or admin away again"), whom),
                verb="member.appoint",
                handle=handlers.dismiss,
            ),
        ),
        actions=(ActionDeclaration(OpenPreferences, "preferences.change", opens=handlers.open_preferences),),
        forms=(
            FormDeclaration(
                SavePreferences,
                "preferences.change",
                handle=handlers.save_preferences,
                check=handlers.check_preferences,
            ),
        ),
        home=(HomeSection(90, handlers.home),),
        personal_data=(
            PersonalData(
                "profile",
                t("Your name, accounts and preferences, and the time zones you were in"),
                handlers.export,
                handlers.erase,
                last=True,
            ),
        ),
    )
