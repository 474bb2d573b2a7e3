"""Who sees an answer: its visibility, sharing a private one to the thread, and reading those of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers import settings
from bot.answers.records import answers_of, last_revision, subject_of
from bot.answers.withdrawing import remove_copies, remove_message_of_ours
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.policy import Visibility
from bot.base.text import t
from bot.chat.cards import Card, Paragraph, Quote
from bot.chat.platform import Receipt
from bot.chat.refs import ConversationRef, MessageRef
from bot.feature.context import Context, ToConversation
from bot.feature.declarations import Edit, Outcome, Send, Skip
from bot.members.identity import name_of
from bot.members.settings import read
from bot.outbox.queue import enqueue
from storage.tables.answers import Answer, AnswerCopy, AnswerState, GivenAs
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.people import Member
from storage.tables.questions import Slot

SHARE = "answer.share"
SEEN_BY_OTHERS = "answer.seen_by_others"
"""Told to the other rooms when an author has decided anew who sees an answer; the subject is its id."""
MOST_LISTED = 25
"""As many as a select offers on every platform."""


@dataclass(frozen=True, slots=True)
class OthersAnswers:
    """What a member may read of the others' answers; `withheld` private ones wait for the member's own."""

    readable: Sequence[tuple[Answer, str]]
    withheld: int


async def set_visibility(ctx: Context, answer: Answer, visibility: str) -> None:
    """Let the author decide who sees an answer; what was shared is removed when it is no longer for the channel."""
    if visibility not in get_args(Visibility):
        raise UserFacingError(t("Choose who may see the answer: you, your mentors, reviewers or the channel."))
    answer.visibility = visibility
    if visibility != "channel":
        await remove_copies(ctx, answer)
    await ctx.tell(SEEN_BY_OTHERS, answer.id)


async def share(ctx: Context, answer: Answer) -> None:
    """Post a private answer to its question's thread, under its author's name; shared again, the post is renewed."""
    slot = await ctx.session.get(Slot, answer.slot_id) if answer.slot_id else None
    revision = await last_revision(ctx.session, answer.id)
    if answer.given_as is not GivenAs.PRIVATE or slot is None or slot.thread is None or revision is None:
        raise UserFacingError(t("Only a private answer to a posted question can be shared to its thread."))
    if answer.hidden_at is not None:
        raise UserFacingError(t("A moderator has hidden this answer, so it cannot be shared now."))
    answer.visibility = "channel"
    await ctx.tell(SEEN_BY_OTHERS, answer.id)
    # Pressed twice before it is posted it is one post; pressed again later it is the next.
    posted = await ctx.session.scalar(
        select(func.count(Delivery.id)).where(
            Delivery.kind == SHARE,
            Delivery.subject_id == answer.id,
            Delivery.state.not_in([DeliveryState.WAITING, DeliveryState.SENDING]),
        )
    )
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=SHARE,
        subject_id=answer.id,
        due_at=ctx.now,
        key=f"{SHARE}:{answer.id}:{posted}",
    )


async def prepare_share(ctx: Context, delivery: Delivery) -> Outcome:
    """The shared post, or its renewal, unless the author changed their mind meanwhile."""
    answer = await ctx.session.get(Answer, delivery.subject_id)
    if answer is None or answer.visibility != "channel" or answer.hidden_at is not None:
        return Skip("the answer is not for the channel any more")
    revision = await last_revision(ctx.session, answer.id)
    slot = await ctx.session.get(Slot, answer.slot_id) if answer.slot_id else None
    if revision is None or slot is None or slot.thread is None:
        return Skip("there is nothing to share, or no thread")
    card = answer_card(await name_of(ctx.session, answer.member_id), revision.text)
    copies = await _copies(ctx.session, answer)
    if not copies:
        return Send(ToConversation(ConversationRef.decode(slot.thread)), card)
    first, *more = copies
    for copy in more:
        await remove_message_of_ours(ctx, answer.id, copy.message)
        await ctx.session.delete(copy)
    return Edit(MessageRef.decode(first.message), card)


async def share_sent(ctx: Context, delivery: Delivery, receipts: Sequence[Receipt]) -> None:
    """Remember the post; where the author changed their mind while it was on its way, remove it."""
    answer = await ctx.session.get(Answer, delivery.subject_id)
    messages = [receipt.message.encode() for receipt in receipts if receipt.message is not None]
    if answer is None or answer.visibility != "channel" or answer.hidden_at is not None:
        for message in messages:
            await remove_message_of_ours(ctx, delivery.subject_id, message)
        return
    known = {copy.message for copy in await _copies(ctx.session, answer)}
    for message in messages:
        if message not in known:
            ctx.session.add(AnswerCopy(id=new_id(), answer_id=answer.id, message=message, posted_at=ctx.now))


def answer_card(author: str, text: str) -> Card:
    """An answer as others read it."""
    title = t("Answer of {author}", author=author)
    return Card(title, (Quote(text), Paragraph(t("Given by the private form and shared by its author."), quiet=True)))


async def others_answers(ctx: Context, slot: Slot) -> OthersAnswers:
    """The latest answers of others to a question that the actor may read now, with their authors' names."""
    rows = await ctx.session.execute(
        select(Answer, Member.display_name)
        .join(Member, Member.id == Answer.member_id)
        .where(
            Answer.slot_id == slot.id,
            Answer.member_id != ctx.member,
            Answer.visibility == "channel",
            Answer.state == AnswerState.CLOSED,
            Answer.hidden_at.is_(None),
        )
        .order_by(Answer.created_at.desc(), Answer.id.desc())
        .limit(MOST_LISTED)
    )
    found = list(rows)
    if await may_read_private(ctx, slot):
        return OthersAnswers(found, 0)
    readable = [(answer, name) for answer, name in found if answer.given_as is not GivenAs.PRIVATE]
    return OthersAnswers(readable, len(found) - len(readable))


async def may_read_private(ctx: Context, slot: Slot) -> bool:
    """Whether the actor has answered the question themselves, where the channel asks for that first."""
    if await has_answered(ctx.session, ctx.member, slot.id):
        return True
    channel = ConversationRef.decode(slot.thread).root if slot.thread else None
    return not await read(ctx.session, settings.OTHERS_AFTER_OWN, channel=channel)


async def has_answered(session: AsyncSession, member: MemberId, slot_id: str) -> bool:
    """Whether the member has a scored answer to the question."""
    answers = await answers_of(session, member, slot_id)
    return any([await last_revision(session, answer.id) is not None for answer in answers])


async def readable_answer(ctx: Context, slot: Slot, answer_id: str) -> tuple[Answer, str]:
    """One of the others' answers with its author's name; a sentence where it is not to be read (yet)."""
    others = await others_answers(ctx, slot)
    found = next(((answer, name) for answer, name in others.readable if answer.id == answer_id), None)
    if found is None:
        raise NotAllowed(
            t("This answer is not there for you to read. Answer the question yourself first, or ask its author.")
        )
    ctx.require("answer.see", await subject_of(ctx.session, found[0]))
    return found


async def _copies(session: AsyncSession, answer: Answer) -> Sequence[AnswerCopy]:
    rows = await session.scalars(
        select(AnswerCopy).where(AnswerCopy.answer_id == answer.id).order_by(AnswerCopy.posted_at, AnswerCopy.id)
    )
    return rows.all()
