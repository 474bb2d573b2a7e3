"""Posts over the wire: once, found again, in threads and forums, within rates and permissions."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.chat.cards import Card, Paragraph
from bot.chat.errors import PermissionMissing, RateLimited, TargetGone, Unavailable
from bot.chat.events import ActionClicked, ChannelChanged
from bot.chat.platform import InConversation, Post, PrivateTo
from bot.chat.refs import ConversationRef
from tests.contract.samples import EVERYTHING, ours, seen, sent, thread_of
from tests.contract.test_discord import DiscordHarness
from tests.wire.discord import state
from tests.wire.discord.buckets import Buckets
from tests.wire.discord.faults import Fault
from tests.wire.discord.reading import controls
from tests.wire.discord.rest import Call


def calls(discord: DiscordHarness, method: str, part: str) -> list[Call]:
    return [call for call in discord.server.rest.calls if call.method == method and part in call.path]


def posting(place: ConversationRef, title: str, key: str) -> Post:
    return Post(key, InConversation(place), Card(title))


async def test_the_same_key_within_minutes_is_one_message(discord: DiscordHarness) -> None:
    first = await discord.platform.send(posting(discord.channel, "Question", "key"))
    assert await discord.platform.send(posting(discord.channel, "Question", "key")) == first
    discord.server.world.move(timedelta(minutes=state.NONCE_MINUTES + 1))
    assert await discord.platform.send(posting(discord.channel, "Question", "key")) != first


async def test_nothing_that_is_sent_allows_a_mention(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    message = await sent(discord, discord.channel, Card("Question"))
    await sent(discord, thread_of(message), Card("Hint"), key="hint")
    await discord.platform.edit(message, Card("Corrected"))
    await discord.platform.send(Post("private", PrivateTo(ana), Card("Feedback")))
    bodies = [call.body for call in [*calls(discord, "POST", "messages"), *calls(discord, "PATCH", "messages")]]
    messages = [body for body in bodies if "components" in body]
    assert len(messages) == 5, "four posts, one of them tried before its thread was there, and an edit"
    assert all(body["allowed_mentions"] == {"parse": []} for body in messages)


async def test_a_thread_is_called_as_its_question_and_made_once(discord: DiscordHarness) -> None:
    question = await sent(discord, discord.channel, Card("Tell me about a *conflict*"))
    for number in range(3):
        await sent(discord, thread_of(question), Card(f"Hint {number}"), key=f"hint-{number}")
    assert discord.server.world.channels[question.message]["name"] == "Tell me about a *conflict*"
    assert len(calls(discord, "POST", "/threads")) == 1


async def test_a_thread_that_somebody_makes_meanwhile_is_used(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    question = await sent(discord, discord.channel, Card("Question"))
    discord.server.rest.faults.add(Fault("refused", 404, 10003, route=f"channels/{question.message}/messages"))
    await discord.say(ana, thread_of(question), "My answer")
    hint = await sent(discord, thread_of(question), Card("Hint"), key="hint")
    assert hint.conversation == thread_of(question)
    assert len(calls(discord, "POST", "/threads")) == 1


async def test_a_thread_below_a_message_that_is_gone_says_so(discord: DiscordHarness) -> None:
    question = await sent(discord, discord.channel, Card("Question"))
    await discord.platform.delete(question)
    with pytest.raises(TargetGone):
        await sent(discord, thread_of(question), Card("Hint"), key="hint")


async def test_a_thread_that_was_locked_is_told_as_closed_and_takes_no_post(discord: DiscordHarness) -> None:
    question = await sent(discord, discord.channel, Card("Question"))
    await sent(discord, thread_of(question), Card("Hint"), key="hint")
    thread = discord.server.world.channels[question.message]
    thread["thread_metadata"].update(archived=True, locked=True)
    await discord.server.gateway.dispatch("THREAD_UPDATE", dict(thread), discord.guild.id)
    await discord.server.people.settled()
    await discord.platform.idle()
    event = discord.inbound.only(ChannelChanged)
    assert (event.change, event.conversation) == ("archived", thread_of(question))
    with pytest.raises(PermissionMissing) as raised:
        await sent(discord, thread_of(question), Card("Hint"), key="hint-2")
    assert raised.value.which == "MANAGE_THREADS"


async def forum_of(discord: DiscordHarness) -> ConversationRef:
    """A forum that asks for a tag with every post."""
    emoji = {"emoji_id": None, "emoji_name": None}
    tags = [
        {"id": "1", "name": "News", "moderated": True, **emoji},
        {"id": "2", "name": "Questions", "moderated": False, **emoji},
    ]
    made = discord.server.world.add_channel(
        discord.guild, "practice-forum", state.FORUM, flags=1 << 4, available_tags=tags
    )
    await discord.server.gateway.dispatch("CHANNEL_CREATE", dict(made), discord.guild.id)
    await discord.server.people.settled()
    await discord.platform.idle()
    return ConversationRef("discord", discord.guild.id, made["id"])


async def test_a_post_of_a_forum_is_a_thread_with_a_tag_that_can_be_found_changed_and_answered(
    discord: DiscordHarness,
) -> None:
    forum = await forum_of(discord)
    receipt = await discord.platform.send(posting(forum, "Today's question", "forum-key"))
    message = receipt.message
    assert message is not None
    assert receipt.delivered_as == "channel"
    thread = discord.server.world.channels[message.message]
    assert (thread["name"], thread["applied_tags"], thread["parent_id"]) == ("Today's question", ["2"], forum.channel)
    await discord.restart()
    assert await discord.platform.find_own_post(InConversation(forum), "forum-key") == message
    assert await discord.platform.find_own_post(InConversation(forum), "another") is None
    hint = await sent(discord, thread_of(message), Card("Hint"), key="hint")
    assert discord.server.world.messages[hint.message]["channel_id"] == message.message
    await discord.platform.edit(message, Card("Corrected"))
    assert "Corrected" in str(discord.server.world.messages[message.message]["components"])


async def test_a_forum_whose_tags_are_only_for_moderators_names_what_is_missing(discord: DiscordHarness) -> None:
    forum = await forum_of(discord)
    made = discord.server.world.channels[forum.channel]
    made["available_tags"] = [tag for tag in made["available_tags"] if tag["moderated"]]
    await discord.server.gateway.dispatch("CHANNEL_UPDATE", dict(made), discord.guild.id)
    await discord._idle()
    with pytest.raises(PermissionMissing) as raised:
        await discord.platform.send(posting(forum, "Today's question", "forum-key"))
    assert raised.value.which == "MANAGE_THREADS"


async def test_a_thread_that_discord_put_away_is_opened_again(discord: DiscordHarness) -> None:
    question = await sent(discord, discord.channel, Card("Question"))
    await sent(discord, thread_of(question), Card("Hint"), key="hint")
    thread = discord.server.world.channels[question.message]
    thread["thread_metadata"]["archived"] = True
    discord.server.rest.faults.add(Fault("refused", 400, 50083, route=f"channels/{question.message}/messages"))
    await sent(discord, thread_of(question), Card("Another hint"), key="hint-2")
    assert not thread["thread_metadata"]["archived"]


async def test_a_message_that_is_gone_cannot_be_changed_and_needs_no_removal(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    ours_, theirs = (
        await sent(discord, discord.channel, Card("Question")),
        await discord.say(ana, discord.channel, f"<@{state.BOT}> hello"),
    )
    for each in (ours_, theirs):
        del discord.server.world.messages[each.message]
    with pytest.raises(TargetGone):
        await discord.platform.edit(ours_, Card("Corrected"))
    with pytest.raises(TargetGone):
        await discord.platform.react(theirs, "seen")
    await discord.platform.delete(ours_)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, 50013, PermissionMissing),
        (403, 50001, PermissionMissing),
        (404, 10003, TargetGone),
        (404, 10008, TargetGone),
    ],
)
async def test_each_refusal_of_a_post_has_one_outcome(
    discord: DiscordHarness, status: int, code: int, kind: type[Exception]
) -> None:
    discord.server.rest.faults.add(Fault("refused", status, code, route="messages"))
    with pytest.raises(kind):
        await sent(discord, discord.channel, Card("Question"))
    assert len(calls(discord, "POST", "messages")) == 1, "a refusal is not tried again"


async def test_a_button_on_a_post_of_a_forum_names_the_post_as_it_was_sent(discord: DiscordHarness) -> None:
    forum, ana = await forum_of(discord), await discord.person("Ana")
    receipt = await discord.platform.send(Post("key", InConversation(forum), EVERYTHING))
    assert receipt.message is not None
    message = discord.server.world.messages[receipt.message.message]
    control = next(each for each in controls(message) if each.get("custom_id"))
    await discord.server.people.press(ana.user, message, control)
    await discord.platform.idle()
    event = discord.inbound.only(ActionClicked)
    assert event.message == receipt.message
    assert event.conversation == thread_of(receipt.message)


async def test_a_post_far_back_is_found_and_beyond_a_thousand_nobody_can_know(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    message = await sent(discord, discord.channel, Card("Question"), key="far")
    add = discord.server.world.add_message
    for _ in range(250):
        add(ana.user, discord.channel.channel, "talk")
    assert await discord.platform.find_own_post(InConversation(discord.channel), "far") == message
    for _ in range(800):
        add(ana.user, discord.channel.channel, "talk")
    with pytest.raises(TargetGone):
        await discord.platform.find_own_post(InConversation(discord.channel), "far")


async def test_a_private_post_is_found_in_the_direct_conversation(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    receipt = await discord.platform.send(Post("feedback", PrivateTo(ana), Card("Feedback")))
    assert await discord.platform.find_own_post(PrivateTo(ana), "feedback") == receipt.message
    assert await discord.platform.find_own_post(PrivateTo(ana, fallback="drop"), "feedback") is None


async def test_history_that_is_read_for_anything_else_fails_the_test(discord: DiscordHarness) -> None:
    path = "/channels/{channel_id}/messages"
    await discord.platform._rest.call("read", "GET", path, channel_id=discord.channel.channel)
    assert discord.server.world.failures == [f"history was read: GET channels/{discord.channel.channel}/messages"]
    discord.server.world.failures.clear()


async def test_a_full_bucket_is_waited_for_and_nothing_is_refused(discord: DiscordHarness) -> None:
    buckets = discord.server.rest.buckets = Buckets(size=5, window=0.2)
    posts = [posting(discord.channel, f"Post {number}", f"key-{number}") for number in range(8)]
    await asyncio.gather(*map(discord.platform.send, posts))
    assert buckets.refused == 0
    ana = await discord.person("Ana")
    assert len(await ours(discord, ana, discord.channel)) == 8


async def test_a_short_refusal_for_the_rate_is_waited_through_and_a_long_one_is_told(discord: DiscordHarness) -> None:
    discord.server.rest.faults.add(Fault("rate_limited", seconds=0.01))
    await sent(discord, discord.channel, Card("First"))
    discord.server.rest.faults.add(Fault("rate_limited", seconds=40))
    with pytest.raises(RateLimited) as raised:
        await sent(discord, discord.channel, Card("Second"), key="second")
    assert raised.value.retry_after == timedelta(seconds=40)


@pytest.mark.parametrize("fault", [Fault("failed", 500), Fault("failed", 502), Fault("dropped")])
async def test_a_failed_post_is_not_repeated_behind_our_back(discord: DiscordHarness, fault: Fault) -> None:
    discord.server.rest.faults.add(fault)
    async with asyncio.timeout(1):
        with pytest.raises(Unavailable) as raised:
            await sent(discord, discord.channel, Card("First"))
    assert raised.value.accepted is None
    assert len(calls(discord, "POST", "messages")) == 1


async def denied(discord: DiscordHarness, permissions: int) -> None:
    """Take permissions in the channel from the bot, which is told."""
    discord.server.world.deny(discord.channel.channel, permissions)
    channel = discord.server.world.channels[discord.channel.channel]
    await discord.server.gateway.dispatch("CHANNEL_UPDATE", dict(channel), discord.guild.id)
    await discord.server.people.settled()
    await discord.platform.idle()


async def test_capabilities_follow_the_permissions_of_the_channel(discord: DiscordHarness) -> None:
    able = discord.platform.capabilities(discord.channel)
    assert able.threads
    assert able.reactions
    assert able.images
    assert able.finds_own_posts
    await denied(
        discord,
        state.CREATE_PUBLIC_THREADS | state.ADD_REACTIONS | state.ATTACH_FILES | state.READ_MESSAGE_HISTORY,
    )
    able = discord.platform.capabilities(discord.channel)
    assert (able.threads, able.reactions, able.images, able.finds_own_posts) == (False, False, False, False)


@pytest.mark.parametrize(
    ("permission", "named"), [(state.SEND_MESSAGES, "SEND_MESSAGES"), (state.VIEW_CHANNEL, "VIEW_CHANNEL")]
)
async def test_a_channel_closed_to_us_names_what_is_missing(
    discord: DiscordHarness, permission: int, named: str
) -> None:
    await denied(discord, permission)
    with pytest.raises(PermissionMissing) as raised:
        await sent(discord, discord.channel, Card("Question"))
    assert raised.value.which == named


async def test_a_channel_closed_to_us_and_opened_again_is_told(discord: DiscordHarness) -> None:
    await denied(discord, state.SEND_MESSAGES)
    await denied(discord, state.ADD_REACTIONS)
    assert [event.change for event in discord.inbound.of(ChannelChanged)] == ["closed", "opened"]


async def test_who_manages_the_server_is_an_admin(discord: DiscordHarness) -> None:
    manager = discord.server.people.join(discord.guild, "Mia", permissions=state.MANAGE_GUILD)
    await discord.server.gateway.dispatch(
        "GUILD_ROLE_CREATE",
        {"guild_id": discord.guild.id, "role": discord.server.world.guild_payload(discord.guild)["roles"][-1]},
        discord.guild.id,
    )
    await discord.server.people.settled()
    ana = await discord.person("Ana")
    for user, admin in ((manager, True), (state.OWNER, True), (ana.user, False)):
        profile = await discord.platform.profile(type(ana)("discord", discord.guild.id, user))
        assert profile is not None
        assert profile.is_admin is admin


async def test_reactions_of_an_earlier_run_are_taken_away(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    place = await discord.direct(ana)
    message = await discord.say(ana, place, "My answer")
    await discord.platform.react(message, "seen")
    await discord.restart()
    await discord.platform.react(message, "done")
    assert (await seen(discord, ana, message)).reactions == ("done",)


async def test_a_call_before_the_start_says_that_nothing_was_done(discord: DiscordHarness) -> None:
    await discord.platform.stop()
    with pytest.raises(Unavailable) as raised:
        await sent(discord, discord.channel, Card("Question"))
    assert raised.value.accepted is False


async def test_pictures_go_with_the_message(discord: DiscordHarness) -> None:
    message = await sent(discord, discord.channel, EVERYTHING)
    stored = discord.server.world.messages[message.message]
    assert [each["filename"] for each in stored["attachments"]] == ["picture-0.png"]
    await discord.platform.edit(message, Card("Without", (Paragraph("a picture"),)))
