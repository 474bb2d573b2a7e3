"""Cards about answers themselves: one's own, those of others, and what moderators see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.answers import actions
from bot.answers.cards import rating_text
from bot.base.text import Text, t, tn
from bot.chat.cards import Button, Buttons, Card, Choice, Element, Field, Fields, Header, Paragraph, Quote, Select
from storage.tables.answers import Answer, AnswerState, GivenAs
from storage.tables.moderation import ModerationAct
from storage.tables.people import Member
from storage.tables.questions import Slot

VISIBILITIES: dict[str, Text] = {
    "me": t("Only me"),
    "mentors": t("My mentors"),
    "reviewers": t("Reviewers of a round"),
    "channel": t("Everybody in the channel"),
}
ACTS: dict[str, Text] = {
    "post.hide": t("hid an answer"),
    "post.show": t("showed an answer again"),
    "thread.close": t("closed a thread"),
    "thread.open": t("opened a thread again"),
    "member.block": t("blocked a member"),
    "member.unblock": t("let a blocked member take part again"),
    "member.appoint": t("changed a member's role"),
    "delivery.settle": t("decided on an uncertain post"),
}


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One of a person's own answers, as lists show it."""

    id: str
    question: str
    state: Literal["open", "closed"]
    revisions: int
    rating: float | None
    given_at: datetime


def no_answer_card(slot: str) -> Card:
    """Says that there is no answer yet, with every way to one: a reply may have been taken for talk."""
    note = t("If a reply of yours was an answer and I took it for talk, paste it into the form, and it is scored.")
    buttons = (
        Button(t("Answer privately"), actions.OpenPrivateForm(slot=slot), style="primary"),
        Button(t("Score a text"), actions.OpenScoreText()),
    )
    none = t("You have no answer to this question yet.")
    return Card(t("No answer yet"), (Paragraph(none), Paragraph(note), Buttons(buttons)))


def manage_card(answer: Answer, question: str, *, shared: bool) -> Card:
    """What its author can do with an answer."""
    buttons = [Button(t("Feedback"), actions.ShowFeedback(answer=answer.id), style="primary")]
    if answer.given_as is GivenAs.PRIVATE:
        buttons.append(Button(t("Revise it"), actions.OpenRevision(answer=answer.id)))
        label = t("Renew the shared post") if shared else t("Share it to the thread")
        buttons.append(Button(label, actions.AskToShare(answer=answer.id)))
    if answer.state is AnswerState.OPEN:
        buttons.append(Button(t("Done, score it now"), actions.FinishAnswer(answer=answer.id)))
    buttons.append(Button(t("Withdraw my answer"), actions.AskToWithdraw(answer=answer.id), style="danger"))
    how = {
        GivenAs.THREAD: t("To revise it, edit your messages or write another one in the thread."),
        GivenAs.PRIVATE: t("To revise it, open the form again; your words stand in it."),
        GivenAs.TEXT: t("To try again, have a new text scored."),
    }[answer.given_as]
    elements: list[Element] = [Paragraph(question, quiet=True)] if question else []
    elements += [
        Fields((Field(t("Who may see it"), VISIBILITIES[answer.visibility]),)),
        Paragraph(how),
        Select(
            t("Change who may see it"),
            actions.SetVisibility(answer=answer.id),
            tuple(Choice(value, label) for value, label in VISIBILITIES.items()),
        ),
        Buttons(tuple(buttons)),
    ]
    return Card(t("Your answer"), tuple(elements))


def visibility_card(answer: Answer) -> Card:
    """Says who may see an answer from now on."""
    sentence = t("From now on, this may be seen by: {who}.", who=VISIBILITIES[answer.visibility])
    elements = [Paragraph(sentence)]
    if answer.given_as is GivenAs.THREAD and answer.visibility != "channel":
        note = t("Your own messages in the thread can still be read there. Delete them if you do not want that.")
        elements.append(Paragraph(note))
    return Card(t("Who may see it"), tuple(elements))


