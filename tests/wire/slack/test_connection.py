"""Connections come and go; events arrive all the same, and wrong tokens are named."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.platform import SlackPlatform
from adapters.slack.settings import SlackSettings
from bot.base.clock import SystemClock
from bot.base.errors import ConfigurationError
from bot.chat.errors import Unavailable
from bot.chat.events import Installed, MessagePosted
from tests.contract.harness import RecordingInbound
from tests.wire.slack.delivery import Kind
from tests.wire.slack.faults import Fault
from tests.wire.slack.slack import Slack
from tests.wire.slack.world import APP_TOKEN, BOT_TOKEN, TEAM


def platform_on(slack: Slack, bot_token: str = BOT_TOKEN, app_token: str = APP_TOKEN) -> SlackPlatform:
    settings = SlackSettings(bot_token, app_token, api_url=f"{slack.server.address}/api/")
    return SlackPlatform(settings, SystemClock(), ping_seconds=0.1)


@asynccontextmanager
async def running(platform: SlackPlatform) -> AsyncIterator[RecordingInbound]:
    inbound = RecordingInbound()
    await platform.start(inbound)
    try:
        yield inbound
    finally:
        await platform.stop()


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack(retries=(0.0, 0.0, 0.0)) as made:
        yield made


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)


def opened(slack: Slack) -> int:
    return [method for method, _ in slack.server.calls].count("apps.connections.open")


async def test_every_start_tells_of_the_installation_under_the_same_id(slack: Slack) -> None:
    told = []
    for _ in range(2):
        async with running(platform_on(slack)) as inbound:
            told.append(inbound.only(Installed))
    assert told[0].delivery_id == told[1].delivery_id
    assert (told[0].installation.installation, told[0].name) == (TEAM, "Stand-in")
    assert BOT_TOKEN not in told[0].delivery_id


@pytest.mark.parametrize(
    ("bot_token", "app_token", "named"),
    [
        ("xoxb-wrong", APP_TOKEN, "STARLING_SLACK_BOT_TOKEN"),
        (BOT_TOKEN, "xapp-wrong", "STARLING_SLACK_APP_TOKEN"),
    ],
)
async def test_a_token_that_slack_refuses_is_named(slack: Slack, bot_token: str, app_token: str, named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        await platform_on(slack, bot_token, app_token).start(RecordingInbound())


async def test_an_app_token_without_its_scope_is_named(slack: Slack) -> None:
    fault = Fault("refused", "apps.connections.open", error="missing_scope", facts={"needed": "connections:write"})
    slack.server.faults.add(fault)
    with pytest.raises(ConfigurationError, match=r"STARLING_SLACK_APP_TOKEN needs connections:write"):
        await platform_on(slack).start(RecordingInbound())


async def test_where_slack_cannot_be_reached_the_start_says_so() -> None:
    settings = SlackSettings(BOT_TOKEN, APP_TOKEN, api_url="http://127.0.0.1:9/api/")
    with pytest.raises(Unavailable) as raised:
        await SlackPlatform(settings, SystemClock()).start(RecordingInbound())
    assert raised.value.accepted is False


async def test_a_refreshed_connection_loses_nothing(slack: Slack) -> None:
    platform = platform_on(slack)
    async with running(platform) as inbound:
        await slack.server.refresh()
        await until(lambda: opened(slack) == 2 and len(slack.deliveries.sockets) == 1)
        await slack.say("U0ANA", "C0PRACTICE", "after the refresh")
        assert inbound.only(MessagePosted).text == "after the refresh"
        assert platform.ready()


@pytest.mark.parametrize("payload", [None, [], "text", 5, {}])
@pytest.mark.parametrize("kind", ["events_api", "slash_commands", "interactive"])
async def test_an_envelope_with_nothing_to_read_in_it_is_acknowledged(slack: Slack, kind: Kind, payload: Any) -> None:
    platform = platform_on(slack)
    slack.deliveries.deadline = 1
    async with running(platform) as inbound:
        delivered = await slack.deliver(kind, payload)
        assert (delivered.acknowledged, delivered.attempts) == (True, 1)
        assert platform.ready()
    assert [type(event) for event in inbound.events] == [Installed]


async def test_a_broken_connection_is_noticed_and_opened_anew(slack: Slack) -> None:
    platform = platform_on(slack)
    async with running(platform) as inbound:
        slack.server.abort()
        await until(lambda: not platform.ready())
        await until(platform.ready)
        await slack.say("U0ANA", "C0PRACTICE", "after the break")
        assert inbound.only(MessagePosted).text == "after the break"


async def test_an_address_that_does_not_answer_is_given_up(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    platform = platform_on(slack)
    take = slack.server.credentials.take_ticket
    refused: list[str] = []

    def first_one_refused(ticket: str) -> bool:
        if not refused:
            refused.append(ticket)
        return ticket not in refused and take(ticket)

    monkeypatch.setattr(slack.server.credentials, "take_ticket", first_one_refused)
    async with running(platform):
        assert platform.ready()
        assert opened(slack) == 2


async def test_after_a_stop_nothing_is_taken_and_nothing_is_ready(slack: Slack) -> None:
    platform = platform_on(slack)
    async with running(platform):
        pass
    assert not platform.ready()
    assert slack.deliveries.sockets == []
    await platform.stop()


async def test_reading_history_fails_the_test() -> None:
    slack = Slack()
    await slack.server.start()
    client = AsyncWebClient(BOT_TOKEN, f"{slack.server.address}/api/")
    with pytest.raises(SlackApiError, match="history_must_not_be_read"):
        await client.conversations_history(channel="C0PRACTICE")
    with pytest.raises(AssertionError, match="history"):
        await slack.server.stop()
