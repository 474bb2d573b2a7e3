"""Withdrawing an answer: its words, its reports and feedback go, and every message of ours that shows them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from bot.answers.collecting import close_key
from bot.answers.records import feedback_on, revisions_of
from bot.base.text import t, tn
from bot.chat.cards import Paragraph
from bot.chat.refs import MessageRef
from bot.feature.context import Context
from bot.feature.declarations import Delete, Outcome
from bot.outbox.queue import cancel, enqueue
from storage.tables.answers import Answer, AnswerCopy, AnswerPart, AnswerState, Feedback, Revision
from storage.tables.outbox import Delivery

REMOVE = "answer.remove"
WITHDRAWN = "answer.withdrawn"
"""Told to the other rooms before anything of the answer is gone; the subject is its id."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a withdrawal took away: stored revisions, and messages of ours that are being removed."""

    revisions: int
    messages: int


async def withdraw(ctx: Context, answer: Answer) -> Receipt:
    """Take the answer away for good. Only ids stay, so that its messages are not taken up again."""
    session = ctx.session
    await ctx.tell(WITHDRAWN, answer.id)
    await cancel(session, close_key(answer), "the answer was withdrawn", now=ctx.now)
    revisions = len(await revisions_of(session, answer.id))
    messages = await remove_messages(ctx, answer)
    await session.execute(delete(Feedback).where(Feedback.answer_id == answer.id))
    await session.execute(delete(Revision).where(Revision.answer_id == answer.id))
    await session.execute(delete(AnswerPart).where(AnswerPart.answer_id == answer.id, AnswerPart.message.is_(None)))
    await session.execute(update(AnswerPart).where(AnswerPart.answer_id == answer.id).values(text="", deleted=True))
    answer.state, answer.closes_at, answer.visibility = AnswerState.WITHDRAWN, None, "me"
    await session.flush()
    return Receipt(revisions, messages)


async def remove_messages(ctx: Context, answer: Answer) -> int:
    """Have every message of ours that shows the answer or its feedback removed; how many there are."""
    feedback = await feedback_on(ctx.session, answer.id)
    cards = list(feedback.messages) if feedback else []
    for message in cards:
        await remove_message_of_ours(ctx, answer.id, message)
    return len(cards) + await remove_copies(ctx, answer)


async def remove_copies(ctx: Context, answer: Answer) -> int:
    """Have what was shared of the answer removed; how many messages that is."""
    copies = list(await ctx.session.scalars(select(AnswerCopy.message).where(AnswerCopy.answer_id == answer.id)))
    for message in copies:
        await remove_message_of_ours(ctx, answer.id, message)
    await ctx.session.execute(delete(AnswerCopy).where(AnswerCopy.answer_id == answer.id))
    return len(copies)


async def remove_message_of_ours(ctx: Context, subject: str, message: str) -> None:
    """Enqueue the removal of one message of ours; `subject` is the id of what it showed."""
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=REMOVE,
        subject_id=subject,
        due_at=ctx.now,
        key=f"{REMOVE}:{message}",
        payload={"message": message},
    )


async def prepare_removal(_ctx: Context, delivery: Delivery) -> Outcome:
    """Remove the message that the delivery names."""
    return Delete(MessageRef.decode(delivery.payload["message"]))


def receipt_text(receipt: Receipt) -> tuple[Paragraph, ...]:
    """What was taken away, as sentences."""
    return (
        Paragraph(
            tn(
                "Its words, {count} scored version and all feedback on it are deleted.",
                "Its words, {count} scored versions and all feedback on it are deleted.",
                receipt.revisions,
            )
        ),
        Paragraph(
            tn(
                "{count} message of mine that showed it is being removed.",
                "{count} messages of mine that showed it are being removed.",
                receipt.messages,
            )
        ),
        Paragraph(
            t(
                "Cards that only you could see may stay before you until you dismiss them, and messages you wrote "
                "yourself until you delete them. I do not score them again."
            ),
            quiet=True,
        ),
    )
