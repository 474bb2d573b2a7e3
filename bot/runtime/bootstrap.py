"""Wiring: one plain function from the parts to a runtime."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.base.clock import Clock
from bot.base.errors import ConfigurationError
from bot.base.ids import new_id
from bot.chat.platform import ChatPlatform
from bot.feature.declarations import Feature
from bot.feature.gather import Gathered, gather
from bot.runtime.config import Config
from bot.runtime.declare import RESERVED, feature
from bot.runtime.house import House
from bot.runtime.metrics import Meters
from bot.runtime.platforms import Platforms
from bot.runtime.runtime import Runtime
from bot.runtime.steps import At, nothing
from bot.runtime.worker import LEASE
from bot.scoring.rubric import Rules
from content.loader import Content
from storage.engine import Database


def keep_what_is_loaded() -> None:
    """Once, when a process has started: content, rules and declarations stay for good.

    Python's garbage collector, which would look through all of them every so often and let nothing else work for a
    tenth of a second, looks at what came later only.
    """
    gc.collect()
    gc.freeze()


def build(
    config: Config,
    database: Database,
    platforms: Sequence[ChatPlatform],
    content: Content,
    rules: Rules,
    features: Sequence[Feature],
    clock: Clock,
    *,
    at: At = nothing,
    lease_for: timedelta = LEASE,
    pages_at: str = "",
) -> Runtime:
    """A runtime over these parts, not yet started. `ConfigurationError` for declarations that do not fit together.

    `at` is called at every named step (`bot.runtime.steps`); `lease_for` says how long a post may be under way.
    `pages_at` is the address under which pages are served, empty where they are not.
    """
    house = House(
        database=database,
        platforms=Platforms(platforms, clock),
        gathered=declarations(features, config.root_command, pages_at),
        content=content,
        rules=rules,
        clock=clock,
        root_command=config.root_command,
        owner=new_id(),
        meters=Meters(),
        made={make: brought for room in features for make, brought in room.brings.items()},
        at=at,
    )
    return Runtime(house, lease_for=lease_for, stop_within=timedelta(seconds=config.stop_seconds))


def declarations(features: Sequence[Feature], root_command: str, pages_at: str = "") -> Gathered:
    """What all rooms and the runtime declare; `ConfigurationError` where two of them cannot both hold.

    Their pages are among it where an address is given: where nobody serves them, nothing leads to them.
    """
    gathered: Gathered = gather([*features, feature(lambda: gathered, root_command, pages_at)])
    for action in RESERVED:
        if action.name in gathered.payloads:
            raise ConfigurationError(f"the payload name {action.name!r} belongs to the runtime")
    return gathered if pages_at else replace(gathered, pages={})
