"""Payloads of the buttons about progress."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class ShowProgress(Action):
    """One's own progress."""

    name: ClassVar[str] = "m.progress"


class ShowMenteesProgress(Action):
    """A mentor looks at the progress of a mentee."""

    name: ClassVar[str] = "m.theirs"
    mentee: str


class ShowAsMentorSees(Action):
    """The mentee sees the very card that a mentor sees."""

    name: ClassVar[str] = "m.asseen"
    mentor: str


class ShowCohort(Action):
    """A mentor's mentees side by side, and counts for those who moderate."""

    name: ClassVar[str] = "m.cohort"
