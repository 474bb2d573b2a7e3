"""A message in a question's thread: a part of an answer, talk beside it, or something its author is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.answers import notes
from bot.answers.chatter import Judgement, judge
from bot.answers.collecting import (
    ASK,
    add_message,
    aside_of_message,
    ask_key,
    begin,
    change_message,
    let_go,
    quiet_time,
    remove_message,
    take_up,
    wait_for_more,
)
from bot.answers.early import early_change, keep_early_change
from bot.answers.records import known_as, part_of_message, parts_of, standing_answer
from bot.answers.revising import close
from bot.answers.standing import pending_replies, standing_in
from bot.answers.withdrawing import withdraw
from bot.base.ids import new_id
from bot.base.policy import Subject, may
from bot.chat.events import MessageDeleted, MessageEdited, MessagePosted
from bot.chat.refs import MessageRef
from bot.feature.context import Context
from bot.outbox.queue import enqueue
from bot.questions.slots import slot_of_thread, takes_answers
from storage.once import insert_once
from storage.tables.answers import Answer, AsideReason, GivenAs, SetAside
from storage.tables.questions import Slot

FORGET = "answer.forget"
KEPT = timedelta(days=7)
"""How long the words of a reply that was set aside wait for their author's yes."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A reply with the text it has now, in the thread of a slot."""

    slot: Slot
    message: MessageRef
    text: str
    posted_at: datetime
    edited_at: datetime | None = None
    has_files: bool = False
    addressed: bool = False


async def posted(ctx: Context, event: MessagePosted, slot: Slot) -> bool:
    """Take a new message of the slot's thread; False for talk to Starling, which others may answer."""
    if not may(ctx.acting, "answer.give", Subject(ctx.workspace)):
        await notes.tell(ctx, "blocked", slot, once=f"{slot.id}:{ctx.member}")
        return True
    known = await known_as(ctx.session, event.message)
    if known & {"part", "aside"}:
        return True
    text, edited_at = event.text, None
    early = await early_change(ctx.session, event.message) if "early" in known else None
    if early is not None:
        if early.text is None:
            return True
        text, edited_at = early.text, early.occurred_at
        await ctx.session.delete(early)
    return await _take(
        ctx,
        Incoming(
            slot,
            event.message,
            text,
            event.occurred_at,
            edited_at,
            has_files=bool(event.files),
            addressed=event.addressed,
        ),
    )


async def edited(ctx: Context, event: MessageEdited) -> bool:
    """Follow an edit: of a part, of a reply that was set aside, or of a message that is yet to come.

    A blocked member changes nothing by it; deleting and withdrawing stay open to them.
    """
    if ctx.actor is not None and ctx.actor.blocked:
        return True
    part = await part_of_message(ctx.session, event.message)
    if part is not None:
        text = event.text if event.text.strip() else ""
        return await _part_changed(ctx, await change_message(ctx, part, text, event.occurred_at))
    slot = await slot_of_thread(ctx.session, event.message.conversation)
    if slot is None:
        return False
    aside = await aside_of_message(ctx.session, event.message)
    if aside is None:
        await keep_early_change(ctx, event.message, event.text, event.occurred_at)
    elif ctx.actor is not None and ctx.member == aside.member_id:
        posted_at = aside.posted_at
        await let_go(ctx, aside)
        await _take(ctx, Incoming(slot, event.message, event.text, posted_at, event.occurred_at))
    return True


async def deleted(ctx: Context, event: MessageDeleted) -> bool:
    """Follow a deletion: of a part, of a reply that was set aside, or of a message that is yet to come."""
    part = await part_of_message(ctx.session, event.message)
    if part is not None:
        return await _part_changed(ctx, await remove_message(ctx, part))
    aside = await aside_of_message(ctx.session, event.message)
    if aside is not None:
        await let_go(ctx, aside)
        return True
    if await slot_of_thread(ctx.session, event.message.conversation) is None:
        return False
    await keep_early_change(ctx, event.message, None, event.occurred_at)
    return True


