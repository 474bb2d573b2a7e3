"""Follow-ups from the button on the feedback to what is said of a reply; closing questions; one's own pace."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.chat.events import ActionClicked
from bot.feature.gather import gather
from bot.followups.actions import OpenFollowUp, ShowReply
from bot.followups.declare import feature
from storage.tables.answers import Revision
from storage.tables.followups import ClosingDraft, FollowUpReply
from storage.tables.settings import SettingValue
from tests.scenario.answers_scene import (
    ACTION,
    CHANNEL,
    RESULT,
    SITUATION,
    AnswersScene,
    post_question,
    question_posted,
)

STORY = f"{SITUATION} {ACTION} {RESULT}"
SENIOR = (
    "I would have run both roundings side by side before the change. I only tested with ten invoices, and 212 people "
    "paid twice because of that."
)
POOR = "I would communicate better with everybody involved."


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        yield made


async def reply(q: AnswersScene, text: str, kind: str = "differently", label: str = "Practise a follow-up") -> None:
    await q.click("ana", label)
    await q.s.ana.submits(kind=kind, reply=text)
    await q.s.drain()


async def test_a_reply_is_judged_and_shown_to_its_author_alone_with_its_words(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await reply(q, SENIOR)
    seen = q.seen("ana")
    assert "Reads as the answer of a senior engineer (L5)" in seen
    assert "> I only tested with ten invoices, and 212 people paid twice because of that." in seen
    assert "What it cost" in seen
    assert "Why you made the mistake" in seen
    assert SENIOR not in q.thread()
    assert SENIOR not in q.seen("ben")


async def test_the_question_that_the_feedback_asked_back_is_chosen_in_the_form(q: AnswersScene) -> None:
    await q.answer("ana", f"{SITUATION} {ACTION} In the end all customers had their money back and support was calm.")
    await q.click("ana", "Practise a follow-up")
    asked_for_a_measure = "How did you measure that it worked?" in q.seen("ana")
    assert q.s.ana.form.values["kind"] == (("measured",) if asked_for_a_measure else ("differently",))


async def test_it_can_be_tried_again_with_the_words_at_hand_and_both_attempts_stay(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await reply(q, POOR)
    await q.click("ana", "Try it again")
    assert q.s.ana.form.values["reply"] == (POOR,)
    await q.s.ana.submits(reply=SENIOR)
    await q.s.drain()
    assert [(one.number, one.text) for one in await q.rows(FollowUpReply)] == [(1, POOR), (2, SENIOR)]
    assert "Your attempt number 2 at this question." in q.seen("ana")


async def test_the_same_words_sent_twice_are_one_reply(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await reply(q, SENIOR)
    await reply(q, SENIOR, label="Try it again")
    assert len(await q.rows(FollowUpReply)) == 1


async def test_after_the_answer_was_edited_the_reply_says_to_which_version_it_belongs(q: AnswersScene) -> None:
    (message,) = await q.answer("ana", STORY)
    await reply(q, SENIOR)
    await q.edit("ana", message, f"{STORY} My own part was the script.")
    await q.quiet()
    assert len(await q.rows(Revision)) == 2
    await q.s.ana.runs("answer follow-ups", CHANNEL)
    await q.s.drain()
    await q.click("ana", "What it shows")
    assert "It belongs to version 1 of your answer; there is a newer one." in q.seen("ana")


async def test_withdrawing_the_answer_takes_its_replies_along(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await reply(q, SENIOR)
    await q.click("ana", "My answer", "Withdraw my answer", "Withdraw it")
    assert await q.rows(FollowUpReply) == []
    await q.click("ana", "Try it again")
    assert "This reply is not there any more." in q.seen("ana")


async def test_a_form_sent_after_the_withdrawal_keeps_nothing_and_says_so(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await q.click("ana", "My answer", "Withdraw my answer")
    await q.click("ana", "Practise a follow-up")
    form = q.s.ana.form
    await q.click("ana", "Withdraw it")
    assert form is not None
    await q.s.ana.submits(kind="differently", reply=SENIOR)
    await q.s.drain()
    assert await q.rows(FollowUpReply) == []
    assert "This answer is not there any more." in q.seen("ana")


async def test_nobody_replies_for_somebody_else_or_reads_their_reply(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await reply(q, SENIOR)
    (kept,) = await q.rows(FollowUpReply)
    for number, payload in enumerate((OpenFollowUp(answer=kept.answer_id), ShowReply(reply=kept.id))):
        event = ActionClicked(
            delivery_id=f"forged {number}",
            installation=q.s.workspace.installation,
            occurred_at=q.s.clock.now(),
            actor=q.s.workspace.account("ben"),
            conversation=q.s.workspace.direct("ben"),
            action=payload.encode(),
        )
        await q.s.runtime.accept(event)
        await q.s.drain()
    assert "not there any more" in q.seen("ben")
    assert not q.s.ben.has_a_form
    assert SENIOR not in q.seen("ben")


async def test_the_basic_facts_are_looked_for_in_the_story_too(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await reply(q, "We were about five engineers, and it took a week.", "facts")
    seen = q.seen("ana")
    assert "How many used it, in your story" in seen
    assert "How many worked on it" in seen
    assert "Have a rough figure ready for this: What it cost." in seen


async def test_closing_questions_are_checked_and_stand_in_the_form_next_time(q: AnswersScene) -> None:
    await q.s.ana.runs("closing check", CHANNEL)
    await q.s.drain()
    drafted = "What is the salary?\nI read about your outage in May. What changed after it?"
    await q.s.ana.submits(questions=drafted)
    await q.s.drain()
    seen = q.seen("ana")
    assert "Better not asked in this round." in seen
    assert "Signals seniority." in seen
    assert "Have three to five ready" in seen
    await q.click("ana", "Change them")
    assert q.s.ana.form.values["questions"] == (drafted,)
    await q.s.ana.submits(questions="What is the hardest problem the team has not solved?")
    await q.s.drain()
    (draft,) = await q.rows(ClosingDraft)
    assert draft.text == "What is the hardest problem the team has not solved?"


async def test_a_pace_measured_by_the_clock_gives_times_beside_the_report(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    (before,) = await q.rows(Revision)
    await q.s.ana.runs("answer pace", CHANNEL)
    await q.s.drain()
    await q.s.ana.submits(seconds="60")
    await q.s.drain()
    pace = len(STORY.split())
    assert f"now go by {pace} words a minute" in q.seen("ana")
    await q.click("ana", "More detail")
    assert f"At your own pace of {pace} words a minute:" in q.seen("ana")
    (after,) = await q.rows(Revision)
    assert after.report == before.report


async def test_a_pace_nobody_speaks_at_is_refused_with_a_form_to_mend_it(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await q.s.ana.runs("answer pace", CHANNEL)
    await q.s.drain()
    await q.s.ana.submits(seconds="2")
    await q.s.drain()
    assert "nobody tells them in 2 seconds" in q.seen("ana")
    assert await q.rows(SettingValue, SettingValue.key == "members.words_a_minute") == []


async def test_ones_own_data_holds_replies_and_drafts_and_erasing_leaves_none(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await reply(q, SENIOR)
    await q.s.ana.runs("closing check", CHANNEL)
    await q.s.drain()
    await q.s.ana.submits(questions="How do you decide what not to build?")
    await q.s.drain()
    member = await q.s.member(q.s.ana)
    (data,) = gather((feature(),)).personal_data

    workspace = await q.s.workspace_id()
    async with q.s.database.write(workspace) as session:
        context = q.s.runtime.house.context(session, workspace)
        exported = [row["text"] async for row in data.entries(context, member)]
        erased = await data.erase(context, member)
    assert exported == [SENIOR, "How do you decide what not to build?"]
    assert erased == 2
    assert [*await q.rows(FollowUpReply), *await q.rows(ClosingDraft)] == []


async def test_words_of_an_earlier_answer_are_told_as_reused_and_not_in_the_report() -> None:
    async with question_posted() as first:
        await first.answer_privately("ana", situation=SITUATION, action=ACTION, result=RESULT)
        second = await post_question(first.s, "q-flaky-failure")
        await second.answer_privately("ana", situation=SITUATION, action=ACTION, result=RESULT)
        line = "Much of this text stands in your answer of "
        assert second.seen("ana").count(line) == 1
        assert "That is fine for practice; interviewers compare notes." in second.seen("ana")
        assert [line in revision.report for revision in await second.rows(Revision)] == [False, False]
        assert line not in second.seen("ben")


async def test_a_second_version_of_the_same_answer_is_no_reuse(q: AnswersScene) -> None:
    (message,) = await q.answer("ana", STORY)
    await q.edit("ana", message, f"{STORY} My own part was the script.")
    await q.quiet()
    assert "Much of this text stands in" not in q.seen("ana")
