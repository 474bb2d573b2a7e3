"""What reaches Starling of what people write, in each profile."""

from __future__ import annotations

import pytest

from bot.chat.cards import Card
from bot.chat.events import MessageDeleted, MessageEdited, MessagePosted
from tests.contract.samples import sent, thread_of
from tests.contract.test_discord import DiscordHarness
from tests.wire.discord.faults import Fault
from tests.wire.discord.state import BOT


async def test_talk_in_a_channel_that_cannot_be_read_is_no_event(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.say(ana, discord.channel, "lunch?")
    assert discord.inbound.events == []


async def test_a_reply_in_a_thread_that_cannot_be_read_is_told_without_its_words(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    question = await sent(discord, discord.channel, Card("Question"))
    reply = await discord.say(ana, thread_of(question), "My secret answer")
    event = discord.inbound.only(MessagePosted)
    assert (event.message, event.text, event.actor) == (reply, "", ana)
    message = discord.server.world.messages[reply.message]
    await discord.server.people.edit(message, "My changed answer")
    assert discord.inbound.of(MessageEdited) == []


async def test_a_mention_is_read_without_the_address(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.say(ana, discord.channel, f"<@{BOT}> My answer")
    event = discord.inbound.only(MessagePosted)
    assert (event.text, event.addressed, event.direct) == ("My answer", True, False)


async def test_a_reply_with_a_ping_to_a_post_is_read(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    question = await sent(discord, discord.channel, Card("Question"))
    post = discord.server.world.messages[question.message]
    await discord.server.people.reply(ana.user, post, "My answer")
    await discord.server.people.reply(ana.user, post, "Not for you", ping=False)
    await discord._idle()
    event = discord.inbound.only(MessagePosted)
    assert (event.text, event.addressed) == ("My answer", True)


async def test_a_direct_message_is_read(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.say(ana, await discord.direct(ana), "My answer")
    assert discord.inbound.only(MessagePosted).text == "My answer"


async def test_talk_is_read_in_the_reading_profile(reading: DiscordHarness) -> None:
    ana = await reading.person("Ana")
    question = await sent(reading, reading.channel, Card("Question"))
    await reading.say(ana, thread_of(question), "My answer", files=("notes.pdf",))
    event = reading.inbound.only(MessagePosted)
    assert (event.text, event.files) == ("My answer", ("notes.pdf",))


async def test_a_preview_that_discord_adds_is_no_edit(reading: DiscordHarness) -> None:
    ana = await reading.person("Ana")
    message = await reading.say(ana, reading.channel, "See https://example.org")
    await reading.server.people.tell(reading.server.world.messages[message.message], "MESSAGE_UPDATE")
    await reading._idle()
    assert reading.inbound.of(MessageEdited) == []


async def test_messages_removed_together_are_deletions_of_each(reading: DiscordHarness) -> None:
    ana = await reading.person("Ana")
    messages = [await reading.say(ana, reading.channel, text) for text in ("one", "two")]
    data = {"ids": [each.message for each in messages], "channel_id": reading.channel.channel}
    await reading.server.gateway.dispatch(
        "MESSAGE_DELETE_BULK", {**data, "guild_id": reading.guild.id}, reading.guild.id
    )
    await reading._idle()
    assert [event.message for event in reading.inbound.of(MessageDeleted)] == messages


async def test_a_direct_message_is_not_lost_while_its_server_cannot_be_found(
    discord: DiscordHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.direct.PAUSES", (0.0, 0.0, 0.0))
    world = discord.server.world
    other = world.add_guild("Another team")
    await discord.server.gateway.dispatch("GUILD_CREATE", world.guild_payload(other), other.id)
    await discord._idle()
    ana = await discord.person("Ana")
    for _ in range(2):
        discord.server.rest.faults.add(Fault("failed", 503, route="members"))
    await discord.say(ana, await discord.direct(ana), "hello")
    assert discord.inbound.only(MessagePosted).actor == ana


async def test_a_direct_message_of_somebody_in_several_servers_belongs_to_the_one_shared_with_starling(
    discord: DiscordHarness,
) -> None:
    world, people = discord.server.world, discord.server.people
    other = world.add_guild("Another team")
    await discord.server.gateway.dispatch("GUILD_CREATE", world.guild_payload(other), other.id)
    bob = people.join(other, "Bob")
    stranger = world.add_user(world.snowflake(), "Stranger")["id"]
    await discord._idle()
    await people.say(bob, world.direct(bob)["id"], "hello")
    await people.say(stranger, world.direct(stranger)["id"], "hello")
    await discord._idle()
    assert discord.inbound.only(MessagePosted).installation.installation == other.id
