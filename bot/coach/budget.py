"""The daily budget of a workspace: reserved in full before a call, settled after it, so that no two calls together
spend what only one of them may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select, update

from bot.base.ids import new_id
from bot.coach.config import CoachConfig
from bot.coach.prices import Price, Usage
from bot.coach.settings import DAILY_CENTS, DAILY_TOKENS
from bot.feature.context import Context
from bot.members.settings import read
from storage.once import insert_once
from storage.tables.coach import CoachDay

MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens, and millionths of a US dollar (0 where the model's price is not known)."""

    tokens: int
    micros: int


def most_a_call_takes(input_tokens: int, max_tokens: int, price: Price | None) -> Amount:
    """The most a call of at most so many tokens in and out may use, as if the whole prompt were written to a cache."""
    usage = Usage(0, max_tokens, cache_write=input_tokens)
    return Amount(usage.tokens, price.micros(usage) if price else 0)


def used(usage: Usage, price: Price | None) -> Amount:
    """What a call used."""
    return Amount(usage.tokens, price.micros(usage) if price else 0)


async def daily_limit(ctx: Context, config: CoachConfig) -> Amount:
    """The budget of a day: what the operator allows, or the less an admin of the workspace has set."""
    tokens, cents = await read(ctx.session, DAILY_TOKENS), await read(ctx.session, DAILY_CENTS)
    most = Amount(config.daily_tokens, round(config.daily_usd * MICROS))
    return Amount(
        most.tokens if tokens is None else min(most.tokens, tokens),
        most.micros if cents is None else min(most.micros, cents * MICROS // 100),
    )


async def reserve(ctx: Context, amount: Amount, limit: Amount) -> bool:
    """Set the amount aside for today; False where it would go over the limit.

    One conditional statement decides, so that calls at the same moment cannot both take the last of it.
    """
    day = day_of(ctx.now)
    await insert_once(
        ctx.session,
        CoachDay,
        {"id": new_id(), "workspace_id": ctx.workspace, "day": day, "tokens": 0, "micros": 0},
        unique=(CoachDay.workspace_id, CoachDay.day),
    )
    result: Any = await ctx.session.execute(
        update(CoachDay)
        .where(
            CoachDay.day == day,
            CoachDay.tokens + amount.tokens <= limit.tokens,
            CoachDay.micros + amount.micros <= limit.micros,
        )
        .values(tokens=CoachDay.tokens + amount.tokens, micros=CoachDay.micros + amount.micros)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)


async def settle(ctx: Context, day: date, reserved: Amount, actual: Amount) -> None:
    """Put what was used in the place of what was reserved, on the day it was reserved for."""
    await ctx.session.execute(
        update(CoachDay)
        .where(CoachDay.day == day)
        .values(
            tokens=CoachDay.tokens - reserved.tokens + actual.tokens,
            micros=CoachDay.micros - reserved.micros + actual.micros,
        )
        .execution_options(synchronize_session=False)
    )


async def spent_on(ctx: Context, day: date) -> Amount:
    """What was spent or is reserved on a day."""
    row = (await ctx.session.execute(select(CoachDay.tokens, CoachDay.micros).where(CoachDay.day == day))).first()
    return Amount(row[0], row[1]) if row else Amount(0, 0)


def day_of(moment: datetime) -> date:
    """The day in UTC."""
    return moment.astimezone(UTC).date()
