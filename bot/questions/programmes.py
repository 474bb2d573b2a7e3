"""Programmes: what is asked in a channel and when. Every function works inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import t
from bot.chat.refs import ConversationRef
from bot.outbox import schedules
from bot.outbox.nextrun import WallClockRule, first_moment
from bot.outbox.queue import delivery_with_key, enqueue
from bot.outbox.zones import zone_named
from bot.questions.choosing import Wishes
from bot.questions.slots import slot_of_day
from content.schema import LevelName, QuestionKind
from storage.tables.outbox import Delivery, DeliveryState, Schedule
from storage.tables.questions import PauseReason, Programme, Slot, SlotState
from storage.tenancy import required_workspace_of

POST = "question.post"
"""The kind of the deliveries that post a question."""
RESUME = "programme.resume"
DEFAULT_LATE = timedelta(hours=4)
SHORTEST_LATE = timedelta(minutes=1)
"""A worker comes to a due question a little after its time, so none would ever be in time without this."""
DEFAULT_QUIET = timedelta(minutes=3)
LONGEST_NAME = 60
BEHAVIORAL_ONLY: dict[QuestionKind, int] = {"behavioral": 100}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A programme as an admin describes it. The rule's skipped dates are not part of it: they are kept."""

    name: str
    rule: WallClockRule
    wishes: Wishes
    late: timedelta = DEFAULT_LATE
    """How late a question may still come after an outage, at least `SHORTEST_LATE`."""
    quiet: timedelta = DEFAULT_QUIET
    closes_after: timedelta | None = None

    def check(self) -> None:
        """Raise `UserFacingError` with the first thing that is wrong."""
        self.rule.check()
        if not self.name.strip() or len(self.name) > LONGEST_NAME:
            raise UserFacingError(t("Give the programme a name of at most {most} characters.", most=LONGEST_NAME))
        if self.late < SHORTEST_LATE:
            raise UserFacingError(t("Let a question come at least a minute late, or none would ever come."))
        shares = self.wishes.kind_mix.values()
        if sum(shares) != 100 or any(share < 0 for share in shares):
            raise UserFacingError(t("The shares of the kinds of questions have to add up to 100 percent."))
        if self.wishes.levels[0] > self.wishes.levels[1]:
            raise UserFacingError(t("The lowest level is above the highest. Swap them."))


async def create_programme(
    session: AsyncSession, now: datetime, conversation: ConversationRef, plan: Plan, by: MemberId | None = None
) -> Programme:
    """Set a programme up in a channel; its first question is the first run after `now`.

    `UserFacingError` for a plan that cannot be followed.
    """
    plan.check()
    programme = Programme(conversation=conversation.root.encode(), created_by=by, created_at=now)
    _fill(programme, plan)
    session.add(programme)
    await session.flush()
    await _set_rule(session, programme, plan.rule, plan.late, now)
    return programme


async def change_programme(session: AsyncSession, now: datetime, programme: Programme, plan: Plan) -> None:
    """Change a programme. Skipped dates and a pause stay; what was asked before stays asked."""
    plan.check()
    schedule = await schedule_of(session, programme)
    kept = replace(plan.rule, skip_dates=schedules.rule_of(schedule).skip_dates)
    _fill(programme, plan)
    await _set_rule(session, programme, kept, plan.late, now)


async def programme_by_id(session: AsyncSession, programme_id: str) -> Programme:
    """The programme with this id; `UserFacingError` for one that is gone."""
    programme = await session.get(Programme, programme_id)
    if programme is None:
        raise UserFacingError(t("That programme is not there any more."))
    return programme


async def programmes(session: AsyncSession, conversation: ConversationRef | None = None) -> Sequence[Programme]:
    """All programmes of the workspace, or those of one channel, by name."""
    query = select(Programme).order_by(Programme.name, Programme.id)
    if conversation is not None:
        query = query.where(Programme.conversation == conversation.root.encode())
    return (await session.scalars(query)).all()


async def programmes_here(session: AsyncSession, conversation: ConversationRef) -> Sequence[Programme]:
    """The programmes of this channel, or all of them where it has none."""
    return await programmes(session, conversation) or await programmes(session)


async def schedule_of(session: AsyncSession, programme: Programme) -> Schedule:
    """When a programme asks; every programme has a schedule."""
    schedule = await schedules.schedule_of(session, POST, programme.id)
    if schedule is None:
        raise LookupError(f"the programme {programme.id} has no schedule")
    return schedule


def conversation_of(programme: Programme) -> ConversationRef:
    """The channel of a programme."""
    return ConversationRef.decode(programme.conversation)


def wishes_of(programme: Programme) -> Wishes:
    """What a programme asks for, as choosing reads it."""
    return Wishes(
        kind_mix=cast(dict[QuestionKind, int], programme.kind_mix),
        levels=(cast(LevelName, programme.lowest_level), cast(LevelName, programme.highest_level)),
        archetypes=frozenset(programme.archetypes),
        themes=frozenset(programme.themes),
        companies=frozenset(programme.companies),
    )


