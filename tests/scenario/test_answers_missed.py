"""Replies that never reached us: one note in the question's thread, and a way to answer."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.chat.events import RepliesMissed
from bot.chat.refs import ConversationRef
from storage.tables.outbox import Delivery
from storage.tables.questions import Slot
from tests.scenario.answers_scene import SITUATION, AnswersScene, question_posted

NOTE = "Some replies may not have reached me"


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        yield made


async def missed(q: AnswersScene, last: str, thread: ConversationRef | None = None) -> None:
    """The platform tells that a thread, the question's unless another is named, moved on up to this message."""
    event = RepliesMissed(
        delivery_id=f"missed:{last}",
        installation=q.s.workspace.installation,
        occurred_at=q.s.clock.now(),
        conversation=thread or q.s.workspace.conversation("interview-practice", q.question.message),
    )
    await q.s.runtime.accept(event)
    await q.s.drain()


async def test_the_thread_is_told_with_a_button_that_takes_the_answer(q: AnswersScene) -> None:
    await missed(q, "1")
    assert q.thread().count(NOTE) == 1
    assert "Answer privately" in q.thread().split(NOTE)[1]
    await q.s.ana.clicks("Answer privately")
    await q.s.drain()
    await q.s.ana.submits(situation=SITUATION)
    await q.s.drain()
    assert len(await q.answers("ana")) == 1


async def test_a_thread_is_told_once_a_day(q: AnswersScene) -> None:
    await missed(q, "1")
    await q.s.clock_moves(hours=23)
    await missed(q, "2")
    assert q.thread().count(NOTE) == 1
    await q.s.clock_moves(hours=2)
    await missed(q, "3")
    assert q.thread().count(NOTE) == 2


async def test_a_thread_that_is_no_question_s_is_left_alone(q: AnswersScene) -> None:
    await missed(q, "1", q.s.workspace.conversation("interview-practice", "9999"))
    assert await q.rows(Delivery, Delivery.kind == "answer.missed") == []


async def test_a_thread_that_a_moderator_closed_is_left_alone(q: AnswersScene) -> None:
    async with q.s.database.write(await q.s.workspace_id()) as session:
        (await session.get_one(Slot, q.slot)).thread_closed = True
    await missed(q, "1")
    assert NOTE not in q.thread()
