"""Targets: a level by a day, the mentee's own; and where things stand, from what the rules read in their answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers.records import report_of
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.policy import Subject
from bot.base.text import Text, t, tn
from bot.feature.context import Context
from bot.members.identity import zone_of
from bot.members.preferences import TARGET_LEVEL
from bot.members.settings import write
from bot.mentoring.readable import counted
from bot.mentoring.records import mentee_subject
from bot.mentoring.service import was_active
from bot.mentoring.telling import tell
from bot.outbox.zones import zone_named
from bot.scoring.report import LEVELS
from storage.tables.answers import Answer, Revision
from storage.tables.mentoring import MentoringTarget, TargetState

READ, ENOUGH = 5, 3
"""A standing is read from so many of the latest answers, and from no fewer."""


async def target_of(session: AsyncSession, member: MemberId) -> MentoringTarget | None:
    """The target that `member` has set or taken."""
    return await session.scalar(
        select(MentoringTarget).where(MentoringTarget.mentee_id == member, MentoringTarget.state == TargetState.SET)
    )


async def set_target(ctx: Context, level: str, by_on: date) -> MentoringTarget:
    """The actor's own target, in place of the one before; their answers are held against its level from now on."""
    ctx.require("target.set", Subject(ctx.workspace, ctx.member))
    await check_day(ctx, ctx.member, by_on)
    target = MentoringTarget(
        id=new_id(), mentee_id=ctx.member, proposed_by=None, level=level, by_on=by_on, state=TargetState.SET,
        set_at=ctx.now,
    )  # fmt: skip
    await _replace(ctx, target)
    ctx.session.add(target)
    await ctx.session.flush()
    return target


async def propose(ctx: Context, mentee: MemberId, level: str, by_on: date) -> MentoringTarget:
    """A mentor proposes a target; it holds once the mentee takes it. A second proposal replaces their first."""
    ctx.require("mentee.help", await mentee_subject(ctx, mentee))
    await check_day(ctx, mentee, by_on)
    await ctx.session.execute(
        delete(MentoringTarget).where(
            MentoringTarget.mentee_id == mentee,
            MentoringTarget.proposed_by == ctx.member,
            MentoringTarget.state == TargetState.PROPOSED,
        )
    )
    target = MentoringTarget(
        id=new_id(), mentee_id=mentee, proposed_by=ctx.member, level=level, by_on=by_on,
        state=TargetState.PROPOSED, set_at=ctx.now,
    )  # fmt: skip
    ctx.session.add(target)
    await ctx.session.flush()
    await tell(ctx, "target_proposed", target.id, mentee, (ctx.member,))
    await was_active(ctx, ctx.member, mentee)
    return target


async def own_target(ctx: Context, target_id: str) -> MentoringTarget:
    """A target of the actor's own, set or proposed; a sentence where it is gone."""
    target = await ctx.session.get(MentoringTarget, target_id)
    if target is None:
        raise UserFacingError(t("This target is not there any more."))
    if target.mentee_id != ctx.member:
        raise NotAllowed(t("You cannot do that here. If you think you should be able to, ask an admin."))
    return target


async def take(ctx: Context, target: MentoringTarget) -> None:
    """The mentee takes a proposal as their own target."""
    if target.state is TargetState.SET:
        return
    await check_day(ctx, target.mentee_id, target.by_on)
    await _replace(ctx, target)
    target.state, target.set_at = TargetState.SET, ctx.now
    if target.proposed_by is not None:
        await tell(ctx, "target_taken", target.id, target.proposed_by, (target.mentee_id,))


async def drop(ctx: Context, target: MentoringTarget) -> None:
    """The mentee refuses a proposal, or lets their target go. Why is theirs to say."""
    if target.state is TargetState.PROPOSED and target.proposed_by is not None:
        await tell(ctx, "target_refused", target.mentee_id, target.proposed_by, (target.mentee_id,), once=target.id)
    await ctx.session.delete(target)
    await ctx.session.flush()


async def check_day(ctx: Context, mentee: MemberId, day: date) -> None:
    """A sentence for a day that is over, or nearly so: the mentee needs a day at least."""
    if day <= await today_of(ctx, mentee):
        raise UserFacingError(t("Choose a day that is still to come: tomorrow is the first that can be chosen."))


async def today_of(ctx: Context, member: MemberId) -> date:
    """The local day of a member."""
    return ctx.now.astimezone(zone_named(await zone_of(ctx.session, member))).date()


async def standing_of(ctx: Context, member: MemberId, *, to_mentors: bool = False) -> Text | None:
    """Where `member`'s target stands, `to_mentors` by the answers that they may see; None where they have none."""
    target = await target_of(ctx.session, member)
    if target is None:
        return None
    levels = await levels_read(ctx.session, member, to_mentors=to_mentors)
    return standing(target.level, target.by_on, await today_of(ctx, member), levels)


async def levels_read(session: AsyncSession, member: MemberId, *, to_mentors: bool = False) -> Sequence[str]:
    """The levels that the rules read in the latest answers which they rated, the latest first.

    Those that other rules read than the latest one are left out: they are not compared. `to_mentors` only answers that
    mentors may see.
    """
    rows = await session.scalars(
        select(Revision)
        .join(Answer, Answer.id == Revision.answer_id)
        .where(Answer.member_id == member, counted(to_mentors=to_mentors), Revision.rating.is_not(None))
        .order_by(Revision.created_at.desc(), Revision.id.desc())
        .limit(3 * READ)
    )
    found: dict[str, str] = {}
    measured = None
    for revision in rows:
        versions = (revision.engine, revision.rubric, revision.lexicon)
        measured = measured or versions
        level = report_of(revision).level
        if level is not None and versions == measured:
            found.setdefault(revision.answer_id, level.level)
    return list(found.values())[:READ]


def standing(level: str, by_on: date, today: date, levels: Sequence[str]) -> Text:
    """One honest line: the target, the time left, and how the latest answers read beside it.

    `levels` are those the rules read, the latest first. With fewer than three nothing is said of the distance, and a
    day that is over is called that.
    """
    days = (by_on - today).days
    left = tn("{count} day left", "{count} days left", days) if days > 0 else t("that day is over")
    if days == 0:
        left = t("that is today")
    aim = t("{level} by {day}, {left}", level=level, day=by_on.isoformat(), left=left)
    if len(levels) < ENOUGH:
        return t("{aim}. Too few rated answers yet to say how far it is.", aim=aim)
    places = sorted(LEVELS.index(one) for one in levels)
    middle = places[(len(places) - 1) // 2]
    # In nobody's person: the mentee and their mentors read the line alike.
    read = t("The latest {count} rated answers read as {levels}", count=len(levels), levels=_span(places))
    missing = LEVELS.index(level) - middle
    if missing <= 0:
        return t("{aim}. {read}: the level is there.", aim=aim, read=read)
    gap = tn("one level is missing", "{count} levels are missing", missing)
    return t("{aim}. {read}: {gap}.", aim=aim, read=read, gap=gap)


def _span(places: Sequence[int]) -> Text | str:
    lowest, highest = LEVELS[places[0]], LEVELS[places[-1]]
    return lowest if lowest == highest else t("{lowest} to {highest}", lowest=lowest, highest=highest)


async def _replace(ctx: Context, target: MentoringTarget) -> None:
    await ctx.session.execute(
        delete(MentoringTarget).where(
            MentoringTarget.mentee_id == target.mentee_id,
            MentoringTarget.state == TargetState.SET,
            MentoringTarget.id != target.id,
        )
    )
    await write(ctx.session, TARGET_LEVEL, "member", target.mentee_id, target.level, ctx.member, ctx.now)
