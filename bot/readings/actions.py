"""Payloads of this room's buttons and forms. `what` is one of `bot.readings.shown.WHAT`, `subject` its id."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class SeeReadings(Action):
    """Shows the author what colleagues read in a story or an answer."""

    name: ClassVar[str] = "lvl.see"
    what: str
    subject: str


class MoreReadings(Action):
    """The same, from the request at `start` on."""

    name: ClassVar[str] = "lvl.more"
    what: str
    subject: str
    start: int


class ListReadings(Action):
    """Shows which of the author's stories somebody has read, from the one at `start` on."""

    name: ClassVar[str] = "lvl.list"
    start: int


class OpenRequest(Action):
    """Opens the form that asks whom to ask."""

    name: ClassVar[str] = "lvl.ask"
    what: str
    subject: str


class SendRequest(Action):
    """Whom to ask: what they would see is shown first."""

    name: ClassVar[str] = "lvl.asked"
    what: str
    subject: str


class ShowAndAsk(Action):
    """Shows it to one person and asks them; `mark` says that just these words were looked at (`shown.mark_of`)."""

    name: ClassVar[str] = "lvl.show"
    what: str
    subject: str
    reader: str
    mark: str


class TakeBack(Action):
    """The author shows it to this reader no more."""

    name: ClassVar[str] = "lvl.back"
    reading: str


class ReadLevel(Action):
    """A colleague opens what they were asked to read."""

    name: ClassVar[str] = "lvl.read"
    reading: str


class WriteLevel(Action):
    """Opens the form of a colleague's reading."""

    name: ClassVar[str] = "lvl.write"
    reading: str


class SendLevel(Action):
    """The form of a colleague's reading."""

    name: ClassVar[str] = "lvl.done"
    reading: str


class DeclineLevel(Action):
    """A colleague has no time for it."""

    name: ClassVar[str] = "lvl.no"
    reading: str
