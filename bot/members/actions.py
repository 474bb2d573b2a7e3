"""Payloads of this room's buttons and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class OpenPreferences(Action):
    """Opens the form of one's own preferences."""

    name: ClassVar[str] = "members.open"


class SavePreferences(Action):
    """The form of one's own preferences."""

    name: ClassVar[str] = "members.save"
