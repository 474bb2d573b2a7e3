"""What this room offers to those who review and to the authors who read what came of it."""

from __future__ import annotations

from bot.feature.declarations import Feature

ROOM = "review"


def reviewing_declarations() -> Feature:
    """Reviewing, closing texts and results."""
    return Feature(name=ROOM)
