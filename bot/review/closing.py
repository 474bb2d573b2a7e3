"""What a round comes to: results of every answer, and the one delivery each author gets."""

from __future__ import annotations

from bot.feature.context import Context
from storage.tables.review import Round


async def close_round(context: Context, round: Round) -> None:
    """Compute what the round came to and enqueue the authors' deliveries, inside the caller's transaction."""
