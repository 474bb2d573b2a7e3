"""Thin handlers of this room's commands, buttons and forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.base.errors import UserFacingError
from bot.base.text import Text, t
from bot.chat.cards import Card, Element
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.identity import zone_of
from bot.members.preferences import TARGET_COMPANY, read_day
from bot.members.settings import read
from bot.practice import actions, drill_cards, drilling, interview_cards, interviews
from bot.practice.drills import Grade
from bot.practice.standing import READY_PARTS
from bot.questions.times import day_for
from bot.stories.records import stories_of, story_for


async def start_drill(ctx: Context, _cause: object, _more: object = None) -> None:
    """The next story to recall, or why there is none."""
    due = await drilling.due_stories(ctx, ctx.member)
    if due:
        recalls = await drilling.recalls_of(ctx.session, due[0].story.id)
        ctx.reply(drill_cards.cue_card(due[0], recalls, len(due)))
        return
    drills = await drilling.drills_of(ctx.session, ctx.member)
    ready = [one for one in await stories_of(ctx.session, ctx.member) if one.parts.keys() >= set(READY_PARTS)]
    waits = any(one.story.id not in drills for one in ready)
    next_at = min((one.due_at for one in drills.values()), default=None)
    next_on = None
    if next_at is not None and not waits:
        zone = ZoneInfo(await zone_of(ctx.session, ctx.member))
        next_on = day_for(next_at.astimezone(zone).date(), ctx.language)
    reminders = await drilling.reminder_of(ctx.session, ctx.member) is not None
    ctx.reply(drill_cards.nothing_due_card(len(ready), next_on, reminders=reminders))


async def show_bullets(ctx: Context, payload: actions.ShowBullets, _event: ActionClicked) -> None:
    """It was told: the bullets."""
    record = await story_for(ctx, payload.story, "story.change")
    ctx.reply(drill_cards.bullets_card(record, payload.recalls))


async def grade_recall(ctx: Context, payload: actions.GradeRecall, _event: ActionClicked) -> None:
    """How well it was recalled."""
    record = await story_for(ctx, payload.story, "story.change")
    drill = await drilling.grade(ctx, record, payload.recalls, Grade(payload.grade))
    zone = ZoneInfo(await zone_of(ctx.session, ctx.member))
    again_on = day_for(drill.due_at.astimezone(zone).date(), ctx.language)
    left = len(await drilling.due_stories(ctx, ctx.member))
    reminders = await drilling.reminder_of(ctx.session, ctx.member) is not None
    ctx.reply(drill_cards.graded_card(record, again_on, left, reminders=reminders))


async def switch_reminders(ctx: Context, payload: actions.SwitchReminders, _event: ActionClicked) -> None:
    """Reminders on or off, by a button."""
    await _switch(ctx, payload.on)


async def switch_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """The same by command."""
    await _switch(ctx, options.get("reminders") == "on")


async def pause_reminders(ctx: Context, payload: actions.PauseReminders, _event: ActionClicked) -> None:
    """No reminder for some days."""
    until = await drilling.pause(ctx, max(1, min(payload.days, 60)))
    ctx.reply(Card(t("No reminder before {day}.", day=day_for(until, ctx.language))))


async def open_interview(ctx: Context, _cause: object) -> Form:
    """The form of the interview, with what is set."""
    interview = await interviews.interview_of(ctx.session, ctx.member)
    company = await read(ctx.session, TARGET_COMPANY, member=ctx.member)
    day = interview.day.isoformat() if interview is not None else ""
    minutes = interview.minutes_a_day if interview is not None else interview_cards.USUAL_MINUTES
    return interview_cards.interview_form(ctx.content, day, company, minutes)


def check_interview(_payload: Any, event: FormSubmitted) -> Mapping[str, Text]:
    """Whether the day is one."""
    try:
        read_day(_value(event, "day"))
    except UserFacingError as problem:
        return {"day": problem.text}
    return {}


async def save_interview(ctx: Context, _payload: actions.SaveInterview, event: FormSubmitted) -> None:
    """The interview was set: the plan; a day that cannot be gives the form back as it was filled in."""
    day, company = read_day(_value(event, "day")), _value(event, "company")
    minutes = int(_value(event, "minutes") or interview_cards.USUAL_MINUTES)
    try:
        await interviews.set_interview(ctx, day, company, minutes)
    except UserFacingError as problem:
        form = interview_cards.interview_form(ctx.content, day.isoformat(), company, minutes)
        ctx.offer_form(form, problem.text)
        return
    await show_plan(ctx, None)


async def show_plan(ctx: Context, _cause: object, _more: object = None) -> None:
    """The plan up to the interview, or the button that sets one."""
    interview = await interviews.coming_interview(ctx)
    if interview is None:
        ctx.reply(interview_cards.no_interview_card())
        return
    plan = await interviews.plan_of(ctx, interview)
    today: date = await interviews.today_of(ctx, ctx.member)
    company = await interviews.company_of(ctx, ctx.member)
    ctx.reply(interview_cards.plan_card(plan, today, company, ctx.language))


async def show_checklist(ctx: Context, _cause: object, _more: object = None) -> None:
    """What is to be done before an interview, whether a day is set or not."""
    checked = await interviews.checklist_of(ctx, ctx.member, ctx.language)
    ctx.reply(interview_cards.checklist_card(checked, ctx.language))


async def say_researched(ctx: Context, _payload: actions.SayResearched, _event: ActionClicked) -> None:
    """They have read up on the company and the team."""
    (await interviews.required_interview(ctx)).has_researched = True
    await ctx.session.flush()
    await show_checklist(ctx, None)


async def forget_interview(ctx: Context, _payload: actions.ForgetInterview, _event: ActionClicked) -> None:
    """No interview any more."""
    await interviews.forget(ctx.session, ctx.member)
    ctx.reply(Card(t("The interview is forgotten. Your stories and recalls stay.")))


async def home(ctx: Context) -> Sequence[Element]:
    """The short part of the home."""
    interview = await interviews.interview_of(ctx.session, ctx.member)
    left = (interview.day - await interviews.today_of(ctx, ctx.member)).days if interview is not None else -1
    company = await interviews.company_of(ctx, ctx.member) if left >= 0 else None
    return interview_cards.home_elements(left if left >= 0 else None, company)


async def _switch(ctx: Context, on: bool) -> None:
    if on:
        await drilling.switch_on(ctx)
    else:
        await drilling.switch_off(ctx.session, ctx.member)
    ctx.reply(drill_cards.reminders_card(on))


def _value(event: FormSubmitted, name: str) -> str:
    return "".join(event.values.get(name, ())).strip()
