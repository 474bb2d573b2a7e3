"""What should not come to Starling in Slack comes all the same: each has its outcome, and nothing of it is public."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from storage.tables.answers import AnswerPart, Revision
from storage.tables.people import Account, Installation, InstallationState
from storage.tables.questions import Programme
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION
from tests.wire.product.slack_team import button_on, home_of, posted, presses, slack_of, states_of
from tests.wire.product.steps import question_of_today, rows, set_up_daily_questions
from tests.wire.product.team import Someone, Team
from tests.wire.slack import payloads
from tests.wire.slack.faults import Fault
from tests.wire.slack.views import state_of
from tests.wire.slack.world import BOT_USER, Message, Person

FULL = f"{SITUATION} {ACTION} {RESULT}"
QUESTION = "today's question"


def said_by(team: Team, words: str) -> Message:
    """The message with these words."""
    return next(each for each in slack_of(team).world.messages if words in each.text)


def public_in(team: Team) -> list[Message]:
    """What everybody in the channel sees."""
    channel = team.place.channel.channel
    return [each for each in slack_of(team).world.messages if each.channel == channel and each.only_for is None]


@pytest.mark.parametrize("action", ["a.form~99~x~", "gone.room~1~x", "~", "no payload at all", "x" * 255])
async def test_a_button_of_another_version_says_what_to_do(on_slack: Team, action: str) -> None:
    await question_of_today(on_slack)
    ana = await on_slack.member("Ana")
    element = button_on(said_by(on_slack, QUESTION), "Answer privately") | {"action_id": action}
    delivered = await presses(on_slack, ana, said_by(on_slack, QUESTION), element)
    assert delivered.acknowledged
    assert "This button is from an older card." in ana.alone
    assert "older card" not in (await on_slack.member("Ben")).sees


async def test_a_click_on_the_card_of_a_withdrawn_answer_says_that_it_is_gone(on_slack: Team) -> None:
    team = on_slack
    await question_of_today(team)
    ana = await team.member("Ana")
    await ana.clicks("Answer privately")
    await ana.fills_in(situation=SITUATION, action=ACTION)
    card = next(each for each in posted(team, "Feedback on your answer") if "My answer" in str(each.blocks))
    mine = button_on(card, "My answer")
    await ana.clicks("My answer", "Withdraw my answer", "Withdraw it")
    assert (await presses(team, ana, card, mine)).acknowledged
    assert "This answer is not there any more." in ana.alone


async def test_a_form_submitted_twice_is_one_answer(slack_reading: Team) -> None:
    team, slack = slack_reading, slack_of(slack_reading)
    await question_of_today(team)
    ana = await team.member("Ana")
    await ana.clicks("Answer privately")
    view = slack.open_form(ana.account.user)
    assert view is not None
    state = state_of(view.json, {"situation": (SITUATION,), "action": (ACTION,), "result": (RESULT,)})
    triggers = [slack.server.credentials.trigger(ana.account.user) for _ in range(2)]
    submissions = [payloads.submitted(view.json, state, ana.account.user, each) for each in triggers]
    results = await asyncio.gather(*(slack.deliver("interactive", each) for each in submissions))
    await team.settles()
    assert all(result.acknowledged for result in results)
    assert [each.number for each in await rows(team, Revision)] == [1]


@pytest.mark.parametrize("error", ["messages_tab_disabled", "cannot_dm_bot", "user_disabled", "restricted_action"])
async def test_a_closed_direct_conversation_never_makes_private_things_public(on_slack: Team, error: str) -> None:
    team, slack = on_slack, slack_of(on_slack)
    question = await question_of_today(team)
    ana, ben = await team.member("Ana"), await team.member("Ben")
    await ana.says(FULL, question)
    before = len(public_in(team))
    slack.server.faults.add(Fault("refused", "chat.postMessage", times=20, error=error))
    await team.has_quiet()
    assert len(public_in(team)) == before
    assert "Feedback" not in ben.sees
    assert len(await rows(team, Revision)) == 1
    assert "1 version, rated" in await home_of(team, ana)


@pytest.mark.parametrize("traits", [{"team": "T0PARTNER"}, {"is_restricted": True}, {"is_bot": True}])
async def test_strangers_guests_and_bots_are_not_stored(on_slack: Team, traits: dict[str, object]) -> None:
    team, slack = on_slack, slack_of(on_slack)
    question = await question_of_today(team)
    slack.world.people["U0EVE"] = Person("U0EVE", "Eve", **traits)  # type: ignore[arg-type]
    eve = Someone(team, await team.place.person("Eve"))
    await eve.says(FULL, question)
    await eve.mentions(FULL, question)
    await eve.runs("help")
    await presses(team, eve, said_by(team, QUESTION), button_on(said_by(team, QUESTION), "Answer privately"))
    await team.has_quiet()
    assert await rows(team, AnswerPart) == []
    assert eve.account.user not in {each.user for each in await rows(team, Account)}
    assert slack.open_form(eve.account.user) is None
    answered = "for the members of this workspace only" in eve.alone
    assert answered is not bool(traits.get("is_bot"))
    assert "members of this workspace only" not in (await team.member("Ben")).sees


async def test_somebody_of_another_organisation_in_a_shared_channel_is_not_stored(on_slack: Team) -> None:
    team, slack = on_slack, slack_of(on_slack)
    question = await question_of_today(team)
    slack.world.people["U0EVE"] = Person("U0EVE", "Eve", team="T0PARTNER")
    said = Message("C0PRACTICE", slack.world.new_ts(), "U0EVE", FULL, question.message)
    event = payloads.message_event(said, slack.world.channels["C0PRACTICE"], with_metadata=False)
    event |= {"team": "T0PARTNER", "user_team": "T0PARTNER", "source_team": "T0PARTNER"}
    shared = payloads.event_callback(event, at=said.ts)
    shared |= {"team_id": "T0PARTNER", "context_team_id": "T0PARTNER", "is_ext_shared_channel": True}
    assert (await slack.deliver("events_api", shared)).acknowledged
    await team.has_quiet()
    assert await rows(team, AnswerPart) == []
    assert "U0EVE" not in {each.user for each in await rows(team, Account)}


async def test_another_app_that_answers_leaves_nothing(on_slack: Team) -> None:
    team, slack = on_slack, slack_of(on_slack)
    question = await question_of_today(team)
    await slack.say("U0BUILD", "C0PRACTICE", FULL, question.message, bot="B0BUILD")
    await team.has_quiet()
    assert await rows(team, AnswerPart) == []


async def test_a_rate_limit_is_waited_out_and_nothing_is_lost(on_slack: Team) -> None:
    team = on_slack
    ada = await team.admin("Ada")
    until_due = await set_up_daily_questions(team, ada)
    slack_of(team).server.faults.add(Fault("rate_limited", "chat.postMessage", times=2, seconds=30))
    await team.waits(until_due + timedelta(seconds=5))
    assert posted(team, QUESTION) == []
    await team.waits(timedelta(seconds=20))
    assert posted(team, QUESTION) == []
    await team.place.restart()
    for _ in range(3):
        await team.waits(timedelta(seconds=31))
    assert len(posted(team, QUESTION)) == 1
    assert await states_of(team, "question.") == ["posted"]


@pytest.mark.parametrize("first", ["app_uninstalled", "tokens_revoked"])
async def test_after_a_removal_nothing_is_sent_whichever_event_comes_first(on_slack: Team, first: str) -> None:
    team, slack = on_slack, slack_of(on_slack)
    ada = await team.admin("Ada")
    until_due = await set_up_daily_questions(team, ada)
    tokens = {"bot": [BOT_USER], "oauth": list[str]()}
    for kind in sorted(("app_uninstalled", "tokens_revoked"), key=lambda kind: kind != first):
        assert (await slack.event({"type": kind, "tokens": tokens})).acknowledged
    await team.settles()
    (installation,) = await rows(team, Installation)
    assert installation.state is InstallationState.REMOVED
    assert installation.removed_at is not None
    posts = [method for method, _ in slack.server.calls].count("chat.postMessage")
    await team.waits(until_due + timedelta(seconds=5))
    assert [method for method, _ in slack.server.calls].count("chat.postMessage") == posts


async def test_an_archived_channel_pauses_its_questions_and_an_admin_is_told_once(on_slack: Team) -> None:
    team, slack = on_slack, slack_of(on_slack)
    ada = await team.admin("Ada")
    until_due = await set_up_daily_questions(team, ada)
    await slack.archive("C0PRACTICE")
    await slack.archive("C0PRACTICE")
    await team.settles()
    await team.waits(until_due + timedelta(seconds=5))
    assert posted(team, QUESTION) == []
    assert len(await rows(team, Programme)) == 1
    direct = [each for each in slack.world.messages if each.channel == slack.world.direct(ada.account.user).id]
    assert len([each for each in direct if "archived" in each.text or "paused" in each.text]) == 1
