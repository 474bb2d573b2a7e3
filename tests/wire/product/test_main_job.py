"""The main job from installation to withdrawal, on every platform over the wire."""

from __future__ import annotations

from datetime import timedelta

from storage.tables.answers import AnswerPart, Revision
from storage.tables.people import Installation
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, WEAK
from tests.wire.product.steps import question_of_today, rows, set_up_daily_questions
from tests.wire.product.team import Team


async def test_a_question_comes_at_its_time_and_not_before(reading: Team) -> None:
    assert len(await rows(reading, Installation)) == 1
    ada = await reading.admin("Ada")
    until_due = await set_up_daily_questions(reading, ada)
    await reading.waits(until_due - timedelta(minutes=1))
    assert "today's question" not in ada.sees
    await reading.waits(timedelta(minutes=1, seconds=5))
    reading.question(ada)
    await reading.waits(timedelta(hours=1))
    reading.question(ada)


async def test_an_answer_in_the_thread_gets_private_feedback_and_a_delta_when_it_is_edited(reading: Team) -> None:
    question = await question_of_today(reading)
    ana, ben = await reading.member("Ana"), await reading.member("Ben")
    await ana.says(SITUATION, question)
    second = await ana.says(WEAK, question)
    assert "Feedback" not in ana.alone, "the quiet time has not passed"
    await reading.has_quiet()
    assert [each.text for each in await rows(reading, Revision)] == [f"{SITUATION}\n\n{WEAK}"]
    assert "Feedback on your answer" in ana.alone
    assert "Feedback" not in ben.sees

    await ana.edits(second, f"{ACTION} {RESULT}")
    await reading.has_quiet()
    assert "What this version changed" in ana.alone
    assert [each.number for each in await rows(reading, Revision)] == [1, 2]

    await ana.clicks("My answer", "Withdraw my answer", "Withdraw it")
    assert {each.text for each in await rows(reading, AnswerPart)} == {""}, "only the ids of the messages stay"
    assert await rows(reading, Revision) == []
    assert "What this version changed" not in ana.alone, "what showed the answer is removed"


async def test_a_private_answer_is_scored_and_revised_by_form_and_withdrawn(reading: Team) -> None:
    await _answer_by_form(reading)


async def test_where_replies_are_not_read_the_form_takes_the_answer(not_reading: Team) -> None:
    await _answer_by_form(not_reading)


async def _answer_by_form(team: Team) -> None:
    await question_of_today(team)
    ana, ben = await team.member("Ana"), await team.member("Ben")
    await ana.clicks("Answer privately")
    await ana.fills_in(situation=SITUATION, action=ACTION)
    assert "Your answer is stored and scored." in ana.alone
    assert "Feedback on your answer" in ana.alone
    assert SITUATION not in ben.sees

    await ana.clicks("My answer", "Revise it")
    assert ana.form.values["action"] == (ACTION,)
    await ana.fills_in(result=RESULT)
    assert [each.number for each in await rows(team, Revision)] == [1, 2]
    assert "What this version changed" in ana.alone

    await ana.clicks("My answer", "Withdraw my answer", "Withdraw it")
    assert await rows(team, AnswerPart) == []
    assert "Feedback" not in ben.sees


async def test_where_replies_are_not_read_a_mention_in_the_thread_is_an_answer(not_reading: Team) -> None:
    question = await question_of_today(not_reading)
    ana, ben = await not_reading.member("Ana"), await not_reading.member("Ben")
    assert "mention me in the thread" in ana.sees
    await ana.mentions(f"{SITUATION} {ACTION}", question)
    await ben.says(f"{SITUATION} {RESULT}", question)
    await not_reading.has_quiet()
    assert [each.text for each in await rows(not_reading, Revision)] == [f"{SITUATION} {ACTION}"]
    assert "Feedback on your answer" in ana.alone
    assert "Feedback" not in ben.sees


async def test_somebody_without_the_right_cannot_set_up_questions(reading: Team) -> None:
    ana = await reading.member("Ana")
    await reading.admin("Ada")
    await ana.runs("setup programme")
    assert not ana.has_a_form
    assert "You cannot do that here" in ana.alone
