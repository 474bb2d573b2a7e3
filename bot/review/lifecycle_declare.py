"""What this room offers to those who run rounds: programmes, the life of a round, its posts and reminders."""

from __future__ import annotations

from bot.feature.declarations import Feature

ROOM = "review"


def lifecycle_declarations() -> Feature:
    """Programmes and the life of a round."""
    return Feature(name=ROOM)
