"""Where admins of a workspace see what the coach costs, as sums, and set a smaller budget."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Field, Fields, Paragraph
from bot.chat.forms import Form, TextInput
from bot.coach.actions import OpenCoachSetup, SaveCoachSetup
from bot.coach.budget import Amount, daily_limit, day_of, spent_on
from bot.coach.config import CoachConfig
from bot.coach.ledger import Sums, money, sums_field, sums_since
from bot.coach.prices import AS_OF, price_of
from bot.coach.settings import DAILY_CENTS, DAILY_TOKENS
from bot.feature.context import Context
from bot.members.settings import read, write

MONTH = timedelta(days=30)
INPUTS = {"tokens": DAILY_TOKENS, "cents": DAILY_CENTS}
LARGEST = 10**12
Values = Mapping[str, tuple[str, ...]]


async def form(ctx: Context, config: CoachConfig) -> Form:
    """What holds now, to be changed."""
    tokens, cents = await read(ctx.session, DAILY_TOKENS), await read(ctx.session, DAILY_CENTS)
    return budget_form(tokens, cents, config.daily_tokens, round(config.daily_usd * 100))


def budget_form(tokens: int | None, cents: int | None, most_tokens: int, most_cents: int) -> Form:
    """The form with what is set and what the operator allows at most."""
    return Form(
        SaveCoachSetup(),
        t("The coach's budget"),
        (
            TextInput(
                "tokens",
                t("Tokens in a day, for everybody here together"),
                t("At most {most}. Leave it empty for that; 0 sends nothing.", most=most_tokens),
                required=False,
                longest=12,
                value="" if tokens is None else str(tokens),
            ),
            TextInput(
                "cents",
                t("US cents in a day, for everybody here together"),
                t("At most {most}. Leave it empty for that; 0 sends nothing.", most=most_cents),
                required=False,
                longest=12,
                value="" if cents is None else str(cents),
            ),
        ),
        t("Save"),
        t("Days begin at midnight UTC. Answers are sent only by those who agreed to it."),
    )


def problems(values: Values) -> Mapping[str, Text]:
    """What is no whole number."""
    return {
        name: t("Write a whole number, or nothing.")
        for name in INPUTS
        if (entered := _entered(values, name)) and not (entered.isascii() and entered.isdigit())
    }


async def save(ctx: Context, values: Values) -> None:
    """Keep what was entered."""
    for name, setting in INPUTS.items():
        entered = _entered(values, name)
        number = min(int(entered), LARGEST) if entered else None
        await write(ctx.session, setting, "workspace", ctx.workspace, number, ctx.member, ctx.now)


async def saved(ctx: Context, config: CoachConfig) -> Card:
    """What holds now, and the sums."""
    day = day_of(ctx.now)
    return overview_card(
        config,
        await daily_limit(ctx, config),
        await spent_on(ctx, day),
        await sums_since(ctx, day - MONTH),
    )


def overview_card(config: CoachConfig, limit: Amount, today: Amount, month: Sums) -> Card:
    """The budget and what was used, without who and what."""
    price = price_of(config)
    priced = (
        t("Costs are worked out from prices of {day}, or from those that were set.", day=AS_OF.isoformat())
        if price
        else t("The price of this model is not known here: set it, or only the tokens are limited.")
    )
    fields = (
        Field(t("Service"), config.endpoint),
        Field(t("Model"), config.model),
        Field(t("Budget for a day"), t("{tokens} tokens, {cost}", tokens=limit.tokens, cost=money(limit.micros))),
        Field(t("Used or reserved today"), t("{tokens} tokens, {cost}", tokens=today.tokens, cost=money(today.micros))),
        sums_field(t("In the last 30 days"), month),
    )
    change = Buttons((Button(t("Change the budget"), OpenCoachSetup()),))
    return Card(t("The coach's budget is saved."), (Fields(fields), Paragraph(priced, quiet=True), change))


def _entered(values: Values, name: str) -> str:
    return "".join(values.get(name, ())).strip()
