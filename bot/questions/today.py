"""Where programmes stand today: put together for the home, for `question today` and for the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.base.policy import Subject, may
from bot.base.text import Text, t
from bot.feature.context import Context
from bot.members.identity import zone_of
from bot.outbox.schedules import rule_of
from bot.outbox.zones import zone_named
from bot.questions.cards import Today
from bot.questions.programme_cards import Listed
from bot.questions.programmes import schedule_of
from bot.questions.slots import slot_of_day, takes_answers
from bot.questions.times import moment_for, weekdays_text
from bot.questions.why import next_text, paused_text, why_none_today
from storage.tables.outbox import Schedule
from storage.tables.questions import Programme, Slot, SlotState


async def todays(context: Context, programmes: Sequence[Programme]) -> list[Today]:
    """What each programme asked today, by its own clock, or why it asked nothing."""
    zone = await zone_of(context.session, context.member)
    return [await _today(context, programme, zone) for programme in programmes]


async def _today(context: Context, programme: Programme, zone: str) -> Today:
    schedule = await schedule_of(context.session, programme)
    slot = await slot_of_day(context.session, programme.id, today_of(schedule, context))
    following = next_text(schedule, zone, context.language)
    if slot is not None and slot.state is SlotState.POSTED:
        return _posted(programme, slot, following, context)
    state = await why_none_today(context.session, programme, schedule, slot, context.now, zone, context.language)
    return Today(programme.name, state, following)


def _posted(programme: Programme, slot: Slot, following: Text | None, context: Context) -> Today:
    return Today(programme.name, "", following, slot.id, slot.text, takes_answers(slot, context.now))


def today_of(schedule: Schedule, context: Context) -> date:
    """Today's date by the clock of a programme."""
    return context.now.astimezone(zone_named(schedule.zone)).date()


async def listed(context: Context, programmes: Sequence[Programme]) -> list[Listed]:
    """The programmes for the list, with times by the reader's clock."""
    zone = await zone_of(context.session, context.member)
    rows = []
    for programme in programmes:
        schedule = await schedule_of(context.session, programme)
        rows.append(_listed(programme, schedule, zone, context))
    return rows


def _listed(programme: Programme, schedule: Schedule, zone: str, context: Context) -> Listed:
    when = t(
        "{days} at {time} ({zone})",
        days=weekdays_text(frozenset(schedule.weekdays)),
        time=schedule.local_time.isoformat("minutes"),
        zone=schedule.zone,
    )
    today = today_of(schedule, context)
    state: Text | str
    if programme.paused_reason is not None:
        state = paused_text(programme, context.language)
    elif schedule.paused:
        state = schedule.paused_reason or t("The programme is paused.")
    else:
        at = schedule.next_run_at
        state = t("No further question is planned.") if at is None else moment_for(at, zone, context.language)
    skips = tuple(day for day in sorted(rule_of(schedule).skip_dates) if day >= today)
    return Listed(programme.id, programme.name, when, state, schedule.paused, skips)


def can(context: Context, verb: str) -> bool:
    """Whether the actor may do `verb` in this workspace, so that its buttons are shown."""
    return may(context.acting, verb, Subject(workspace=context.workspace))
