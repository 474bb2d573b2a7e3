"""What people do reaches Starling as events."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.cards import Card, Paragraph
from bot.chat.events import (
    ChannelChanged,
    CommandInvoked,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    event_from_json,
    event_to_json,
)
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef
from tests.contract.harness import Harness
from tests.contract.samples import readable_place, sent, thread_of


async def test_a_message_arrives_with_who_where_and_what(harness: Harness) -> None:
    ana = await harness.person("Ana")
    place = await readable_place(harness, ana)
    message = await harness.say(ana, place, "We had a conflict & we <solved> it.")
    event = harness.inbound.only(MessagePosted)
    assert event.text == "We had a conflict & we <solved> it."
    assert event.message == message
    assert event.message.conversation == place
    assert event.actor == ana
    assert event.installation == harness.installation
    assert event.delivery_id
    assert event.occurred_at.utcoffset() is not None


async def test_a_reply_arrives_in_the_thread_of_the_question(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).reads_replies:
        pytest.skip("replies are not read here")
    ana = await harness.person("Ana")
    question = await sent(harness, harness.channel, Card("Today's question", (Paragraph("Tell me."),)))
    reply = await harness.say(ana, thread_of(question), "My answer")
    event = harness.inbound.only(MessagePosted)
    assert event.message == reply
    assert event.message.conversation == thread_of(question)
    assert event.message.conversation.root == harness.channel


async def test_a_direct_message_is_marked_as_one(harness: Harness) -> None:
    ana = await harness.person("Ana")
    await harness.say(ana, await harness.direct(ana), "hello")
    assert harness.inbound.only(MessagePosted).direct


async def test_two_people_have_direct_conversations_of_their_own(harness: Harness) -> None:
    ana, bob = await harness.person("Ana"), await harness.person("Bob")
    assert await harness.direct(ana) != await harness.direct(bob)
    await harness.say(ana, await harness.direct(ana), "for nobody else")
    assert await harness.messages_seen_by(bob, await harness.direct(bob)) == []


async def test_attachments_arrive_by_name(harness: Harness) -> None:
    ana = await harness.person("Ana")
    await harness.say(ana, await readable_place(harness, ana), "", files=("answer.ogg",))
    assert harness.inbound.only(MessagePosted).files == ("answer.ogg",)


async def test_an_edit_arrives_for_its_message(harness: Harness) -> None:
    ana = await harness.person("Ana")
    message = await harness.say(ana, await readable_place(harness, ana), "first")
    await harness.edit(ana, message, "second")
    await harness.edit(ana, message, "third")
    edits = harness.inbound.of(MessageEdited)
    assert [(edit.message, edit.text, edit.actor) for edit in edits] == [
        (message, "second", ana),
        (message, "third", ana),
    ]


async def test_a_deletion_arrives_for_its_message(harness: Harness) -> None:
    ana = await harness.person("Ana")
    message = await harness.say(ana, await readable_place(harness, ana), "first")
    await harness.delete(ana, message)
    assert harness.inbound.only(MessageDeleted).message == message


async def test_events_have_ids_of_their_own(harness: Harness) -> None:
    ana = await harness.person("Ana")
    place = await readable_place(harness, ana)
    message = await harness.say(ana, place, "same words")
    await harness.say(ana, place, "same words")
    await harness.edit(ana, message, "other words")
    await harness.edit(ana, message, "same words")
    await harness.delete(ana, message)
    ids = [event.delivery_id for event in harness.inbound.events]
    assert len(ids) == len(set(ids)) == 5


async def test_the_same_delivery_again_is_the_same_event_with_the_same_id(harness: Harness) -> None:
    ana = await harness.person("Ana")
    await harness.say(ana, await readable_place(harness, ana), "once")
    first = harness.inbound.only(MessagePosted)
    await harness.deliver_again(first)
    assert harness.inbound.of(MessagePosted) == [first, first]


async def test_what_starling_does_itself_is_no_event(harness: Harness) -> None:
    capabilities = harness.platform.capabilities(harness.channel)
    ana = await harness.person("Ana")
    before = list(harness.inbound.events)
    message = await sent(harness, harness.channel, Card("Today's question"))
    await sent(harness, thread_of(message), Card("A hint"), key="key-2")
    if capabilities.edits:
        await harness.platform.edit(message, Card("Today's question, corrected"))
    if capabilities.deletes:
        await harness.platform.delete(message)
    assert harness.inbound.events == before
    await harness.say(ana, await readable_place(harness, ana), "but I am")
    assert len(harness.inbound.events) == len(before) + 1


async def test_another_bot_is_dropped_or_known_to_be_one(harness: Harness) -> None:
    await harness.other_bot_says(harness.channel, "Build 7 is green")
    for event in harness.inbound.of(MessagePosted):
        assert event.actor is not None
        profile = await harness.platform.profile(event.actor)
        assert profile is not None
        assert profile.is_bot


async def test_somebody_who_left_is_not_known_any_more(harness: Harness) -> None:
    ana = await harness.person("Ana")
    await harness.leave(ana)
    assert await harness.platform.profile(ana) is None
    if harness.platform.capabilities(harness.channel).member_left:
        assert harness.inbound.only(MemberLeft).actor == ana


async def test_a_renamed_channel_tells_its_new_name(harness: Harness) -> None:
    await harness.rename(harness.channel, "practice-room")
    event = harness.inbound.only(ChannelChanged)
    assert (event.change, event.name) == ("renamed", "practice-room")
    assert event.conversation == harness.channel


async def test_an_archived_channel_says_so(harness: Harness) -> None:
    await harness.archive(harness.channel)
    event = harness.inbound.only(ChannelChanged)
    assert (event.change, event.conversation) == ("archived", harness.channel)


async def test_an_event_survives_the_inbox(harness: Harness) -> None:
    ana = await harness.person("Ana")
    message = await harness.say(ana, await readable_place(harness, ana), "first")
    await harness.edit(ana, message, "second")
    await harness.delete(ana, message)
    await harness.invoke(ana, harness.channel, "help")
    assert harness.inbound.events
    for event in harness.inbound.events:
        bare = replace(event, trigger=None) if isinstance(event, CommandInvoked) else event
        assert event_from_json(event_to_json(event)) == bare


async def test_references_carry_the_platform_and_round_trip(harness: Harness) -> None:
    ana = await harness.person("Ana")
    message = await harness.say(ana, await harness.direct(ana), "hello")
    name = harness.platform.name
    assert {ana.platform, message.conversation.platform, harness.installation.platform} == {name}
    assert AccountRef.decode(ana.encode()) == ana
    assert MessageRef.decode(message.encode()) == message
    assert ConversationRef.decode(thread_of(message).encode()) == thread_of(message)
    assert InstallationRef.decode(harness.installation.encode()) == harness.installation
    assert harness.installation in await harness.platform.installations()