async def _take(ctx: Context, reply: Incoming) -> bool:
    if not reply.text.strip():
        return await _without_words(ctx, reply)
    session, slot = ctx.session, reply.slot
    quiet = await quiet_time(session, slot)
    answer = await standing_answer(session, ctx.member, slot.id, GivenAs.THREAD, lock=True)
    pending = await pending_replies(session, slot, ctx.member, reply.posted_at, quiet)
    judgement = judge(reply.text, await standing_in(session, slot, ctx.member, reply.text, answer, pending))
    if judgement.verdict == "chatter":
        return await _chatter(ctx, reply, judgement, answer)
    if not takes_answers(reply.slot, reply.posted_at):
        aside = await _set_aside(ctx, reply, AsideReason.CLOSED)
        await notes.tell(ctx, "closed", reply.slot, once=aside.id, aside=aside.id)
        return True
    if judgement.verdict == "unsure":
        await _ask_later(ctx, reply, judgement, quiet)
        return True
    await _add(ctx, reply, quiet, answer, pending)
    return True


async def _chatter(ctx: Context, reply: Incoming, judgement: Judgement, answer: Answer | None) -> bool:
    if judgement.reason == "says_done" and answer is not None:
        await close(ctx, answer)
    await _set_aside(ctx, reply, AsideReason.CHATTER)
    return not (reply.addressed and judgement.reason == "question")


async def _without_words(ctx: Context, reply: Incoming) -> bool:
    if not reply.has_files and not ctx.capabilities(reply.message.conversation).reads_replies:
        await notes.tell(ctx, "unreadable", reply.slot, once=f"{reply.slot.id}:{ctx.member}")
        return True
    await _set_aside(ctx, reply, AsideReason.WORDLESS)
    await notes.tell(ctx, "wordless", reply.slot, once=f"{reply.slot.id}:{ctx.member}:{ctx.now:%Y-%m-%d %H}")
    return True


async def _add(
    ctx: Context, reply: Incoming, quiet: timedelta, answer: Answer | None, pending: Sequence[SetAside]
) -> None:
    if answer is None:
        answer = begin(ctx, ctx.member, reply.slot, GivenAs.THREAD, visibility="channel")
    await wait_for_more(ctx, answer, quiet)
    for aside in pending:
        await take_up(ctx, answer, aside)
    await add_message(ctx, answer, reply.message, reply.text, reply.posted_at, edited_at=reply.edited_at)
    await notes.tell_started(ctx, answer, reply.slot)
    ctx.react(reply.message, "seen")


async def _ask_later(ctx: Context, reply: Incoming, judgement: Judgement, quiet: timedelta) -> None:
    """Ask when the quiet time has passed: whoever goes on meanwhile has answered the question by that."""
    reason = AsideReason.AFTER_OTHERS if judgement.reason == "after_others" else AsideReason.UNSURE
    aside = await _set_aside(ctx, reply, reason)
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=ASK,
        subject_id=aside.id,
        due_at=ctx.now + quiet,
        key=ask_key(aside),
        member_id=ctx.member,
    )


async def _set_aside(ctx: Context, reply: Incoming, reason: AsideReason) -> SetAside:
    keep_words = reason not in (AsideReason.CHATTER, AsideReason.WORDLESS)
    return await set_aside(
        ctx, reply.message, reply.slot.id, reason, reply.text if keep_words else None, reply.posted_at
    )


async def set_aside(
    ctx: Context, message: MessageRef, slot_id: str | None, reason: AsideReason, text: str | None, posted_at: datetime
) -> SetAside:
    """Remember a reply of the actor's that is no part of an answer; its words, if kept, are forgotten in a week."""
    values = {
        "id": new_id(),
        "message": message.encode(),
        "slot_id": slot_id,
        "member_id": ctx.member,
        "reason": reason,
        "text": text,
        "posted_at": posted_at,
    }
    await insert_once(ctx.session, SetAside, values, unique=[SetAside.workspace_id, SetAside.message])
    aside = (await ctx.session.scalars(select(SetAside).where(SetAside.message == message.encode()))).one()
    if text is not None:
        await enqueue(
            ctx.session,
            workspace_id=ctx.workspace,
            kind=FORGET,
            subject_id=aside.id,
            due_at=ctx.now + KEPT,
            key=f"{FORGET}:{aside.id}",
        )
    return aside


async def _wait(ctx: Context, answer: Answer) -> None:
    slot = await ctx.session.get_one(Slot, answer.slot_id) if answer.slot_id else None
    quiet = await quiet_time(ctx.session, slot) if slot else timedelta()
    await wait_for_more(ctx, answer, quiet)


async def _part_changed(ctx: Context, answer: Answer | None) -> bool:
    """Wait for more while words are left; an answer that has none is withdrawn."""
    if answer is None:
        return True
    if await parts_of(ctx.session, answer):
        await _wait(ctx, answer)
    else:
        receipt = await withdraw(ctx, answer)
        await notes.tell_withdrawn(ctx, answer, receipt)
    return True
