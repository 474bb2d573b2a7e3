"""Payloads of this room's buttons, selects and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class ReviewNext(Action):
    """Opens the next review that the presser owes in a round."""

    name: ClassVar[str] = "rev.next"
    round: str


class OpenReview(Action):
    """Opens one review."""

    name: ClassVar[str] = "rev.open"
    review: str


class DeclineReview(Action):
    """Hands one review on to somebody else."""

    name: ClassVar[str] = "rev.decline"
    review: str


class SwapReview(Action):
    """Asks for another answer in place of one."""

    name: ClassVar[str] = "rev.swap"
    review: str


class OptOut(Action):
    """Takes the presser out of reviewing in a round: what they have not handed in goes to others."""

    name: ClassVar[str] = "rev.out"
    round: str


class FlagReview(Action):
    """Says that a review is abusive; its text is hidden until a moderator has looked at it."""

    name: ClassVar[str] = "rev.flag"
    review: str


class ListRounds(Action):
    """Asks for the programmes of rounds."""

    name: ClassVar[str] = "round.list"


class OpenRoundProgramme(Action):
    """Opens the form of a programme of rounds: a new one, or the one named."""

    name: ClassVar[str] = "round.edit"
    programme: str | None = None


class SaveRoundProgramme(Action):
    """The form of a programme of rounds: the one named, or a new one in `channel` (else where it was opened)."""

    name: ClassVar[str] = "round.save"
    programme: str | None = None
    channel: str | None = None


class PauseRounds(Action):
    """Pauses a programme of rounds with the round that is under way."""

    name: ClassVar[str] = "round.pause"
    programme: str


class ResumeRounds(Action):
    """Lets a paused programme of rounds go on, its deadlines moved by the time it stood still."""

    name: ClassVar[str] = "round.resume"
    programme: str


class LockNow(Action):
    """Hands out the answers of a programme now."""

    name: ClassVar[str] = "round.now"
    programme: str


class RoundStatus(Action):
    """Asks where a round stands."""

    name: ClassVar[str] = "round.status"
    round: str


class OpenWishes(Action):
    """Opens the form on how much the presser reviews."""

    name: ClassVar[str] = "rev.wishes"


class SaveWishes(Action):
    """The form on how much somebody reviews, and with whom they are not to be paired."""

    name: ClassVar[str] = "rev.wished"
