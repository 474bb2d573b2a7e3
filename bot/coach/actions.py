"""Payloads of this room's buttons and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class AskCoach(Action):
    """Asks the coach about one's own answer as it stands."""

    name: ClassVar[str] = "coach.ask"
    answer: str


class ReadTerms(Action):
    """Asks what one would agree to, outside of any answer."""

    name: ClassVar[str] = "coach.terms"


class AgreeToCoach(Action):
    """Agrees that one's own answers may be sent; then asks about this one, if one is named."""

    name: ClassVar[str] = "coach.agree"
    answer: str | None = None


class StopCoach(Action):
    """Stops it: from now on nothing of one's own is sent."""

    name: ClassVar[str] = "coach.stop"


class OpenCoachSettings(Action):
    """Shows whether one has agreed, to what, and how to change it."""

    name: ClassVar[str] = "coach.settings"


class ShowLedger(Action):
    """Shows what was sent of one's own."""

    name: ClassVar[str] = "coach.ledger"


class OpenCoachSetup(Action):
    """An admin opens the form about the coach's budget."""

    name: ClassVar[str] = "coach.setup"


class SaveCoachSetup(Action):
    """The form about the coach's budget."""

    name: ClassVar[str] = "coach.save"
