"""Payloads of this room's buttons, selects and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class ListMentorships(Action):
    """Shows one's mentors and mentees."""

    name: ClassVar[str] = "m.list"


class ListMentorshipsFrom(Action):
    """Shows them from one on, counted from 0."""

    name: ClassVar[str] = "m.list.from"
    start: int


class AcceptMentee(Action):
    """The mentor takes a mentee on."""

    name: ClassVar[str] = "m.accept"
    mentorship: str


class Decline(Action):
    """Either side says no to what is not yet agreed on, or takes back what they asked."""

    name: ClassVar[str] = "m.decline"
    mentorship: str


class OpenSharing(Action):
    """Opens the form in which the mentee chooses what is seen; it accepts an offer too."""

    name: ClassVar[str] = "m.shares"
    mentorship: str


class SaveSharing(Action):
    """What the mentee chose to show."""

    name: ClassVar[str] = "m.shared"
    mentorship: str


class EndMentorship(Action):
    """Either side ends it, at once."""

    name: ClassVar[str] = "m.end"
    mentorship: str


class LookAtMentee(Action):
    """The mentor looks at what a mentee shows them."""

    name: ClassVar[str] = "m.look"
    mentorship: str


class SeeAsMentor(Action):
    """The mentee sees exactly what the mentor sees."""

    name: ClassVar[str] = "m.mirror"
    mentorship: str


class ReadMenteesAnswer(Action):
    """The mentor reads an answer."""

    name: ClassVar[str] = "m.answer"
    answer: str


class ReadMenteesStory(Action):
    """The mentor reads a story."""

    name: ClassVar[str] = "m.story"
    story: str


class ShowLooks(Action):
    """Who looked at what is one's own, and when."""

    name: ClassVar[str] = "m.looks"


class OpenComment(Action):
    """Opens the form for a comment on a mentee's answer."""

    name: ClassVar[str] = "m.say"
    answer: str


class SendComment(Action):
    """A comment on a mentee's answer."""

    name: ClassVar[str] = "m.said"
    answer: str


class ShowComments(Action):
    """What mentors said about one's answer."""

    name: ClassVar[str] = "m.about"
    answer: str


class OpenAsking(Action):
    """Opens the form to ask a mentor something, about an answer where one is named."""

    name: ClassVar[str] = "m.ask"
    answer: str = ""


class AskMentor(Action):
    """A question to a mentor."""

    name: ClassVar[str] = "m.asked"
    answer: str = ""


class OpenReply(Action):
    """Opens the form to reply to a mentee's question."""

    name: ClassVar[str] = "m.reply"
    question: str


class SendReply(Action):
    """A reply to a mentee's question."""

    name: ClassVar[str] = "m.replied"
    question: str


class ShowWaiting(Action):
    """What waits for one as a mentor, the oldest first."""

    name: ClassVar[str] = "m.waits"


class OpenAssigning(Action):
    """Opens the form to ask a mentee to answer a question by a day."""

    name: ClassVar[str] = "m.set"
    mentorship: str


class Assign(Action):
    """A question for a mentee with its day."""

    name: ClassVar[str] = "m.task"
    mentorship: str


class OpenAssignment(Action):
    """Opens the form to answer what a mentor asked."""

    name: ClassVar[str] = "m.do"
    assignment: str


class AnswerAssignment(Action):
    """The answer to what a mentor asked."""

    name: ClassVar[str] = "m.done"
    assignment: str


class OpenNote(Action):
    """Opens the form for a note about a mentee."""

    name: ClassVar[str] = "m.note"
    mentorship: str


class WriteNote(Action):
    """A note about a mentee, with its readers."""

    name: ClassVar[str] = "m.noted"
    mentorship: str


class ShowNotes(Action):
    """The notes about a mentee that one may read."""

    name: ClassVar[str] = "m.notes"
    mentee: str


class DeleteNote(Action):
    """Its author deletes a note."""

    name: ClassVar[str] = "m.unnote"
    note: str


class OpenTarget(Action):
    """Opens the form for one's own target, or, of a mentorship, for what a mentor proposes."""

    name: ClassVar[str] = "m.aim"
    mentorship: str = ""


class SaveTarget(Action):
    """A target, set or proposed."""

    name: ClassVar[str] = "m.aimed"
    mentorship: str = ""


class TakeTarget(Action):
    """The mentee takes what a mentor proposes."""

    name: ClassVar[str] = "m.take"
    target: str


class DropTarget(Action):
    """The mentee refuses a proposal, or lets their target go."""

    name: ClassVar[str] = "m.drop"
    target: str


class OpenDigest(Action):
    """Opens the form for the weekly summary."""

    name: ClassVar[str] = "m.week"


class SaveDigest(Action):
    """When the weekly summary comes, if at all."""

    name: ClassVar[str] = "m.weekly"


class OpenFinding(Action):
    """Opens the form to ask somebody to be one's mentor, or to offer oneself."""

    name: ClassVar[str] = "m.find"


class FindPerson(Action):
    """Whom to ask, or whom to offer oneself to."""

    name: ClassVar[str] = "m.found"


class OpenHandover(Action):
    """Opens the form to propose another mentor in one's own place."""

    name: ClassVar[str] = "m.over"
    mentorship: str


class HandOver(Action):
    """Who is to take over."""

    name: ClassVar[str] = "m.to"
    mentorship: str


class SaveSilence(Action):
    """After how many weeks a mentor counts as silent."""

    name: ClassVar[str] = "m.silent"
