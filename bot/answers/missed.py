"""Replies that may never have reached us: one note in the question's thread, with the buttons to answer by."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.base.text import t
from bot.chat.cards import Card, Paragraph, Place
from bot.chat.events import RepliesMissed
from bot.chat.refs import ConversationRef
from bot.feature.context import Context, ToConversation
from bot.feature.declarations import Outcome, Send, Skip
from bot.outbox.queue import enqueue
from bot.questions.cards import ACTIONS
from bot.questions.slots import slot_of_thread
from storage.tables.outbox import Delivery
from storage.tables.questions import Slot

MISSED = "answer.missed"
PAUSE = timedelta(days=1)
"""How long a thread that was told is not told again."""


async def replies_missed(ctx: Context, event: RepliesMissed) -> bool:
    """Say so in a question's thread, at most once a day; other threads are nothing to us."""
    slot = await slot_of_thread(ctx.session, event.conversation)
    if slot is None:
        return False
    told = await ctx.session.scalar(
        select(Delivery.id)
        .where(Delivery.kind == MISSED, Delivery.subject_id == slot.id, Delivery.due_at > ctx.now - PAUSE)
        .limit(1)
    )
    if told is None and not slot.thread_closed:
        await enqueue(
            ctx.session,
            workspace_id=ctx.workspace,
            kind=MISSED,
            subject_id=slot.id,
            due_at=ctx.now,
            key=f"{MISSED}:{slot.id}:{ctx.now:%Y%m%d}",
        )
    return True


async def prepare_missed(ctx: Context, delivery: Delivery) -> Outcome:
    """The note, unless a moderator closed the thread meanwhile."""
    slot = await ctx.session.get(Slot, delivery.subject_id)
    if slot is None or slot.thread is None or slot.thread_closed:
        return Skip("the thread is closed or gone")
    return Send(ToConversation(ConversationRef.decode(slot.thread)), missed_card(slot.id))


def missed_card(slot: str) -> Card:
    """What happened, and what to do about it."""
    sentence = t(
        "I was not connected for a while. If you replied here in that time, please answer again with the button, "
        "so that your answer counts."
    )
    return Card(t("Some replies may not have reached me"), (Paragraph(sentence), Place(ACTIONS, slot)))
