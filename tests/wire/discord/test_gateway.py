"""Connections break, sessions end, tokens are wrong: what was said meanwhile is heard once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from adapters.discord.connection import Client
from adapters.discord.platform import DiscordPlatform
from bot.base.clock import SystemClock
from bot.base.errors import ConfigurationError
from bot.chat.cards import Card, Paragraph
from bot.chat.errors import PlatformError, Unavailable
from bot.chat.events import Installed, MessagePosted, RepliesMissed, Uninstalled
from bot.chat.refs import ConversationRef
from tests.contract.harness import RecordingInbound
from tests.contract.samples import sent
from tests.contract.test_discord import DiscordHarness
from tests.wire.discord.faults import Fault
from tests.wire.discord.server import StandIn


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until the library has done what it does by itself."""
    async with asyncio.timeout(8):
        while not condition():
            await asyncio.sleep(0.005)


@pytest.fixture
def identifies_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library waits five seconds before it identifies again, which Discord wants and nothing here is about."""

    async def at_once(_client: Client, _shard: int | None, *, initial: bool = False) -> None:
        """No wait."""

    monkeypatch.setattr(Client, "before_identify_hook", at_once)


async def dropped(discord: DiscordHarness) -> None:
    discord.server.gateway.drop()


async def asked_to_reconnect(discord: DiscordHarness) -> None:
    await discord.server.gateway.ask_to_reconnect()


async def closed_for_a_late_heartbeat(discord: DiscordHarness) -> None:
    gateway = discord.server.gateway
    for session in gateway.sessions.values():
        assert session.connection is not None
        await gateway.close(session.connection, 4009)


@pytest.mark.parametrize("breaking", [dropped, asked_to_reconnect, closed_for_a_late_heartbeat])
async def test_what_was_said_while_the_connection_was_broken_is_heard_once(
    discord: DiscordHarness, breaking: Callable[[DiscordHarness], Awaitable[None]]
) -> None:
    ana = await discord.person("Ana")
    place = await discord.direct(ana)
    await discord.say(ana, place, "before")
    await breaking(discord)
    await discord.server.people.say(ana.user, place.channel, "meanwhile")
    await eventually(lambda: discord.server.gateway.resumed == 1)
    await discord._idle()
    assert [event.text for event in discord.inbound.of(MessagePosted)] == ["before", "meanwhile"]
    assert discord.server.gateway.identified == 1
    await eventually(discord.platform.ready)


async def test_a_resume_from_too_far_back_delivers_the_same_event_under_the_same_id(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.say(ana, await discord.direct(ana), "once")
    (session,) = discord.server.gateway.sessions.values()
    assert session.connection is not None
    for frame in [frame for frame in session.kept if frame["t"] == "MESSAGE_CREATE"]:
        await session.connection.send(frame)
    await eventually(lambda: len(discord.inbound.of(MessagePosted)) == 2)
    first, again = discord.inbound.of(MessagePosted)
    assert first == again


@pytest.mark.usefixtures("identifies_at_once")
async def test_a_session_that_is_gone_is_begun_anew(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.server.gateway.invalidate()
    await eventually(lambda: discord.server.gateway.identified == 2)
    await discord.say(ana, await discord.direct(ana), "after")
    assert discord.inbound.only(MessagePosted).text == "after"


async def test_a_session_that_is_invalid_for_a_moment_is_resumed(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    await discord.server.gateway.invalidate(resumable=True)
    await discord.server.people.say(ana.user, (await discord.direct(ana)).channel, "meanwhile")
    await eventually(lambda: discord.server.gateway.resumed == 1)
    await discord._idle()
    assert discord.inbound.only(MessagePosted).text == "meanwhile"
    assert discord.server.gateway.identified == 1


async def test_threads_of_a_channel_that_is_seen_again_are_told_where_they_moved(discord: DiscordHarness) -> None:
    thread = await question_thread(discord, "Ana")
    assert thread.thread is not None
    found = discord.server.world.channels[thread.thread]
    found["last_message_id"] = discord.server.world.snowflake()
    synced = {"guild_id": discord.guild.id, "channel_ids": [], "threads": [found], "members": []}
    for _ in range(2):
        await discord.server.gateway.dispatch("THREAD_LIST_SYNC", synced, discord.guild.id)
        await discord._idle()
    assert discord.inbound.only(RepliesMissed).conversation == thread


async def question_thread(discord: DiscordHarness, person: str) -> ConversationRef:
    """A question of ours with a thread in which this person has answered."""
    question = await sent(discord, discord.channel, Card("Today's question", (Paragraph("Tell me."),)), key=person)
    thread = discord.channel.in_thread(question.message)
    await discord.say(await discord.person(person), thread, "before")
    discord.inbound.events.clear()
    return thread


@pytest.mark.usefixtures("identifies_at_once")
async def test_only_a_thread_that_others_moved_while_no_session_was_kept_is_told(discord: DiscordHarness) -> None:
    moved, ours = await question_thread(discord, "Ana"), await question_thread(discord, "Ben")
    await question_thread(discord, "Cleo")
    assert moved.thread is not None
    discord.server.gateway.drop(resumable=False)
    meanwhile = await discord.server.people.say((await discord.person("Ana")).user, moved.thread, "meanwhile")
    await sent(discord, ours, Card("A note"))
    await eventually(lambda: bool(discord.inbound.of(RepliesMissed)))
    await discord._idle()
    event = discord.inbound.only(RepliesMissed)
    assert event.conversation == moved
    assert event.delivery_id == f"missed:{moved.thread}:{meanwhile['id']}"
    assert discord.inbound.of(MessagePosted) == []


async def test_a_resumed_session_misses_nothing(discord: DiscordHarness) -> None:
    thread = await question_thread(discord, "Ana")
    assert thread.thread is not None
    discord.server.gateway.drop()
    await discord.server.people.say((await discord.person("Ana")).user, thread.thread, "meanwhile")
    await eventually(lambda: discord.server.gateway.resumed == 1)
    await discord._idle()
    assert discord.inbound.of(RepliesMissed) == []
    assert len(discord.inbound.of(MessagePosted)) == 1


@pytest.mark.parametrize("kind", ["MESSAGE_CREATE", "INTERACTION_CREATE", "CHANNEL_UPDATE", "NOT_KNOWN_YET"])
async def test_a_frame_that_cannot_be_read_does_not_even_end_the_session(discord: DiscordHarness, kind: str) -> None:
    ana = await discord.person("Ana")
    await discord.server.gateway.dispatch(kind, {"id": "7", "guild_id": discord.guild.id}, discord.guild.id)
    await discord.say(ana, await discord.direct(ana), "after")
    assert discord.inbound.only(MessagePosted).text == "after"
    assert discord.server.gateway.identified == 1


async def test_a_connection_that_discord_ends_for_good_is_made_anew(discord: DiscordHarness) -> None:
    ana = await discord.person("Ana")
    gateway = discord.server.gateway
    for session in list(gateway.sessions.values()):
        assert session.connection is not None
        await gateway.close(session.connection, 4004)
    await eventually(lambda: gateway.identified == 2 and discord.platform.ready())
    await discord.say(ana, await discord.direct(ana), "after")
    assert discord.inbound.only(MessagePosted).text == "after"


@pytest.mark.usefixtures("identifies_at_once")
async def test_several_shards_serve_one_bot(tmp_path: Path) -> None:
    async with StandIn() as server:
        server.gateway.shards = 2
        guilds = [server.world.add_guild(name) for name in ("One", "Two", "Three", "Four")]
        ana = server.people.join(guilds[1], "Ana")
        inbound = RecordingInbound()
        platform = DiscordPlatform(server.world.token, SystemClock(), api_url=server.api_url)
        await platform.start(inbound)
        try:
            await server.people.settled()
            await platform.idle()
            assert server.gateway.identified == 2
            assert {each.name for each in inbound.of(Installed)} == {"One", "Two", "Three", "Four"}
            assert len(await platform.installations()) == 4
            channel = server.world.direct(ana)["id"]
            await server.people.say(ana, channel, "hello")
            await platform.idle()
            assert inbound.only(MessagePosted).installation.installation == guilds[1].id
        finally:
            await platform.stop()


async def test_being_removed_from_a_server_is_told(discord: DiscordHarness) -> None:
    await discord.server.people.remove_bot(discord.guild)
    await discord._idle()
    assert discord.inbound.only(Uninstalled).installation == discord.installation
    assert await discord.platform.installations() == []


async def start_with(server: StandIn, token: str, *, reads_replies: bool = False) -> None:
    platform = DiscordPlatform(token, SystemClock(), api_url=server.api_url, reads_replies=reads_replies)
    try:
        await platform.start(RecordingInbound())
    finally:
        await platform.stop()


async def test_a_wrong_token_names_its_setting() -> None:
    async with StandIn() as server:
        with pytest.raises(ConfigurationError, match="STARLING_DISCORD_TOKEN"):
            await start_with(server, "wrong")


async def test_an_intent_that_is_not_granted_names_its_setting() -> None:
    async with StandIn() as server:
        with pytest.raises(ConfigurationError, match="STARLING_DISCORD_READS_REPLIES"):
            await start_with(server, server.world.token, reads_replies=True)


async def test_a_platform_that_does_not_answer_at_the_start_is_unavailable() -> None:
    async with StandIn() as server:
        server.rest.faults.add(Fault("failed", 503, route="users/@me"))
        with pytest.raises(PlatformError) as raised:
            await start_with(server, server.world.token)
        assert isinstance(raised.value, Unavailable)


async def test_without_the_reading_profile_no_privileged_intent_is_asked_for(discord: DiscordHarness) -> None:
    (session,) = discord.server.gateway.sessions.values()
    members, presences, content = 1 << 1, 1 << 8, 1 << 15
    assert not session.intents & (members | presences | content)


async def test_with_the_reading_profile_only_the_content_is_asked_for(reading: DiscordHarness) -> None:
    (session,) = reading.server.gateway.sessions.values()
    members, presences, content = 1 << 1, 1 << 8, 1 << 15
    assert session.intents & (members | presences | content) == content


async def test_commands_are_sent_only_where_they_differ(discord: DiscordHarness) -> None:
    def told() -> int:
        return sum(call.method == "PUT" and call.path.endswith("/commands") for call in discord.server.rest.calls)

    assert told() == 1
    await discord.restart()
    assert told() == 1
    discord.inbound.root_command = "practice"
    await discord.restart()
    assert told() == 2
    assert [command["name"] for command in discord.server.world.commands] == ["practice", "Show their progress"]
