"""Why this question came, and why none came: sentences for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.text import Text, t, tn
from bot.outbox.calendars import is_holiday
from bot.outbox.nextrun import run_of
from bot.outbox.schedules import MISSED, REPLACED, rule_of
from bot.outbox.zones import zone_named
from bot.questions import posting
from bot.questions.choosing import Filter, NothingFits, Reason
from bot.questions.programmes import POST
from bot.questions.times import day_for, moment_for, weekdays_text
from content.loader import Content
from storage.tables.outbox import Delivery, DeliveryState, Schedule
from storage.tables.questions import PauseReason, Programme, Slot, SlotState

KINDS: Mapping[str, Text] = {
    "behavioral": t("behavioral"),
    "situational": t("situational"),
    "closing": t("closing"),
}
FILTERS: Mapping[Filter, Text] = {
    "kinds": t("the kinds of questions"),
    "levels": t("the levels"),
    "archetypes": t("the archetypes"),
    "themes": t("the themes"),
    "companies": t("the companies"),
    "vetoes": t("the vetoes"),
}
SKIPPED_BECAUSE: Mapping[str, Text] = {
    posting.PAUSED: t("The programme was paused when the question was due."),
    posting.TOO_LATE: t("It could not be posted in time, and posting it later is not what the programme is set to."),
    posting.NOTHING_LEFT: t("No question fits what the programme asks for. An admin can widen it."),
    MISSED: t("Starling was not running when the question was due."),
    REPLACED: t("Starling was not running when the question was due."),
}
NOT_TAKEN = t("Today's question could not be posted in the chat. An admin was told.")


def why_this(reasons: Sequence[Reason], content: Content, language: str) -> list[Text]:
    """One sentence for each reason."""
    return [_reason(reason, content, language) for reason in reasons]


def why_nothing_fits(nothing: NothingFits) -> list[Text]:
    """What is too narrow, and what lifting one filter would bring."""
    if not nothing.without:
        return [t("No question fits, even with any one filter lifted. Widen two of them.")]
    return [
        tn(
            "Without the filter on {filter}, {count} question would fit.",
            "Without the filter on {filter}, {count} questions would fit.",
            count,
            filter=FILTERS[name],
        )
        for name, count in nothing.without.items()
    ]


def _reason(reason: Reason, content: Content, language: str) -> Text:
    values = reason.values
    match reason.code:
        case "queued":
            return t("It was put in the queue.")
        case "unasked":
            return tn(
                "It was never asked here; {count} other question that fits was not either.",
                "It was never asked here; {count} other questions that fit were not either.",
                values["others"],
            )
        case "longest_ago":
            day = day_for(date.fromisoformat(values["day"]), language)
            return t("Every question that fits was asked before. This one was asked longest ago, on {day}.", day=day)
        case "kind":
            return tn(
                "{share} percent of the questions here are to be {kind}; of {count} so far, {times} was.",
                "{share} percent of the questions here are to be {kind}; of {count} so far, {times} were.",
                values["of"],
                share=values["share"],
                kind=KINDS[values["kind"]],
                times=values["times"],
            )
        case "archetype":
            return tn(
                'Of the kinds of story, "{name}" has come up least: {count} time.',
                'Of the kinds of story, "{name}" has come up least: {count} times.',
                values["times"],
                name=_archetype_name(values["archetype"], content, language),
            )
        case "fits":
            return t("It is one of {of} that fit the levels, themes and companies of this programme.", of=values["of"])
        case "lot":
            return t("Of {of} that would have been as good, the date decided.", of=values["of"])


def _archetype_name(archetype: str, content: Content, language: str) -> str:
    entry = content.archetypes.get(archetype)
    return entry.name.in_language(language) if entry else archetype


async def why_none_today(
    session: AsyncSession,
    programme: Programme,
    schedule: Schedule,
    slot: Slot | None,
    now: datetime,
    zone: str,
    language: str,
) -> Text | str:
    """Why today, by the programme's clock, has no posted question; times by the clock of the reader's `zone`."""
    rule = rule_of(schedule)
    day = now.astimezone(zone_named(schedule.zone)).date()
    if slot is not None and slot.state is SlotState.UNCERTAIN:
        return t(
            "Nobody can know whether today's question was posted, since the chat gave no answer. An admin was asked."
        )
    if programme.paused_reason is not None:
        return paused_text(programme, language)
    if schedule.paused:
        return schedule.paused_reason or t("The programme is paused.")
    if day in rule.skip_dates:
        return t("Today's question is left out because somebody skipped this day.")
    if day.weekday() not in rule.weekdays:
        return t("This programme asks on other days: {days}.", days=weekdays_text(rule.weekdays))
    if schedule.holidays is not None and is_holiday(schedule.holidays, day):
        return t("Today is a public holiday ({calendar}).", calendar=schedule.holidays)
    run = run_of(rule, day)
    if run is not None and run > now:
        return t("Today's question comes at {when}.", when=moment_for(run, zone, language))
    return await _what_became_of(session, schedule, day)


async def _what_became_of(session: AsyncSession, schedule: Schedule, day: date) -> Text:
    deliveries = await session.scalars(
        select(Delivery)
        .where(Delivery.kind == POST, Delivery.subject_id == schedule.subject_id)
        .order_by(Delivery.due_at.desc(), Delivery.id.desc())
        .limit(10)
    )
    for delivery in deliveries:
        if delivery.payload.get("local_date") != day.isoformat():
            continue
        if delivery.state in (DeliveryState.WAITING, DeliveryState.SENDING):
            return t("Today's question is on its way.")
        if delivery.state is DeliveryState.SKIPPED:
            return SKIPPED_BECAUSE.get(delivery.reason or "", NOT_TAKEN)
    return t("Today's time had passed when the programme was set up, changed or resumed.")


def paused_text(programme: Programme, language: str) -> Text:
    """Why a paused programme is paused, and until when."""
    if programme.paused_reason is PauseReason.CHANNEL_ARCHIVED:
        return t("The programme is paused because its channel was archived.")
    if programme.paused_reason is PauseReason.CHANNEL_CLOSED:
        return t("The programme is paused because Starling can no longer post in its channel.")
    if programme.paused_until is not None:
        return t("The programme is paused until {day}.", day=day_for(programme.paused_until, language))
    return t("The programme is paused until somebody resumes it.")


def next_text(schedule: Schedule, zone: str, language: str) -> Text | None:
    """When the next question comes, by the reader's clock; None where none is planned."""
    if schedule.next_run_at is None:
        return None
    return t("The next question comes on {when}.", when=moment_for(schedule.next_run_at, zone, language))
