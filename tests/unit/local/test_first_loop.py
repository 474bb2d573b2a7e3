"""The loop everything else stands on: a card is posted, answered in its thread, edited; a button opens a form."""

from __future__ import annotations

from typing import ClassVar

import pytest

from adapters.local.platform import LocalPlatform
from adapters.local.workspace import Workspace
from bot.base.errors import UserFacingError
from bot.chat.actions import Action
from bot.chat.cards import Button, Buttons, Card, Choice, Paragraph, Select
from bot.chat.events import ActionClicked, FormSubmitted, MessageDeleted, MessageEdited, MessagePosted
from bot.chat.forms import Form, RatingInput, TextInput
from bot.chat.platform import FormProblems, InConversation, OpenForm, Post, PrivateTo
from bot.chat.refs import MessageRef
from tests.contract.harness import RecordingInbound


class Improve(Action):
    name: ClassVar[str] = "improve"
    answer: str


QUESTION = Card(
    "Today's question",
    (
        Paragraph("Tell me about a time you changed your mind."),
        Buttons((Button("Answer privately", Improve(answer="a1")),)),
        Select("Level", Improve(answer="a2"), (Choice("l4", "L4"), Choice("l5", "L5"))),
    ),
)
FORM = Form(
    Improve(answer="a1"),
    "Your answer",
    (TextInput("situation", "Situation"), RatingInput("sure", "How sure are you?", ("not", "quite", "very"))),
    "Send",
)


async def ask(platform: LocalPlatform, workspace: Workspace) -> MessageRef:
    place = workspace.conversation("interview-practice")
    receipt = await platform.send(Post("slot-1", InConversation(place), QUESTION))
    assert receipt.message is not None
    return receipt.message


async def test_a_question_is_seen_in_its_channel_and_found_again_by_its_key(
    platform: LocalPlatform, workspace: Workspace
) -> None:
    question = await ask(platform, workspace)

    (seen,) = workspace.seen_by("Priya", "interview-practice")
    assert seen.plain == "Today's question\nTell me about a time you changed your mind."
    place = InConversation(workspace.conversation("interview-practice"))
    assert await platform.find_own_post(place, "slot-1") == question
    assert await platform.find_own_post(place, "slot-2") is None


async def test_what_is_said_changed_and_removed_in_a_thread_reaches_the_bot_in_order(
    platform: LocalPlatform, workspace: Workspace, inbound: RecordingInbound
) -> None:
    question = await ask(platform, workspace)

    answer = await workspace.say("Priya", "interview-practice", "I was wrong once.", question.message)
    await workspace.edit("Priya", answer, "I was wrong twice.")
    await workspace.delete("Priya", answer)
    await platform.idle()

    posted, edited, deleted = inbound.events
    assert isinstance(posted, MessagePosted)
    assert isinstance(edited, MessageEdited)
    assert isinstance(deleted, MessageDeleted)
    assert posted.message.conversation == question.conversation.in_thread(question.message)
    assert (posted.text, edited.text) == ("I was wrong once.", "I was wrong twice.")
    assert posted.message == edited.message == deleted.message == answer
    assert workspace.seen_by("Tom", "interview-practice", question.message) == []


async def test_a_button_opens_a_form_whose_problems_are_shown_until_it_is_right(
    platform: LocalPlatform, workspace: Workspace, inbound: RecordingInbound
) -> None:
    question = await ask(platform, workspace)
    inbound.answer_next_with(OpenForm(FORM))
    inbound.answer_next_with(FormProblems({"situation": "One more sentence, please."}))

    await workspace.click("Mei", question, "Answer privately")
    await platform.idle()
    opened = workspace.open_form("Mei")
    assert opened is not None
    assert opened.title == "Your answer"
    assert workspace.open_form("Tom") is None

    await workspace.submit("Mei", {"situation": (" ",), "sure": ("4",)})
    refused = workspace.open_form("Mei")
    assert refused is not None
    assert refused.problems == {"situation": "Please fill this in.", "sure": "Please choose from the list."}
    assert inbound.of(FormSubmitted) == []

    entered = {"situation": ("It rained.",), "sure": ("3",)}
    await workspace.submit("Mei", entered)
    await platform.idle()
    objected = workspace.open_form("Mei")
    assert objected is not None
    assert objected.problems == {"situation": "One more sentence, please."}
    assert objected.values == entered

    await workspace.submit("Mei", entered)
    await platform.idle()
    assert workspace.open_form("Mei") is None
    assert inbound.of(FormSubmitted)[-1].values == entered


async def test_a_select_sends_what_was_chosen_and_nothing_that_it_does_not_offer(
    platform: LocalPlatform, workspace: Workspace, inbound: RecordingInbound
) -> None:
    question = await ask(platform, workspace)

    await workspace.choose("Diego", question, "Level", "l5")
    await platform.idle()
    clicked = inbound.only(ActionClicked)
    assert (clicked.chosen, clicked.message, clicked.actor) == (("l5",), question, workspace.account("Diego"))
    assert clicked.trigger

    with pytest.raises(UserFacingError):
        await workspace.choose("Diego", question, "Level", "l9")


async def test_an_ephemeral_message_is_there_for_its_person_alone(
    platform: LocalPlatform, workspace: Workspace
) -> None:
    near = workspace.conversation("interview-practice")
    audience = PrivateTo(workspace.account("Priya"), near)

    receipt = await platform.send(Post("feedback-1", audience, QUESTION))

    assert (receipt.delivered_as, receipt.message) == ("ephemeral", None)
    assert len(workspace.seen_by("Priya", "interview-practice")) == 1
    assert workspace.seen_by("Tom", "interview-practice") == []
