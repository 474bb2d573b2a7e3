"""Thin handlers of what is done to programmes: set up, list, pause, resume, skip, post now."""

from __future__ import annotations

from bot.base.text import Text, t
from bot.chat.cards import Card
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.chat.refs import ConversationRef
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.identity import zone_of
from bot.outbox.schedules import rule_of
from bot.questions import programme_cards as cards
from bot.questions import programmes as service
from bot.questions.actions import (
    ListProgrammes,
    OpenPause,
    OpenProgramme,
    PauseProgramme,
    PostNow,
    ResumeProgramme,
    SaveProgramme,
    SkipNext,
    UndoSkips,
)
from bot.questions.clockchange import odd_days
from bot.questions.programme_form import first_plan, programme_form, read_plan
from bot.questions.question_forms import pause_form, read_until
from bot.questions.times import day_for
from bot.questions.today import can, listed
from bot.questions.why import next_text, paused_text
from storage.tables.questions import Programme


async def open_new(context: Context, options: Options) -> Form:
    """The form of a new programme, in the channel named or where the command was given."""
    channel = str(options["channel"]) if "channel" in options else None
    return await _new_form(context, channel)


async def open_programme(context: Context, payload: OpenProgramme) -> Form:
    """The form of a programme: the one named, or a new one."""
    if payload.programme is None:
        return await _new_form(context, None)
    programme = await service.programme_by_id(context.session, payload.programme)
    plan = service.plan_of(programme, await service.schedule_of(context.session, programme))
    return programme_form(SaveProgramme(programme=programme.id), plan, context.content, context.language)


async def _new_form(context: Context, channel: str | None) -> Form:
    plan = first_plan(await zone_of(context.session, context.member))
    return programme_form(SaveProgramme(channel=channel), plan, context.content, context.language)


async def save(context: Context, payload: SaveProgramme, event: FormSubmitted) -> None:
    """Set a programme up, or change it."""
    if payload.programme is None:
        zone = await zone_of(context.session, context.member)
        plan = read_plan(event, first_plan(zone))
        where = _channel(event, payload.channel)
        programme = await service.create_programme(context.session, context.now, where, plan, by=context.member)
    else:
        programme = await service.programme_by_id(context.session, payload.programme)
        earlier = service.plan_of(programme, await service.schedule_of(context.session, programme))
        await service.change_programme(context.session, context.now, programme, read_plan(event, earlier))
    context.reply(await _saved(context, programme))


def _channel(event: FormSubmitted, channel: str | None) -> ConversationRef:
    here = event.conversation.root
    return here if channel is None else ConversationRef(here.platform, event.installation.installation, channel)


async def _saved(context: Context, programme: Programme) -> Card:
    schedule = await service.schedule_of(context.session, programme)
    zone = await zone_of(context.session, context.member)
    following = (
        paused_text(programme, context.language)
        if programme.paused_reason is not None
        else next_text(schedule, zone, context.language)
    )
    odd = odd_days(rule_of(schedule), context.now)
    return cards.saved_card(programme.name, following, odd, zone, context.language, programme.id)


async def show_list(context: Context, _event: CommandInvoked, _options: Options) -> None:
    """The list of all programmes."""
    await _reply_list(context)


async def list_by_button(context: Context, _payload: ListProgrammes, _event: ActionClicked) -> None:
    """The same by a button."""
    await _reply_list(context)


async def _reply_list(context: Context) -> None:
    rows = await listed(context, await service.programmes(context.session))
    context.reply(
        cards.list_card(
            rows,
            may_run=can(context, "programme.run"),
            may_change=can(context, "programme.change"),
            language=context.language,
        )
    )


async def open_pause(context: Context, payload: OpenPause) -> Form:
    """The form that asks until when."""
    return pause_form(await service.programme_by_id(context.session, payload.programme))


async def pause(context: Context, payload: PauseProgramme, event: FormSubmitted) -> None:
    """Pause a programme."""
    programme = await service.programme_by_id(context.session, payload.programme)
    until = read_until(event)
    await service.pause_programme(context.session, programme, context.now, by=context.member, until=until)
    context.reply(cards.paused_card(programme.name, paused_text(programme, context.language), programme.id))


async def resume(context: Context, payload: ResumeProgramme, _event: ActionClicked) -> None:
    """Let a programme go on."""
    programme = await service.programme_by_id(context.session, payload.programme)
    await service.resume_programme(context.session, programme, context.now)
    await _reply_next(context, programme, t('"{name}" goes on.', name=programme.name))


async def skip(context: Context, payload: SkipNext, _event: ActionClicked) -> None:
    """Leave out the next question."""
    programme = await service.programme_by_id(context.session, payload.programme)
    day = await service.skip_next(context.session, programme, context.now)
    title = t('"{name}" leaves out {day}.', name=programme.name, day=day_for(day, context.language))
    await _reply_next(context, programme, title)


async def undo_skips(context: Context, payload: UndoSkips, _event: ActionClicked) -> None:
    """Ask again on the days that were left out."""
    programme = await service.programme_by_id(context.session, payload.programme)
    await service.undo_skips(context.session, programme, context.now)
    await _reply_next(context, programme, t('"{name}" leaves out no day.', name=programme.name))


async def _reply_next(context: Context, programme: Programme, title: Text) -> None:
    schedule = await service.schedule_of(context.session, programme)
    zone = await zone_of(context.session, context.member)
    context.reply(cards.going_on_card(title, next_text(schedule, zone, context.language)))


async def post_now(context: Context, payload: PostNow, _event: ActionClicked) -> None:
    """Post today's question at once."""
    programme = await service.programme_by_id(context.session, payload.programme)
    slot = await service.post_now(context.session, programme, context.now)
    context.reply(cards.post_card(programme.name, posted=slot is not None))