def plan_of(programme: Programme, schedule: Schedule) -> Plan:
    """The plan that a programme follows now."""
    seconds = programme.closes_after_seconds
    return Plan(
        name=programme.name,
        rule=schedules.rule_of(schedule),
        wishes=wishes_of(programme),
        late=timedelta(seconds=schedule.late_seconds),
        quiet=timedelta(seconds=programme.quiet_seconds),
        closes_after=None if seconds is None else timedelta(seconds=seconds),
    )


async def pause_programme(
    session: AsyncSession,
    programme: Programme,
    now: datetime,
    *,
    reason: PauseReason = PauseReason.ASKED,
    by: MemberId | None = None,
    until: date | None = None,
) -> None:
    """Ask nothing until the programme is resumed, or until the local date `until`, on which it asks again.

    `UserFacingError` for a date that is not to come.
    """
    schedule = await schedule_of(session, programme)
    zone = zone_named(schedule.zone)
    if until is not None and until <= now.astimezone(zone).date():
        raise UserFacingError(t("Choose a day to come, or none to pause until somebody resumes."))
    schedules.pause(schedule, reason.value)
    programme.paused_reason, programme.paused_until = reason, until
    programme.paused_by, programme.paused_at = by, now
    if until is None:
        return
    starts = first_moment(zone, until, datetime.min.time())
    await enqueue(
        session,
        workspace_id=required_workspace_of(session),
        kind=RESUME,
        subject_id=programme.id,
        due_at=starts or now,
        key=f"{RESUME}:{programme.id}:{now.isoformat()}",
        payload={"paused_at": now.isoformat()},
    )


async def resume_programme(session: AsyncSession, programme: Programme, now: datetime) -> None:
    """Go on with the first run after `now`; what fell into the pause is not made up for."""
    schedules.resume(await schedule_of(session, programme), now)
    programme.paused_reason = programme.paused_until = programme.paused_by = programme.paused_at = None


async def resume_when_due(session: AsyncSession, programme_id: str, paused_at: str, now: datetime) -> bool:
    """End the pause that began at `paused_at`, unless it ended or began anew meanwhile; whether it was ended."""
    programme = await session.get(Programme, programme_id)
    if programme is None or programme.paused_at is None or programme.paused_at.isoformat() != paused_at:
        return False
    if programme.paused_reason is not PauseReason.ASKED:
        return False
    await resume_programme(session, programme, now)
    return True


async def skip_next(session: AsyncSession, programme: Programme, now: datetime) -> date:
    """Leave out the next question; returns its local date. `UserFacingError` where none is planned."""
    schedule = await schedule_of(session, programme)
    if schedule.next_run_at is None:
        raise UserFacingError(t("No question is planned, so there is none to skip. Resume the programme first."))
    day = schedule.next_run_at.astimezone(zone_named(schedule.zone)).date()
    schedules.skip_date(schedule, day, now)
    return day


async def undo_skips(session: AsyncSession, programme: Programme, now: datetime) -> None:
    """Ask again on the days to come that were left out."""
    schedule = await schedule_of(session, programme)
    rule = replace(schedules.rule_of(schedule), skip_dates=frozenset())
    await _set_rule(session, programme, rule, timedelta(seconds=schedule.late_seconds), now)


async def post_now(session: AsyncSession, programme: Programme, now: datetime) -> Slot | None:
    """Post today's question at once, even in a pause. The slot where today has one already: then nothing is done.

    Today is the programme's local date; the run planned for later today will find its question posted.
    """
    schedule = await schedule_of(session, programme)
    day = now.astimezone(zone_named(schedule.zone)).date()
    slot = await slot_of_day(session, programme.id, day)
    if slot is not None and slot.state is not SlotState.SKIPPED and not await _was_skipped(session, slot.delivery_key):
        return slot
    key = f"{POST}:{programme.id}:{day.isoformat()}:now"
    attempt = 1
    while await _was_skipped(session, f"{key}:{attempt}"):
        attempt += 1
    await enqueue(
        session,
        workspace_id=required_workspace_of(session),
        kind=POST,
        subject_id=programme.id,
        due_at=now,
        key=f"{key}:{attempt}",
        payload={"local_date": day.isoformat(), "asked_for": True},
        audience=_audience(programme),
    )
    return None


async def _was_skipped(session: AsyncSession, key: str) -> bool:
    delivery: Delivery | None = await delivery_with_key(session, key)
    return delivery is not None and delivery.state is DeliveryState.SKIPPED


async def _set_rule(
    session: AsyncSession, programme: Programme, rule: WallClockRule, late: timedelta, now: datetime
) -> None:
    await schedules.set_schedule(
        session, kind=POST, subject_id=programme.id, rule=rule, now=now, late=late, audience=_audience(programme)
    )


def _audience(programme: Programme) -> dict[str, str]:
    """Names the channel, so that posts to one channel keep their order."""
    return {"conversation": programme.conversation}


def _fill(programme: Programme, plan: Plan) -> None:
    programme.name = plan.name.strip()
    programme.lowest_level, programme.highest_level = plan.wishes.levels
    programme.archetypes = sorted(plan.wishes.archetypes)
    programme.themes = sorted(plan.wishes.themes)
    programme.companies = sorted(plan.wishes.companies)
    programme.kind_mix = dict(plan.wishes.kind_mix.items())
    programme.quiet_seconds = int(plan.quiet.total_seconds())
    closes = plan.closes_after
    programme.closes_after_seconds = None if closes is None else int(closes.total_seconds())
