"""Whatever stands in a payload, reading it gives an event, nothing, or `Malformed`, and never anything else."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack.parse import installation_of, parse
from adapters.slack.parse_events import Echo
from adapters.slack.payloads import PLATFORM, Malformed, Me
from bot.chat.events import Event, event_from_json, event_to_json
from bot.chat.refs import InstallationRef
from tests.wire.slack.mutation import JUNK, mutated, places
from tests.wire.slack.samples import REAL
from tests.wire.slack.world import BOT, BOT_USER, TEAM

ME = Me(InstallationRef(PLATFORM, TEAM), BOT_USER, BOT)
NOW = datetime(2026, 11, 21, tzinfo=UTC)


@given(st.integers(0, 10_000), JUNK, st.booleans(), st.integers(0, 10_000), JUNK)
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mutated_payload_is_read_or_refused(first: int, junk: Any, remove: bool, second: int, more: Any) -> None:
    for payload in REAL:
        once = mutated(payload, first, junk, remove)
        for changed in (once, mutated(once, second, more, False)):
            installation_of(changed)
            with contextlib.suppress(Malformed):
                read = parse(changed, ME, NOW)
                assert read is None or isinstance(read, (*get_args(Event), Echo))
                if read is not None and not isinstance(read, Echo):
                    assert event_from_json(event_to_json(read)).delivery_id


def test_every_real_payload_is_read() -> None:
    for payload in REAL:
        parse(payload, ME, NOW)
        assert installation_of(payload) == TEAM


@pytest.mark.parametrize("payload", REAL)
def test_half_a_character_anywhere_stands_in_no_event(payload: dict[str, Any]) -> None:
    for number in range(len(places(payload))):
        with contextlib.suppress(Malformed):
            read = parse(mutated(payload, number, "half \ud800", False), ME, NOW)
            assert r"\ud800" not in repr(read)
            if read is not None and not isinstance(read, Echo):
                event_to_json(read).encode()
