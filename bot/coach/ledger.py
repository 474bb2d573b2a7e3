"""The ledger: what was sent where, as its person sees it, and as sums for admins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.base.ids import MemberId
from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Card, Element, Field, Paragraph
from bot.coach.budget import MICROS, Amount
from bot.coach.reasons import SENTENCES, Reason
from bot.feature.context import Context
from bot.members.identity import zone_of
from storage.tables.coach import CallState, CoachCall

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One call as its person reads it. `answered` where something came back that could be used."""

    at: str
    """Local date and time."""
    endpoint: str
    model: str
    characters: int
    masked: int
    amount: Amount
    outcome: Text


@dataclass(frozen=True, slots=True)
class Sums:
    """What a workspace used since a day, without who and what."""

    calls: int
    amount: Amount


async def own_lines(ctx: Context, member: MemberId) -> tuple[Sequence[Line], int]:
    """The latest calls of a member, newest first, and how many there are in all."""
    rows = await ctx.session.scalars(
        select(CoachCall)
        .where(CoachCall.member_id == member)
        .order_by(CoachCall.begun_at.desc(), CoachCall.id.desc())
        .limit(SHOWN)
    )
    count = await ctx.session.scalar(select(func.count(CoachCall.id)).where(CoachCall.member_id == member))
    zone = ZoneInfo(await zone_of(ctx.session, member))
    return [_line(call, zone) for call in rows], count or 0


async def sums_since(ctx: Context, day: date) -> Sums:
    """The workspace's sums from a day (UTC) on."""
    row = (
        await ctx.session.execute(
            select(func.count(CoachCall.id), func.sum(CoachCall.tokens), func.sum(CoachCall.micros)).where(
                CoachCall.day >= day
            )
        )
    ).one()
    return Sums(row[0], Amount(int(row[1] or 0), int(row[2] or 0)))


def ledger_card(lines: Sequence[Line], count: int) -> Card:
    """The list of calls."""
    if not lines:
        return Card(t("Nothing of yours was sent to the coach's service."))
    elements: list[Element] = [Bullets(tuple(line_text(line) for line in lines))]
    if count > len(lines):
        elements.append(
            Paragraph(t("These are the latest {shown} of {count}.", shown=len(lines), count=count), quiet=True)
        )
    elements.append(
        Paragraph(t("Only you see this list. Admins see the sums of all calls, without names and texts."), quiet=True)
    )
    return Card(
        tn("{count} call to the coach's service", "{count} calls to the coach's service", count), tuple(elements)
    )


def line_text(line: Line) -> Text:
    """One call in one sentence."""
    return t(
        "{at}: {characters} characters of an answer to {model} at {endpoint}, {masked} pieces masked. {tokens} tokens, "
        "{cost}. {outcome}",
        at=line.at,
        characters=line.characters,
        model=line.model,
        endpoint=line.endpoint,
        masked=line.masked,
        tokens=line.amount.tokens,
        cost=money(line.amount.micros),
        outcome=line.outcome,
    )


def sums_field(label: Text, sums: Sums) -> Field:
    """Sums in one line."""
    value = tn(
        "{count} call, {tokens} tokens, {cost}",
        "{count} calls, {tokens} tokens, {cost}",
        sums.calls,
        tokens=sums.amount.tokens,
        cost=money(sums.amount.micros),
    )
    return Field(label, value)


def money(micros: int) -> str:
    """US dollars: to the cent, or below ten cents to the hundredth of one, rounded up."""
    if micros >= MICROS // 10 or not micros:
        return f"${math.ceil(micros / 10_000) / 100:.2f}"
    return f"${math.ceil(micros / 100) / 10_000:.4f}"


def _line(call: CoachCall, zone: ZoneInfo) -> Line:
    match call.state:
        case CallState.UNDER_WAY:
            outcome = t("It is under way.")
        case CallState.ENDED if call.outcome in set(Reason):
            outcome = SENTENCES[Reason(call.outcome)]
        case CallState.LOST:
            outcome = t("I was interrupted: what came of it is not known, so it counts as paid in full.")
        case _:
            outcome = t("It was answered.")
    return Line(
        at=f"{call.begun_at.astimezone(zone):%Y-%m-%d %H:%M}",
        endpoint=call.endpoint,
        model=call.model,
        characters=call.characters,
        masked=sum(call.masked.values()),
        amount=Amount(call.tokens, call.micros),
        outcome=outcome,
    )
