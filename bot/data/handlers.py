"""Thin handlers of this room's commands, buttons, forms and deliveries."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.text import Text, render, t
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.chat.refs import ConversationRef
from bot.data import cards
from bot.data.actions import AskForExport, BeginErasure, OpenErasure
from bot.data.erasing import begin
from bot.data.handing import ask
from bot.feature.context import Context
from bot.feature.declarations import Options


async def export(context: Context, _event: CommandInvoked, _options: Options) -> None:
    """Have one's archive made and handed over."""
    await ask(context)


async def export_by_button(context: Context, _payload: AskForExport, _event: ActionClicked) -> None:
    """The same by a button."""
    await ask(context)


async def delete(context: Context, event: CommandInvoked, _options: Options) -> None:
    """Explain what goes and what stays; nothing happens yet."""
    await _explain(context, event.conversation)


async def _explain(context: Context, conversation: ConversationRef) -> None:
    deletes = context.capabilities(conversation).deletes
    context.reply(cards.explain_card(context.holdings, deletes=deletes))


async def open_erasure(_context: Context, _payload: OpenErasure) -> Form:
    """Ask once more."""
    return cards.confirm_form()


def check_erasure(_payload: BeginErasure, event: FormSubmitted) -> Mapping[str, Text]:
    """The word has to be there, in any letters and in the language of the form or in English."""
    typed = "".join(event.values.get("word", ())).strip().strip("\"'“”„").casefold()
    if typed in {"delete", render(cards.WORD).casefold()}:
        return {}
    return {"word": t('Type "{word}" to confirm, or close the form to keep everything.', word=cards.WORD)}


async def begin_erasure(context: Context, _payload: BeginErasure, _event: FormSubmitted) -> None:
    """Begin."""
    await begin(context, context.member, asked=True)
    context.reply(cards.begun_card())
