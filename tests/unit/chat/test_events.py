"""Events as the inbox keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.chat.events import (
    ActionClicked,
    CommandInvoked,
    Event,
    FormSubmitted,
    HomeOpened,
    MessagePosted,
    RepliesMissed,
    conversation_of,
    event_from_json,
    event_to_json,
)
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef
from tests.unit.chat.test_refs import accounts, conversations, installations, messages

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOME = InstallationRef("local", "home")
CHANNEL = ConversationRef("local", "home", "general")
COMMAND = CommandInvoked(
    delivery_id="1", installation=HOME, occurred_at=NOW, conversation=CHANNEL, line="help", trigger="secret"
)

common = {
    "delivery_id": st.text(max_size=20),
    "installation": installations,
    "occurred_at": st.datetimes(timezones=st.just(UTC)),
    "actor": st.none() | accounts,
}
special = {
    "message": messages,
    "conversation": conversations,
    "files": st.lists(st.text(max_size=9), max_size=3).map(tuple),
    "chosen": st.lists(st.text(max_size=9), max_size=3).map(tuple),
    "values": st.dictionaries(st.text(max_size=9), st.lists(st.text(max_size=20), max_size=3).map(tuple), max_size=3),
}


def events_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    fields = {name for name in kind.__dataclass_fields__ if name not in ("kind", "trigger")}
    known = {name: strategy for name, strategy in {**common, **special}.items() if name in fields}
    return st.builds(kind, **known)


@given(st.one_of([events_of(kind) for kind in get_args(Event)]))
@settings(max_examples=300, deadline=None)
def test_every_kind_of_event_survives_the_inbox(event: Event) -> None:
    assert event_from_json(event_to_json(event)) == event


def test_a_trigger_is_neither_stored_nor_logged() -> None:
    assert "secret" not in event_to_json(COMMAND)
    assert event_from_json(event_to_json(COMMAND)) == replace(COMMAND, trigger=None)
    assert "secret" not in repr(COMMAND)


def test_half_a_character_is_replaced_and_the_rest_is_kept() -> None:
    stored = event_from_json(event_to_json(replace(COMMAND, line="half \ud83d of one, whole \ud83d\ude80 of another")))
    assert stored == replace(COMMAND, line="half \ufffd of one, whole 🚀 of another", trigger=None)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"kind": "unheard_of"}', '{"kind": "home_opened"}'])
def test_what_is_no_event_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        event_from_json(text)


def test_an_event_knows_where_it_happened() -> None:
    message = MessageRef(CHANNEL.in_thread("12"), "13")
    ana = AccountRef("local", "home", "ana")
    posted = MessagePosted(delivery_id="1", installation=HOME, occurred_at=NOW, actor=ana, message=message, text="hi")
    clicked = ActionClicked(
        delivery_id="2", installation=HOME, occurred_at=NOW, conversation=CHANNEL, action="a~1", message=message
    )
    submitted = FormSubmitted(
        delivery_id="3", installation=HOME, occurred_at=NOW, conversation=CHANNEL, action="a~1", values={}
    )
    missed = RepliesMissed(delivery_id="5", installation=HOME, occurred_at=NOW, conversation=CHANNEL.in_thread("12"))
    home = HomeOpened(delivery_id="4", installation=HOME, occurred_at=NOW, actor=ana)
    assert [conversation_of(event) for event in (posted, COMMAND, clicked, submitted, missed, home)] == [
        CHANNEL.in_thread("12"),
        CHANNEL,
        CHANNEL,
        CHANNEL,
        CHANNEL.in_thread("12"),
        None,
    ]
