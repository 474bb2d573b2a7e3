"""Days as the reader at hand reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.feature.context import Context
from bot.mentoring.targets import today_of
from bot.questions.times import short_day_for

DayText = Callable[[date], str]
"""How a day is worded for the reader at hand."""


async def day_text(ctx: Context) -> DayText:
    """How the actor reads a day: without its year while that is theirs now."""
    today = await today_of(ctx, ctx.member)
    return lambda day: short_day_for(day, today, ctx.language)
