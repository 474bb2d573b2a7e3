"""Which harness stands up which adapter: entry point name to import path of a class that makes a `Harness`.

Every entry point of the group `starling.adapters` needs a line here; `test_every_adapter_is_held_to_the_contract`
fails without one.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from tests.contract.harness import Harness

HARNESSES = {
    "local": "tests.contract.test_local:LocalHarness",
    "discord": "tests.contract.test_discord:DiscordHarness",
    "discord, reading replies": "tests.contract.test_discord:ReadingDiscordHarness",
    "slack": "tests.contract.test_slack:SlackHarness",
    "slack over HTTP": "tests.contract.test_slack:SlackHttpHarness",
    "slack without reading": "tests.contract.test_slack:SlackWithoutReadingHarness",
}


def harness_class(adapter: str) -> Callable[[Path], Harness]:
    """The class named for `adapter`; called with an empty folder of its own, it makes a harness."""
    module, _, name = HARNESSES[adapter].partition(":")
    return cast(Callable[[Path], Harness], getattr(import_module(module), name))
