"""Thin handlers of who sees a story."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.cards import Card
from bot.chat.events import ActionClicked, CommandInvoked
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.stories import actions, cards, service
from bot.stories.choosing import chosen
from bot.stories.confidentiality import Pointed
from bot.stories.records import StoryRecord, story_for
from bot.stories.sharing import hold_back, mark_of, pointed_in
from storage.tables.stories import StoryVisibility


async def choose_visibility(ctx: Context, payload: actions.ChooseVisibility, _event: ActionClicked) -> None:
    """Who sees a story, and what else can be chosen."""
    ctx.reply(cards.visibility_card(await story_for(ctx, payload.story, "story.change")))


async def ask_to_show(ctx: Context, payload: actions.AskToShow, _event: ActionClicked) -> None:
    """What may be confidential, before others see it."""
    record = await story_for(ctx, payload.story, "story.change")
    ctx.reply(_asked(record, StoryVisibility(payload.visibility)))


async def set_visibility(ctx: Context, payload: actions.SetStoryVisibility, _event: ActionClicked) -> None:
    """Decided; where the story says something else by now than what was looked at, it is looked at once more."""
    record = await story_for(ctx, payload.story, "story.change")
    wanted = StoryVisibility(payload.visibility)
    if wanted is not StoryVisibility.ME and payload.looked_at != mark_of(pointed_in(record)):
        ctx.reply(_asked(record, wanted))
        return
    await service.show_to(ctx, record, wanted)
    ctx.reply(cards.visibility_card(record))


async def visibility_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`story visibility`: straight to the check where it was said who is to see it."""
    record = await story_for(ctx, await chosen(ctx, options), "story.change")
    wanted = str(options.get("who", ""))
    ctx.reply(_asked(record, StoryVisibility(wanted)) if wanted else cards.visibility_card(record))


async def reply_changed(ctx: Context, before: Sequence[Pointed], changed: StoryRecord, card: Card) -> None:
    """Answer a change with `card`; with the check where others would see new words that may be confidential."""
    held = await hold_back(ctx, before, changed)
    if held is None:
        ctx.reply(card)
        return
    seen_by, _ = held
    pointed = pointed_in(changed)
    ctx.reply(cards.check_card(changed, seen_by, pointed, mark_of(pointed), taken_back=True))


def _asked(record: StoryRecord, visibility: StoryVisibility) -> Card:
    if visibility is StoryVisibility.ME:
        return cards.visibility_card(record)
    pointed = pointed_in(record)
    return cards.check_card(record, visibility, pointed, mark_of(pointed))
