"""Payloads of this room's buttons and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class OpenFollowUp(Action):
    """Opens the form for a reply to a follow-up on one's own answer."""

    name: ClassVar[str] = "fu.open"
    answer: str


class TryAgain(Action):
    """Opens the form with the words of an earlier reply."""

    name: ClassVar[str] = "fu.again"
    reply: str


class GiveReply(Action):
    """The form with a reply; it belongs to the version of the answer that stood when the form was opened."""

    name: ClassVar[str] = "fu.given"
    revision: str


class ShowReply(Action):
    """Asks for what was said of a reply."""

    name: ClassVar[str] = "fu.show"
    reply: str


class ListReplies(Action):
    """Asks for one's own latest replies."""

    name: ClassVar[str] = "fu.list"


class OpenClosingCheck(Action):
    """Opens the form for questions to the interviewer."""

    name: ClassVar[str] = "fu.closing"


class CheckClosing(Action):
    """The form with drafted questions to the interviewer."""

    name: ClassVar[str] = "fu.closed"


class OpenPace(Action):
    """Opens the form of one's own speaking pace."""

    name: ClassVar[str] = "fu.pace"


class SavePace(Action):
    """The form of one's own speaking pace."""

    name: ClassVar[str] = "fu.paced"
