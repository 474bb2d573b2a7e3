"""Payloads of this room's buttons and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class StartDrill(Action):
    """Brings the next story to recall."""

    name: ClassVar[str] = "pr.drill"


class ShowBullets(Action):
    """Shows the bullets of a story after it was told; `recalls` is how often it was graded before."""

    name: ClassVar[str] = "pr.look"
    story: str
    recalls: int


class GradeRecall(Action):
    """Says how well a story was recalled: 1 again, 2 hard, 3 good, 4 easy."""

    name: ClassVar[str] = "pr.grade"
    story: str
    recalls: int
    grade: int


class SwitchReminders(Action):
    """Asks to be reminded of stories that are due, or not any more."""

    name: ClassVar[str] = "pr.remind"
    on: bool


class PauseReminders(Action):
    """Asks for no reminder for some days."""

    name: ClassVar[str] = "pr.pause"
    days: int


class OpenInterview(Action):
    """Opens the form of the interview one prepares for."""

    name: ClassVar[str] = "pr.when"


class SaveInterview(Action):
    """The form of the interview one prepares for."""

    name: ClassVar[str] = "pr.set"


class ForgetInterview(Action):
    """Takes the interview away."""

    name: ClassVar[str] = "pr.off"


class ShowPlan(Action):
    """Shows the plan up to the interview."""

    name: ClassVar[str] = "pr.plan"


class ShowChecklist(Action):
    """Shows what is to be done before an interview, and what of it is done."""

    name: ClassVar[str] = "pr.list"


class SayResearched(Action):
    """Says that one has read up on the company and the team."""

    name: ClassVar[str] = "pr.read"
