"""A post whose answer was lost is found by its key: while the process runs by its echo, later among the messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.slack.lookup import MOST_PAGES, PAGE
from bot.base.ids import new_id
from bot.chat.cards import Card
from bot.chat.errors import PermissionMissing, RateLimited, TargetGone, Unavailable
from bot.chat.platform import Audience, InConversation, Post, PrivateTo
from bot.chat.refs import ConversationRef, MessageRef
from tests.contract.samples import sent, thread_of
from tests.contract.test_slack import SlackHarness, SlackNotReadingHarness, SlackWithoutReadingHarness
from tests.wire.slack.faults import Fault
from tests.wire.slack.reading import FOR_DISTRIBUTED
from tests.wire.slack.world import BOT, BOT_USER, EVERY_SCOPE, Message

AN_HOUR_AND_MORE = timedelta(hours=2).total_seconds()


@pytest.fixture
async def private_bot(tmp_path: Path) -> AsyncIterator[SlackHarness]:
    """The adapter where the history of channels is not granted."""
    async with SlackWithoutReadingHarness(tmp_path) as made:
        yield made


def looks(bot: SlackHarness) -> list[str]:
    """The calls that looked at what was posted."""
    history = ("conversations.history", "conversations.replies")
    return [method for method, _ in bot.slack.server.calls if method in history]


async def lost(bot: SlackHarness, audience: Audience, key: str) -> None:
    """Send a post whose answer does not arrive."""
    bot.fail_next("answer_lost")
    with pytest.raises(Unavailable):
        await bot.platform.send(Post(key, audience, Card("Lost")))
    await bot.slack.idle()


def landed(bot: SlackHarness, place: ConversationRef) -> MessageRef:
    """Where the latest message of ours stands."""
    return MessageRef(place, bot.slack.world.messages[-1].ts)


def fill(bot: SlackHarness, count: int, *, seconds_ago: float = -10) -> None:
    """Others write this many messages in the channel, after what stands there unless it is said when."""
    world = bot.slack.world
    then = int(world.now() - seconds_ago)
    world.messages.extend(Message("C0PRACTICE", f"{then}.{number:06d}", "U0BOB", "chat") for number in range(count))


async def test_while_the_process_runs_the_echo_tells(private_bot: SlackHarness) -> None:
    question = await sent(private_bot, private_bot.channel, Card("Question"))
    place = InConversation(thread_of(question))
    await lost(private_bot, place, "lost")
    assert await private_bot.platform.find_own_post(place, "lost") == landed(private_bot, thread_of(question))
    assert await private_bot.platform.find_own_post(place, "never sent") is None
    assert looks(private_bot) == []


async def test_where_messages_cannot_be_looked_through_just_now_the_echo_tells(bot: SlackHarness) -> None:
    await lost(bot, InConversation(bot.channel), "lost")
    bot.slack.server.faults.add(Fault("rate_limited", "conversations.history"))
    assert await bot.platform.find_own_post(InConversation(bot.channel), "lost") == landed(bot, bot.channel)


async def test_after_a_restart_the_channel_is_looked_through(bot: SlackHarness) -> None:
    await lost(bot, InConversation(bot.channel), key := new_id())
    where = landed(bot, bot.channel)
    fill(bot, 2 * PAGE)
    await bot.restart()
    assert bot.platform.capabilities(bot.channel).finds_own_posts
    assert await bot.platform.find_own_post(InConversation(bot.channel), key) == where
    assert await bot.platform.find_own_post(InConversation(bot.channel), new_id()) is None


async def test_after_a_restart_a_thread_is_looked_through(bot: SlackHarness) -> None:
    question = await sent(bot, bot.channel, Card("Question"))
    place = thread_of(question)
    await lost(bot, InConversation(place), key := f"{new_id()}#2")
    await bot.restart()
    assert await bot.platform.find_own_post(InConversation(place), key) == landed(bot, place)
    assert set(looks(bot)) == {"conversations.replies"}


@pytest.mark.parametrize("with_reading", [True, False])
async def test_after_a_restart_a_private_post_is_found_in_either_profile(
    bot: SlackHarness, private_bot: SlackHarness, with_reading: bool
) -> None:
    either = bot if with_reading else private_bot
    ana = await either.person("Ana")
    await lost(either, PrivateTo(ana), "lost")
    await either.restart()
    direct = await either.direct(ana)
    assert await either.platform.find_own_post(PrivateTo(ana), "lost") == landed(either, direct)
    assert await either.platform.find_own_post(PrivateTo(ana, near=direct), "lost") == landed(either, direct)
    assert await either.platform.find_own_post(PrivateTo(ana), "never sent") is None


async def test_without_history_of_channels_nobody_can_know_after_a_restart(private_bot: SlackHarness) -> None:
    await lost(private_bot, InConversation(private_bot.channel), "lost")
    await private_bot.restart()
    assert not private_bot.platform.capabilities(private_bot.channel).finds_own_posts
    assert await private_bot.platform.find_own_post(InConversation(private_bot.channel), "lost") is None
    assert looks(private_bot) == []


async def test_where_the_administrator_wants_nothing_read_nothing_is(tmp_path: Path) -> None:
    async with SlackNotReadingHarness(tmp_path) as bot:
        await lost(bot, InConversation(bot.channel), "lost")
        await bot.restart()
        assert not bot.platform.capabilities(bot.channel).finds_own_posts
        assert await bot.platform.find_own_post(InConversation(bot.channel), "lost") is None
        assert looks(bot) == []


async def test_without_the_scope_for_keys_nobody_can_know(bot: SlackHarness) -> None:
    bot.slack.world.scopes = EVERY_SCOPE - {"metadata.message:read"}
    await bot.restart()
    with pytest.raises(PermissionMissing) as raised:
        await bot.platform.find_own_post(InConversation(bot.channel), "key-1")
    assert raised.value.which == "metadata.message:read"


async def test_without_the_scope_that_opens_direct_conversations_nobody_can_know(bot: SlackHarness) -> None:
    bot.slack.world.scopes = EVERY_SCOPE - {"im:write"}
    await bot.restart()
    ana = await bot.person("Ana")
    alone = ConversationRef(bot.channel.platform, bot.channel.installation, ana.user)
    assert not bot.platform.capabilities(alone).finds_own_posts
    assert await bot.platform.find_own_post(PrivateTo(ana), "lost") is None
    assert looks(bot) == []


async def test_a_private_channel_whose_history_is_not_granted_says_so(bot: SlackHarness) -> None:
    bot.slack.world.channels["C0PRACTICE"].kind = "group"
    bot.slack.world.scopes = EVERY_SCOPE - {"groups:history"}
    await bot.restart()
    with pytest.raises(PermissionMissing) as raised:
        await bot.platform.find_own_post(InConversation(bot.channel), "lost")
    assert raised.value.which == "groups:history"


async def test_only_a_post_of_ours_counts(bot: SlackHarness) -> None:
    metadata = {"event_type": "starling_post", "event_payload": {"key": "key"}}
    others = [("U0BOB", None, metadata), (BOT_USER, BOT, {"event_type": "another", "event_payload": {"key": "key"}})]
    for user, by, carried in others:
        ts = bot.slack.world.new_ts()
        bot.slack.world.messages.append(Message("C0PRACTICE", ts, user, "text", bot=by, metadata=carried))
    assert await bot.platform.find_own_post(InConversation(bot.channel), "key") is None


async def test_too_much_to_look_through_proves_nothing(bot: SlackHarness) -> None:
    fill(bot, MOST_PAGES * PAGE + 1)
    with pytest.raises(TargetGone):
        await bot.platform.find_own_post(InConversation(bot.channel), new_id())
    assert len(looks(bot)) == MOST_PAGES


async def test_what_is_older_than_the_key_is_not_looked_through(bot: SlackHarness) -> None:
    fill(bot, MOST_PAGES * PAGE + 1, seconds_ago=AN_HOUR_AND_MORE)
    assert await bot.platform.find_own_post(InConversation(bot.channel), new_id()) is None
    assert len(looks(bot)) == 1


async def test_small_pages_are_followed(bot: SlackHarness) -> None:
    bot.slack.server.methods.history_page = FOR_DISTRIBUTED
    await lost(bot, InConversation(bot.channel), "lost")
    where = landed(bot, bot.channel)
    fill(bot, 2 * FOR_DISTRIBUTED)
    await bot.restart()
    assert await bot.platform.find_own_post(InConversation(bot.channel), "lost") == where
    assert len(looks(bot)) == 3


async def test_a_look_that_comes_too_soon_waits(bot: SlackHarness) -> None:
    bot.slack.server.faults.add(Fault("rate_limited", "conversations.history", seconds=60))
    with pytest.raises(RateLimited) as raised:
        await bot.platform.find_own_post(InConversation(bot.channel), "lost")
    assert raised.value.retry_after == timedelta(seconds=60)


async def test_what_only_one_person_saw_cannot_be_looked_for(bot: SlackHarness) -> None:
    ana = await bot.person("Ana")
    await lost(bot, PrivateTo(ana, near=bot.channel, fallback="drop"), "lost")
    with pytest.raises(TargetGone):
        await bot.platform.find_own_post(PrivateTo(ana, near=bot.channel, fallback="drop"), "lost")
    assert looks(bot) == []


async def test_what_fell_back_to_a_direct_message_is_found_there(bot: SlackHarness) -> None:
    ana = await bot.person("Ana")
    bot.slack.world.channels["C0PRACTICE"].bot_is_member = False
    bot.slack.server.faults.add(Fault("answer_lost", "chat.postMessage"))
    audience = PrivateTo(ana, near=bot.channel)
    with pytest.raises(Unavailable):
        await bot.platform.send(Post("lost", audience, Card("Lost")))
    await bot.restart()
    assert await bot.platform.find_own_post(audience, "lost") == landed(bot, await bot.direct(ana))
    with pytest.raises(TargetGone):
        await bot.platform.find_own_post(audience, "never sent")


@pytest.mark.parametrize("fallback", ["home", "drop"])
async def test_what_was_not_to_be_posted_was_not(bot: SlackHarness, fallback: str) -> None:
    ana = await bot.person("Ana")
    assert await bot.platform.find_own_post(PrivateTo(ana, fallback=fallback), "key") is None  # type: ignore[arg-type]
    assert looks(bot) == []
