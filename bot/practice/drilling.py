"""Recall drills as rows: which story comes next, what a grade changes, and the reminder of what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.text import t
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Outcome, Send, Skip
from bot.members.identity import zone_of
from bot.outbox.nextrun import WallClockRule
from bot.outbox.schedules import schedule_of, set_schedule
from bot.practice import drill_cards
from bot.practice.drills import Grade, Memory, due_first, graded
from bot.practice.standing import READY_PARTS
from bot.stories.records import StoryRecord, newest_of, stories_of
from storage.tables.outbox import Delivery, Schedule
from storage.tables.practice import DrillReminder, StoryDrill

REMINDER = "practice.drill"
"""The kind of the reminder's schedule and deliveries; the subject is the member's `DrillReminder`."""
REMINDED_AT = time(9)
LATE = timedelta(hours=10)
STORY = "story"
"""The id of the story a reminder begins with, in its payload."""


async def due_stories(ctx: Context, member: MemberId) -> list[StoryRecord]:
    """The stories to recall today, the longest due first; those without an action and a result are none yet."""
    stories = {one.story.id: one for one in await stories_of(ctx.session, member) if _can_be_told(one)}
    drills = await drills_of(ctx.session, member)
    zone = ZoneInfo(await zone_of(ctx.session, member))
    today = ctx.now.astimezone(zone).date()
    due = [(drills[name].due_at, record) for name, record in stories.items() if name in drills]
    new = [record for name, record in reversed(stories.items()) if name not in drills]
    begun = sum(one.first_at.astimezone(zone).date() == today for one in drills.values())
    return due_first(due, new, begun, datetime.combine(today + timedelta(days=1), time(), zone))


async def drills_of(session: AsyncSession, member: MemberId) -> Mapping[str, StoryDrill]:
    """What is kept of a member's recalls, by the story."""
    rows = await session.scalars(select(StoryDrill).where(StoryDrill.member_id == member))
    return {one.story_id: one for one in rows}


async def recalls_of(session: AsyncSession, story: str) -> int:
    """How often a story was recalled."""
    return await session.scalar(select(StoryDrill.recalls).where(StoryDrill.story_id == story)) or 0


async def grade(ctx: Context, record: StoryRecord, recalls: int, given: Grade) -> StoryDrill:
    """Keep how well the actor recalled a story; a card that was graded before is answered with a sentence."""
    drill = await ctx.session.scalar(select(StoryDrill).where(StoryDrill.story_id == record.story.id).with_for_update())
    if (drill.recalls if drill is not None else 0) != recalls:
        raise UserFacingError(t("You graded this recall already. The next card brings the next story."))
    known = Memory(drill.stability, drill.difficulty, drill.last_at, drill.due_at) if drill is not None else None
    memory = graded(known, given, ctx.now)
    if drill is None:
        drill = StoryDrill(
            id=new_id(), member_id=ctx.member, story_id=record.story.id, recalls=0, first_at=ctx.now, grade=given,
            stability=0.0, difficulty=0.0, last_at=ctx.now, due_at=ctx.now,
        )  # fmt: skip
        ctx.session.add(drill)
    drill.recalls, drill.grade = recalls + 1, int(given)
    drill.stability, drill.difficulty = memory.stability, memory.difficulty
    drill.last_at, drill.due_at = memory.last_at, memory.due_at
    await ctx.session.flush()
    return drill


async def reminder_of(session: AsyncSession, member: MemberId) -> DrillReminder | None:
    """The member's wish to be reminded, if they have it."""
    return await session.scalar(select(DrillReminder).where(DrillReminder.member_id == member))


async def switch_on(ctx: Context) -> DrillReminder:
    """Remind the actor each morning on which a story is due; asked again, a pause ends."""
    reminder = await reminder_of(ctx.session, ctx.member)
    if reminder is None:
        reminder = DrillReminder(id=new_id(), member_id=ctx.member, asked_at=ctx.now)
        ctx.session.add(reminder)
        await ctx.session.flush()
    reminder.paused_until = None
    await _follow_zone(ctx, reminder)
    return reminder


async def switch_off(session: AsyncSession, member: MemberId) -> int:
    """Remind a member no more; how many rows went."""
    reminder = await reminder_of(session, member)
    if reminder is None:
        return 0
    about = reminder.id
    await session.execute(delete(Delivery).where(Delivery.kind == REMINDER, Delivery.subject_id == about))
    await session.execute(delete(Schedule).where(Schedule.kind == REMINDER, Schedule.subject_id == about))
    await session.delete(reminder)
    await session.flush()
    return 1


async def pause(ctx: Context, days: int) -> date:
    """No reminder for so many days; from which day on they come again."""
    reminder = await reminder_of(ctx.session, ctx.member)
    if reminder is None:
        raise UserFacingError(t("You are not reminded of stories. Nothing has to be paused."))
    zone = ZoneInfo(await zone_of(ctx.session, ctx.member))
    reminder.paused_until = ctx.now.astimezone(zone).date() + timedelta(days=days)
    return reminder.paused_until


async def prepare_reminder(ctx: Context, delivery: Delivery) -> Outcome:
    """The reminder of one morning: only while it is wanted, not paused, and a story is due."""
    reminder = await ctx.session.get(DrillReminder, delivery.subject_id)
    if reminder is None:
        return Skip("they do not want to be reminded")
    await _follow_zone(ctx, reminder)
    day = date.fromisoformat(delivery.payload["local_date"])
    if reminder.paused_until is not None and day < reminder.paused_until:
        return Skip("they paused the reminders")
    due = await due_stories(ctx, reminder.member_id)
    begun_with = await _begun_with(ctx, delivery)
    first = begun_with or (due[0] if due else None)
    if first is None:
        return Skip("no story is due")
    delivery.payload = {**delivery.payload, STORY: first.story.id}
    recalls = await recalls_of(ctx.session, first.story.id)
    return Send(ToMember(reminder.member_id), drill_cards.cue_card(first, recalls, max(1, len(due)), reminded=True))


def _can_be_told(record: StoryRecord) -> bool:
    return record.parts.keys() >= set(READY_PARTS)


async def _begun_with(ctx: Context, delivery: Delivery) -> StoryRecord | None:
    """After a crash: the story whose card may have been sent."""
    name = delivery.payload.get(STORY)
    found: Sequence[StoryRecord] = await newest_of(ctx.session, [name]) if name else ()
    return found[0] if found else None


async def _follow_zone(ctx: Context, reminder: DrillReminder) -> None:
    """Let the schedule run by the clock of where the member lives now."""
    zone = await zone_of(ctx.session, reminder.member_id)
    schedule = await schedule_of(ctx.session, REMINDER, reminder.id)
    if schedule is None or schedule.zone != zone:
        rule = WallClockRule(zone=zone, local_time=REMINDED_AT)
        await set_schedule(ctx.session, kind=REMINDER, subject_id=reminder.id, rule=rule, now=ctx.now, late=LATE)
