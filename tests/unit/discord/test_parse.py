"""Frames become events, each with its own id; nothing that can come breaks the reader."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.frames import Malformed
from adapters.discord.places import account
from bot.chat.events import (
    ActionClicked,
    ChannelChanged,
    CommandInvoked,
    FormSubmitted,
    Installed,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Uninstalled,
    event_from_json,
    event_to_json,
)
from bot.chat.refs import ConversationRef, InstallationRef, MessageRef
from tests.unit.discord.payloads import (
    A_THREAD,
    ANA,
    CAME,
    CHANNEL,
    CLICK,
    COMMAND,
    FRAMES,
    GUILD,
    GUILD_CREATE,
    MESSAGE,
    SUBMISSION,
    TEXT_CHANNEL,
    THREAD,
    US,
    USER,
    WRITTEN,
    frame,
    reader,
)

HERE = ConversationRef("discord", GUILD, CHANNEL)
TEAM = InstallationRef("discord", GUILD)
WHO = account(ANA, GUILD)


def only(kind: str, data: Any) -> Any:
    (event,) = reader().events(frame(kind, data))
    return event


def test_a_message_of_a_thread() -> None:
    assert only("MESSAGE_CREATE", WRITTEN) == MessagePosted(
        delivery_id=f"message:{MESSAGE}",
        installation=TEAM,
        occurred_at=datetime(2026, 5, 4, 9, 29, 59, 123000, tzinfo=UTC),
        actor=WHO,
        message=MessageRef(HERE.in_thread(THREAD), MESSAGE),
        text="My answer",
    )


def test_an_edit_has_the_id_of_its_moment() -> None:
    edited = {**WRITTEN, "edited_timestamp": "2026-05-04T09:31:00+00:00", "content": "Better"}
    event = only("MESSAGE_UPDATE", edited)
    assert isinstance(event, MessageEdited)
    assert (event.text, event.delivery_id) == ("Better", f"edit:{MESSAGE}:2026-05-04T09:31:00+00:00")
    assert event.occurred_at == datetime(2026, 5, 4, 9, 31, tzinfo=UTC)


def test_a_deletion_has_no_author_and_the_moment_it_came() -> None:
    event = only("MESSAGE_DELETE", {"id": MESSAGE, "channel_id": THREAD, "guild_id": GUILD})
    assert isinstance(event, MessageDeleted)
    assert (event.actor, event.occurred_at) == (None, CAME)


def test_a_command_is_a_line_of_the_one_grammar() -> None:
    event = only("INTERACTION_CREATE", COMMAND)
    assert isinstance(event, CommandInvoked)
    assert event.line == 'guide archetype name:"conflict at work" examples:2'
    assert (event.trigger, event.actor, event.conversation) == ("a-token", WHO, HERE)
    assert event.delivery_id == f"interaction:{COMMAND['id']}"


def test_a_press_brings_its_payload_and_its_message() -> None:
    event = only("INTERACTION_CREATE", CLICK)
    assert isinstance(event, ActionClicked)
    assert (event.action, event.chosen, event.message) == ("pressed~1~q1", ("failure",), MessageRef(HERE, MESSAGE))


def test_a_press_in_a_thread_nobody_told_of_is_in_that_thread() -> None:
    thread = {**A_THREAD, "id": "1100000000000000009"}
    click = {**CLICK, "channel_id": thread["id"], "channel": thread}
    click["message"] = {**CLICK["message"], "channel_id": thread["id"]}
    event = only("INTERACTION_CREATE", click)
    assert event.conversation == HERE.in_thread(thread["id"])
    assert event.message == MessageRef(HERE.in_thread(thread["id"]), MESSAGE)


def test_a_form_brings_its_values_and_no_more() -> None:
    event = only("INTERACTION_CREATE", SUBMISSION)
    assert isinstance(event, FormSubmitted)
    assert (event.action, event.values) == ("sent~1~q1", {"situation": ("Late.",), "level": ("L4",), "mentor": ()})


def test_a_form_of_the_older_make_is_read_as_well() -> None:
    old = [{"type": 1, "components": [{"type": 4, "custom_id": "situation", "value": "Late."}]}]
    event = only("INTERACTION_CREATE", {**SUBMISSION, "data": {"custom_id": "sent~1~q1", "components": old}})
    assert event.values == {"situation": ("Late.",)}


def test_coming_and_going() -> None:
    first, again = only("GUILD_CREATE", GUILD_CREATE), only("GUILD_CREATE", GUILD_CREATE)
    assert isinstance(first, Installed)
    assert (first, first.name) == (again, "Team")
    gone = only("GUILD_DELETE", {"id": GUILD})
    assert isinstance(gone, Uninstalled)
    assert gone.installation == TEAM


def test_what_becomes_of_channels_and_threads() -> None:
    renamed = only("CHANNEL_UPDATE", {**TEXT_CHANNEL, "guild_id": GUILD, "name": "new-name"})
    assert isinstance(renamed, ChannelChanged)
    assert (renamed.change, renamed.name, renamed.conversation) == ("renamed", "new-name", HERE)
    gone = only("CHANNEL_DELETE", {**TEXT_CHANNEL, "guild_id": GUILD})
    assert (gone.change, gone.name, gone.conversation) == ("archived", "", HERE)
    locked = {**A_THREAD, "guild_id": GUILD, "thread_metadata": {"archived": True, "locked": True}}
    assert only("THREAD_UPDATE", locked).conversation == HERE.in_thread(THREAD)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("TYPING_START", {"user_id": ANA}),
        ("MESSAGE_CREATE", {**WRITTEN, "author": {**USER, "bot": True}}),
        ("MESSAGE_CREATE", {**WRITTEN, "author": {"id": US}}),
        ("MESSAGE_CREATE", {**WRITTEN, "webhook_id": "5"}),
        ("MESSAGE_CREATE", {**WRITTEN, "type": 18}),
        ("MESSAGE_CREATE", {**WRITTEN, "type": 21}),
        ("MESSAGE_CREATE", {**WRITTEN, "channel_id": CHANNEL, "content": ""}),
        ("MESSAGE_UPDATE", WRITTEN),
        ("MESSAGE_UPDATE", {**WRITTEN, "edited_timestamp": "2026-05-04T09:31:00+00:00", "content": ""}),
        ("INTERACTION_CREATE", {**COMMAND, "type": 1}),
        ("INTERACTION_CREATE", {**COMMAND, "type": 77}),
        ("INTERACTION_CREATE", {**COMMAND, "data": {"type": 2, "name": "A person's menu", "target_id": "1"}}),
        ("INTERACTION_CREATE", {**COMMAND, "data": {"type": 3, "name": "Of an older version", "target_id": "1"}}),
        ("GUILD_CREATE", {"id": GUILD, "unavailable": True}),
        ("GUILD_DELETE", {"id": GUILD, "unavailable": True}),
        ("CHANNEL_UPDATE", {**TEXT_CHANNEL, "guild_id": GUILD}),
        ("CHANNEL_DELETE", {"id": "4711", "guild_id": GUILD}),
        ("CHANNEL_CREATE", {"id": "4711", "type": 1}),
        ("THREAD_UPDATE", {**A_THREAD, "guild_id": GUILD, "thread_metadata": {"archived": True, "locked": False}}),
    ],
)
def test_what_is_no_event_for_us(kind: str, data: Any) -> None:
    assert list(reader().events(frame(kind, data))) == []


@pytest.mark.parametrize(
    ("kind", "data"),
    [("MESSAGE_CREATE", {}), ("INTERACTION_CREATE", {"type": 3}), ("GUILD_CREATE", {"id": GUILD})],
)
def test_what_is_not_as_described_is_malformed(kind: str, data: Any) -> None:
    with pytest.raises(Malformed, match=kind):
        reader().events(frame(kind, data))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.builds(list),
    st.builds(dict),
    st.builds(lambda: [None]),
)


@given(st.sampled_from(FRAMES), st.data())
@settings(max_examples=600, deadline=None)
def test_no_payload_breaks_the_reader(sample: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    kind, payload = sample[0], copy.deepcopy(sample[1])
    for _ in range(data.draw(st.integers(1, 3))):
        _mutate(payload, data)
    try:
        events = reader().events(frame(kind, payload))
    except Malformed:
        return
    for event in events:
        event_from_json(event_to_json(event))


def _mutate(payload: dict[str, Any], data: st.DataObject) -> None:
    """Change one part of the payload, at any depth, to something else, or take it away."""
    part: Any = payload
    while True:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if isinstance(part[key], dict | list) and part[key] and data.draw(st.booleans()):
            part = part[key]
            continue
        if data.draw(st.booleans()):
            part[key] = data.draw(JUNK)
        else:
            del part[key]
        return
