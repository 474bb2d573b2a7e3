"""Answers in a thread: parts, quiet time, Done, edits, deletions, and events in any order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from bot.answers.revising import recorded_inputs
from bot.chat.events import MessageDeleted, MessageEdited, MessagePosted
from bot.chat.refs import MessageRef
from bot.scoring.engine import score
from storage.tables.answers import Answer, AnswerPart, AnswerState, EarlyChange, Feedback, Revision
from tests.scenario.answers_scene import ACTION, CHANNEL, RESULT, SITUATION, WEAK, AnswersScene, question_posted
from tests.scenario.dsl import whole_content, whole_rules


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        yield made


async def tell(q: AnswersScene, kind: Any, message: MessageRef, delivery: str, **facts: Any) -> None:
    """The platform delivers an event about Ana's message, under this delivery id."""
    event = kind(
        delivery_id=delivery,
        installation=q.s.workspace.installation,
        occurred_at=facts.pop("at", q.s.clock.now()),
        actor=q.s.workspace.account("ana"),
        message=message,
        **facts,
    )
    await q.s.runtime.accept(event)
    await q.s.drain()


def made_up_message(q: AnswersScene) -> MessageRef:
    return MessageRef(q.s.workspace.conversation("interview-practice", q.question.message), "9999")


async def test_an_answer_in_parts_gets_one_feedback_after_the_quiet_time(q: AnswersScene) -> None:
    await q.answer("ana", SITUATION, ACTION, RESULT)
    (revision,) = await q.rows(Revision)
    assert revision.text == "\n\n".join([SITUATION, ACTION, RESULT])
    assert q.seen("ana").count("Starling: Feedback on your answer") == 2, "the durable card and its courtesy copy"
    assert "Scored by rules, version" in q.seen("ana"), "it says which engine version spoke"
    assert "Feedback" not in q.thread(), "feedback is private"
    assert "Feedback" not in q.seen("ben")
    assert f"Ana: {RESULT} (done)" in q.thread()


async def test_each_part_is_seen_at_once_and_puts_the_closing_off(q: AnswersScene) -> None:
    await q.reply("ana", SITUATION)
    assert f"Ana: {SITUATION} (seen)" in q.thread()
    await q.s.clock_moves(minutes=2)
    await q.reply("ana", ACTION)
    await q.s.clock_moves(minutes=2)
    assert await q.rows(Revision) == []
    await q.s.clock_moves(minutes=2)
    assert len(await q.rows(Revision)) == 1


async def test_done_closes_the_answer_at_once(q: AnswersScene) -> None:
    await q.reply("ana", SITUATION)
    await q.click("ana", "Done, score it now")
    assert len(await q.rows(Revision)) == 1
    await q.quiet()
    assert len(await q.rows(Revision)) == 1


async def test_writing_done_closes_the_answer_too(q: AnswersScene) -> None:
    await q.reply("ana", SITUATION)
    await q.reply("ana", "done!")
    (revision,) = await q.rows(Revision)
    assert revision.text == SITUATION


async def test_somebody_else_cannot_finish_my_answer(q: AnswersScene) -> None:
    await q.reply("ana", SITUATION)
    (answer,) = await q.answers("ana")
    await q.s.ben.runs("answer done")
    await q.s.drain()
    assert "No answer of yours is being collected." in q.seen("ben")
    (answer,) = await q.answers("ana")
    assert answer.state is AnswerState.OPEN


async def test_the_same_message_is_one_part_whatever_events_bring_it(q: AnswersScene) -> None:
    said = await q.reply("ana", SITUATION)
    await q.s.comes_again(3)
    await tell(q, MessagePosted, said, "another delivery", text=SITUATION)
    assert len(await q.rows(AnswerPart)) == 1


async def test_an_edit_within_the_quiet_time_just_changes_the_part(q: AnswersScene) -> None:
    said = await q.reply("ana", SITUATION)
    await q.edit("ana", said, ACTION)
    await q.quiet()
    (revision,) = await q.rows(Revision)
    assert (revision.number, revision.text) == (1, ACTION)


