"""What this room offers: the life of a round, and reviewing in it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from bot.feature.declarations import Feature
from bot.review.lifecycle_declare import ROOM, lifecycle_declarations
from bot.review.reviewing_declare import reviewing_declarations


def feature() -> Feature:
    """Peer-review rounds: programmes, locking, assigning, reviewing, closing, results."""
    parts = (lifecycle_declarations(), reviewing_declarations())
    declared: dict[str, Any] = {
        field.name: tuple(one for part in parts for one in getattr(part, field.name))
        for field in fields(Feature)
        if field.default == ()
    }
    return Feature(name=ROOM, **declared)
