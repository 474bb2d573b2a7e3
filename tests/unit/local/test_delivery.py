"""Events reach the bot at least once and in order; what goes wrong on the way can be asked for."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.local import administration
from adapters.local.cards import card_payload, plain_text
from adapters.local.faults import Fault
from adapters.local.options import Options
from adapters.local.platform import LocalPlatform
from adapters.local.words import addressed, without_address
from adapters.local.workspace import Workspace
from bot.base.clock import MovedClock
from bot.base.errors import UserFacingError
from bot.chat.cards import Button, Buttons, Card, Paragraph
from bot.chat.errors import PayloadRejected, PermissionMissing, TargetGone, Unavailable
from bot.chat.events import ChannelChanged, Event, Installed, MessageEdited, MessagePosted
from bot.chat.platform import Accepted, Acknowledged, InConversation, Post, PrivateTo
from tests.contract.harness import RecordingInbound

HELLO = Card("Hello", (Paragraph("How are you?"),))


class Faltering(RecordingInbound):
    """Fails at the first attempts, as an inbox does whose database is away."""

    failures = 3

    async def accept(self, event: Event) -> Acknowledged:
        self.failures -= 1
        if self.failures >= 0:
            raise ConnectionError("the database is away")
        return await super().accept(event)


async def test_an_event_that_could_not_be_stored_comes_again_before_the_next(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    inbound = Faltering()
    platform = LocalPlatform(workspace, pause=0.001)
    await workspace.say("Tom", "general", "one")
    await workspace.say("Tom", "general", "two")
    with caplog.at_level(logging.ERROR):
        await platform.start(inbound)
        await platform.idle()
    await platform.stop()

    assert [type(event) for event in inbound.events] == [Installed, MessagePosted, MessagePosted]
    assert [event.text for event in inbound.of(MessagePosted)] == ["one", "two"]
    assert "comes again" in caplog.text


async def test_what_was_not_acknowledged_is_delivered_after_a_restart_of_the_workspace(
    tmp_path: Path, clock: MovedClock
) -> None:
    first = Workspace(tmp_path, clock, mark="test")
    message = await first.say("Tom", "general", "before the power went")
    first.close()

    second = Workspace(tmp_path, clock)
    inbound = RecordingInbound()
    platform = LocalPlatform(second)
    await platform.start(inbound)
    await platform.idle()
    assert inbound.only(MessagePosted).message == message
    assert inbound.only(MessagePosted).delivery_id == "test-2"
    await platform.stop()
    second.close()


async def test_an_acknowledged_event_does_not_come_again(workspace: Workspace) -> None:
    for expected in (1, 0):
        inbound = RecordingInbound()
        platform = LocalPlatform(workspace)
        await platform.start(inbound)
        await platform.idle()
        await platform.stop()
        assert len(inbound.of(Installed)) == expected


@pytest.mark.parametrize(
    ("kind", "error", "accepted", "posts"),
    [
        ("dropped", Unavailable, None, 0),
        ("failed", Unavailable, False, 0),
        ("answer_lost", Unavailable, None, 1),
    ],
)
async def test_only_looking_tells_whether_an_unanswered_post_was_taken(
    platform: LocalPlatform, workspace: Workspace, kind: str, error: type[Unavailable], accepted: object, posts: int
) -> None:
    workspace.faults.add(Fault.model_validate({"kind": kind, "operation": "send"}))
    audience = InConversation(workspace.conversation("general"))
    with pytest.raises(error) as raised:
        await platform.send(Post("key", audience, HELLO))
    assert raised.value.accepted is accepted
    assert len(workspace.messages.by_key("key")) == posts
    assert (await platform.find_own_post(audience, "key") is not None) is bool(posts)


async def test_a_fault_waits_for_its_operation_and_lasts_its_times(
    platform: LocalPlatform, workspace: Workspace
) -> None:
    workspace.faults.add(Fault(kind="permission_missing", operation="send", times=2, which="chat:write"))
    audience = InConversation(workspace.conversation("general"))
    assert await platform.find_own_post(audience, "key") is None
    for _ in range(2):
        with pytest.raises(PermissionMissing) as raised:
            await platform.send(Post("key", audience, HELLO))
        assert raised.value.which == "chat:write"
    await platform.send(Post("key", audience, HELLO))
    workspace.faults.add(Fault(kind="delayed", seconds=0.001))
    await platform.send(Post("key", audience, HELLO))
    assert len(workspace.messages.by_key("key")) == 2


async def test_an_archived_or_closed_channel_takes_no_posts_until_it_is_open_again(
    platform: LocalPlatform, workspace: Workspace, inbound: RecordingInbound
) -> None:
    audience = InConversation(workspace.conversation("general"))
    for shut in (administration.archive, administration.close):
        await shut(workspace, "general")
        with pytest.raises(TargetGone):
            await platform.send(Post("key", audience, HELLO))
    await administration.reopen(workspace, "general")
    await administration.rename(workspace, "general", "everyone")
    await platform.send(Post("key", audience, HELLO))
    await platform.idle()
    changes = [(event.change, event.name) for event in inbound.of(ChannelChanged)]
    assert changes == [("archived", ""), ("closed", ""), ("opened", ""), ("renamed", "everyone")]


async def test_what_is_said_in_a_channel_closed_to_the_bot_stays_there(
    platform: LocalPlatform, workspace: Workspace, inbound: RecordingInbound
) -> None:
    message = await workspace.say("Tom", "general", "before")
    await administration.close(workspace, "general")
    await workspace.edit("Tom", message, "after")
    await workspace.say("Tom", "general", "among us")
    await platform.idle()
    assert [event.text for event in inbound.of(MessagePosted)] == ["before"]
    assert inbound.of(MessageEdited) == []


async def test_where_replies_are_not_read_only_what_is_meant_for_the_bot_reaches_it(
    platform: LocalPlatform, workspace: Workspace, inbound: RecordingInbound
) -> None:
    workspace.options = Options(reads_replies=False)
    direct = workspace.direct("Tom")
    assert not platform.capabilities(workspace.conversation("general")).reads_replies
    assert platform.capabilities(direct).reads_replies

    secret = await workspace.say("Tom", "general", "not for machines")
    await workspace.edit("Tom", secret, "not for machines either")
    await workspace.say("Tom", "general", "@Starling score this, please")
    await workspace.say("Tom", direct.channel, "only you and me")
    await platform.idle()

    told = [(event.text, event.addressed, event.direct) for event in inbound.of(MessagePosted)]
    assert told == [("", False, False), ("score this, please", True, False), ("only you and me", False, True)]
    assert inbound.only(MessageEdited).text == ""


@pytest.mark.parametrize(("fallback", "landed"), [("direct", "direct"), ("home", "home"), ("drop", "dropped")])
async def test_a_private_post_falls_back_as_it_says_where_nothing_ephemeral_is_possible(
    platform: LocalPlatform, workspace: Workspace, fallback: str, landed: str
) -> None:
    workspace.options = Options(ephemeral=False)
    account, near = workspace.account("Mei"), workspace.conversation("general")
    post = Post("key", PrivateTo(account, near, fallback), HELLO)  # type: ignore[arg-type]
    receipt = await platform.send(post)
    assert receipt.delivered_as == landed
    assert len(workspace.messages.by_key("key")) == (landed == "direct")
    assert workspace.seen_by("Tom", "general") == []


async def test_what_no_platform_would_take_is_refused(platform: LocalPlatform, workspace: Workspace) -> None:
    audience = InConversation(workspace.conversation("general"))
    for card in (
        Card(" "),
        Card("Long", (Paragraph("x" * 12_001),)),
        Card("Link", (Buttons((Button("Open", url="javascript:alert(1)"),)),)),
        Card("Neither", (Buttons((Button("Nothing"),)),)),
    ):
        with pytest.raises(PayloadRejected):
            await platform.send(Post("key", audience, card))
    assert workspace.messages.by_key("key") == []


async def test_people_change_only_what_is_theirs_and_write_only_where_they_are(workspace: Workspace) -> None:
    message = await workspace.say("Tom", "general", "mine")
    for refused in (
        workspace.edit("Mei", message, "hers"),
        workspace.delete("Mei", message),
        workspace.say("Mei", workspace.direct("Tom").channel, "let me in"),
        workspace.say("Mei", "general", "  "),
        workspace.say("Mei", "general", "x" * 150_001),
        workspace.say("Mei", "nowhere", "hello"),
        workspace.say("Mei", "general", "hello", "99"),
    ):
        with pytest.raises(UserFacingError):
            await refused
    await administration.leave(workspace, "Tom")
    with pytest.raises(UserFacingError):
        await workspace.say("Tom", "general", "still here")


async def test_the_very_same_acts_give_the_very_same_ids(clock: MovedClock) -> None:
    async def play() -> tuple[str, list[str]]:
        workspace = Workspace(None, clock, mark="same")
        inbound = RecordingInbound()
        platform = LocalPlatform(workspace)
        await platform.start(inbound)
        message = await workspace.say("Tom", "general", "hello")
        await platform.idle()
        await platform.stop()
        workspace.close()
        return message.encode(), [event.delivery_id for event in inbound.events]

    assert await play() == await play() == ("local:team-same:general::1", ["same-1", "same-2"])


async def test_what_was_deleted_is_gone_from_the_file(tmp_path: Path, clock: MovedClock) -> None:
    workspace = Workspace(tmp_path, clock)
    message = await workspace.say("Tom", "general", "an indiscretion")
    await workspace.delete("Tom", message)
    assert workspace.store.rows("SELECT 1 FROM messages WHERE text LIKE '%indiscretion%'") == []
    workspace.close()


async def test_accepting_again_what_was_accepted_changes_nothing(
    platform: LocalPlatform, workspace: Workspace, inbound: RecordingInbound
) -> None:
    await workspace.say("Tom", "general", "hello")
    await platform.idle()
    await platform._acknowledge(inbound.events[-1].delivery_id, Accepted())
    assert workspace.events.waiting() == 0


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_words_that_do_not_address_the_bot_reach_it_unchanged(text: str) -> None:
    assert addressed(text) or without_address(text) == text


@given(st.lists(st.text(max_size=40), max_size=4))
@settings(max_examples=60, deadline=None)
def test_everything_a_card_says_can_be_read_in_it(texts: list[str]) -> None:
    plain = plain_text(card_payload(Card("Title", tuple(Paragraph(text) for text in texts))))
    assert plain == "\n".join(["Title", *texts])
