"""Many workspaces install Starling by themselves; their tokens are encrypted, rotate, and go when they leave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from bot.base.errors import ConfigurationError
from bot.chat.cards import Card
from bot.chat.errors import PermissionMissing, TargetGone
from bot.chat.events import Installed, MessagePosted, Uninstalled
from bot.chat.platform import InConversation, Post
from bot.chat.refs import ConversationRef
from tests.wire.slack import payloads
from tests.wire.slack.faults import Fault
from tests.wire.slack.grants import LIVES
from tests.wire.slack.service import BLUE, PUBLIC, RED, Service, browser
from tests.wire.slack.world import BOT_USER


def place(team: str) -> ConversationRef:
    return ConversationRef("slack", team, "C0PRACTICE")


async def test_whoever_installs_is_served_at_once_and_after_a_restart(service: Service) -> None:
    assert await service.teams() == set()
    status, text = await service.install(RED)
    assert (status, text) == (200, "Starling is installed. You can go back to Slack.\n")
    assert service.inbound.only(Installed).installation.installation == RED
    await service.restart()
    assert await service.teams() == {RED}
    first, again = service.inbound.of(Installed)
    assert first.delivery_id == again.delivery_id
    await service.say(RED, "hello")
    event = service.inbound.only(MessagePosted)
    assert event.installation.installation == RED
    assert event.actor is not None
    assert event.actor.installation == RED


async def test_each_workspace_is_called_with_its_own_token(service: Service) -> None:
    await service.install(RED)
    await service.install(BLUE)
    for team in (RED, BLUE):
        await service.platform.send(Post(team, InConversation(place(team)), Card("Question")))
    posted = [token for method, token in service.slack.server.callers if method == "chat.postMessage"]
    assert [service.slack.server.grants.teams[token] for token in posted] == [RED, BLUE]


async def test_tokens_lie_encrypted_and_for_nobody_else_to_read(service: Service) -> None:
    await service.install(RED)
    (file,) = service.folder.iterdir()
    assert b"xoxb" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert service.folder.stat().st_mode & 0o077 == 0


async def test_keys_rotate_and_a_wrong_key_is_named(service: Service) -> None:
    await service.install(RED)
    await service.platform.stop()
    old, service.key = service.key, Fernet.generate_key().decode()
    with pytest.raises(ConfigurationError, match="STARLING_SLACK_TOKEN_KEY does not open"):
        await service.start()
    service.key = f"{service.key},{old}"
    await service.start()
    assert await service.teams() == {RED}
    with pytest.raises(ConfigurationError, match="STARLING_SLACK_TOKEN_KEY must be"):
        await service.start(STARLING_SLACK_TOKEN_KEY="short")


@pytest.mark.parametrize("first", ["app_uninstalled", "tokens_revoked"])
async def test_whoever_leaves_is_forgotten_whichever_event_comes_first(service: Service, first: str) -> None:
    await service.install(RED)
    await service.install(BLUE)
    await service.leave(RED, first)
    assert service.inbound.only(Uninstalled).installation.installation == RED
    assert await service.teams() == {BLUE}
    assert [file.stem for file in service.folder.iterdir()] == [BLUE]
    with pytest.raises(TargetGone):
        await service.platform.send(Post("k", InConversation(place(RED)), Card("Question")))
    await service.say(RED, "still there?")
    assert service.inbound.of(MessagePosted) == []


async def test_whoever_comes_back_is_a_new_installation(service: Service) -> None:
    await service.install(RED)
    await service.leave(RED, "app_uninstalled")
    then = service.now()
    service.clock.move(timedelta(minutes=5))
    await service.install(RED)
    first, second = service.inbound.of(Installed)
    assert first.delivery_id != second.delivery_id
    late = payloads.event_callback({"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}}, RED, then)
    assert (await service.slack.deliver("events_api", late)).acknowledged
    assert await service.teams() == {RED}


async def test_a_token_that_rotates_is_exchanged_before_it_ends(service: Service) -> None:
    service.slack.server.grants.rotates = True
    await service.install(RED)
    for number in range(3):
        await service.platform.send(Post(f"k{number}", InConversation(place(RED)), Card("Question")))
        service.clock.move(timedelta(seconds=LIVES))
    await service.restart()
    await service.platform.send(Post("k3", InConversation(place(RED)), Card("Question")))
    tokens = [token for method, token in service.slack.server.callers if method == "chat.postMessage"]
    assert len(set(tokens)) == 4
    exchanges = [method for method, _ in service.slack.server.calls if method == "oauth.v2.access"]
    assert len(exchanges) == 4


async def test_an_exchange_that_fails_does_not_stop_what_the_token_still_allows(service: Service) -> None:
    service.slack.server.grants.rotates = True
    await service.install(RED)
    service.clock.move(timedelta(seconds=LIVES, minutes=-30))
    service.slack.server.faults.add(Fault("failed", "oauth.v2.access"))
    for number in range(2):
        await service.platform.send(Post(f"k{number}", InConversation(place(RED)), Card("Question")))
    tokens = [token for method, token in service.slack.server.callers if method == "chat.postMessage"]
    assert len(set(tokens)) == 2, "the first post goes out with the old token, the next exchange succeeds"


async def test_a_refresh_token_that_is_refused_is_a_token_that_is_missing(service: Service) -> None:
    service.slack.server.grants.rotates = True
    await service.install(RED)
    service.clock.move(timedelta(seconds=LIVES))
    service.slack.server.faults.add(Fault("refused", "oauth.v2.access", error="invalid_refresh_token"))
    with pytest.raises(PermissionMissing) as raised:
        await service.platform.send(Post("k", InConversation(place(RED)), Card("Question")))
    assert raised.value.which == "a valid bot token"


async def test_a_state_of_another_browser_or_of_nobody_is_refused(service: Service) -> None:
    code = service.slack.server.grants.agree(RED, f"{PUBLIC}/slack/oauth_redirect")
    async with browser() as one, browser() as another:
        state = await service.ask(one)
        await service.ask(another)
        for query in ({"state": state}, {"state": "forged"}, {}):
            status, _ = await service.come_back(another, code=code, **query)
            assert status == 400
    assert await service.teams() == set()


async def test_who_declines_changes_nothing(service: Service) -> None:
    async with browser() as session:
        state = await service.ask(session)
        status, text = await service.come_back(session, error="access_denied", state=state)
    assert (status, text) == (200, "Starling was not installed. Nothing was changed.\n")
    assert await service.teams() == set()


async def test_a_code_is_good_once(service: Service) -> None:
    code = service.slack.server.grants.agree(RED, f"{PUBLIC}/slack/oauth_redirect")
    answers = []
    for _ in range(2):
        async with browser() as session:
            answers.append(await service.come_back(session, code=code, state=await service.ask(session)))
    assert [status for status, _ in answers] == [200, 502]


async def test_a_workspace_whose_token_is_refused_does_not_keep_others_from_being_served(service: Service) -> None:
    await service.install(RED)
    await service.install(BLUE)
    service.slack.server.grants.revoke(RED)
    await service.restart()
    assert await service.teams() == {BLUE}
