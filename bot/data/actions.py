"""Payloads of this room's buttons and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class OpenErasure(Action):
    """Opens the form that asks once more before everything is deleted."""

    name: ClassVar[str] = "data.open_erasure"


class BeginErasure(Action):
    """The form that was filled in to delete everything."""

    name: ClassVar[str] = "data.begin_erasure"


class AskForExport(Action):
    """Asks for one's data as an archive."""

    name: ClassVar[str] = "data.ask_export"


class SaveRetention(Action):
    """The form of how long things are kept."""

    name: ClassVar[str] = "data.save_retention"
