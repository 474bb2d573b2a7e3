"""Feedback on its way and on request: one record, one durable card, a courtesy copy in the thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from bot.answers.advice import finding_names
from bot.answers.beside import reuse_line
from bot.answers.cards import FeedbackView, copy_card, feedback_card
from bot.answers.delta import compare
from bot.answers.records import Reviewed, last_revision, report_of, revision_before
from bot.answers.withdrawing import remove_message_of_ours
from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.platform import Receipt
from bot.chat.refs import ConversationRef, MessageRef
from bot.feature.context import Context, ToConversation, ToMember
from bot.feature.declarations import Edit, Outcome, Send, Skip
from bot.members.identity import name_of
from storage.changes import change_rows
from storage.tables.answers import Answer, AnswerState, Feedback, Revision
from storage.tables.outbox import Delivery
from storage.tables.people import Member
from storage.tables.questions import Slot

OUTDATED = "a later version of the answer has feedback of its own"


async def prepare_feedback(ctx: Context, delivery: Delivery) -> Outcome:
    """The durable card: sent once, then edited as the answer is revised."""
    found = await _current(ctx, delivery)
    if isinstance(found, Skip):
        return found
    reviewed, feedback, language = found
    view = await view_of(ctx, reviewed, language, public=feedback.public)
    if not feedback.public:
        view = replace(view, reused=await reuse_line(ctx, reviewed))
    card = feedback_card(view)
    if feedback.messages:
        first, *more = feedback.messages
        for message in more:
            await remove_message_of_ours(ctx, reviewed.answer.id, message)
        return Edit(MessageRef.decode(first), card)
    if feedback.public and reviewed.slot is not None and reviewed.slot.thread is not None:
        return Send(ToConversation(ConversationRef.decode(reviewed.slot.thread)), card)
    return Send(ToMember(reviewed.answer.member_id, asked_for=True), card)


async def feedback_sent(ctx: Context, delivery: Delivery, receipts: Sequence[Receipt]) -> None:
    """Remember where the durable card stands; what was withdrawn meanwhile is removed again."""
    columns, revision = Feedback.__table__.c, Revision.__table__.c
    of_revision = select(revision.answer_id).where(revision.id == delivery.subject_id)
    messages = [receipt.message.encode() for receipt in receipts if receipt.message is not None]
    values = {"messages": messages, "delivered_at": ctx.now}
    if not await change_rows(ctx.session, Feedback, [columns.answer_id.in_(of_revision)], values):
        for message in messages:
            await remove_message_of_ours(ctx, delivery.subject_id, message)


async def prepare_copy(ctx: Context, delivery: Delivery) -> Outcome:
    """The courtesy copy, only where one person can be shown something in the thread."""
    found = await _current(ctx, delivery)
    if isinstance(found, Skip):
        return found
    reviewed, _, language = found
    if reviewed.slot is None or reviewed.slot.thread is None:
        return Skip("there is no thread")
    thread = ConversationRef.decode(reviewed.slot.thread)
    if not ctx.capabilities(thread).ephemeral:
        return Skip("nothing can be shown to one person alone there")
    card = copy_card(await view_of(ctx, reviewed, language))
    return Send(ToMember(reviewed.answer.member_id, near=thread, fallback="drop", asked_for=True), card)


async def show(ctx: Context, answer: Answer) -> Card:
    """The feedback card of an answer as it stands, for its owner."""
    revision = await last_revision(ctx.session, answer.id)
    if revision is None:
        raise UserFacingError(t("Your answer is still being collected. Its feedback comes when you pause."))
    slot = await ctx.session.get(Slot, answer.slot_id) if answer.slot_id else None
    reviewed = Reviewed(revision, answer, slot)
    view = await view_of(ctx, reviewed, ctx.language)
    return feedback_card(replace(view, reused=await reuse_line(ctx, reviewed)))


async def view_of(ctx: Context, reviewed: Reviewed, language: str, *, public: bool = False) -> FeedbackView:
    """All that a feedback card shows of a revision."""
    revision, answer, slot = reviewed.revision, reviewed.answer, reviewed.slot
    before = await revision_before(ctx.session, revision)
    report = reviewed.report
    return FeedbackView(
        answer=answer.id,
        revision=revision.id,
        number=revision.number,
        question=revision.question,
        report=report,
        delta=compare(report_of(before), report) if before else None,
        names=finding_names(ctx.content, language),
        slot=slot.id if slot else None,
        author=await name_of(ctx.session, answer.member_id) if public else None,
    )


async def _current(ctx: Context, delivery: Delivery) -> tuple[Reviewed, Feedback, str] | Skip:
    """The revision a delivery is about with all that belongs to it, and its author's language, in one look-up."""
    found = await ctx.session.execute(
        select(Revision, Answer, Feedback, Slot, Member.language)
        .join(Answer, Answer.id == Revision.answer_id)
        .join(Member, Member.id == Answer.member_id)
        .join(Feedback, Feedback.answer_id == Answer.id)
        .outerjoin(Slot, Slot.id == Answer.slot_id)
        .where(Revision.id == delivery.subject_id, Answer.state != AnswerState.WITHDRAWN)
    )
    row = found.first()
    if row is None:
        return Skip("the answer was withdrawn")
    revision, answer, feedback, slot, language = row
    if feedback.revision_id != revision.id:
        return Skip(OUTDATED)
    return Reviewed(revision, answer, slot), feedback, language
