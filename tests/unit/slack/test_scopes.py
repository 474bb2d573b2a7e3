"""What is asked of a workspace is what is used, and no more."""

from __future__ import annotations

from adapters.slack.parse_events import _READERS, CHANNELS
from adapters.slack.scopes import EVENTS, needed_scopes, subscribed_events
from bot.base.text import render
from tests.wire.slack.world import EVERY_SCOPE


def test_the_contract_is_kept_with_these_scopes_and_no_others() -> None:
    assert set(needed_scopes(reads_replies=True)) == EVERY_SCOPE


def test_without_reading_no_history_of_channels_is_asked_for() -> None:
    asked = needed_scopes(reads_replies=False)
    assert [scope for scope in asked if scope.endswith(":history")] == ["im:history"]
    assert not {"message.channels", "message.groups"} & set(subscribed_events(reads_replies=False))
    assert {"message.im", "app_mention"} <= set(subscribed_events(reads_replies=False))


def test_every_scope_has_a_reason_of_one_sentence() -> None:
    for reason in needed_scopes(reads_replies=True).values():
        assert render(reason).startswith("To ")
        assert render(reason).endswith(".")


def test_every_event_that_is_subscribed_to_is_read() -> None:
    kinds = {event.split(".")[0] for event in EVENTS}
    assert kinds <= set(_READERS) | set(CHANNELS)
