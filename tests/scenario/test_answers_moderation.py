"""Moderators: hide, close, block; each act is logged, and members cannot do any of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.answers.actions import CloseThread, HideMessage
from bot.chat.actions import Action
from bot.chat.events import ActionClicked
from bot.chat.refs import MessageRef
from storage.tables.answers import AnswerPart, Revision
from storage.tables.moderation import ModerationAct
from storage.tables.questions import Slot
from tests.scenario.answers_scene import ACTION, CHANNEL, RESULT, SITUATION, AnswersScene, question_posted


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        yield made


async def press(q: AnswersScene, who: str, action: Action, message: MessageRef | None = None) -> None:
    event = ActionClicked(
        delivery_id=f"{who} {action.encode()}",
        installation=q.s.workspace.installation,
        occurred_at=q.s.clock.now(),
        actor=q.s.workspace.account(who),
        conversation=q.question.conversation,
        action=action.encode(),
        message=message,
    )
    await q.s.runtime.accept(event)
    await q.s.drain()


async def shared_by_ana(q: AnswersScene) -> None:
    await q.answer_privately("ana", situation=SITUATION, action=ACTION, result=RESULT)
    await q.click("ana", "My answer", "Share it to the thread", "Post it under my name")


async def verbs(q: AnswersScene) -> list[str]:
    return [act.verb for act in await q.rows(ModerationAct)]


async def test_hiding_removes_the_shared_post_tells_the_author_and_is_logged(q: AnswersScene) -> None:
    await shared_by_ana(q)
    await q.answer("ada", f"{SITUATION} {ACTION}")
    (answer,) = await q.answers("ana")
    await q.s.ada.clicks("More", q.question)
    await q.s.drain()
    await q.s.ada.clicks("Others' answers")
    await q.s.drain()
    await q.choose("ada", "Read an answer", answer.id)
    await q.click("ada", "Hide this answer")
    assert "Answer of Ana" not in q.thread()
    assert "A moderator has hidden your answer" in q.seen("ana")
    assert await verbs(q) == ["post.hide"]
    await q.answer("ben", f"{SITUATION} {ACTION}")
    await q.s.ben.clicks("More", q.question)
    await q.s.drain()
    await q.s.ben.clicks("Others' answers")
    await q.s.drain()
    assert "Ana" not in q.seen("ben")
    await q.click("ada", "Show it again")
    assert await verbs(q) == ["post.hide", "post.show"]
    assert len(await q.rows(Revision)) == 3, "its author still has it"


async def test_the_message_action_hides_the_answer_a_message_belongs_to(q: AnswersScene) -> None:
    (said,) = await q.answer("ana", f"{SITUATION} {ACTION}")
    await press(q, "ada", HideMessage(), said)
    (answer,) = await q.answers("ana")
    assert answer.hidden_at is not None


async def test_a_closed_thread_takes_no_more_answers_until_it_is_opened_again(q: AnswersScene) -> None:
    await q.s.ada.runs("moderate overview")
    await q.s.drain()
    await q.click("ada", "Moderate", "Close the thread")
    await q.answer("ana", f"{SITUATION} {ACTION}")
    assert await q.rows(AnswerPart) == []
    assert "This question takes no more answers in its thread" in q.seen("ana")
    await q.answer("ben", "nice one!")
    assert q.seen("ben") == "", "talk goes on undisturbed"
    await q.click("ada", "Open the thread again")
    await q.answer("ben", f"{SITUATION} {ACTION}")
    assert len(await q.rows(AnswerPart)) == 1
    assert await verbs(q) == ["thread.close", "thread.open"]


async def test_a_blocked_member_is_told_once_and_nothing_of_theirs_is_stored(q: AnswersScene) -> None:
    await q.reply("ben", "hello")
    await q.s.ada.runs("moderate block member:@ben")
    await q.s.drain()
    assert "Ben is blocked." in q.seen("ada")
    await q.answer("ben", f"{SITUATION} {ACTION}", RESULT)
    assert await q.rows(AnswerPart) == []
    assert q.seen("ben").count("A moderator has blocked you") == 1
    await q.click("ada", "Unblock")
    await q.answer("ben", f"{SITUATION} {ACTION}")
    assert len(await q.rows(AnswerPart)) == 1
    assert await verbs(q) == ["member.block", "member.unblock"]


async def test_a_blocked_member_can_still_take_out_what_is_theirs(q: AnswersScene) -> None:
    await q.answer("ben", f"{SITUATION} {ACTION}")
    await q.s.ada.runs("moderate block member:@ben")
    await q.s.drain()
    await q.s.ben.runs("answer list")
    await q.s.drain()
    assert "Your answers" in q.seen("ben")


async def test_an_admin_cannot_be_blocked_nor_oneself(q: AnswersScene) -> None:
    await q.s.ada.runs("moderate block member:@ada")
    await q.s.drain()
    assert "You cannot block yourself." in q.seen("ada")
    assert await verbs(q) == []


async def test_members_can_moderate_nothing(q: AnswersScene) -> None:
    (said,) = await q.answer("ana", f"{SITUATION} {ACTION}")
    await press(q, "ben", HideMessage(), said)
    await press(q, "ben", CloseThread(slot=q.slot))
    await q.s.ben.runs("moderate block member:@ana")
    await q.s.ben.runs("moderate overview")
    await q.s.drain()
    assert q.seen("ben").count("You cannot do that here.") == 4
    assert await verbs(q) == []
    (slot,) = await q.rows(Slot)
    assert not slot.thread_closed


async def test_the_log_and_a_second_way_are_in_a_moderators_home(q: AnswersScene) -> None:
    await press(q, "ada", CloseThread(slot=q.slot))
    await q.s.ada.opens_home()
    await q.s.drain()
    await q.s.ada.clicks_home("Threads, blocks and the log")
    await q.s.drain()
    assert "Ada closed a thread." in q.seen("ada")
    await q.s.ben.opens_home()
    await q.s.drain()
    assert "Moderation" not in q.s.ben.home


async def test_an_admin_decides_where_feedback_appears(q: AnswersScene) -> None:
    await q.s.ada.runs("setup answers", CHANNEL)
    await q.s.drain()
    await q.s.ada.submits(place="thread")
    await q.s.drain()
    await q.answer("ana", f"{SITUATION} {ACTION}")
    assert "Feedback on the answer of Ana" in q.thread()
    await q.s.ada.opens_home()
    await q.s.drain()
    await q.s.ada.clicks_home("How answers are handled")
    await q.s.drain()
    assert q.s.ada.form.values["place"] == ("thread",)


async def test_members_cannot_decide_it(q: AnswersScene) -> None:
    await q.s.ben.runs("setup answers", CHANNEL)
    await q.s.drain()
    assert not q.s.ben.has_a_form
    assert "You cannot do that here." in q.seen("ben")