async def test_an_edit_after_the_feedback_is_a_revision_that_says_what_it_gained(q: AnswersScene) -> None:
    (said,) = await q.answer("ana", f"{SITUATION} {WEAK}")
    before = q.seen("ana").count("Starling: Feedback")
    await q.edit("ana", said, f"{SITUATION} {ACTION} {RESULT}")
    await q.quiet()
    assert len(await q.rows(Revision)) == 2
    seen = q.seen("ana")
    assert "What this version changed" in seen
    assert "Mended: " in seen
    assert seen.count("Starling: Feedback") == before + 1, "the durable card is edited; only the copy is new"


async def test_a_revision_that_loses_says_so(q: AnswersScene) -> None:
    (said,) = await q.answer("ana", f"{SITUATION} {ACTION} {RESULT}")
    await q.edit("ana", said, f"{SITUATION} {ACTION}")
    await q.quiet()
    assert "Lost: " in q.seen("ana") or "New: " in q.seen("ana")


async def test_a_later_part_is_a_revision(q: AnswersScene) -> None:
    await q.answer("ana", f"{SITUATION} {ACTION}")
    await q.answer("ana", f"Result: {RESULT}")
    assert [r.number for r in await q.rows(Revision)] == [1, 2]
    assert len(await q.answers("ana")) == 1


async def test_an_edit_that_changes_nothing_makes_no_revision(q: AnswersScene) -> None:
    (said,) = await q.answer("ana", f"{SITUATION} {ACTION}")
    await tell(q, MessageEdited, said, "unfurled", text=f"{SITUATION} {ACTION}")
    await q.quiet()
    assert len(await q.rows(Revision)) == 1


async def test_an_edit_before_its_message_waits_for_it(q: AnswersScene) -> None:
    message = made_up_message(q)
    await tell(q, MessageEdited, message, "edit", text=f"{SITUATION} {ACTION}")
    assert await q.rows(AnswerPart) == []
    await tell(q, MessagePosted, message, "message", text=SITUATION)
    (part,) = await q.rows(AnswerPart)
    assert part.text == f"{SITUATION} {ACTION}"
    assert await q.rows(EarlyChange) == []


async def test_a_deletion_before_its_message_waits_for_it(q: AnswersScene) -> None:
    message = made_up_message(q)
    await tell(q, MessageDeleted, message, "deletion")
    await tell(q, MessagePosted, message, "message", text=f"{SITUATION} {ACTION}")
    assert await q.rows(AnswerPart) == []


async def test_an_early_change_whose_message_never_comes_is_forgotten(q: AnswersScene) -> None:
    await tell(q, MessageEdited, made_up_message(q), "edit", text=SITUATION)
    assert len(await q.rows(EarlyChange)) == 1
    await q.s.clock_moves(hours=1, seconds=1)
    assert await q.rows(EarlyChange) == []


async def test_an_older_edit_that_comes_later_changes_nothing(q: AnswersScene) -> None:
    earlier = q.s.clock.now()
    said = await q.reply("ana", SITUATION)
    await q.s.clock_moves(seconds=10)
    await q.edit("ana", said, ACTION)
    await tell(q, MessageEdited, said, "late", text="an older wording", at=earlier)
    (part,) = await q.rows(AnswerPart)
    assert part.text == ACTION


async def test_deleting_one_part_makes_a_revision_without_it(q: AnswersScene) -> None:
    said = await q.answer("ana", SITUATION, ACTION)
    await q.delete("ana", said[0])
    await q.quiet()
    assert [r.text for r in await q.rows(Revision)][-1] == ACTION


async def test_deleting_the_last_part_withdraws_answer_feedback_and_card(q: AnswersScene) -> None:
    (said,) = await q.answer("ana", f"{SITUATION} {ACTION}")
    await q.delete("ana", said)
    assert await q.rows(Revision) == []
    assert await q.rows(Feedback) == []
    assert [a.state for a in await q.answers("ana")] == [AnswerState.WITHDRAWN]
    assert all(part.text == "" for part in await q.rows(AnswerPart))
    assert "Your answer is withdrawn." in q.seen("ana")
    direct = q.s.channel("@starling", seen_by=q.s.ana)
    assert "Feedback on your answer" not in direct


async def test_withdrawing_by_button_gives_a_receipt_and_leaves_no_words(q: AnswersScene) -> None:
    await q.answer("ana", f"{SITUATION} {ACTION}")
    await q.click("ana", "My answer", "Withdraw my answer", "Withdraw it")
    seen = q.seen("ana")
    assert "1 scored version and all feedback on it are deleted." in seen
    assert "1 message of mine that showed it is being removed." in seen
    assert "Feedback on your answer" not in q.s.channel("@starling", seen_by=q.s.ana)
    assert all(part.text == "" for part in await q.rows(AnswerPart))


