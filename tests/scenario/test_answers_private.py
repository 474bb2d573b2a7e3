"""Private answers, who sees them, the examples and skeleton beside feedback, disagreement, the home, one's own data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.answers.disputes import export_disputes
from bot.answers.settings import OTHERS_AFTER_OWN
from storage.tables.answers import Answer, AnswerCopy, AnswerPart, Dispute, Revision
from tests.scenario.answers_scene import ACTION, CHANNEL, RESULT, SITUATION, WEAK, AnswersScene, question_posted


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        yield made


async def give(q: AnswersScene, who: str = "ana", **more: str) -> None:
    await q.answer_privately(who, **{"situation": SITUATION, "action": ACTION, "result": RESULT, **more})


async def test_a_private_answer_is_scored_at_once_and_seen_by_nobody_else(q: AnswersScene) -> None:
    await give(q)
    (revision,) = await q.rows(Revision)
    assert revision.text == f"Situation: {SITUATION}\n\nAction: {ACTION}\n\nResult: {RESULT}"
    assert "Your answer is stored and scored." in q.seen("ana")
    assert "Feedback on your answer" in q.s.channel("@starling", seen_by=q.s.ana)
    assert "Ana" not in q.s.channel(CHANNEL, seen_by=q.s.ben)
    assert q.thread().count("Ana") == 0


async def test_given_again_it_is_a_revision_and_the_form_holds_what_was_written(q: AnswersScene) -> None:
    await give(q, result="")
    await q.click("ana", "My answer", "Revise it")
    assert q.s.ana.form.values["action"] == (ACTION,)
    await q.s.ana.submits(result=RESULT)
    await q.s.drain()
    assert [r.number for r in await q.rows(Revision)] == [1, 2]
    assert "What this version changed" in q.seen("ana")
    assert len(await q.answers("ana")) == 1


async def test_the_command_leads_to_the_same_form(q: AnswersScene) -> None:
    await q.s.ana.runs("answer private", CHANNEL)
    await q.s.drain()
    await q.s.ana.clicks("Answer privately")
    await q.s.drain()
    assert q.s.ana.has_a_form


async def test_a_situational_question_is_answered_in_free_text_and_held_against_its_points() -> None:
    async with question_posted(question=await situational()) as q:
        await q.answer_privately("ana", text=f"First I would ask what is hard for them. {ACTION} {RESULT}")
        (revision,) = await q.rows(Revision)
        assert (revision.kind, bool(revision.points)) == ("situational", True)
        await q.click("ana", "More detail")
        assert "Key points, the most important first" in q.seen("ana")


async def situational() -> str:
    from tests.scenario.dsl import whole_content

    return next(id_ for id_, asked in sorted(whole_content().questions.items()) if asked.kind == "situational")


async def test_sharing_is_told_clearly_first_and_then_posts_under_the_authors_name(q: AnswersScene) -> None:
    await give(q)
    await q.click("ana", "My answer", "Share it to the thread")
    assert "under your name" in q.seen("ana")
    assert "Answer of Ana" not in q.thread()
    await q.click("ana", "Post it under my name")
    assert "Answer of Ana" in q.thread()
    assert "Rating" not in q.thread(), "rating and feedback stay private"
    (answer,) = await q.answers("ana")
    assert answer.visibility == "channel"


async def test_shared_again_after_a_revision_the_post_is_renewed(q: AnswersScene) -> None:
    await give(q)
    await q.click("ana", "My answer", "Share it to the thread", "Post it under my name")
    await q.click("ana", "My answer", "Revise it")
    await q.s.ana.submits(result="We lost nobody, and 300 invoices were corrected.")
    await q.s.drain()
    assert "300 invoices" not in q.thread(), "nothing is shared that its author did not share"
    await q.click("ana", "My answer", "Renew the shared post", "Post it under my name")
    assert q.thread().count("Answer of Ana") == 1
    assert "300 invoices" in q.thread()


async def test_taking_the_visibility_back_removes_the_shared_post(q: AnswersScene) -> None:
    await give(q)
    await q.click("ana", "My answer", "Share it to the thread", "Post it under my name", "My answer")
    await q.choose("ana", "Change who may see it", "me")
    assert "Answer of Ana" not in q.thread()
    assert await q.rows(AnswerCopy) == []


async def test_withdrawing_a_shared_answer_removes_the_post_too(q: AnswersScene) -> None:
    await give(q)
    await q.click("ana", "My answer", "Share it to the thread", "Post it under my name")
    await q.click("ana", "My answer", "Withdraw my answer", "Withdraw it")
    assert "Answer of Ana" not in q.thread()
    assert "2 messages of mine that showed it are being removed." in q.seen("ana")
    assert await q.rows(AnswerPart) == []


async def test_private_answers_of_others_can_be_read_only_after_ones_own(q: AnswersScene) -> None:
    await give(q)
    await q.click("ana", "My answer", "Share it to the thread", "Post it under my name")
    await q.s.ben.clicks("More", q.question)
    await q.s.drain()
    await q.s.ben.clicks("Others' answers")
    await q.s.drain()
    assert "1 private answer can be read once you have answered yourself." in q.seen("ben")
    await q.answer("ben", f"{SITUATION} {ACTION}")
    await q.s.ben.clicks("More", q.question)
    await q.s.drain()
    await q.s.ben.clicks("Others' answers")
    await q.s.drain()
    (answer,) = await q.answers("ana")
    await q.choose("ben", "Read an answer", answer.id)
    assert RESULT in q.seen("ben")


async def test_a_channel_can_do_without_that_rule(q: AnswersScene) -> None:
    await q.sets(OTHERS_AFTER_OWN, False)
    await give(q)
    await q.click("ana", "My answer", "Share it to the thread", "Post it under my name")
    await q.s.ben.clicks("More", q.question)
    await q.s.drain()
    await q.s.ben.clicks("Others' answers")
    await q.s.drain()
    assert "[Read an answer" in q.seen("ben")


async def test_what_is_not_for_the_channel_is_in_no_list(q: AnswersScene) -> None:
    await give(q)
    await q.answer("ben", f"{SITUATION} {ACTION}")
    await q.s.ben.clicks("More", q.question)
    await q.s.drain()
    await q.s.ben.clicks("Others' answers")
    await q.s.drain()
    assert "Nobody else has an answer here that its author lets others read." in q.seen("ben")


async def test_feedback_and_buttons_of_an_answer_are_its_authors_alone(q: AnswersScene) -> None:
    from bot.answers.actions import AskToWithdraw, ShowDetail, ShowFeedback, WithdrawAnswer
    from bot.chat.events import ActionClicked

    await give(q)
    (answer,), (revision,) = await q.answers("ana"), await q.rows(Revision)
    payloads = [
        ShowFeedback(answer=answer.id),
        ShowDetail(revision=revision.id),
        AskToWithdraw(answer=answer.id),
        WithdrawAnswer(answer=answer.id),
    ]
    for number, payload in enumerate(payloads):
        event = ActionClicked(
            delivery_id=f"forged {number}",
            installation=q.s.workspace.installation,
            occurred_at=q.s.clock.now(),
            actor=q.s.workspace.account("ada"),
            conversation=q.question.conversation,
            action=payload.encode(),
        )
        await q.s.runtime.accept(event)
        await q.s.drain()
    assert q.seen("ada").count("You cannot do that here.") == len(payloads)
    assert SITUATION not in q.seen("ada")
    assert len(await q.rows(Revision)) == 1


async def test_the_skeleton_opens_after_ones_own_first_answer_only(q: AnswersScene) -> None:
    from bot.answers.actions import ShowSkeleton
    from bot.chat.events import ActionClicked

    event = ActionClicked(
        delivery_id="too early",
        installation=q.s.workspace.installation,
        occurred_at=q.s.clock.now(),
        actor=q.s.workspace.account("ana"),
        conversation=q.question.conversation,
        action=ShowSkeleton(slot=q.slot).encode(),
    )
    await q.s.runtime.accept(event)
    await q.s.drain()
    assert "The model skeleton opens after your own first answer" in q.seen("ana")
    await give(q)
    await q.click("ana", "More detail", "Model skeleton")
    assert "A shape to hold your own story against" in q.seen("ana")


async def test_a_finding_opens_examples_a_weak_part_phrases_and_the_rest_the_detail(q: AnswersScene) -> None:
    await q.answer(
        "ana", f"{WEAK} {WEAK} We discussed the thing and then we tried various approaches, which helped a lot."
    )
    await q.click("ana", "Show an example", "Two phrases", "More detail")
    seen = q.seen("ana")
    assert seen.index("  Weak\n") < seen.index("  Strong\n")
    assert "For your weakest part:" in seen
    assert seen.count("Needs: ") == 2
    assert "Six checks before you tell it" in seen
    assert "Speaking time by part" in seen


async def test_disagreeing_files_the_persons_own_labels_and_exports_them_only_with_a_yes(q: AnswersScene) -> None:
    await give(q)
    await q.click("ana", "I disagree")
    await q.s.ana.submits(rating="5", missed=["hero"], comment="The refund was the point.")
    await q.s.drain()
    (dispute,) = await q.rows(Dispute)
    assert (dispute.rating, dispute.missed_findings, dispute.consented) == (5.0, ["hero"], False)
    assert await exported(q) == []
    await q.click("ana", "I disagree")
    await q.s.ana.submits(rating="5", missed=["hero"], consent=["agreed"])
    await q.s.drain()
    (case,) = await exported(q)
    assert (case["rating"], "hero" in case["flags"], case["kind"]) == (5.0, True, "behavioral")
    assert {"id", "question", "style", "text", "segments", "level"} <= case.keys()
    assert all(sentence in case["text"] for sentence, _ in case["segments"])
    assert "Ana" not in str(case)
    assert str(await q.s.member(q.s.ana)) not in str(case)


async def exported(q: AnswersScene) -> list[dict[str, Any]]:
    async with q.s.database.read(await q.s.workspace_id()) as session:
        return await export_disputes(session)


async def test_the_home_shows_ones_answers_with_their_ratings(q: AnswersScene) -> None:
    await give(q)
    await q.s.ana.opens_home()
    await q.s.drain()
    assert "1 version, rated" in q.s.ana.home
    await q.s.ana.clicks_home("Score a text")
    await q.s.drain()
    assert q.s.ana.has_a_form


async def test_the_list_shows_ones_answers(q: AnswersScene) -> None:
    await give(q)
    await q.s.ana.runs("answer list")
    await q.s.drain()
    assert "Your answers" in q.seen("ana")


async def test_ones_data_can_be_taken_out_and_erased_everywhere(q: AnswersScene) -> None:
    from bot.answers import personal_data

    await give(q)
    await q.click("ana", "My answer", "Share it to the thread", "Post it under my name")
    await q.reply("ana", "hm")
    member = await q.s.member(q.s.ana)
    workspace = await q.s.workspace_id()
    async with q.s.database.write(workspace) as session:
        context = q.s.runtime.house.context(session, workspace)
        taken = [entry async for entry in personal_data.export(context, member)]
        erased = 0
        while some := await personal_data.erase(context, member):
            erased += some
    await q.s.drain()
    assert ACTION in str(taken)
    assert [row["what"] for row in taken] == ["answer", "reply that is no answer"]
    assert erased == 1 + 3 + 1 + 1, "the answer, its three fields, its revision, the reply set aside"
    assert await q.rows(Answer) == []
    assert ACTION not in q.thread()
    assert "Feedback on your answer" not in q.s.channel("@starling", seen_by=q.s.ana)


async def test_ones_own_questions_to_an_interviewer_are_kept_and_not_rated(q: AnswersScene) -> None:
    from tests.scenario.dsl import whole_content

    closing = next(asked for _, asked in sorted(whole_content().questions.items()) if asked.kind == "closing")
    await q.s.ana.runs("answer score")
    await q.s.drain()
    await q.s.ana.submits(
        text="What am I to have done after six months, and who decides that?", question=str(closing.text)
    )
    await q.s.drain()
    (revision,) = await q.rows(Revision)
    assert (revision.kind, revision.rating) == ("closing", None)
    assert "there is no story to rate, so I give no number" in q.seen("ana")
    assert "of 5" not in q.seen("ana")
