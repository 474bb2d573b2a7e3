"""What this room holds about a person: taken out whole; erased, but for nameless lines of the ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from sqlalchemy import select

from bot.base.ids import MemberId
from bot.coach.consent import consents_of
from bot.coach.working import remove_messages
from bot.feature.context import Context
from storage.batches import Share, batches
from storage.tables.coach import CoachCall, CoachConsent, CoachRequest, CoachResult

AT_ONCE = 200
"""Rows erased in one transaction."""


async def export(ctx: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    """Consents, what the coach said, and every call."""
    for consent in await consents_of(ctx, member):
        yield _consent(consent)
    order = (CoachResult.created_at, CoachResult.id)
    async for results in batches(ctx.session, CoachResult, CoachResult.member_id == member, order_by=order):
        for result in results:
            yield {"what": "words of the coach", "at": result.created_at.isoformat(), "words": result.advice}
    order = (CoachCall.begun_at, CoachCall.id)
    async for calls in batches(ctx.session, CoachCall, CoachCall.member_id == member, order_by=order):
        for call in calls:
            yield _call(call)


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase some of it and have our messages removed; calls stay as costs of the workspace, without the person."""
    share = Share(ctx.session, AT_ONCE)
    asked = select(CoachRequest).where(CoachRequest.member_id == member).order_by(CoachRequest.id).limit(share.left)
    requests = (await ctx.session.scalars(asked)).all()
    await remove_messages(ctx, requests)
    await share.delete(CoachRequest, CoachRequest.id.in_([request.id for request in requests]))
    for table in (CoachResult, CoachConsent):
        await share.delete(table, table.member_id == member)
    nobody = {"member_id": None, "request_id": None, "content_hash": ""}
    await share.update(CoachCall, CoachCall.member_id == member, **nobody)
    return share.done


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
