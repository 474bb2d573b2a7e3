"""Thin handlers of what is done to programmes of rounds: set up, change, list, pause, go on."""

from __future__ import annotations

from bot.base.policy import Subject, may
from bot.base.text import Text, t
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.chat.refs import ConversationRef
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.identity import zone_of
from bot.questions.times import moment_for, weekdays_text
from bot.review import actions as a
from bot.review import programme_cards as cards
from bot.review import programmes as service
from bot.review.locking import waiting
from bot.review.next_lock import next_lock_at
from bot.review.programme_form import first_plan, programme_form, read_plan
from bot.review.round_cards import STATES
from bot.review.rounds import round_under_way
from storage.tables.review import Cadence, ReviewProgramme


async def open_new(context: Context, options: Options) -> Form:
    """The form of new rounds, in the channel named or where the command was given."""
    return await _new_form(context, str(options["channel"]) if "channel" in options else None)


async def open_programme(context: Context, payload: a.OpenRoundProgramme) -> Form:
    """The form of the rounds named, or of new ones."""
    if payload.programme is None:
        return await _new_form(context, None)
    programme = await service.programme_by_id(context.session, payload.programme)
    plan = service.plan_of(programme, await service.schedule_of(context.session, programme))
    return programme_form(a.SaveRoundProgramme(programme=programme.id), plan)


async def _new_form(context: Context, channel: str | None) -> Form:
    zone = await zone_of(context.session, context.member)
    return programme_form(a.SaveRoundProgramme(channel=channel), first_plan(zone))


async def save(context: Context, payload: a.SaveRoundProgramme, event: FormSubmitted) -> None:
    """Set rounds up, or change them."""
    session = context.session
    if payload.programme is None:
        plan = read_plan(event, first_plan(await zone_of(session, context.member)))
        where = _channel(event, payload.channel)
        programme = await service.create_programme(context, where, plan, by=context.member)
    else:
        programme = await service.programme_by_id(session, payload.programme)
        earlier = service.plan_of(programme, await service.schedule_of(session, programme))
        await service.change_programme(context, programme, read_plan(event, earlier))
    following, ready = await _following(context, programme), await waiting(context, programme)
    context.reply(cards.saved_card(programme.id, programme.name, following, ready))


def _channel(event: FormSubmitted, channel: str | None) -> ConversationRef:
    here = event.conversation.root
    return here if channel is None else ConversationRef(here.platform, event.installation.installation, channel)


async def show_list(context: Context, _event: CommandInvoked | ActionClicked, _options: object) -> None:
    """The list of all programmes of rounds."""
    rows = [await _listed(context, one) for one in await service.programmes(context.session)]
    subject = Subject(context.workspace)
    may_run, may_change = (may(context.acting, verb, subject) for verb in ("round.run", "round.change"))
    context.reply(cards.list_card(rows, may_run=may_run, may_change=may_change))


async def list_by_button(context: Context, payload: a.ListRounds, event: ActionClicked) -> None:
    """The same by a button."""
    await show_list(context, event, payload)


async def pause_command(context: Context, event: CommandInvoked, _options: Options) -> None:
    """Pause the rounds of this channel."""
    await _pause(context, await service.the_programme(context.session, event.conversation))


async def pause_by_button(context: Context, payload: a.PauseRounds, _event: ActionClicked) -> None:
    """The same by a button."""
    await _pause(context, await service.programme_by_id(context.session, payload.programme))


async def _pause(context: Context, programme: ReviewProgramme) -> None:
    await service.pause(context, programme, service.ASKED)
    context.reply(cards.paused_card(programme.id, programme.name))


async def resume_command(context: Context, event: CommandInvoked, _options: Options) -> None:
    """Let the rounds of this channel go on."""
    await _resume(context, await service.the_programme(context.session, event.conversation))


async def resume_by_button(context: Context, payload: a.ResumeRounds, _event: ActionClicked) -> None:
    """The same by a button."""
    await _resume(context, await service.programme_by_id(context.session, payload.programme))


async def _resume(context: Context, programme: ReviewProgramme) -> None:
    await service.resume(context, programme)
    context.reply(cards.going_on_card(programme.name, await _following(context, programme)))


async def _listed(context: Context, programme: ReviewProgramme) -> cards.Listed:
    round = await round_under_way(context.session, programme)
    state: Text | str = STATES[round.state] if round is not None else t("Taking answers")
    if round is not None and round.review_until is not None:
        zone = await zone_of(context.session, context.member)
        until = moment_for(round.review_until, zone, context.language)
        state = t("Round {number}: {state}, until {until}", number=round.number, state=state, until=until)
    when = await _rule_text(context, programme)
    following = await _following(context, programme)
    return cards.Listed(programme.id, programme.name, when, state, following, programme.paused)


async def _rule_text(context: Context, programme: ReviewProgramme) -> Text:
    schedule = await service.schedule_of(context.session, programme)
    if schedule is None:
        return t("After {count} answers", count=programme.after_answers)
    days = weekdays_text(frozenset(schedule.weekdays))
    at = schedule.local_time.isoformat("minutes")
    if programme.cadence is Cadence.FORTNIGHTLY:
        return t("Every two weeks: {days} at {time} ({zone})", days=days, time=at, zone=schedule.zone)
    return t("{days} at {time} ({zone})", days=days, time=at, zone=schedule.zone)


async def _following(context: Context, programme: ReviewProgramme) -> Text | str:
    """When answers are handed out next, in words."""
    if programme.paused:
        return t("Paused")
    schedule = await service.schedule_of(context.session, programme)
    if schedule is None:
        ready = await waiting(context, programme)
        return t("{ready} of {count} answers are in", ready=ready, count=programme.after_answers)
    at = await next_lock_at(context, programme)
    if at is None:
        return schedule.paused_reason or t("No date is left in the calendar. Set the time anew.")
    return moment_for(at, await zone_of(context.session, context.member), context.language)
