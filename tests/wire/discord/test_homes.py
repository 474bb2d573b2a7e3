"""Outside of Starling's servers: the one server somebody shares with it, the one they chose, or a plain sentence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.base.text import t
from bot.chat.cards import Buttons, Card
from bot.chat.commands import Command, MessageAction
from bot.chat.events import ActionClicked, CommandInvoked, MessageDeleted, MessageEdited, MessagePosted
from bot.chat.platform import Post, PrivateTo, Receipt
from bot.chat.refs import AccountRef
from tests.contract.samples import ANSWER, Pressed
from tests.contract.test_discord import DiscordHarness
from tests.wire.discord import reading, state
from tests.wire.discord.faults import Fault
from tests.wire.discord.state import Guild, Payload

ASKED = "Which server is this about?"
OUTSIDE = "You share no server with Starling"
SCORE = MessageAction(t("Score this"), Pressed(subject="score").encode(), own=True)
HIDE = MessageAction(t("Hide this"), Pressed(subject="hide").encode(), audience="moderators")


async def another_server(discord: DiscordHarness, name: str = "Another team") -> Guild:
    """Starling comes into one more server."""
    made = discord.server.world.add_guild(name)
    await discord.server.gateway.dispatch("GUILD_CREATE", discord.server.world.guild_payload(made), made.id)
    await discord._idle()
    return made


async def of_both(discord: DiscordHarness) -> tuple[AccountRef, Guild]:
    """Somebody who is in two servers with Starling, and the second of them."""
    other, ana = await another_server(discord), await discord.person("Ana")
    discord.server.world.join(other, ana.user)
    return ana, other


async def write(discord: DiscordHarness, user: str, text: str) -> Payload:
    message = await discord.server.people.say(user, discord.server.world.direct(user)["id"], text)
    await discord._idle()
    return message


def told(discord: DiscordHarness, user: str) -> list[Payload]:
    """What Starling wrote to this person, in the direct conversation or for them alone."""
    world, direct = discord.server.world, discord.server.world.direct(user)["id"]
    found = [each for each in world.messages.values() if each["author"]["id"] == state.BOT]
    return [each for each in found if each["channel_id"] == direct or world.only_for.get(each["id"]) == user]


def read(messages: Sequence[Payload]) -> str:
    return "\n".join(map(reading.read, messages))


async def choose(discord: DiscordHarness, user: str, message: Payload, guild: str) -> None:
    (control,) = reading.controls(message)
    await discord.server.people.press(user, message, control, (guild,))
    await discord._idle()


async def test_somebody_of_several_servers_is_asked_once_and_what_they_wrote_is_not_lost(
    discord: DiscordHarness,
) -> None:
    ana, other = await of_both(discord)
    await write(discord, ana.user, "first")
    await write(discord, ana.user, "second")
    assert discord.inbound.of(MessagePosted) == []
    (question,) = told(discord, ana.user)
    assert ASKED in read([question])
    await choose(discord, ana.user, question, other.id)
    assert {each.text for each in discord.inbound.of(MessagePosted)} == {"first", "second"}
    assert {each.installation.installation for each in discord.inbound.of(MessagePosted)} == {other.id}
    assert "goes to Another team from now on" in read(told(discord, ana.user))


async def test_what_was_chosen_is_remembered_over_restarts_and_can_be_changed(discord: DiscordHarness) -> None:
    ana, other = await of_both(discord)
    await write(discord, ana.user, "first")
    (question,) = told(discord, ana.user)
    await choose(discord, ana.user, question, other.id)
    await discord.restart()
    message = await write(discord, ana.user, "second")
    await discord.server.people.edit(message, "second, better")
    await discord.server.people.delete(message)
    await discord._idle()
    found = [
        *discord.inbound.of(MessagePosted),
        *discord.inbound.of(MessageEdited),
        *discord.inbound.of(MessageDeleted),
    ]
    assert len(found) == 4
    assert {each.installation.installation for each in found} == {other.id}
    await choose(discord, ana.user, question, discord.guild.id)
    await write(discord, ana.user, "third")
    assert discord.inbound.of(MessagePosted)[-1].installation == discord.installation


async def test_a_message_removed_after_a_restart_belongs_to_its_author_s_server(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    message = await write(discord, ana.user, "first")
    await discord.restart()
    await discord.server.people.delete(message)
    await discord._idle()
    assert discord.inbound.only(MessageDeleted).installation == discord.installation


async def test_a_server_that_was_left_is_asked_about_no_more(discord: DiscordHarness) -> None:
    ana, other = await of_both(discord)
    await write(discord, ana.user, "first")
    await choose(discord, ana.user, told(discord, ana.user)[0], other.id)
    await discord.server.people.remove_bot(other)
    await discord._idle()
    await write(discord, ana.user, "second")
    assert discord.inbound.of(MessagePosted)[-1].installation == discord.installation


async def test_a_command_of_somebody_of_several_servers_is_answered_with_the_question(discord: DiscordHarness) -> None:
    ana, other = await of_both(discord)
    await discord.invoke(ana, await discord.direct(ana), "help")
    assert discord.inbound.of(CommandInvoked) == []
    (question,) = told(discord, ana.user)
    await choose(discord, ana.user, question, other.id)
    await discord.invoke(ana, await discord.direct(ana), "help")
    assert discord.inbound.only(CommandInvoked).installation.installation == other.id


@pytest.mark.parametrize("edited", [False, True])
async def test_the_button_of_a_card_belongs_to_the_server_the_card_is_about(
    discord: DiscordHarness, edited: bool
) -> None:
    ana, other = await of_both(discord)
    about = AccountRef("discord", other.id, ana.user)
    card = Card("Feedback", (Buttons((ANSWER,)),))
    receipt = await discord.platform.send(Post("key", PrivateTo(about), card))
    assert receipt.message is not None
    await discord.restart()
    if edited:
        await discord.platform.edit(receipt.message, card)
    message = discord.server.world.messages[receipt.message.message]
    await discord.server.people.press(ana.user, message, reading.controls(message)[0])
    await discord._idle()
    assert discord.inbound.only(ActionClicked).actor == about


async def test_an_outsider_is_told_so_in_one_sentence_and_nothing_is_stored(discord: DiscordHarness) -> None:
    world = discord.server.world
    stranger = world.add_user(world.snowflake(), "Stranger")["id"]
    await write(discord, stranger, "hello")
    assert OUTSIDE in read(told(discord, stranger))
    assert discord.inbound.events == []


async def for_users(discord: DiscordHarness) -> None:
    """The application can be installed by people, and offers an entry on messages."""
    discord.server.world.installable = ["0", "1"]
    discord.inbound.message_actions = [SCORE, HIDE]
    await discord.restart()


async def foreign_channel(discord: DiscordHarness, *users: str) -> str:
    """A channel of a server that Starling is not in."""
    world = discord.server.world
    guild = world.add_guild("Elsewhere")
    del guild.members[state.BOT]
    for user in users:
        world.join(guild, user)
    channel: str = world.add_channel(guild, "talk")["id"]
    return channel


@pytest.mark.parametrize("where", ["in a server without Starling", "in a private conversation"])
async def test_who_installed_it_for_themselves_uses_it_everywhere_and_sees_the_answer_alone(
    discord: DiscordHarness, where: str
) -> None:
    await for_users(discord)
    ana, bob = await discord.person("Ana"), await discord.person("Bob")
    discord.server.world.installed_for.add(ana.user)
    if where == "in a private conversation":
        channel = discord.server.world.group(ana.user, bob.user)["id"]
    else:
        channel = await foreign_channel(discord, ana.user, bob.user)
    await discord.server.people.invoke(ana.user, channel, "starling", ("help",), {})
    await discord._idle()
    event = discord.inbound.only(CommandInvoked)
    assert (event.installation, event.actor) == (discord.installation, ana)
    audience = PrivateTo(ana, near=event.conversation)
    assert await discord.platform.send(Post("reply", audience, Card("Help"), event.trigger)) == Receipt("ephemeral")
    late = await discord.platform.send(Post("late", audience, Card("Later")))
    assert late.delivered_as == "direct", "never into a conversation that is not the person's own"
    assert "Later" not in read(
        [each for each in discord.server.world.messages.values() if each["channel_id"] == channel]
    )


async def test_a_public_command_stays_private_outside_of_its_server(discord: DiscordHarness) -> None:
    discord.inbound.commands = [Command(("today",), t("Today's question"), acknowledgement="public")]
    await for_users(discord)
    ana = await discord.person("Ana")
    discord.server.world.installed_for.add(ana.user)
    channel = await foreign_channel(discord, ana.user)
    await discord.server.people.invoke(ana.user, channel, "starling", ("today",), {})
    await discord._idle()
    (interaction,) = discord.server.world.interactions.values()
    assert discord.server.world.only_for[str(interaction.original)] == ana.user


async def test_an_entry_on_messages_works_in_a_server_without_starling(discord: DiscordHarness) -> None:
    await for_users(discord)
    ana = await discord.person("Ana")
    discord.server.world.installed_for.add(ana.user)
    channel = await foreign_channel(discord, ana.user)
    message = await discord.server.people.say(ana.user, channel, "Once we were late.")
    await discord.server.people.use_menu(ana.user, message, "Score this")
    await discord._idle()
    event = discord.inbound.only(ActionClicked)
    assert event.chosen == (ana.user, "Once we were late.")
    assert event.installation == discord.installation


async def test_somebody_without_a_workspace_who_installed_it_is_told_so(discord: DiscordHarness) -> None:
    await for_users(discord)
    world = discord.server.world
    stranger = world.add_user(world.snowflake(), "Stranger")["id"]
    world.installed_for.add(stranger)
    channel = await foreign_channel(discord, stranger)
    await discord.server.people.invoke(stranger, channel, "starling", ("help",), {})
    choices = await discord.server.people.type_option(
        stranger, channel, "starling", ("guide", "archetype"), "name", "c"
    )
    await discord._idle()
    assert (OUTSIDE in read(told(discord, stranger)), choices) == (True, [])
    assert discord.inbound.events == []


async def test_where_nobody_can_say_whose_workspace_it_is_one_is_asked_to_try_again(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    discord.server.rest.faults.add(Fault("failed", 503, route="members"))
    await discord.invoke(ana, await discord.direct(ana), "help")
    assert "Please try again in a moment" in read(told(discord, ana.user))


async def test_discord_offers_what_needs_a_role_only_to_those_who_may_manage(discord: DiscordHarness) -> None:
    discord.inbound.commands = [
        Command(("help",), t("See what you can do")),
        Command(("setup", "appoint"), t("Appoint somebody"), audience="admins"),
    ]
    await for_users(discord)
    people, place = discord.server.people, discord.channel.channel
    ana, admin = await discord.person("Ana"), people.join(discord.guild, "Ada", permissions=state.MANAGE_GUILD)

    def offered(user: str, channel: str) -> list[str]:
        return [each["name"] for each in people.offered(user, channel, "starling")]

    assert offered(ana.user, place) == ["starling"]
    assert offered(admin, place) == ["starling", "starling-admin"]
    assert offered(admin, discord.server.world.direct(admin)["id"]) == ["starling"]
    await people.invoke(admin, place, "starling", ("setup", "appoint"), {})
    await discord._idle()
    assert discord.inbound.only(CommandInvoked).line == "setup appoint"