def ask_to_share_card(answer: Answer, text: str) -> Card:
    """Says clearly what sharing does, before it is done."""
    return Card(
        t("Share this answer?"),
        (
            Paragraph(t("I post it in the thread of its question, under your name. Everybody in the channel sees it.")),
            Quote(text),
            Paragraph(t("Your feedback and rating stay private. You can take the post back at any time."), quiet=True),
            Buttons(
                (
                    Button(t("Post it under my name"), actions.ShareAnswer(answer=answer.id), style="primary"),
                    Button(t("Not now"), actions.ManageAnswer(answer=answer.id)),
                )
            ),
        ),
    )


def ask_to_withdraw_card(answer: Answer) -> Card:
    """Says clearly what withdrawing does, before it is done."""
    return Card(
        t("Withdraw this answer?"),
        (
            Paragraph(
                t(
                    "Its words, its scored versions, the feedback and my messages that show them go. "
                    "It cannot be undone."
                )
            ),
            Buttons(
                (
                    Button(t("Withdraw it"), actions.WithdrawAnswer(answer=answer.id), style="danger"),
                    Button(t("Keep it"), actions.ManageAnswer(answer=answer.id)),
                )
            ),
        ),
    )


def own_answers(answers: Sequence[OwnAnswer]) -> list[Element]:
    """One's own latest answers: the question, what came of it, and a button for each."""
    elements: list[Element] = []
    for answer in answers:
        elements.append(Paragraph(answer.question or t("A text of your own")))
        elements.append(Paragraph(_outcome(answer), quiet=True))
        buttons = [Button(t("My answer"), actions.ManageAnswer(answer=answer.id))]
        if answer.revisions:
            buttons.insert(0, Button(t("Feedback"), actions.ShowFeedback(answer=answer.id)))
        elements.append(Buttons(tuple(buttons)))
    return elements


NONE_YET = t("You have no answers yet. Reply to a question in its thread, or answer privately.")


def list_card(answers: Sequence[OwnAnswer], over_all: Sequence[Element] = ()) -> Card:
    """One's own latest answers, on request, and last what stands out over all of them: chat shows the end first."""
    return Card(t("Your answers"), (*(own_answers(answers) or (Paragraph(NONE_YET),)), *over_all))


def home_section(answers: Sequence[OwnAnswer]) -> tuple[Element, ...]:
    """The part of the home about one's own answers, and what else can be done from here."""
    buttons = [Button(t("Score a text"), actions.OpenScoreText())]
    if answers:
        buttons.insert(0, Button(t("All my answers"), actions.MyAnswers()))
    return (Header(t("Your answers")), *(own_answers(answers) or [Paragraph(NONE_YET)]), Buttons(tuple(buttons)))


def answer_which_card(slots: Sequence[Slot]) -> Card:
    """The questions that can be answered privately now, each with its button."""
    elements: list[Element] = []
    for slot in slots:
        button = Button(t("Answer privately"), actions.OpenPrivateForm(slot=slot.id), style="primary")
        elements += [Paragraph(slot.text), Buttons((button,))]
    return Card(t("Answer privately"), tuple(elements))


def _outcome(answer: OwnAnswer) -> Text:
    if not answer.revisions:
        return t("Still being collected; feedback comes when you pause.")
    versions = tn("{count} version", "{count} versions", answer.revisions)
    if answer.rating is None:
        return t("{versions}, no rating yet", versions=versions)
    return t("{versions}, rated {rating}", versions=versions, rating=rating_text(answer.rating))


def others_card(slot: Slot, readable: Sequence[tuple[Answer, str]], withheld: int) -> Card:
    """Whose answers can be read, and what waits for one's own."""
    elements: list[Element] = [Paragraph(slot.text, quiet=True)]
    if readable:
        choices = tuple(Choice(answer.id, _listed(answer, name)) for answer, name in readable)
        elements.append(Select(t("Read an answer"), actions.ReadAnswer(slot=slot.id), choices))
    elif not withheld:
        elements.append(Paragraph(t("Nobody else has an answer here that its author lets others read.")))
    if withheld:
        waiting = tn(
            "{count} private answer can be read once you have answered yourself.",
            "{count} private answers can be read once you have answered yourself.",
            withheld,
        )
        elements += [
            Paragraph(waiting),
            Buttons((Button(t("Answer privately"), actions.OpenPrivateForm(slot=slot.id)),)),
        ]
    return Card(t("Answers of others"), tuple(elements))


