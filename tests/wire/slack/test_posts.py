"""Posts carry their key, go out once, and reach those they are for."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from bot.chat.cards import Card
from bot.chat.errors import PermissionMissing, RateLimited, TargetGone, Unavailable
from bot.chat.platform import InConversation, Post, PrivateTo
from tests.contract.samples import ours, send, sent
from tests.contract.test_slack import SlackHarness
from tests.wire.slack.credentials import BURST, PostLimits
from tests.wire.slack.faults import Fault
from tests.wire.slack.world import Message


def posts(bot: SlackHarness) -> list[str]:
    return [method for method, _ in bot.slack.server.calls if method == "chat.postMessage"]


def respond_address(bot: SlackHarness, user: str, channel: str) -> str:
    return bot.slack._credentials(user, channel)[1]


async def test_every_post_carries_its_key(bot: SlackHarness) -> None:
    await sent(bot, bot.channel, Card("Question"), key="delivery-7#0")
    (message,) = bot.slack.world.messages
    assert message.metadata == {"event_type": "starling_post", "event_payload": {"key": "delivery-7#0"}}


@pytest.mark.parametrize("kind", ["answer_lost", "dropped", "failed", "rate_limited"])
async def test_a_call_that_failed_is_not_made_again_by_itself(bot: SlackHarness, kind: str) -> None:
    bot.slack.server.faults.add(Fault(kind))  # type: ignore[arg-type]
    with pytest.raises((Unavailable, RateLimited)):
        await sent(bot, bot.channel, Card("Question"))
    assert posts(bot) == ["chat.postMessage"]


async def test_a_channel_takes_a_burst_and_then_one_post_a_second(bot: SlackHarness) -> None:
    now = 0.0
    bot.slack.server.methods.limits = PostLimits(lambda: now)
    for number in range(BURST):
        await sent(bot, bot.channel, Card("Question"), key=f"key-{number}")
    with pytest.raises(RateLimited) as raised:
        await sent(bot, bot.channel, Card("Question"), key="too soon")
    assert raised.value.retry_after == timedelta(seconds=1)
    now += 1.0
    await sent(bot, bot.channel, Card("Question"), key="too soon")
    ana = await bot.person("Ana")
    await bot.platform.send(Post("elsewhere", PrivateTo(ana), Card("Feedback")))


async def test_a_channel_we_are_not_in_wants_us_invited(bot: SlackHarness) -> None:
    bot.slack.world.channels["C0PRACTICE"].bot_is_member = False
    with pytest.raises(PermissionMissing) as raised:
        await sent(bot, bot.channel, Card("Question"))
    assert raised.value.which == "membership of the channel"


async def test_an_archived_channel_is_gone(bot: SlackHarness) -> None:
    await bot.slack.archive("C0PRACTICE")
    with pytest.raises(TargetGone):
        await sent(bot, bot.channel, Card("Question"))


@pytest.mark.parametrize("kind", ["channel", "group"])
async def test_in_a_channel_we_are_not_in_an_interaction_is_still_answered(bot: SlackHarness, kind: str) -> None:
    ana, bob = await bot.person("Ana"), await bot.person("Bob")
    channel = bot.slack.world.channels["C0PRACTICE"]
    channel.bot_is_member, channel.kind = False, kind
    address = respond_address(bot, ana.user, "C0PRACTICE")
    privately = await bot.platform.send(Post("k1", PrivateTo(ana, near=bot.channel), Card("For Ana"), address))
    assert privately.delivered_as == "ephemeral"
    publicly = await bot.platform.send(Post("k2", InConversation(bot.channel), Card("For all"), address))
    assert publicly.delivered_as == "channel"
    assert [message.text for message in await ours(bot, ana, bot.channel)] == ["For Ana", "For all"]
    assert [message.text for message in await ours(bot, bob, bot.channel)] == ["For all"]


async def test_where_nothing_can_be_shown_near_the_fallback_holds(bot: SlackHarness) -> None:
    ana = await bot.person("Ana")
    bot.slack.world.channels["C0PRACTICE"].bot_is_member = False
    direct = await bot.platform.send(Post("k1", PrivateTo(ana, near=bot.channel), Card("For Ana")))
    assert direct.delivered_as == "direct"
    home = await bot.platform.send(Post("k2", PrivateTo(ana, near=bot.channel, fallback="home"), Card("Later")))
    assert (home.delivered_as, home.message) == ("home", None)


async def test_an_interaction_is_answered_five_times_by_its_address(bot: SlackHarness) -> None:
    ana = await bot.person("Ana")
    bot.slack.world.channels["C0PRACTICE"].bot_is_member = False
    address = respond_address(bot, ana.user, "C0PRACTICE")
    for number in range(5):
        await bot.platform.send(Post(f"k{number}", PrivateTo(ana, near=bot.channel), Card("Once"), address))
    with pytest.raises(TargetGone):
        await bot.platform.send(Post("k5", PrivateTo(ana, near=bot.channel), Card("Once more"), address))


async def test_somebody_else_s_direct_conversation_is_never_posted_to(bot: SlackHarness) -> None:
    ana, bob = await bot.person("Ana"), await bot.person("Bob")
    receipt = await bot.platform.send(Post("k", PrivateTo(ana, near=await bot.direct(bob)), Card("For Ana")))
    assert receipt.message is not None
    assert receipt.message.conversation == await bot.direct(ana)
    assert await ours(bot, bob, await bot.direct(bob)) == []


async def test_a_button_at_home_is_answered_by_direct_message(bot: SlackHarness) -> None:
    ana = await bot.person("Ana")
    home = type(bot.channel)(bot.channel.platform, bot.channel.installation, ana.user)
    receipt = await bot.platform.send(Post("k", PrivateTo(ana, near=home), Card("For Ana")))
    assert receipt.delivered_as == "direct"
    assert receipt.message is not None
    assert receipt.message.conversation == await bot.direct(ana)


async def test_after_a_restart_an_earlier_reaction_is_still_taken_away(bot: SlackHarness) -> None:
    ana = await bot.person("Ana")
    message = await bot.say(ana, bot.channel, "My answer")
    await bot.platform.react(message, "waiting")
    await bot.restart()
    await bot.platform.react(message, "done")
    (seen,) = await bot.messages_seen_by(ana, bot.channel)
    assert seen.reactions == ("done",)


async def test_no_reaction_is_taken_away_that_was_never_put(bot: SlackHarness) -> None:
    bot.slack.world.now = lambda: time.time() + 1  # type: ignore[method-assign]
    message = await bot.say(await bot.person("Ana"), bot.channel, "My answer")
    for reaction in ("seen", "seen", "done"):
        await bot.platform.react(message, reaction)
    calls = [(method, given["name"]) for method, given in bot.slack.server.calls if method.startswith("reactions.")]
    assert calls == [("reactions.add", "eyes"), ("reactions.add", "white_check_mark"), ("reactions.remove", "eyes")]


async def test_an_earlier_process_s_reaction_is_taken_away_when_an_answer_is_seen_again(bot: SlackHarness) -> None:
    ana = await bot.person("Ana")
    message = await bot.say(ana, bot.channel, "My answer")
    await bot.platform.react(message, "done")
    bot.slack.world.messages[-1].ts = old = "1700000000.000100"
    await bot.restart()
    await bot.platform.react(type(message)(message.conversation, old), "seen")
    (shown,) = await bot.messages_seen_by(ana, bot.channel)
    assert shown.reactions == ("seen",)


async def test_a_send_to_another_installation_goes_nowhere(bot: SlackHarness) -> None:
    elsewhere = type(bot.channel)(bot.channel.platform, "T0OTHER", "C0PRACTICE")
    with pytest.raises(TargetGone):
        await send(bot, elsewhere, Card("Question"))
    assert posts(bot) == []


async def test_somebody_else_s_message_cannot_be_changed(bot: SlackHarness) -> None:
    ana = await bot.person("Ana")
    message = await bot.say(ana, bot.channel, "Mine")
    with pytest.raises(PermissionMissing):
        await bot.platform.edit(message, Card("Ours"))
    with pytest.raises(PermissionMissing):
        await bot.platform.delete(message)


async def test_deleting_in_an_archived_channel_says_that_it_stays(bot: SlackHarness) -> None:
    message = await sent(bot, bot.channel, Card("Question"))
    await bot.slack.archive("C0PRACTICE")
    with pytest.raises(TargetGone):
        await bot.platform.delete(message)
    assert isinstance(bot.slack.world.messages[0], Message)
