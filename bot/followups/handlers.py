"""Thin handlers of this room's commands, buttons and forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from bot.answers.records import own_reviewed
from bot.base.errors import UserFacingError
from bot.base.text import Text
from bot.chat.cards import Card, Element
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.followups import cards, closing, forms, pace, replying
from bot.followups.actions import (
    CheckClosing,
    GiveReply,
    ListReplies,
    OpenClosingCheck,
    OpenFollowUp,
    OpenPace,
    SavePace,
    ShowReply,
    TryAgain,
)
from bot.scoring.followups import FollowUpKind


async def open_follow_up(ctx: Context, payload: OpenFollowUp) -> Form:
    """The form on one's own answer."""
    return await replying.opened(ctx, payload.answer)


async def try_again(ctx: Context, payload: TryAgain) -> Form:
    """The form with an earlier reply."""
    return await replying.opened_again(ctx, payload.reply)


def check_reply(_payload: GiveReply, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with a submitted reply."""
    return replying.problems(event.values)


async def give_reply(ctx: Context, payload: GiveReply, event: FormSubmitted) -> None:
    """A reply came in."""
    found = await own_reviewed(ctx, payload.revision, "answer.change")
    text = "".join(event.values.get(forms.REPLY, ())).strip()
    ctx.reply(_card(await replying.give(ctx, found, replying.kind_of(event.values), text)))


async def show_reply(ctx: Context, payload: ShowReply, _event: ActionClicked) -> None:
    """What was said of a reply."""
    ctx.reply(_card(await replying.own_reply(ctx, payload.reply)))


async def list_replies(ctx: Context, _cause: ListReplies | CommandInvoked, _more: object) -> None:
    """One's own latest replies."""
    replies = await replying.latest(ctx)
    listed = [(one.id, forms.FOLLOW_UPS[cast(FollowUpKind, one.kind)], one.text) for one in replies]
    ctx.reply(cards.replies_card(listed, await replying.last_story(ctx)))


async def open_closing(ctx: Context, _cause: OpenClosingCheck | Options) -> Form:
    """The form for closing questions."""
    return forms.closing_form(await closing.draft_of(ctx))


def check_closing_form(_payload: CheckClosing, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with submitted closing questions."""
    return closing.problems(event.values)


async def check_closing(ctx: Context, _payload: CheckClosing, event: FormSubmitted) -> None:
    """Closing questions came in."""
    text = "".join(event.values.get(forms.QUESTIONS, ())).strip()
    ctx.reply(cards.closing_card(await closing.check(ctx, text)))


async def open_pace(ctx: Context, _cause: OpenPace | Options) -> Form:
    """The form of one's own pace."""
    return forms.pace_form(await pace.current(ctx))


def check_pace(_payload: SavePace, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with the entered numbers."""
    return pace.problems(event.values)


async def save_pace(ctx: Context, _payload: SavePace, event: FormSubmitted) -> None:
    """A pace came in; what cannot be one gives the form back as it was filled in."""
    try:
        ctx.reply(cards.pace_card(await pace.save(ctx, event.values)))
    except UserFacingError as problem:
        ctx.offer_form(forms.pace_form(await pace.current(ctx)), problem.text)


async def home(_ctx: Context) -> Sequence[Element]:
    """The part of the home."""
    return cards.home_elements()


def _card(judged: replying.Judged) -> Card:
    reply = judged.reply
    return cards.reply_card(
        judged.report,
        reply.text,
        reply=reply.id,
        answer=reply.answer_id,
        version=judged.version,
        newest=judged.newest,
        number=reply.number,
    )
