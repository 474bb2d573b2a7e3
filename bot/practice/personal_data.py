"""What this room holds about a person: recalls of their stories, the wish to be reminded, the interview they set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.practice.drilling import reminder_of, switch_off
from bot.practice.interviews import forget, interview_of
from storage.batches import Share
from storage.tables.practice import StoryDrill

AT_ONCE = 500
"""Recalls erased in one transaction."""


async def export(ctx: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """All of it."""
    drills = await ctx.session.scalars(
        select(StoryDrill).where(StoryDrill.member_id == member).order_by(StoryDrill.first_at, StoryDrill.id)
    )
    rows: list[Mapping[str, Any]] = [
        {
            "what": "recall", "story": one.story_id, "recalls": one.recalls, "last_grade": one.grade,
            "first_at": one.first_at.isoformat(), "last_at": one.last_at.isoformat(), "due_at": one.due_at.isoformat(),
            "stability": one.stability, "difficulty": one.difficulty,
        }
        for one in drills
    ]  # fmt: skip
    if (reminder := await reminder_of(ctx.session, member)) is not None:
        paused = reminder.paused_until.isoformat() if reminder.paused_until else None
        rows.append({"what": "reminders", "asked_at": reminder.asked_at.isoformat(), "paused_until": paused})
    if (interview := await interview_of(ctx.session, member)) is not None:
        rows.append(
            {
                "what": "interview", "day": interview.day.isoformat(), "minutes_a_day": interview.minutes_a_day,
                "has_researched": interview.has_researched, "set_at": interview.set_at.isoformat(),
            }
        )  # fmt: skip
    return rows


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase some of it with what was still to be sent; how many rows there were."""
    share = Share(ctx.session, AT_ONCE)
    await share.delete(StoryDrill, StoryDrill.member_id == member)
    if share.left:
        share.took(await switch_off(ctx.session, member) + await forget(ctx.session, member))
    return share.done
