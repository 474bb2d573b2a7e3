"""Payloads of this room's buttons, selects and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class WhyQuestion(Action):
    """Asks why the question of a slot came."""

    name: ClassVar[str] = "q.why"
    slot: str


class OpenSuggestion(Action):
    """Opens the form for suggesting a question."""

    name: ClassVar[str] = "q.suggest"


class SendSuggestion(Action):
    """The form of a suggestion."""

    name: ClassVar[str] = "q.suggested"


class ReviewSuggestions(Action):
    """Asks for the suggestions that wait."""

    name: ClassVar[str] = "q.suggestions"


class ApproveSuggestion(Action):
    """Opens the form of a new question, filled with a suggestion."""

    name: ClassVar[str] = "q.approve"
    suggestion: str


class OpenDecline(Action):
    """Opens the form that asks why a suggestion is declined."""

    name: ClassVar[str] = "q.decline"
    suggestion: str


class DeclineSuggestion(Action):
    """The form with the reason for declining a suggestion."""

    name: ClassVar[str] = "q.declined"
    suggestion: str


class OpenOwnQuestion(Action):
    """Opens the form of a question of the team's own: a new one, or the one named."""

    name: ClassVar[str] = "q.own"
    own: str | None = None


class SaveOwnQuestion(Action):
    """The form of a question of the team's own; `suggestion` where it comes from one."""

    name: ClassVar[str] = "q.save"
    own: str | None = None
    suggestion: str | None = None


class RetireOwnQuestion(Action):
    """Asks a question of the team's own no more."""

    name: ClassVar[str] = "q.retire"
    own: str


class ListOwnQuestions(Action):
    """Asks for the questions the team added."""

    name: ClassVar[str] = "q.owns"


class ShowQueue(Action):
    """Asks for the queue of a programme."""

    name: ClassVar[str] = "q.queue"
    programme: str


class OpenQueueForm(Action):
    """Opens the form that looks for a question to queue."""

    name: ClassVar[str] = "q.enqueue"
    programme: str


class FindForQueue(Action):
    """The form with the words of a question to queue."""

    name: ClassVar[str] = "q.find"
    programme: str


class QueueChosen(Action):
    """A select of questions, of which the chosen one is queued."""

    name: ClassVar[str] = "q.queued"
    programme: str


class RemoveFromQueue(Action):
    """Takes a question out of a queue."""

    name: ClassVar[str] = "q.unqueue"
    entry: str


class OpenVeto(Action):
    """Opens the form that asks why the question of a slot is not to be asked again."""

    name: ClassVar[str] = "q.veto"
    slot: str


class VetoQuestion(Action):
    """The form with the reason for a veto, and whether it holds in `programme` alone."""

    name: ClassVar[str] = "q.vetoed"
    question: str
    programme: str


class VetoChosen(Action):
    """A select of questions, of which the chosen one is vetoed."""

    name: ClassVar[str] = "q.vetoes"


class TakeBackVeto(Action):
    """Lets a vetoed question be asked again."""

    name: ClassVar[str] = "q.unveto"
    veto: str


class ListProgrammes(Action):
    """Asks for the list of programmes."""

    name: ClassVar[str] = "prog.list"


class OpenProgramme(Action):
    """Opens the form of a programme: a new one, or the one named."""

    name: ClassVar[str] = "prog.edit"
    programme: str | None = None


class SaveProgramme(Action):
    """The form of a programme: the one named, or a new one in `channel` (else where the form was opened)."""

    name: ClassVar[str] = "prog.save"
    programme: str | None = None
    channel: str | None = None


class OpenPause(Action):
    """Opens the form that asks until when a programme pauses."""

    name: ClassVar[str] = "prog.pausing"
    programme: str


class PauseProgramme(Action):
    """The form with the day on which a paused programme goes on."""

    name: ClassVar[str] = "prog.pause"
    programme: str


class ResumeProgramme(Action):
    """Lets a paused programme go on."""

    name: ClassVar[str] = "prog.resume"
    programme: str


class SkipNext(Action):
    """Leaves out the next question of a programme."""

    name: ClassVar[str] = "prog.skip"
    programme: str


class UndoSkips(Action):
    """Asks again on the days to come that were left out."""

    name: ClassVar[str] = "prog.unskip"
    programme: str


class PostNow(Action):
    """Posts today's question of a programme at once."""

    name: ClassVar[str] = "prog.now"
    programme: str
