"""Thin handlers of how a story is told: its tellings, what is asked next, and when it was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.base.text import Text, t
from bot.chat.cards import Card
from bot.chat.events import ActionClicked, FormSubmitted
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.members.identity import zone_of
from bot.stories import actions, cards, forms, service
from bot.stories.finding_handlers import is_own
from bot.stories.parts import all_of, clean
from bot.stories.records import story_for, whole
from bot.stories.sharing import pointed_in
from bot.stories.sharing_handlers import reply_changed
from storage.tables.stories import TellingLength


async def show_telling(ctx: Context, payload: actions.ShowTelling, _event: ActionClicked) -> None:
    """A story as it is told."""
    record = await story_for(ctx, payload.story, "story.see")
    length = TellingLength(payload.length)
    ctx.reply(cards.telling_card(record, length, record.tellings.get(length), own=is_own(ctx, record)))


async def open_telling(ctx: Context, payload: actions.OpenTelling) -> Form:
    """The form for a telling."""
    return forms.telling_form(await story_for(ctx, payload.story, "story.change"), TellingLength(payload.length))


async def save_telling(ctx: Context, payload: actions.SaveTelling, event: FormSubmitted) -> None:
    """A telling came in."""
    record = await story_for(ctx, payload.story, "story.change")
    length = TellingLength(payload.length)
    before = pointed_in(record)
    telling = await service.tell(ctx, record, length, clean(_value(event, "text")))
    await ctx.session.flush()
    changed = await whole(ctx.session, record)
    await reply_changed(ctx, before, changed, cards.telling_card(changed, length, telling, own=True))


async def open_follow_ups(ctx: Context, payload: actions.OpenFollowUps) -> Form:
    """The form for the standing follow-up questions."""
    return forms.follow_up_form(ctx.content, await story_for(ctx, payload.story, "story.change"))


async def save_follow_ups(ctx: Context, payload: actions.SaveFollowUps, event: FormSubmitted) -> None:
    """The answers came in."""
    record = await story_for(ctx, payload.story, "story.change")
    before = pointed_in(record)
    answers = {name: clean(_value(event, name)) for name in ctx.content.follow_ups}
    await service.answer_follow_ups(ctx, record, answers)
    await ctx.session.flush()
    changed = await whole(ctx.session, record)
    await reply_changed(ctx, before, changed, cards.story_card(changed, ctx.content, own=True))


async def open_told(ctx: Context, payload: actions.OpenTold) -> Form:
    """The form that notes when and where a story was told."""
    return forms.told_form(await story_for(ctx, payload.story, "story.change"), (await _today(ctx)).isoformat())


async def note_told(ctx: Context, payload: actions.NoteTold, event: FormSubmitted) -> None:
    """It was told."""
    record = await story_for(ctx, payload.story, "story.change")
    told_on = date.fromisoformat(_value(event, "told_on"))
    place = " ".join(clean(_value(event, "place")).split())
    await service.note_told(ctx, record, told_on, place, await _today(ctx))
    ctx.reply(Card(t("Noted. Your stories show which of them you tell too often.")))


def check_told(_payload: Any, event: FormSubmitted) -> Mapping[str, Text]:
    """Whether the day is one."""
    try:
        date.fromisoformat(_value(event, "told_on"))
    except ValueError:
        return {"told_on": t("Write the day as 2026-11-30.")}
    return {}


async def _today(ctx: Context) -> date:
    """The day it is where the actor lives."""
    return ctx.now.astimezone(ZoneInfo(await zone_of(ctx.session, ctx.member))).date()


def _value(event: FormSubmitted, name: str) -> str:
    return all_of(event.values.get(name, ()))
