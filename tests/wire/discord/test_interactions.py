"""Interactions: acknowledged in time or not at all, answered through themselves, and privately where it is private."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.base.text import t
from bot.chat.cards import Buttons, Card
from bot.chat.commands import Command, MessageAction, Option
from bot.chat.errors import Unavailable
from bot.chat.events import ActionClicked, CommandInvoked, Event, FormSubmitted
from bot.chat.platform import Acknowledged, InConversation, OpenForm, Post, PrivateTo, Receipt
from bot.chat.refs import AccountRef
from tests.contract.samples import ANSWER, FORM, Pressed, ours, seen, sent
from tests.contract.test_discord import DiscordHarness
from tests.wire.discord import interactions, reading
from tests.wire.discord.faults import Fault
from tests.wire.discord.state import Payload

SCORE = MessageAction(t("Score this"), Pressed(subject="score").encode(), own=True)


def private_reply(event: CommandInvoked | ActionClicked | FormSubmitted, title: str, key: str = "reply") -> Post:
    assert event.actor is not None
    audience = PrivateTo(event.actor, near=event.conversation)
    return Post(key, audience, Card(title), event.trigger)


def promised(discord: DiscordHarness) -> list[Payload]:
    """Messages that say no more than that an answer is coming."""
    return [message for message in discord.server.world.messages.values() if message["flags"] & interactions.LOADING]


async def visible(discord: DiscordHarness, person: AccountRef) -> list[str]:
    return [message.text for message in await ours(discord, person, discord.channel)]


async def test_a_private_answer_fills_what_the_command_promised_and_only_its_person_sees_it(
    discord: DiscordHarness,
) -> None:
    ana, bob = await discord.person("Ana"), await discord.person("Bob")
    await discord.invoke(ana, discord.channel, "help")
    assert len(promised(discord)) == 1
    event = discord.inbound.only(CommandInvoked)
    assert await discord.platform.send(private_reply(event, "First")) == Receipt("ephemeral")
    assert await discord.platform.send(private_reply(event, "Second", "second")) == Receipt("ephemeral")
    assert promised(discord) == []
    assert await visible(discord, ana) == ["First", "Second"]
    assert await visible(discord, bob) == []


async def test_a_public_command_is_answered_for_everybody(discord: DiscordHarness) -> None:
    discord.inbound.commands = [Command(("today",), t("Today's question"), acknowledgement="public")]
    await discord.restart()
    ana, bob = await discord.person("Ana"), await discord.person("Bob")
    await discord.server.people.invoke(ana.user, discord.channel.channel, "starling", ("today",), {})
    await discord.platform.idle()
    event = discord.inbound.only(CommandInvoked)
    post = Post("public", InConversation(discord.channel), Card("Today's question"), event.trigger)
    receipt = await discord.platform.send(post)
    assert receipt.delivered_as == "channel"
    assert receipt.message is not None
    assert (await seen(discord, bob, receipt.message)).text == "Today's question"


async def test_a_private_answer_to_a_public_command_is_still_private(discord: DiscordHarness) -> None:
    discord.inbound.commands = [Command(("today",), t("Today's question"), acknowledgement="public")]
    await discord.restart()
    ana, bob = await discord.person("Ana"), await discord.person("Bob")
    await discord.server.people.invoke(ana.user, discord.channel.channel, "starling", ("today",), {})
    await discord.platform.idle()
    event = discord.inbound.only(CommandInvoked)
    assert await discord.platform.send(private_reply(event, "Only for you")) == Receipt("ephemeral")
    assert await visible(discord, ana) == ["Only for you"]
    assert await visible(discord, bob) == []


async def test_a_button_promises_nothing_and_its_answer_is_private(discord: DiscordHarness) -> None:
    ana, bob = await discord.person("Ana"), await discord.person("Bob")
    message = await sent(discord, discord.channel, Card("Question", (Buttons((ANSWER,)),)))
    await discord.click(ana, await seen(discord, ana, message), "Answer privately")
    assert promised(discord) == []
    event = discord.inbound.only(ActionClicked)
    assert await discord.platform.send(private_reply(event, "My feedback")) == Receipt("ephemeral")
    assert await visible(discord, bob) == ["Question"]


async def test_nobody_elses_private_post_goes_through_an_interaction(discord: DiscordHarness) -> None:
    ana, bob = await discord.person("Ana"), await discord.person("Bob")
    await discord.invoke(ana, discord.channel, "help")
    trigger = discord.inbound.only(CommandInvoked).trigger
    post = Post("for-bob", PrivateTo(bob, near=discord.channel), Card("For Bob"), trigger)
    assert (await discord.platform.send(post)).delivered_as == "direct"
    assert await visible(discord, ana) == [""]


async def test_an_answer_after_fifteen_minutes_comes_by_direct_message(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.invoke(ana, discord.channel, "help")
    discord.server.world.move(timedelta(minutes=16))
    receipt = await discord.platform.send(private_reply(discord.inbound.only(CommandInvoked), "Late"))
    assert receipt.delivered_as == "direct"
    assert receipt.message is not None
    assert (await seen(discord, ana, receipt.message)).text == "Late"


async def test_what_is_stored_too_late_to_be_acknowledged_is_answered_by_direct_message(
    discord: DiscordHarness,
) -> None:
    ana = await discord.person("Ana")
    discord.inbound.hold()
    invoking = asyncio.create_task(discord.invoke(ana, discord.channel, "help"))
    async with asyncio.timeout(10):
        await discord.inbound.entered()
    discord.server.world.move(timedelta(seconds=4))
    discord.inbound.release()
    await discord.platform.idle()
    (interaction,) = discord.server.world.interactions.values()
    assert not interaction.acknowledged.done()
    receipt = await discord.platform.send(private_reply(discord.inbound.only(CommandInvoked), "Late"))
    assert receipt.delivered_as == "direct"
    interaction.acknowledged.set_result(0)
    await invoking


async def test_an_answer_waits_for_the_acknowledgement_on_its_way(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    discord.server.rest.faults.add(Fault("delayed", seconds=0.05, route="callback"))
    invoking = asyncio.create_task(discord.invoke(ana, discord.channel, "help"))
    while not discord.inbound.of(CommandInvoked):
        await asyncio.sleep(0)
    receipt = await discord.platform.send(private_reply(discord.inbound.only(CommandInvoked), "Quick"))
    await invoking
    assert receipt == Receipt("ephemeral")


async def test_a_form_sent_from_a_command_is_answered_privately(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    discord.inbound.answer_next_with(OpenForm(FORM))
    opened = await discord.invoke(ana, discord.channel, "answer")
    assert opened is not None
    await discord.submit(ana, opened, {"situation": ("Late.",), "sure": ("1",)})
    assert len(promised(discord)) == 1
    event = discord.inbound.only(FormSubmitted)
    assert await discord.platform.send(private_reply(event, "Taken")) == Receipt("ephemeral")
    assert promised(discord) == []


async def test_a_form_sent_from_a_button_promises_nothing(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    message = await sent(discord, discord.channel, Card("Question", (Buttons((ANSWER,)),)))
    discord.inbound.answer_next_with(OpenForm(FORM))
    opened = await discord.click(ana, await seen(discord, ana, message), "Answer privately")
    assert opened is not None
    await discord.submit(ana, opened, {"situation": ("Late.",), "sure": ("1",)})
    assert promised(discord) == []
    assert await discord.platform.send(private_reply(discord.inbound.only(FormSubmitted), "Taken")) == Receipt(
        "ephemeral"
    )


async def test_a_closed_direct_conversation_never_makes_a_private_post_public(discord: DiscordHarness) -> None:
    ana, bob = await discord.person("Ana"), await discord.person("Bob")
    discord.server.world.closed_to_bot.add(ana.user)
    receipt = await discord.platform.send(Post("key", PrivateTo(ana, near=discord.channel), Card("Feedback")))
    assert receipt == Receipt("home")
    for person in (ana, bob):
        assert await visible(discord, person) == []


async def test_an_entry_of_a_messages_menu_brings_the_message_whatever_can_be_read(discord: DiscordHarness) -> None:
    discord.inbound.message_actions = [SCORE]
    await discord.restart()
    ana, bob = await discord.person("Ana"), await discord.person("Bob")
    message = await discord.say(bob, discord.channel, "Once we were late.")
    await discord.server.people.use_menu(ana.user, discord.server.world.messages[message.message], "Score this")
    await discord.platform.idle()
    event = discord.inbound.only(ActionClicked)
    assert (event.action, event.actor, event.message) == (SCORE.action, ana, message)
    assert event.chosen == (bob.user, "Once we were late.")
    assert await discord.platform.send(private_reply(event, "Your score")) == Receipt("ephemeral")


async def test_members_and_channels_arrive_as_mentions(discord: DiscordHarness) -> None:
    options = (Option("who", t("Whom"), "member"), Option("where", t("Where"), "channel"))
    discord.inbound.commands = [Command(("setup", "appoint"), t("Appoint somebody"), options)]
    await discord.restart()
    ana = await discord.person("Ana")
    place = discord.channel.channel
    given = {"who": ana.user, "where": place}
    await discord.server.people.invoke(ana.user, place, "starling", ("setup", "appoint"), given)
    await discord.platform.idle()
    assert discord.inbound.only(CommandInvoked).line == f"setup appoint who:<@{ana.user}> where:<#{place}>"


async def test_a_command_in_a_direct_conversation_belongs_to_the_persons_server(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.invoke(ana, await discord.direct(ana), "help")
    event = discord.inbound.only(CommandInvoked)
    assert (event.installation, event.actor) == (discord.installation, ana)
    assert event.conversation == await discord.direct(ana)


async def test_the_language_of_an_interaction_is_known_afterwards(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.invoke(ana, discord.channel, "help")
    profile = await discord.platform.profile(ana)
    assert profile is not None
    assert profile.language == "en-US"


async def test_controls_of_a_card_seen_by_one_person_work(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.invoke(ana, discord.channel, "help")
    event = discord.inbound.only(CommandInvoked)
    card = Card("Feedback", (Buttons((ANSWER,)),))
    await discord.platform.send(Post("reply", PrivateTo(ana, near=discord.channel), card, event.trigger))
    (shown,) = [each for each in discord.server.world.messages.values() if reading.controls(each)]
    await discord.server.people.press(ana.user, shown, reading.controls(shown)[0])
    await discord.platform.idle()
    assert discord.inbound.only(ActionClicked).message is None


async def test_an_answer_that_may_have_been_shown_is_not_sent_a_second_way(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.invoke(ana, discord.channel, "help")
    event = discord.inbound.only(CommandInvoked)
    discord.server.rest.faults.add(Fault("answer_lost", route="webhooks"))
    with pytest.raises(Unavailable) as raised:
        await discord.platform.send(private_reply(event, "Once"))
    assert raised.value.accepted is None
    assert await ours(discord, ana, await discord.direct(ana)) == []
    assert await discord.platform.send(private_reply(event, "Once")) == Receipt("ephemeral")
    assert await visible(discord, ana) == ["Once"]


async def test_a_promise_that_nobody_keeps_is_taken_back(
    discord: DiscordHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.interactions.PATIENCE", 0.01)
    ana = await discord.person("Ana")
    await discord.invoke(ana, discord.channel, "help")
    async with asyncio.timeout(5):
        while promised(discord):
            await asyncio.sleep(0.005)
    receipt = await discord.platform.send(private_reply(discord.inbound.only(CommandInvoked), "After all"))
    assert receipt == Receipt("ephemeral")


async def test_an_interaction_that_comes_twice_is_still_answered_through_itself(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.invoke(ana, discord.channel, "help")
    (interaction,) = discord.server.world.interactions.values()
    await discord.server.gateway.dispatch("INTERACTION_CREATE", dict(interaction.payload), discord.guild.id)
    await discord._idle()
    first, again = discord.inbound.of(CommandInvoked)
    assert first == again
    assert await discord.platform.send(private_reply(first, "Once")) == Receipt("ephemeral")
    assert await visible(discord, ana) == ["Once"]


async def test_what_could_not_be_stored_is_not_acknowledged(
    discord: DiscordHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(event: Event) -> Acknowledged:
        raise OSError("the disk is full")

    ana = await discord.person("Ana")
    monkeypatch.setattr(discord.inbound, "accept", refuse)
    monkeypatch.setattr(interactions, "DEADLINE", timedelta(milliseconds=50))
    await discord.invoke(ana, discord.channel, "help")
    (interaction,) = discord.server.world.interactions.values()
    assert not interaction.acknowledged.done()
    assert discord.platform.ready()
