"""What cards say about who sees an answer is so, and an edit without words loses nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.chat.events import MessageEdited
from storage.tables.answers import AnswerPart, Revision
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, AnswersScene, question_posted
from tests.scenario.test_answers_talk import SHORT
from tests.scenario.test_answers_thread import tell


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        yield made


async def shared(q: AnswersScene) -> None:
    """Ana answers by the form and shares it to the thread."""
    await q.answer_privately("ana", situation=SITUATION, action=ACTION)
    await q.click("ana", "My answer", "Share it to the thread", "Post it under my name")


async def test_who_revises_a_shared_answer_is_told_that_the_channel_sees_it(q: AnswersScene) -> None:
    await shared(q)
    await q.click("ana", "My answer", "Revise it")
    assert "Only you see the answer" not in str(q.s.ana.form)
    before = q.seen("ana").count("Nobody else sees it.")
    await q.s.ana.submits(result=RESULT)
    await q.s.drain()
    assert q.seen("ana").count("Nobody else sees it.") == before
    assert "It may be seen by: Everybody in the channel." in q.seen("ana")


async def test_a_reply_scored_in_its_thread_is_not_called_unseen(q: AnswersScene) -> None:
    await q.reply("ben", SHORT)
    await q.quiet()
    await q.click("ben", "Yes, score it")
    assert "Nobody else sees it." not in q.seen("ben")


async def test_what_is_written_to_starling_alone_never_joins_an_answer_that_others_read(q: AnswersScene) -> None:
    await shared(q)
    await q.s.ana.says("@starling", f"{SITUATION} I broke the salary run and told nobody but the auditors about it.")
    await q.s.drain()
    await q.choose("ana", "It answers this question", q.slot)
    of_the_question = [answer for answer in await q.answers("ana") if answer.slot_id == q.slot]
    revisions = await q.rows(Revision, Revision.answer_id == of_the_question[0].id)
    assert [revision.number for revision in revisions] == [1]
    assert len(await q.rows(Revision)) == 2, "it is scored all the same"


async def test_an_older_edit_without_words_changes_nothing(q: AnswersScene) -> None:
    earlier = q.s.clock.now()
    said = await q.reply("ana", SITUATION)
    await q.s.clock_moves(seconds=10)
    await q.edit("ana", said, ACTION)
    await tell(q, MessageEdited, said, "late", text="", at=earlier)
    (part,) = await q.rows(AnswerPart)
    assert part.text == ACTION


async def test_a_message_that_gets_its_words_back_is_a_part_again(q: AnswersScene) -> None:
    await q.reply("ana", SITUATION)
    said = await q.reply("ana", ACTION)
    now = q.s.clock.now()
    await tell(q, MessageEdited, said, "emptied", text=" ", at=now + timedelta(seconds=1))
    await tell(q, MessageEdited, said, "filled", text=RESULT, at=now + timedelta(seconds=2))
    await q.quiet()
    (revision,) = await q.rows(Revision)
    assert revision.text == f"{SITUATION}\n\n{RESULT}"
