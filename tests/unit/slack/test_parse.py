"""Payloads become events: each kind as Slack sends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.slack.parse import installation_of, parse
from adapters.slack.parse_events import Echo
from adapters.slack.payloads import PLATFORM, Malformed, Me
from bot.chat.events import (
    ActionClicked,
    ChannelChanged,
    CommandInvoked,
    Event,
    FormSubmitted,
    HomeOpened,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Uninstalled,
)
from bot.chat.refs import ConversationRef, InstallationRef, MessageRef
from tests.wire.slack import payloads
from tests.wire.slack.world import BOT, BOT_USER, TEAM, Channel, Message

HERE = InstallationRef(PLATFORM, TEAM)
ME = Me(HERE, BOT_USER, BOT)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CHANNEL = Channel("C0PRACTICE", "interview-practice")
TS = "1700000000.000100"


def said(**changes: Any) -> Message:
    return replace(Message("C0PRACTICE", TS, "U0ANA", "We shipped it."), **changes)


def event_of(event: dict[str, Any]) -> Event | Echo | None:
    return parse(payloads.event_callback(event), ME, NOW)


def posted(**changes: Any) -> dict[str, Any]:
    return payloads.message_event(said(), CHANNEL, with_metadata=False) | changes


def test_a_message_says_who_where_when_and_what() -> None:
    place = ConversationRef(PLATFORM, TEAM, "C0PRACTICE")
    assert event_of(posted()) == MessagePosted(
        delivery_id=f"message:C0PRACTICE:{TS}",
        installation=HERE,
        occurred_at=datetime(2023, 11, 14, 22, 13, 20, 100, tzinfo=UTC),
        actor=ME.account("U0ANA"),
        message=MessageRef(place, TS),
        text="We shipped it.",
    )


def test_a_mention_s_two_events_are_one_delivery() -> None:
    message = said(text=f"<@{BOT_USER}> We shipped it.")
    first = event_of(payloads.message_event(message, CHANNEL, with_metadata=False))
    second = event_of(payloads.mention_event(message))
    assert first == second
    assert isinstance(first, MessagePosted)
    assert (first.addressed, first.text) == (True, "We shipped it.")


@pytest.mark.parametrize(("thread", "expected"), [(None, None), (TS, None), ("1699999999.000001", "1699999999.000001")])
def test_the_first_message_of_a_thread_belongs_to_the_channel(thread: str | None, expected: str | None) -> None:
    event = event_of(posted(thread_ts=thread))
    assert isinstance(event, MessagePosted)
    assert event.message.conversation.thread == expected


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
def test_what_people_write_in_other_ways_counts(subtype: str) -> None:
    event = event_of(posted(subtype=subtype, files=[{"id": "F1", "name": "answer.ogg"}, {"id": "F2"}], text=""))
    assert isinstance(event, MessagePosted)
    assert (event.text, event.files) == ("", ("answer.ogg", "F2"))


@pytest.mark.parametrize(
    "changes",
    [
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"subtype": "bot_message", "bot_id": "B0OTHER"},
        {"bot_id": "B0OTHER", "user": "U0OTHERBOT"},
        {"user": BOT_USER, "bot_id": BOT},
        {"subtype": "a_subtype_of_next_year"},
    ],
)
def test_what_nobody_wrote_is_no_event(changes: dict[str, Any]) -> None:
    assert event_of(posted(**changes)) is None


def test_an_edit_counts_where_the_text_changed() -> None:
    before = said(text="first").json()
    edited = payloads.changed_event(said(text="second &amp; last"), CHANNEL, before)
    event = event_of(edited)
    assert isinstance(event, MessageEdited)
    assert (event.text, event.actor, event.message.message) == ("second & last", ME.account("U0ANA"), TS)
    assert event_of(payloads.changed_event(said(text="first"), CHANNEL, before)) is None
    ours = said(user=BOT_USER, bot=BOT)
    assert event_of(payloads.changed_event(ours, CHANNEL, before)) is None


def test_a_deletion_arrives_whether_or_not_the_message_had_replies() -> None:
    for event in (payloads.deleted_event(said(), CHANNEL), payloads.tombstone_event(said(), CHANNEL)):
        read = event_of(event)
        assert isinstance(read, MessageDeleted)
        assert (read.message.message, read.actor) == (TS, ME.account("U0ANA"))
    assert event_of(payloads.deleted_event(said(user=BOT_USER, bot=BOT), CHANNEL)) is None


def test_the_echo_of_a_post_of_ours_brings_its_key() -> None:
    metadata = {"event_type": "starling_post", "event_payload": {"key": "k-1"}}
    ours = said(user=BOT_USER, bot=BOT, metadata=metadata)
    echo = Echo("k-1", "C0PRACTICE", TS)
    assert event_of(payloads.metadata_event(ours, BOT)) == echo
    assert event_of(payloads.message_event(ours, CHANNEL, with_metadata=True)) == echo
    forged = payloads.metadata_event(replace(ours, user="U0OTHER"), "B0OTHER")
    assert event_of(forged) is None


@pytest.mark.parametrize(
    ("event", "change", "name"),
    [
        ({"type": "channel_rename", "channel": {"id": "C1", "name": "new"}}, "renamed", "new"),
        ({"type": "group_rename", "channel": {"id": "C1", "name": "new"}}, "renamed", "new"),
        ({"type": "channel_archive", "channel": "C1"}, "archived", ""),
        ({"type": "group_archive", "channel": "C1"}, "archived", ""),
        ({"type": "channel_unarchive", "channel": "C1"}, "opened", ""),
        ({"type": "channel_left", "channel": "C1"}, "closed", ""),
        ({"type": "channel_deleted", "channel": "C1"}, "closed", ""),
        ({"type": "member_joined_channel", "channel": "C1", "user": BOT_USER}, "opened", ""),
        ({"type": "member_left_channel", "channel": "C1", "user": BOT_USER}, "closed", ""),
    ],
)
def test_a_channel_that_changes_says_how(event: dict[str, Any], change: str, name: str) -> None:
    read = event_of({**event, "event_ts": TS})
    assert isinstance(read, ChannelChanged)
    assert (read.change, read.name, read.conversation.channel) == (change, name, "C1")


@pytest.mark.parametrize(
    "event",
    [
        {"type": "member_joined_channel", "channel": "C1", "user": "U0ANA"},
        {"type": "team_join", "user": {"id": "U0ANA"}},
        {"type": "user_change", "user": {"id": "U0ANA", "deleted": False}},
        {"type": "user_change", "user": {"id": BOT_USER, "deleted": True}},
        {"type": "app_home_opened", "user": "U0ANA", "tab": "messages"},
        {"type": "tokens_revoked", "tokens": {"oauth": ["U0ANA"]}},
        {"type": "reaction_added", "user": "U0ANA"},
        {"type": "an_event_of_next_year"},
    ],
)
def test_what_concerns_nobody_is_no_event(event: dict[str, Any]) -> None:
    assert event_of({**event, "event_ts": TS}) is None


def test_people_homes_and_removals_arrive() -> None:
    left = event_of({"type": "user_change", "user": {"id": "U0ANA", "deleted": True}, "event_ts": TS})
    assert isinstance(left, MemberLeft)
    assert left.actor == ME.account("U0ANA")
    home = event_of({"type": "app_home_opened", "user": "U0ANA", "tab": "home", "event_ts": TS})
    assert isinstance(home, HomeOpened)
    assert isinstance(event_of({"type": "app_uninstalled"}), Uninstalled)
    assert isinstance(event_of({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}), Uninstalled)


def test_a_command_keeps_its_mentions_and_its_credential_out_of_sight() -> None:
    line = "mentor add <@U0BOB|bob> &amp; more"
    event = parse(payloads.slash("/starling", line, "U0ANA", CHANNEL, "trigger-1", "https://respond"), ME, NOW)
    assert isinstance(event, CommandInvoked)
    assert (event.line, event.occurred_at) == ("mentor add <@U0BOB|bob> & more", NOW)
    assert "trigger-1" not in event.delivery_id
    assert "https://respond" not in repr(event)


def test_a_button_that_opens_an_address_is_no_event() -> None:
    action = {"type": "button", "action_id": "link:3.1", "text": {"type": "plain_text", "text": "Guide"}}
    assert parse(payloads.pressed(said(), action, "U0ANA", "t", "https://r"), ME, NOW) is None


def test_a_chosen_value_comes_back_as_it_was_given() -> None:
    option = {"text": {"type": "plain_text", "text": "R &amp; D"}, "value": "R &amp; D"}
    element = {"type": "static_select", "action_id": "pressed~1~team"}
    action = payloads.action_of(element, option)
    event = parse(payloads.pressed(said(), action, "U0ANA", "t", "https://r"), ME, NOW)
    assert isinstance(event, ActionClicked)
    assert event.chosen == ("R & D",)
    view = {"callback_id": "form~1~d~0", "blocks": []}
    values = {"team": {"value": {"type": "static_select", "selected_option": option}}}
    form = parse(payloads.submitted(view, values, "U0ANA", "t"), ME, NOW)
    assert isinstance(form, FormSubmitted)
    assert form.values == {"team": ("R & D",)}


def test_a_press_on_an_ephemeral_message_names_no_message() -> None:
    action = {"type": "button", "action_id": "pressed~1~q1", "text": {"type": "plain_text", "text": "Go"}}
    shown = parse(payloads.pressed(said(only_for="U0ANA"), action, "U0ANA", "t", "https://r"), ME, NOW)
    assert isinstance(shown, ActionClicked)
    assert (shown.message, shown.conversation.channel) == (None, "C0PRACTICE")


def test_a_press_at_home_happens_in_the_direct_conversation() -> None:
    action = {"type": "button", "action_id": "pressed~1~q1", "text": {"type": "plain_text", "text": "Go"}}
    event = parse(payloads.pressed_at_home({"id": "V1", "type": "home"}, action, "U0ANA", "t"), ME, NOW)
    assert isinstance(event, ActionClicked)
    assert (event.conversation.channel, event.message) == ("U0ANA", None)


def test_a_shortcut_on_a_message_brings_its_author_and_text() -> None:
    message = said(text="We &lt;did&gt; it", thread="1699999999.000001")
    event = parse(payloads.message_shortcut("a.score~1", message, "U0BOB", "t", "https://r"), ME, NOW)
    assert isinstance(event, ActionClicked)
    assert (event.action, event.chosen) == ("a.score~1", ("U0ANA", "We <did> it"))
    assert event.message == ME.message("C0PRACTICE", TS, "1699999999.000001")
    from_menu = parse(payloads.global_shortcut("a.text~1", "U0BOB", "t2"), ME, NOW)
    assert isinstance(from_menu, ActionClicked)
    assert (from_menu.action, from_menu.conversation.channel) == ("a.text~1", "U0BOB")


def test_a_form_of_another_installation_does_not_lead_there() -> None:
    elsewhere = ConversationRef(PLATFORM, "T0OTHER", "C1")
    view = {"callback_id": "form~1~d~0", "private_metadata": elsewhere.encode(), "blocks": []}
    event = parse(payloads.submitted(view, {}, "U0ANA", "t"), ME, NOW)
    assert isinstance(event, FormSubmitted)
    assert event.conversation.channel == "U0ANA"


@pytest.mark.parametrize("way", ["authorizations", "team_id", "team", "organisation"])
def test_the_installation_is_the_one_that_was_authorised(way: str) -> None:
    of_event = payloads.event_callback({"type": "message"})
    found = {
        "authorizations": of_event | {"team_id": "T0OTHER"},
        "team_id": {"command": "/starling", "team_id": TEAM},
        "team": {"type": "block_actions", "team": {"id": TEAM}},
        "organisation": {"type": "block_actions", "is_enterprise_install": True, "enterprise": {"id": TEAM}},
    }
    assert installation_of(found[way]) == TEAM


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "event_callback"},
        {"type": "event_callback", "event": {"type": "message", "ts": TS}},
        {"type": "event_callback", "event": posted(ts="yesterday")},
        {"type": "event_callback", "event": posted(ts="inf")},
        {"type": "event_callback", "event": {"type": "message", "subtype": "message_changed"}},
        {"type": "block_actions", "actions": []},
        {"type": "view_submission", "trigger_id": "t"},
        {"command": "/starling", "user_id": "U1", "channel_id": "C1"},
    ],
)
def test_what_cannot_be_read_says_so(payload: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        parse(payload, ME, NOW)
