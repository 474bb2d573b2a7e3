"""Payloads of this room's buttons, selects and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class FinishAnswer(Action):
    """Closes an answer without waiting for the quiet time."""

    name: ClassVar[str] = "a.done"
    answer: str


class ScoreReply(Action):
    """Says that a reply that was set aside is an answer after all."""

    name: ClassVar[str] = "a.yes"
    aside: str


class LeaveReply(Action):
    """Says that a reply that was set aside is no answer."""

    name: ClassVar[str] = "a.no"
    aside: str


class ChooseQuestion(Action):
    """A select of questions: the chosen one is what a direct message answers; no question scores the text alone."""

    name: ClassVar[str] = "a.which"
    aside: str


class ScoreMessage(Action):
    """A message action: score the message it was chosen on.

    `ActionClicked.message` is that message; `chosen` holds its author's user id, then its text, as the platform
    hands them over with a message action.
    """

    name: ClassVar[str] = "a.score"


class OpenScoreText(Action):
    """Opens the form that takes any text of one's own to score."""

    name: ClassVar[str] = "a.text"


class ScoreText(Action):
    """The form with a text of one's own to score."""

    name: ClassVar[str] = "a.texted"


class OpenPrivateForm(Action):
    """Opens the form for a private answer; `aside` is a reply whose words fill it."""

    name: ClassVar[str] = "a.form"
    slot: str
    aside: str | None = None


class GivePrivately(Action):
    """The form of a private answer."""

    name: ClassVar[str] = "a.given"
    slot: str


class OpenRevision(Action):
    """Opens the form with the words of an answer that was given by it, to be revised."""

    name: ClassVar[str] = "a.revise"
    answer: str


class ShowFeedback(Action):
    """Asks for the feedback on an answer."""

    name: ClassVar[str] = "a.feedback"
    answer: str


class MyFeedback(Action):
    """Asks for the feedback on one's own answers to a question."""

    name: ClassVar[str] = "a.mine"
    slot: str


class ShowDetail(Action):
    """Asks for all the rest that a report says."""

    name: ClassVar[str] = "a.detail"
    revision: str


class ShowExample(Action):
    """Asks for a weak and a strong example beside a finding."""

    name: ClassVar[str] = "a.example"
    revision: str
    finding: str


class ShowExpressions(Action):
    """Asks for two expressions for the weakest part of an answer."""

    name: ClassVar[str] = "a.phrases"
    revision: str


class ShowSkeleton(Action):
    """Asks for the model skeleton of a question, open after one's own first answer."""

    name: ClassVar[str] = "a.skeleton"
    slot: str


class ManageAnswer(Action):
    """Asks for what can be done with one's own answer."""

    name: ClassVar[str] = "a.manage"
    answer: str


class SetVisibility(Action):
    """A select: who may see an answer."""

    name: ClassVar[str] = "a.visible"
    answer: str


class AskToShare(Action):
    """Asks what sharing would do."""

    name: ClassVar[str] = "a.share"
    answer: str


class ShareAnswer(Action):
    """Posts a private answer to the question's thread."""

    name: ClassVar[str] = "a.shared"
    answer: str


class AskToWithdraw(Action):
    """Asks what withdrawing would do."""

    name: ClassVar[str] = "a.withdraw"
    answer: str


class WithdrawAnswer(Action):
    """Withdraws an answer with its feedback and every copy."""

    name: ClassVar[str] = "a.withdrawn"
    answer: str


class SeeOthers(Action):
    """Asks for the answers of others to a question."""

    name: ClassVar[str] = "a.others"
    slot: str


class ReadAnswer(Action):
    """A select of others' answers, of which the chosen one is shown."""

    name: ClassVar[str] = "a.read"
    slot: str


class OpenDispute(Action):
    """Opens the form for disagreeing with a report."""

    name: ClassVar[str] = "a.disagree"
    revision: str


class FileDispute(Action):
    """The form with a person's own labels."""

    name: ClassVar[str] = "a.disagreed"
    revision: str


class MyAnswers(Action):
    """Asks for one's own latest answers."""

    name: ClassVar[str] = "a.list"


class LookOverAnswers(Action):
    """Asks for all that stands out over one's own answers."""

    name: ClassVar[str] = "a.over"


class ShowMeant(Action):
    """Asks for the feedback on an answer that a remark over all of them means; chosen in a select where none is named.

    `about` is the place of the remark, so that no two controls of a card are the same.
    """

    name: ClassVar[str] = "a.meant"
    about: int
    answer: str | None = None


class HideAnswer(Action):
    """A moderator hides an answer."""

    name: ClassVar[str] = "mod.hide"
    answer: str


class ShowAnswerAgain(Action):
    """A moderator lets a hidden answer be seen again."""

    name: ClassVar[str] = "mod.unhide"
    answer: str


class HideMessage(Action):
    """A message action: a moderator hides the answer that the message belongs to."""

    name: ClassVar[str] = "mod.message"


class ModerateThread(Action):
    """A moderator asks what can be done in a question's thread."""

    name: ClassVar[str] = "mod.thread"
    slot: str


class CloseThread(Action):
    """A moderator closes a question's thread to further answers."""

    name: ClassVar[str] = "mod.close"
    slot: str


class ReopenThread(Action):
    """A moderator opens a question's thread again."""

    name: ClassVar[str] = "mod.open"
    slot: str


class BlockMember(Action):
    """A moderator blocks a member from taking part."""

    name: ClassVar[str] = "mod.block"
    member: str


class UnblockMember(Action):
    """A moderator lets a blocked member take part again."""

    name: ClassVar[str] = "mod.unblock"
    member: str


class OpenModeration(Action):
    """A moderator asks for threads, blocked members and the log."""

    name: ClassVar[str] = "mod.see"


class OpenAnswerSettings(Action):
    """An admin opens the form about answers: of one channel, or of the whole workspace."""

    name: ClassVar[str] = "a.setup"
    channel: str | None = None


class SaveAnswerSettings(Action):
    """The form about answers; `channel` is its `ConversationRef.encode()`, None for the whole workspace."""

    name: ClassVar[str] = "a.settings"
    channel: str | None = None
