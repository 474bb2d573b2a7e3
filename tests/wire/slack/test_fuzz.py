"""Whatever stands in a payload, it is acknowledged, and nothing gives up over it."""

from __future__ import annotations

from pathlib import Path

from tests.wire.slack.fuzzing import fuzzed

PAYLOADS = 400


def test_a_mutated_payload_is_acknowledged_and_nothing_gives_up(tmp_path: Path) -> None:
    outcome = fuzzed(tmp_path, PAYLOADS)
    assert (outcome.crashed, outcome.unacknowledged) == (0, 0)
    assert outcome.payloads >= PAYLOADS
