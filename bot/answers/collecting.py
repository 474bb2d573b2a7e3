"""Answers from parts: beginning, adding, changing, removing; and the quiet time after which they close."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, new_id
from bot.chat.refs import MessageRef
from bot.feature.context import Context
from bot.outbox.queue import cancel, enqueue, reschedule
from bot.questions.slots import programme_of
from storage.once import insert_once
from storage.tables.answers import Answer, AnswerPart, AnswerState, GivenAs, SetAside
from storage.tables.questions import Slot
from storage.tenancy import required_workspace_of

CLOSE = "answer.close"
ASK = "answer.ask"


async def quiet_time(session: AsyncSession, slot: Slot) -> timedelta:
    """How long nothing may come before an answer to this question closes."""
    return timedelta(seconds=(await programme_of(session, slot)).quiet_seconds)


def begin(ctx: Context, member: MemberId, slot: Slot | None, given_as: GivenAs, *, visibility: str) -> Answer:
    """A new answer without parts; whoever calls this has looked for a standing one."""
    answer = Answer(
        id=new_id(),
        member_id=member,
        slot_id=slot.id if slot else None,
        given_as=given_as,
        visibility=visibility,
        state=AnswerState.OPEN,
        openings=1,
        created_at=ctx.now,
    )
    ctx.session.add(answer)
    return answer


async def add_message(
    ctx: Context,
    answer: Answer,
    message: MessageRef,
    text: str,
    posted_at: datetime,
    *,
    edited_at: datetime | None = None,
) -> bool:
    """Make a message a part of `answer`; False where it is one already, whatever event brought it."""
    return await insert_once(
        ctx.session,
        AnswerPart,
        {
            "id": new_id(),
            "answer_id": answer.id,
            "message": message.encode(),
            "text": text,
            "posted_at": posted_at,
            "edited_at": edited_at,
            "deleted": False,
        },
        unique=[AnswerPart.workspace_id, AnswerPart.message],
    )


async def take_up(ctx: Context, answer: Answer, aside: SetAside) -> None:
    """Make a reply that was set aside a part of `answer`: nobody needs to be asked about it any more."""
    await add_message(ctx, answer, MessageRef.decode(aside.message), aside.text or "", aside.posted_at)
    await let_go(ctx, aside)


async def let_go(ctx: Context, aside: SetAside) -> None:
    """Forget that a reply was set aside, and ask nothing about it."""
    await cancel(ctx.session, ask_key(aside), "settled", now=ctx.now)
    await ctx.session.delete(aside)
    await ctx.session.flush()


def ask_key(aside: SetAside) -> str:
    """The key of the one private question about a reply."""
    return f"{ASK}:{aside.id}"


async def wait_for_more(ctx: Context, answer: Answer, quiet: timedelta) -> None:
    """Close `answer` when the quiet time has passed from now on; a closed one opens again."""
    if answer.state is AnswerState.CLOSED:
        answer.state, answer.openings = AnswerState.OPEN, answer.openings + 1
    answer.closes_at = ctx.now + quiet
    waits_already = not await enqueue(
        ctx.session,
        workspace_id=required_workspace_of(ctx.session),
        kind=CLOSE,
        subject_id=answer.id,
        due_at=answer.closes_at,
        key=close_key(answer),
    )
    if waits_already:
        await reschedule(ctx.session, close_key(answer), answer.closes_at)


def close_key(answer: Answer) -> str:
    """The key of the closing that ends the present opening."""
    return f"{CLOSE}:{answer.id}:{answer.openings}"


async def change_message(ctx: Context, part: AnswerPart, text: str, at: datetime) -> Answer | None:
    """Give a part the text its message has now; the answer, where this changed something.

    An edit that is older than the one already known changes nothing, nor does one of a withdrawn answer.
    """
    answer = await ctx.session.get_one(Answer, part.answer_id)
    if answer.state is AnswerState.WITHDRAWN or part.deleted or (part.edited_at and at <= part.edited_at):
        return None
    if part.text == text:
        return None
    part.text, part.edited_at = text, at
    await ctx.session.flush()
    return answer


async def remove_message(ctx: Context, part: AnswerPart) -> Answer | None:
    """Drop the words of a part whose message is gone; the answer, where it still stands."""
    answer = await ctx.session.get_one(Answer, part.answer_id)
    if answer.state is AnswerState.WITHDRAWN or part.deleted:
        return None
    part.text, part.deleted = "", True
    await ctx.session.flush()
    return answer


async def aside_of_message(session: AsyncSession, message: MessageRef) -> SetAside | None:
    """The set-aside reply that this message is."""
    return await session.scalar(select(SetAside).where(SetAside.message == message.encode()))