async def test_after_withdrawing_a_new_reply_is_a_new_answer(q: AnswersScene) -> None:
    (said,) = await q.answer("ana", f"{SITUATION} {ACTION}")
    await q.delete("ana", said)
    await tell(q, MessagePosted, said, "the withdrawn message again", text=SITUATION)
    await q.answer("ana", f"{SITUATION} {RESULT}")
    assert [a.state for a in await q.answers("ana")] == [AnswerState.WITHDRAWN, AnswerState.CLOSED]
    (revision,) = await q.rows(Revision)
    assert revision.text == f"{SITUATION} {RESULT}"


async def test_a_late_answer_counts_for_its_own_question(q: AnswersScene) -> None:
    await q.s.clock_moves(days=2)
    await q.answer("ana", f"{SITUATION} {ACTION}")
    (answer,) = await q.answers("ana")
    assert answer.slot_id == q.slot


async def test_each_member_has_an_answer_of_their_own(q: AnswersScene) -> None:
    await q.reply("ana", SITUATION)
    await q.reply("ben", f"{SITUATION} {RESULT}")
    await q.reply("ana", ACTION)
    await q.quiet()
    assert {r.text for r in await q.rows(Revision)} == {f"{SITUATION}\n\n{ACTION}", f"{SITUATION} {RESULT}"}


async def test_feedback_comes_although_the_platform_fails_for_a_while(q: AnswersScene) -> None:
    await q.reply("ana", f"{SITUATION} {ACTION}")
    q.s.fails("failed")
    await q.quiet()
    await q.s.clock_moves(minutes=10)
    assert "Feedback on your answer" in q.s.channel("@starling", seen_by=q.s.ana)


@pytest.mark.parametrize("kind", ["behavioral", "situational"])
async def test_the_report_is_kept_with_every_input_and_computes_again_to_the_byte(kind: str) -> None:
    question = next(id_ for id_, asked in sorted(whole_content().questions.items()) if asked.kind == kind)
    async with question_posted(question=question) as q:
        await q.answer("ana", f"{SITUATION} {ACTION} {RESULT}")
        (revision,) = await q.rows(Revision)
        assert revision.kind == kind
        assert score(recorded_inputs(revision), whole_rules()).to_json().decode() == revision.report


async def test_feedback_stands_in_the_thread_where_the_channel_is_set_to_it(q: AnswersScene) -> None:
    from bot.answers.settings import FEEDBACK_PLACE

    await q.sets(FEEDBACK_PLACE, "thread")
    await q.answer("ana", f"{SITUATION} {ACTION}")
    assert "Feedback on the answer of Ana" in q.thread()
    assert "Feedback" not in q.s.channel("@starling", seen_by=q.s.ana)


async def test_a_message_outside_a_questions_thread_is_left_alone(q: AnswersScene) -> None:
    await q.s.ana.says(CHANNEL, f"{SITUATION} {ACTION}")
    await q.quiet()
    assert await q.rows(Answer) == []


@pytest.mark.parametrize("with_deletion", [False, True])
async def test_in_whatever_order_its_events_come_a_message_ends_as_it_ended(
    q: AnswersScene, with_deletion: bool
) -> None:
    start = q.s.clock.now()
    happened: list[tuple[Any, dict[str, Any]]] = [
        (MessagePosted, {"text": SITUATION, "at": start}),
        (MessageEdited, {"text": ACTION, "at": start + timedelta(seconds=1)}),
        (MessageEdited, {"text": RESULT, "at": start + timedelta(seconds=2)}),
    ]
    if with_deletion:
        happened[1] = (MessageDeleted, {"at": start + timedelta(seconds=3)})
    for number, order in enumerate(permutations(happened)):
        message = MessageRef(made_up_message(q).conversation, f"{9000 + number}")
        for step, (kind, facts) in enumerate(order):
            await tell(q, kind, message, f"{number}.{step}", **dict(facts))
        stored = [
            part.text for part in await q.rows(AnswerPart, AnswerPart.message == message.encode()) if not part.deleted
        ]
        assert stored == ([] if with_deletion else [RESULT]), [kind.__name__ for kind, _ in order]
