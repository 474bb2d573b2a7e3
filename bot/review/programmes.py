"""Programmes of rounds: how they run in a channel. Every function works inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import ceil

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import t
from bot.chat.refs import ConversationRef
from bot.feature.context import Context
from bot.outbox import schedules
from bot.outbox.nextrun import WallClockRule
from bot.outbox.zones import zone_named
from bot.review import posts
from bot.review.moments import DAY, Moments, days_later
from bot.review.registering import LOCK, lock_if_enough, register_recent
from bot.review.rounds import collecting_round, moments_of, round_under_way
from bot.review.steps import step_round
from bot.review.timers import set_moments
from storage.tables.outbox import Schedule
from storage.tables.review import Cadence, ReviewProgramme, Round, RoundEvent, RoundState

LATE_LOCK = timedelta(days=4)
"""How late a lock may still happen after an outage; after that the answers wait for the next one."""
DEFAULT_DAY, DEFAULT_TIME = 4, time(15)
"""Friday afternoon, when a week's questions are answered."""
ASKED = "asked"
"""Somebody paused the rounds; any other reason is that their channel was lost, where nothing can be posted."""
LONGEST_NAME = 60
MOST_REVIEWS_WANTED = 5
MOST_AFTER_ANSWERS = 60
LONGEST_GRACE = 24
DAYS_OF = {Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14, Cadence.AFTER_ANSWERS: 28}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A programme as an admin describes it. The rule says when answers are handed out, where the calendar does."""

    name: str
    cadence: Cadence
    rule: WallClockRule
    after_answers: int = 8
    review_days: int = 4
    grace_hours: int = 6
    reviews_wanted: int = 3
    open_reviewers: bool = False

    def check(self) -> None:
        """Raise `UserFacingError` with the first thing that is wrong."""
        self.rule.check()
        if not self.name.strip() or len(self.name) > LONGEST_NAME:
            raise UserFacingError(t("Give the rounds a name of at most {most} characters.", most=LONGEST_NAME))
        longest = DAYS_OF[self.cadence] - 1
        if not 1 <= self.review_days <= longest:
            raise UserFacingError(
                t("Give reviewers 1 to {most} days, so that a round ends before the next begins.", most=longest)
            )
        if not 2 <= self.after_answers <= MOST_AFTER_ANSWERS:
            raise UserFacingError(t("Let a round begin after 2 to {most} answers.", most=MOST_AFTER_ANSWERS))
        if not 0 <= self.grace_hours <= LONGEST_GRACE:
            raise UserFacingError(t("The grace after the end is 0 to {most} hours.", most=LONGEST_GRACE))
        if not 1 <= self.reviews_wanted <= MOST_REVIEWS_WANTED:
            raise UserFacingError(t("Ask for 1 to {most} reviews of an answer.", most=MOST_REVIEWS_WANTED))


async def create_programme(
    context: Context, conversation: ConversationRef, plan: Plan, by: MemberId | None = None
) -> ReviewProgramme:
    """Set rounds up in a channel; the first takes up the answers of the last days.

    `UserFacingError` for a plan that cannot be followed, or a name that the channel has already.
    """
    plan.check()
    session = context.session
    channel = conversation.root.encode()
    if any(one.name == plan.name.strip() for one in await programmes(session, conversation)):
        raise UserFacingError(t('This channel has rounds called "{name}" already.', name=plan.name.strip()))
    programme = ReviewProgramme(conversation=channel, created_by=by, created_at=context.now, channel_name="")
    programme.paused = False
    _fill(programme, plan)
    session.add(programme)
    await session.flush()
    await _set_rule(context, programme, plan.rule)
    await register_recent(context, programme)
    return programme


async def change_programme(context: Context, programme: ReviewProgramme, plan: Plan) -> None:
    """Change how rounds run from now on; a round under way keeps its moments and its number of reviews."""
    plan.check()
    _fill(programme, plan)
    await _set_rule(context, programme, plan.rule)


async def programme_by_id(session: AsyncSession, programme_id: str) -> ReviewProgramme:
    """The programme with this id; `UserFacingError` for one that is gone."""
    found = await session.get(ReviewProgramme, programme_id)
    if found is None:
        raise UserFacingError(t("These rounds are not there any more."))
    return found


async def programmes(session: AsyncSession, conversation: ConversationRef | None = None) -> Sequence[ReviewProgramme]:
    """All programmes of the workspace, or those of one channel, by name."""
    query = select(ReviewProgramme).order_by(ReviewProgramme.name, ReviewProgramme.id)
    if conversation is not None:
        query = query.where(ReviewProgramme.conversation == conversation.root.encode())
    return (await session.scalars(query)).all()


async def the_programme(session: AsyncSession, conversation: ConversationRef) -> ReviewProgramme:
    """The one programme that a command in this channel means; `UserFacingError` where there is none or more."""
    found = await programmes(session, conversation) or await programmes(session)
    if not found:
        raise UserFacingError(t("No peer-review rounds are set up yet. An admin can do that."))
    if len(found) > 1:
        raise UserFacingError(t("There are several programmes of rounds. Give the command in the channel of one."))
    return found[0]


def plan_of(programme: ReviewProgramme, schedule: Schedule | None) -> Plan:
    """The plan that a programme follows now."""
    rule = (
        schedules.rule_of(schedule)
        if schedule is not None
        else WallClockRule(programme.zone, DEFAULT_TIME, frozenset({DEFAULT_DAY}), programme.holidays)
    )
    return Plan(
        name=programme.name,
        cadence=programme.cadence,
        rule=rule,
        after_answers=programme.after_answers,
        review_days=programme.review_days,
        grace_hours=programme.grace_hours,
        reviews_wanted=programme.reviews_wanted,
        open_reviewers=programme.open_reviewers,
    )


async def schedule_of(session: AsyncSession, programme: ReviewProgramme) -> Schedule | None:
    """When a programme locks by the calendar; None where it counts answers."""
    if programme.cadence is Cadence.AFTER_ANSWERS:
        return None
    return await schedules.schedule_of(session, LOCK, programme.id)


async def pause(context: Context, programme: ReviewProgramme, reason: str) -> bool:
    """Let everything stand still: no lock, and no moment of the round under way; False where it did already."""
    if programme.paused:
        return False
    programme.paused, programme.paused_reason = True, reason
    schedule = await schedules.schedule_of(context.session, LOCK, programme.id)
    if schedule is not None:
        schedules.pause(schedule, reason)
    round = await round_under_way(context.session, programme)
    if round is not None and round.state is not RoundState.PAUSED:
        await step_round(context, round, RoundState.PAUSED, reason=reason, state_before_pause=round.state)
        if reason == ASKED:
            await posts.renew_hub(context, programme, round)
    return True


async def resume(context: Context, programme: ReviewProgramme) -> None:
    """Go on: the deadlines of the round under way move by the days it stood still, rounded up."""
    if not programme.paused:
        return
    programme.paused, programme.paused_reason = False, None
    schedule = await schedule_of(context.session, programme)
    if schedule is not None:
        schedules.resume(schedule, context.now)
    round = await round_under_way(context.session, programme)
    if round is not None and round.state is RoundState.PAUSED and round.state_before_pause is not None:
        paused_at = await _paused_at(context.session, round)
        await step_round(context, round, round.state_before_pause, state_before_pause=None)
        await _go_on(context, programme, round, paused_at)
    await register_recent(context, programme)
    await lock_if_enough(context, programme)


async def _go_on(context: Context, programme: ReviewProgramme, round: Round, paused_at: datetime) -> None:
    if round.state is RoundState.ASSIGNING:
        await posts.plan_for(context, programme, round, "lock")
    if round.review_until is None:
        return
    days = ceil((context.now - paused_at) / DAY)
    before = moments_of(round)

    def later(moment: datetime) -> datetime:
        return days_later(moment, programme.zone, days) if moment > paused_at else moment

    last_call = before.last_call_at and later(before.last_call_at)
    closes_at = later(before.closes_at)
    await set_moments(context, round, Moments(later(before.half_at), last_call, later(before.review_until), closes_at))
    await posts.plan_for(context, programme, round, "released")
    await posts.renew_hub(context, programme, round)


async def _paused_at(session: AsyncSession, round: Round) -> datetime:
    return (
        await session.scalars(
            select(RoundEvent.at)
            .where(RoundEvent.round_id == round.id, RoundEvent.went_to == RoundState.PAUSED)
            .order_by(RoundEvent.at.desc())
            .limit(1)
        )
    ).one()


async def _set_rule(context: Context, programme: ReviewProgramme, rule: WallClockRule) -> None:
    session = context.session
    await collecting_round(context, programme)
    if programme.cadence is Cadence.AFTER_ANSWERS:
        rule.check()
        known = await schedules.schedule_of(session, LOCK, programme.id)
        if known is not None:
            await session.delete(known)
        return
    await schedules.set_schedule(
        session,
        kind=LOCK,
        subject_id=programme.id,
        rule=rule,
        now=context.now,
        late=LATE_LOCK,
        audience={"conversation": programme.conversation},
    )


def _fill(programme: ReviewProgramme, plan: Plan) -> None:
    programme.name = plan.name.strip()
    programme.cadence, programme.after_answers = plan.cadence, plan.after_answers
    programme.zone, programme.holidays = plan.rule.zone, plan.rule.holidays
    programme.review_days, programme.grace_hours = plan.review_days, plan.grace_hours
    programme.reviews_wanted, programme.open_reviewers = plan.reviews_wanted, plan.open_reviewers
    zone_named(programme.zone)
