"""What this room holds about a person, on both sides: what they showed and got, and what they read for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, or_, select

from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.readings.posts import ASKED, TOLD, remove_posts
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.readings import LevelReading

AT_ONCE = 100
"""Rows erased in one transaction, each with the removal of its messages."""


async def export(ctx: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """Every request the person made with what came of it; of what they read for others, their own words."""
    rows = await ctx.session.scalars(select(LevelReading).where(_of(member)).order_by(LevelReading.id))
    return [_asked(row) if row.author_id == member else _read(row) for row in rows]


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase some of it, with the messages of ours that tell others of it; how many rows went."""
    some = select(LevelReading.id).where(_of(member)).order_by(LevelReading.id).limit(AT_ONCE)
    readings = (await ctx.session.scalars(some)).all()
    for kind in (ASKED, TOLD):
        await remove_posts(ctx, readings, kind, member)
    waiting = Delivery.state == DeliveryState.WAITING
    await ctx.session.execute(
        delete(Delivery).where(Delivery.kind.in_((ASKED, TOLD)), Delivery.subject_id.in_(readings), waiting)
    )
    await ctx.session.execute(delete(LevelReading).where(LevelReading.id.in_(readings)))
    return len(readings)


def _of(member: MemberId) -> Any:
    return or_(LevelReading.author_id == member, LevelReading.reader_id == member)


def _asked(row: LevelReading) -> Mapping[str, Any]:
    return {
        "what": "level you asked for", "of": "story" if row.story_id else "answer", "version": row.version,
        "title": row.title, "text": row.text, "by_rules": row.by_rules, "taken_back": row.taken_back_at is not None,
        **_said(row),
    }  # fmt: skip


def _read(row: LevelReading) -> Mapping[str, Any]:
    return {"what": "level you read", "declined": row.declined_at is not None, **_said(row)}


def _said(row: LevelReading) -> Mapping[str, Any]:
    return {
        "level": row.level, "evidence": row.evidence, "lift": row.lift, "asked_at": row.asked_at.isoformat(),
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
    }  # fmt: skip
