"""Thin handlers of what moderators do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import actions, answer_cards, moderation
from bot.answers.records import slot_or_sentence
from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.policy import Subject, may
from bot.base.text import t
from bot.chat.cards import Button, Buttons, Card, Element, Header
from bot.chat.events import ActionClicked, CommandInvoked
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.questions.slots import latest_slots


async def hide(ctx: Context, payload: actions.HideAnswer, _event: ActionClicked) -> None:
    """Hide an answer."""
    ctx.reply(answer_cards.hidden_card(await moderation.hide(ctx, payload.answer)))


async def hide_message(ctx: Context, _payload: actions.HideMessage, event: ActionClicked) -> None:
    """The message action: hide the answer that a message belongs to."""
    if event.message is None:
        raise UserFacingError(t("This message is no answer that I know of."))
    answer = await moderation.answer_of_message(ctx, event.message)
    ctx.reply(answer_cards.hidden_card(await moderation.hide(ctx, answer.id)))


async def show_again(ctx: Context, payload: actions.ShowAnswerAgain, _event: ActionClicked) -> None:
    """Let a hidden answer be seen again."""
    await moderation.show_again(ctx, payload.answer)
    ctx.reply(Card(t("The answer stands in the lists again. Messages that were removed stay removed.")))


async def thread(ctx: Context, payload: actions.ModerateThread, _event: ActionClicked) -> None:
    """What can be done in a thread."""
    ctx.reply(answer_cards.thread_card(await slot_or_sentence(ctx.session, payload.slot)))


async def close_thread(ctx: Context, payload: actions.CloseThread, _event: ActionClicked) -> None:
    """Close a thread."""
    await _set_thread(ctx, payload.slot, closed=True)


async def reopen_thread(ctx: Context, payload: actions.ReopenThread, _event: ActionClicked) -> None:
    """Open a thread again."""
    await _set_thread(ctx, payload.slot, closed=False)


async def _set_thread(ctx: Context, slot_id: str, *, closed: bool) -> None:
    slot = await slot_or_sentence(ctx.session, slot_id)
    await moderation.set_thread(ctx, slot, closed=closed)
    ctx.reply(answer_cards.thread_card(slot))


async def block(ctx: Context, payload: actions.BlockMember, _event: ActionClicked) -> None:
    """Block a member."""
    member = await moderation.set_blocked(ctx, MemberId(payload.member), blocked=True)
    ctx.reply(answer_cards.blocked_card(member))


async def unblock(ctx: Context, payload: actions.UnblockMember, _event: ActionClicked) -> None:
    """Let a blocked member take part again."""
    member = await moderation.set_blocked(ctx, MemberId(payload.member), blocked=False)
    ctx.reply(answer_cards.blocked_card(member))


async def block_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """Block by command."""
    member = await moderation.member_called(ctx, str(options["member"]))
    ctx.reply(answer_cards.blocked_card(await moderation.set_blocked(ctx, member, blocked=True)))


async def unblock_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """Unblock by command."""
    member = await moderation.member_called(ctx, str(options["member"]))
    ctx.reply(answer_cards.blocked_card(await moderation.set_blocked(ctx, member, blocked=False)))


async def overview(ctx: Context, _event: CommandInvoked, _options: Options) -> None:
    """Threads, blocked members and the log."""
    await _overview(ctx)


async def overview_by_button(ctx: Context, _payload: actions.OpenModeration, _event: ActionClicked) -> None:
    """The same by a button."""
    await _overview(ctx)


async def _overview(ctx: Context) -> None:
    slots = [slot for _, slot in await latest_slots(ctx.session)]
    blocked = await moderation.blocked_members(ctx)
    ctx.reply(answer_cards.moderation_card(slots, blocked, await moderation.acts(ctx)))


async def home(ctx: Context) -> Sequence[Element]:
    """A button to the overview, for moderators only; admins also get the settings."""
    if not may(ctx.acting, "moderation.see", Subject(ctx.workspace)):
        return ()
    buttons = [Button(t("Threads, blocks and the log"), actions.OpenModeration())]
    if may(ctx.acting, "settings.change", Subject(ctx.workspace)):
        buttons.append(Button(t("How answers are handled"), actions.OpenAnswerSettings()))
    return (Header(t("Moderation")), Buttons(tuple(buttons)))
