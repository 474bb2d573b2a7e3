"""Slack took a post and its answer was lost, and the process ended: the post counts once, or an admin is asked."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from tests.scenario.answers_scene import ACTION, SITUATION
from tests.wire.product.slack_team import posted, slack_of, states_of
from tests.wire.product.steps import question_of_today, set_up_daily_questions
from tests.wire.product.team import Someone, Team
from tests.wire.slack.faults import Fault

QUESTION, FEEDBACK = "today's question", "Feedback on your answer"


async def test_a_question_is_found_in_the_channel(slack_reading: Team) -> None:
    team = slack_reading
    await _question_whose_answer_is_lost(team)
    assert len(posted(team, QUESTION)) == 1
    assert await states_of(team, "question.") == ["posted"]


async def test_where_channels_are_not_read_an_admin_is_asked(slack_not_reading: Team) -> None:
    team = slack_not_reading
    ada = await _question_whose_answer_is_lost(team)
    assert len(posted(team, QUESTION)) == 1
    assert await states_of(team, "question.") == ["uncertain"]
    assert "A post may be missing" in ada.alone
    assert "Channel: <#C0PRACTICE>" in ada.alone


async def test_private_feedback_is_found_in_either_profile(slack_either: Team) -> None:
    team = slack_either
    await question_of_today(team)
    ana = await team.member("Ana")
    await ana.clicks("Answer privately")
    slack_of(team).server.faults.add(Fault("answer_lost", "chat.postMessage"))
    await ana.fills_in(situation=SITUATION, action=ACTION)
    await team.place.restart()
    await team.settles()
    assert len(posted(team, FEEDBACK)) == 1
    assert "uncertain" not in await states_of(team, "")


async def test_an_echo_that_nobody_took_comes_to_the_next_process(slack_not_reading: Team) -> None:
    team = slack_not_reading
    ada = await team.admin("Ada")
    until_due = await set_up_daily_questions(team, ada)
    team.place.hold()
    slack_of(team).server.faults.add(Fault("answer_lost", "chat.postMessage"))
    await team.waits(until_due + timedelta(seconds=5))
    await team.place.restart()
    await team.place.release(Random(1), team.place.at_rest)
    await team.settles()
    assert await states_of(team, "question.") == ["posted"]
    assert len(posted(team, QUESTION)) == 1


async def _question_whose_answer_is_lost(team: Team) -> Someone:
    ada = await team.admin("Ada")
    until_due = await set_up_daily_questions(team, ada)
    slack_of(team).server.faults.add(Fault("answer_lost", "chat.postMessage"))
    await team.waits(until_due + timedelta(seconds=5))
    await team.place.restart()
    await team.settles()
    return ada
