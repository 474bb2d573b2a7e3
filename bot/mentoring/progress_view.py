"""Somebody's progress as one reader may see it: one function for a mentor and for the mentee who looks at the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.base.errors import NotAllowed
from bot.base.ids import MemberId
from bot.base.text import t
from bot.feature.context import Context
from bot.members.identity import name_of
from bot.members.mentorships import SHARED, Shared, shown_to
from bot.mentoring.history import days_off, history_of, participation_of, stories_of, zones_of
from bot.mentoring.progress import Progress, scores_of
from bot.mentoring.streaks import streak_of

OF_PROGRESS: tuple[Shared, ...] = ("scores", "participation", "stories")
"""What of the things that a mentee can show makes up progress."""
NOT_SHOWN = t("Nothing of this is shown to you. What a mentor sees of somebody's progress is the mentee's choice.")


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Progress with whose it is. `mentor` is the name of the mentor who sees it so; None for one's own whole."""

    member: MemberId
    name: str
    progress: Progress
    mentor: str | None = None
    shown: frozenset[Shared] = frozenset(SHARED)


async def own_progress(ctx: Context) -> ProgressView:
    """The actor's own progress, all of it."""
    progress = await _progress(ctx, ctx.member, SHARED, quotable=True, to_mentors=False)
    return ProgressView(ctx.member, await name_of(ctx.session, ctx.member), progress)


async def progress_for(ctx: Context, mentor: MemberId, mentee: MemberId) -> ProgressView:
    """What `mentor` sees of `mentee`'s progress now; `NotAllowed` where that is nothing."""
    shown = await shown_to(ctx.session, mentor, mentee)
    if not shown & {*OF_PROGRESS}:
        raise NotAllowed(NOT_SHOWN)
    progress = await _progress(ctx, mentee, shown, quotable="answers" in shown, to_mentors=True)
    names = await name_of(ctx.session, mentee), await name_of(ctx.session, mentor)
    return ProgressView(mentee, names[0], progress, names[1], shown)


async def own_short(ctx: Context) -> Progress:
    """The actor's own ratings and streak, without what takes reading the reports: for the home."""
    session, zones = ctx.session, await zones_of(ctx.session, ctx.member)
    history = await history_of(session, ctx.member, zones, with_reports=False)
    practised = {zones.day_of(moment) for moment in history.moments}
    streak = streak_of(practised, zones.day_of(ctx.now), await days_off(session, ctx.member, zones))
    return Progress(len(history.answers), scores_of(history.answers), streak)


async def _progress(
    ctx: Context, member: MemberId, shown: Collection[Shared], *, quotable: bool, to_mentors: bool
) -> Progress:
    session, zones = ctx.session, await zones_of(ctx.session, member)
    history = await history_of(session, member, zones, to_mentors=to_mentors, quotable=quotable)
    practised = {zones.day_of(moment) for moment in history.moments}
    takes_part = "participation" in shown
    return Progress(
        answers=len(history.answers) if takes_part or "scores" in shown else None,
        scores=scores_of(history.answers) if "scores" in shown else None,
        streak=streak_of(practised, zones.day_of(ctx.now), await days_off(session, member, zones))
        if takes_part
        else None,
        participation=await participation_of(session, member, to_mentors=to_mentors) if takes_part else None,
        stories=await stories_of(session, member, ctx.content, to_mentors=to_mentors) if "stories" in shown else None,
        to_mentors=to_mentors,
    )
