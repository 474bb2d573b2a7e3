"""Thin handlers of this room's commands, buttons, forms and deliveries."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.ids import MemberId
from bot.base.text import Text, render, t
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.chat.refs import ConversationRef
from bot.data import cards
from bot.data.actions import AskForExport, BeginErasure, OpenErasure
from bot.data.erasing import begin, under_way
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Options, Outcome, Send, Skip
from bot.members.identity import admins_of, name_of
from bot.outbox.queue import enqueue
from storage.tables.outbox import Delivery

ASKED = "data.asked"


async def export(context: Context, _event: CommandInvoked, _options: Options) -> None:
    """Say how one's archive comes, and ask an admin for it, once a day."""
    await _ask(context)


async def export_by_button(context: Context, _payload: AskForExport, _event: ActionClicked) -> None:
    """The same by a button."""
    await _ask(context)


async def _ask(context: Context) -> None:
    admins = await admins_of(context.session)
    if admins:
        await enqueue(
            context.session,
            workspace_id=context.workspace,
            kind=ASKED,
            subject_id=context.member,
            due_at=context.now,
            key=f"{ASKED}:{context.member}:{context.now.date().isoformat()}",
        )
    context.reply(cards.export_card(context.member, context.holdings, told=bool(admins)))


async def prepare_asked(context: Context, delivery: Delivery) -> Outcome:
    """Tell the first admin that somebody asks for their data."""
    admins = await admins_of(context.session)
    name = await name_of(context.session, MemberId(delivery.subject_id))
    if not admins or not name:
        return Skip("there is nobody to tell, or nobody who asks any more")
    return Send(ToMember(admins[0], asked_for=True), cards.asked_card(name, delivery.subject_id))


async def delete(context: Context, event: CommandInvoked, _options: Options) -> None:
    """Explain what goes and what stays; nothing happens yet."""
    await _explain(context, event.conversation)


async def _explain(context: Context, conversation: ConversationRef) -> None:
    if await under_way(context.session, context.member) is not None:
        await begin(context, context.member, asked=True)
        context.reply(cards.begun_card())
        return
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
