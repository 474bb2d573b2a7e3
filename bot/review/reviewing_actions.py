"""Payloads of the buttons, selects and forms of reviewing, results, practice and the board."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class WriteReview(Action):
    """Opens the form of a review, filled with what it says already."""

    name: ClassVar[str] = "rev.write"
    review: str


class SendReview(Action):
    """The form of a review."""

    name: ClassVar[str] = "rev.send"
    review: str


class SeeChanges(Action):
    """Asks what the author changed after the answer was handed out."""

    name: ClassVar[str] = "rev.diff"
    review: str


class FlagAnswer(Action):
    """Opens the form with which a reviewer reports an answer."""

    name: ClassVar[str] = "rev.flaga"
    review: str


class SendAnswerFlag(Action):
    """The report about an answer."""

    name: ClassVar[str] = "rev.flagas"
    review: str


class SendReviewFlag(Action):
    """The report about a review."""

    name: ClassVar[str] = "rev.flags"
    review: str


class UpholdReviewFlag(Action):
    """A moderator takes a reported review out."""

    name: ClassVar[str] = "rev.uphold"
    review: str


class DismissReviewFlag(Action):
    """A moderator lets a reported review stand."""

    name: ClassVar[str] = "rev.dismiss"
    review: str


class UpholdAnswerFlag(Action):
    """A moderator takes a reported answer out of its round."""

    name: ClassVar[str] = "rev.aphold"
    entry: str


class DismissAnswerFlag(Action):
    """A moderator lets a reported answer be reviewed again."""

    name: ClassVar[str] = "rev.admiss"
    entry: str


class OpenFlags(Action):
    """A moderator asks for what was reported."""

    name: ClassVar[str] = "rev.queue"


class MarkHelpful(Action):
    """An author says whether a review helped."""

    name: ClassVar[str] = "rev.help"
    review: str
    yes: int


class ThankReviewer(Action):
    """An author thanks the reviewer, without names."""

    name: ClassVar[str] = "rev.thank"
    review: str


class AskBack(Action):
    """Opens the form for the one question that an author may ask back."""

    name: ClassVar[str] = "rev.ask"
    review: str


class SendAskBack(Action):
    """The question back."""

    name: ClassVar[str] = "rev.asked"
    review: str


class AnswerBack(Action):
    """Opens the form in which a reviewer answers it, once."""

    name: ClassVar[str] = "rev.reply"
    review: str


class SendAnswerBack(Action):
    """The answer to the question back."""

    name: ClassVar[str] = "rev.replied"
    review: str


class OpenAppeal(Action):
    """Opens the form with which an author asks for a mentor's own look."""

    name: ClassVar[str] = "rev.appeal"
    entry: str


class SendAppeal(Action):
    """The request for a mentor's own look."""

    name: ClassVar[str] = "rev.appealed"
    entry: str


class OpenOverride(Action):
    """Opens the form in which a mentor gives a score in place of the reviews'."""

    name: ClassVar[str] = "rev.over"
    entry: str


class SendOverride(Action):
    """A mentor's own score with its reason."""

    name: ClassVar[str] = "rev.overed"
    entry: str


class EditRubric(Action):
    """Opens the form of the criteria."""

    name: ClassVar[str] = "rub.edit"


class SaveRubric(Action):
    """The form of the criteria."""

    name: ClassVar[str] = "rub.save"


class LiftExclusion(Action):
    """Lets a person be paired again with whoever asked for it not to happen."""

    name: ClassVar[str] = "rev.pair"
    exclusion: str


class TryExample(Action):
    """Opens the form in which one rates an example."""

    name: ClassVar[str] = "cal.try"
    example: str


class SendTry(Action):
    """One's own ratings of an example."""

    name: ClassVar[str] = "cal.tried"
    example: str


class ListExamples(Action):
    """Asks for the examples to practise on."""

    name: ClassVar[str] = "cal.list"


class OpenSelfRating(Action):
    """Opens the form in which one rates an answer of one's own."""

    name: ClassVar[str] = "self.rate"
    answer: str


class SendSelfRating(Action):
    """One's own rating of an answer of one's own."""

    name: ClassVar[str] = "self.rated"
    answer: str


class ShowBoard(Action):
    """Asks for the board: self, rules, peers and mentor side by side."""

    name: ClassVar[str] = "self.board"
