"""The product keeps to Slack's conventions: homes, messages for one person, shortcuts, and no more than is granted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.tables.answers import AnswerPart, Revision
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION
from tests.wire.product.slack_team import home_of, posted, slack_of
from tests.wire.product.steps import question_of_today, rows, set_up_daily_questions
from tests.wire.product.team import Team
from tests.wire.slack.faults import Fault

FULL = f"{SITUATION} {ACTION} {RESULT}"


def calls(team: Team, method: str) -> int:
    return [each for each, _ in slack_of(team).server.calls].count(method)


async def test_a_home_has_a_first_an_empty_and_an_active_state(slack_reading: Team) -> None:
    team = slack_reading
    ana = await team.member("Ana")
    first = await home_of(team, ana)
    assert "No daily questions are set up yet." in first
    assert "You have no answers yet." in first
    question = await question_of_today(team)
    empty = await home_of(team, ana)
    assert "The next question comes on" in empty
    assert "You have no answers yet." in empty
    await ana.says(FULL, question)
    await team.has_quiet()
    active = await home_of(team, ana)
    assert "1 version, rated" in active
    assert "You have no answers yet." not in active
    assert FULL[:40] not in await home_of(team, await team.member("Ben"))


async def test_the_messages_tab_draws_no_home(on_slack: Team) -> None:
    ana = await on_slack.member("Ana")
    await slack_of(on_slack).open_home(ana.account.user, "messages")
    await on_slack.settles()
    assert calls(on_slack, "views.publish") == 0


async def test_what_only_one_person_sees_in_a_thread_has_a_durable_copy(on_slack: Team) -> None:
    team = on_slack
    question = await question_of_today(team)
    ana, ben = await team.member("Ana"), await team.member("Ben")
    await ana.says(FULL, question)
    await team.has_quiet()
    messages = slack_of(team).world.messages
    (shown,) = [each for each in messages if each.only_for == ana.account.user and "Feedback" in each.text]
    (durable,) = posted(team, "Feedback on your answer")
    assert shown.thread == question.message
    assert durable.channel == slack_of(team).world.direct(ana.account.user).id
    assert "Feedback" not in ben.sees


async def test_where_nobody_can_be_shown_something_in_a_channel_the_durable_copy_is_enough(on_slack: Team) -> None:
    question = await question_of_today(on_slack)
    ana = await on_slack.member("Ana")
    slack_of(on_slack).server.faults.add(Fault("refused", "chat.postEphemeral", times=9, error="user_not_in_channel"))
    await ana.says(FULL, question)
    await on_slack.has_quiet()
    (durable,) = posted(on_slack, "Feedback on your answer")
    assert durable.channel == slack_of(on_slack).world.direct(ana.account.user).id


async def test_without_any_history_private_answers_and_homes_work(slack_without_history: Team) -> None:
    team = slack_without_history
    await question_of_today(team)
    ana = await team.member("Ana")
    await ana.clicks("Answer privately")
    await ana.fills_in(situation=SITUATION, action=ACTION)
    assert len(posted(team, "Feedback on your answer")) == 1
    await ana.clicks("My answer", "Revise it")
    await ana.fills_in(result=RESULT)
    assert [each.number for each in await rows(team, Revision)] == [1, 2]
    assert "2 versions" in await home_of(team, ana)


async def test_what_is_said_where_nothing_may_be_read_is_never_stored(slack_without_history: Team) -> None:
    team = slack_without_history
    question = await question_of_today(team)
    ana = await team.member("Ana")
    await ana.says(FULL, question)
    await team.has_quiet()
    assert await rows(team, AnswerPart) == []


async def test_the_shortcut_scores_a_message_of_one_s_own_privately(slack_reading: Team) -> None:
    team, slack = slack_reading, slack_of(slack_reading)
    await team.admin("Ada")
    ana, ben = await team.member("Ana"), await team.member("Ben")
    said = await slack.say(ana.account.user, "C0PRACTICE", FULL)
    delivered = await slack.choose_shortcut(ana.account.user, "a.score~1", said)
    await team.settles()
    assert delivered.acknowledged
    assert "Rating:" in ana.alone
    assert "Rating:" not in ben.sees


async def test_the_shortcut_does_not_score_what_somebody_else_wrote(on_slack: Team) -> None:
    team, slack = on_slack, slack_of(on_slack)
    ana, ben = await team.member("Ana"), await team.member("Ben")
    said = await slack.say(ana.account.user, "C0PRACTICE", FULL)
    assert (await slack.choose_shortcut(ben.account.user, "a.score~1", said)).acknowledged
    await team.settles()
    assert "Rating:" not in ben.alone
    assert ben.alone


async def test_a_shortcut_that_is_gone_says_what_to_do(on_slack: Team) -> None:
    ana = await on_slack.member("Ana")
    slack = slack_of(on_slack)
    said = await slack.say(ana.account.user, "C0PRACTICE", FULL)
    assert (await slack.choose_shortcut(ana.account.user, "gone.action~1", said)).acknowledged
    assert (await slack.choose_shortcut(ana.account.user, "gone.action~1")).acknowledged
    await on_slack.settles()
    assert "older card" in ana.alone


@pytest.mark.parametrize("line", ["help", "", "nonsense that nobody knows"])
async def test_help_is_for_whoever_asked_alone(on_slack: Team, line: str) -> None:
    ana, ben = await on_slack.member("Ana"), await on_slack.member("Ben")
    await ana.runs(line)
    assert "help" in ana.alone.lower()
    assert ben.sees == ""


async def test_installing_writes_to_nobody(on_slack: Team) -> None:
    await on_slack.settles()
    assert slack_of(on_slack).world.messages == []


async def test_a_channel_without_us_is_told_to_an_admin_once(on_slack: Team) -> None:
    ada = await on_slack.admin("Ada")
    until_due = await set_up_daily_questions(on_slack, ada)
    await slack_of(on_slack).remove_bot("C0PRACTICE")
    await on_slack.settles()
    await on_slack.waits(until_due + timedelta(seconds=5))
    await on_slack.waits(timedelta(days=1))
    assert posted(on_slack, "today's question") == []
    told = [each for each in posted(on_slack, "Practice") if each.channel.startswith("D")]
    assert len(told) == 1


async def test_what_was_meant_for_somebody_who_was_deactivated_goes_to_nobody_else(on_slack: Team) -> None:
    question = await question_of_today(on_slack)
    ana, ben = await on_slack.member("Ana"), await on_slack.member("Ben")
    await ana.says(FULL, question)
    await slack_of(on_slack).leave(ana.account.user)
    await on_slack.settles()
    await on_slack.has_quiet()
    await on_slack.waits(timedelta(days=1))
    assert posted(on_slack, "Feedback on your answer") == []
    assert "Rating" not in ben.sees
