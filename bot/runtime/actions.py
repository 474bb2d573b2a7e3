"""Payloads of the runtime's own buttons and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class FormStep(Action):
    """Travels with every form that is shown: the draft that holds it, and which of its steps this is."""

    name: ClassVar[str] = "form"

    draft: str
    step: int = 0


class OpenDraft(Action):
    """Opens a step of a form as it was filled in so far."""

    name: ClassVar[str] = "draft"

    draft: str
    step: int = 0


class CommandOptions(Action):
    """The form that asks for the options a command line left open."""

    name: ClassVar[str] = "options"

    path: str


class RunCommand(Action):
    """A select or button that stands for a command: its value, or `path`, is the command's path."""

    name: ClassVar[str] = "run"

    path: str = ""


class Settle(Action):
    """An admin's word on a post of which nobody knows whether it was made: post it, or leave it."""

    name: ClassVar[str] = "settle"

    delivery: str
    post: bool


class ShowAgain(Action):
    """A member asks for a private message that may not have reached them."""

    name: ClassVar[str] = "again"

    delivery: str
