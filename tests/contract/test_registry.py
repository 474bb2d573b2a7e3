"""No adapter escapes the contract."""

from __future__ import annotations

from importlib.metadata import entry_points

from tests.contract.harnesses import HARNESSES, harness_class


def test_every_adapter_is_held_to_the_contract() -> None:
    found = {entry.name for entry in entry_points(group="starling.adapters")}
    assert "local" in found, "the entry points are those of an older installation; install the project again"
    missing = sorted(found - set(HARNESSES))
    assert not missing, f"name a harness for these adapters in tests/contract/harnesses.py: {missing}"


def test_every_harness_named_can_be_made() -> None:
    assert all(callable(harness_class(adapter)) for adapter in HARNESSES)
