"""Consent: nothing is sent without it, its author can stop it at any moment, and every change keeps its time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.base.ids import MemberId, new_id
from bot.coach.config import CoachConfig
from bot.feature.context import Context
from storage.once import insert_once
from storage.tables.coach import CoachConsent

TERMS = 1
"""The version of the sentences on the consent card; a change of what they promise asks everybody again."""


async def standing_consent(ctx: Context, member: MemberId) -> CoachConsent | None:
    """The consent that has not been stopped, to whatever it was given."""
    return await ctx.session.scalar(
        select(CoachConsent).where(CoachConsent.member_id == member, CoachConsent.stopped_at.is_(None))
    )


async def has_agreed(ctx: Context, member: MemberId, config: CoachConfig) -> bool:
    """Whether the member agreed to these terms and to this endpoint, and has not stopped it."""
    consent = await standing_consent(ctx, member)
    return consent is not None and (consent.endpoint, consent.terms) == (config.endpoint, TERMS)


async def agree(ctx: Context, member: MemberId, config: CoachConfig) -> None:
    """Record the consent; one to another endpoint or to older terms ends. Agreeing twice is agreeing once."""
    if await has_agreed(ctx, member, config):
        return
    await stop(ctx, member)
    values = {
        "id": new_id(),
        "member_id": member,
        "endpoint": config.endpoint,
        "terms": TERMS,
        "agreed_at": ctx.now,
    }
    await insert_once(ctx.session, CoachConsent, values)


async def stop(ctx: Context, member: MemberId) -> bool:
    """End the consent; False where there was none."""
    consent = await standing_consent(ctx, member)
    if consent is None:
        return False
    consent.stopped_at = ctx.now
    await ctx.session.flush()
    return True


async def consents_of(ctx: Context, member: MemberId) -> Sequence[CoachConsent]:
    """Every consent a member ever gave, in the order of time."""
    rows = await ctx.session.scalars(
        select(CoachConsent).where(CoachConsent.member_id == member).order_by(CoachConsent.agreed_at, CoachConsent.id)
    )
    return rows.all()
