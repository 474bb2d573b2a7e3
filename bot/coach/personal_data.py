"""What this room holds about a person: taken out whole; erased, but for nameless lines of the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update

from bot.base.ids import MemberId
from bot.coach.consent import consents_of
from bot.coach.working import remove_messages
from bot.feature.context import Context
from storage.tables.coach import CoachCall, CoachConsent, CoachRequest, CoachResult


async def export(ctx: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """Consents, what the coach said, and every call."""
    results = await ctx.session.scalars(
        select(CoachResult).where(CoachResult.member_id == member).order_by(CoachResult.created_at, CoachResult.id)
    )
    calls = await ctx.session.scalars(
        select(CoachCall).where(CoachCall.member_id == member).order_by(CoachCall.begun_at, CoachCall.id)
    )
    return [
        *(_consent(consent) for consent in await consents_of(ctx, member)),
        *(
            {"what": "words of the coach", "at": result.created_at.isoformat(), "words": result.advice}
            for result in results
        ),
        *(_call(call) for call in calls),
    ]


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase all of it and have our messages removed; calls stay as costs of the workspace, without the person."""
    requests = (await ctx.session.scalars(select(CoachRequest).where(CoachRequest.member_id == member))).all()
    await remove_messages(ctx, requests)
    erased = 0
    for table in (CoachRequest, CoachResult, CoachConsent):
        result: Any = await ctx.session.execute(delete(table).where(table.member_id == member))
        erased += result.rowcount
    nameless: Any = await ctx.session.execute(
        update(CoachCall).where(CoachCall.member_id == member).values(member_id=None, request_id=None, content_hash="")
    )
    return erased + int(nameless.rowcount)


def _consent(consent: CoachConsent) -> Mapping[str, Any]:
    return {
        "what": "consent to the coach",
        "endpoint": consent.endpoint,
        "agreed_at": consent.agreed_at.isoformat(),
        "stopped_at": consent.stopped_at.isoformat() if consent.stopped_at else None,
    }


def _call(call: CoachCall) -> Mapping[str, Any]:
    return {
        "what": "call to the coach's service",
        "at": call.begun_at.isoformat(),
        "endpoint": call.endpoint,
        "model": call.model,
        "characters": call.characters,
        "masked": call.masked,
        "tokens": call.tokens,
        "us_dollars": call.micros / 1_000_000,
        "outcome": call.outcome,
    }