def _listed(answer: Answer, name: str) -> Text:
    if answer.given_as is GivenAs.PRIVATE:
        return t("{name}, given privately and shared", name=name)
    return t("{name}, in the thread", name=name)


def read_card(answer: Answer, name: str, text: str, *, moderates: bool) -> Card:
    """An answer of somebody else's; moderators can hide it, or block its author, from here."""
    hide = Button(t("Hide this answer"), actions.HideAnswer(answer=answer.id), style="danger")
    block = Button(t("Block its author"), actions.BlockMember(member=answer.member_id), style="danger")
    return Card(t("Answer of {author}", author=name), (Quote(text), *((Buttons((hide, block)),) if moderates else ())))


def hidden_card(answer: Answer) -> Card:
    """Says that an answer is hidden, with the way back."""
    again = Button(t("Show it again"), actions.ShowAnswerAgain(answer=answer.id))
    note = t(
        "It is in no list any more, and my messages that showed it are being removed. Messages of its author stay."
    )
    return Card(t("The answer is hidden."), (Paragraph(note), Buttons((again,))))


def thread_card(slot: Slot) -> Card:
    """Whether a question's thread takes answers, with the button that changes it."""
    if slot.thread_closed:
        button = Button(t("Open the thread again"), actions.ReopenThread(slot=slot.id))
        state = t("This thread is closed: replies are not scored. Private answers still are.")
    else:
        button = Button(t("Close the thread"), actions.CloseThread(slot=slot.id), style="danger")
        state = t("This thread takes answers.")
    return Card(t("Moderate a thread"), (Paragraph(slot.text, quiet=True), Paragraph(state), Buttons((button,))))


def moderation_card(
    slots: Sequence[Slot], blocked: Sequence[Member], acts: Sequence[tuple[ModerationAct, str, str]]
) -> Card:
    """What moderators can do from one place, and what was done."""
    elements: list[Element] = [Header(t("Threads"))]
    for slot in slots:
        elements.append(Paragraph(slot.text))
        elements.append(Buttons((Button(t("Moderate"), actions.ModerateThread(slot=slot.id)),)))
    elements.append(Header(t("Blocked members")))
    for member in blocked:
        elements.append(Paragraph(member.display_name))
        elements.append(Buttons((Button(t("Unblock"), actions.UnblockMember(member=member.id)),)))
    if not blocked:
        elements.append(Paragraph(t("Nobody is blocked.")))
    elements.append(Header(t("What was done")))
    elements += [Paragraph(_act(*done), quiet=True) for done in acts]
    if not acts:
        elements.append(Paragraph(t("Nothing yet.")))
    return Card(t("Moderation"), tuple(elements))


def _act(act: ModerationAct, name: str, about: str) -> Text:
    when = act.acted_at.strftime("%Y-%m-%d %H:%M UTC")
    done = ACTS.get(act.verb, act.verb)
    who = name or t("Starling")
    if about:
        return t("{when}: {name} {act}: {about}.", when=when, name=who, act=done, about=about)
    return t("{when}: {name} {act}.", when=when, name=who, act=done)


def blocked_card(member: Member) -> Card:
    """Says that a member is blocked or not, with the way back."""
    if member.state.value != "blocked":
        return Card(t("{name} can take part.", name=member.display_name))
    undo = Button(t("Unblock"), actions.UnblockMember(member=member.id))
    note = t("They can still see and take out what is theirs. Their replies are neither stored nor scored.")
    return Card(t("{name} is blocked.", name=member.display_name), (Paragraph(note), Buttons((undo,))))
