"""The process is replaced after every single act: forms that stand open and buttons that stand there still work."""

from __future__ import annotations

from storage.tables.answers import AnswerPart, Revision
from storage.tables.questions import Programme
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, WEAK
from tests.wire.product.steps import question_of_today, rows
from tests.wire.product.team import Team


async def test_every_form_and_button_of_a_private_answer_outlives_a_restart(not_reading: Team) -> None:
    not_reading.restarts_after_every_act()
    await question_of_today(not_reading)
    ana = await not_reading.member("Ana")
    await ana.clicks("Answer privately")
    await ana.fills_in(situation=SITUATION, action=WEAK)
    await ana.clicks("My answer", "Revise it")
    await ana.fills_in(action=ACTION, result=RESULT)
    assert [each.number for each in await rows(not_reading, Revision)] == [1, 2]
    assert ana.counts("Your answer is stored and scored.") == 2
    await ana.clicks("My answer", "Withdraw my answer", "Withdraw it")
    assert await rows(not_reading, AnswerPart) == []
    assert ana.counts("Your answer is withdrawn.") == 1


async def test_a_form_that_goes_on_elsewhere_is_still_about_where_it_was_opened(reading: Team) -> None:
    reading.restarts_after_every_act()
    await question_of_today(reading)
    (programme,) = await rows(reading, Programme)
    assert programme.conversation == reading.place.channel.encode()


async def test_an_answer_in_the_thread_outlives_a_restart_between_its_parts(reading: Team) -> None:
    question = await question_of_today(reading)
    ana = await reading.member("Ana")
    reading.restarts_after_every_act()
    await ana.says(SITUATION, question)
    await ana.says(ACTION, question)
    await ana.runs("answer done")
    assert [each.text for each in await rows(reading, Revision)] == [f"{SITUATION}\n\n{ACTION}"]
    await ana.clicks("My answer", "Withdraw my answer", "Withdraw it")
    assert await rows(reading, Revision) == []
