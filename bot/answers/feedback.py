"""Feedback on its way and on request: one record, one durable card, a courtesy copy in the thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, Update, and_, bindparam, select, update

from bot.answers.advice import finding_names
from bot.answers.beside import company_of, reuse_line
from bot.answers.cards import FeedbackView, copy_card, feedback_card
from bot.answers.delta import compare
from bot.answers.records import Told, last_revision, report_of, revision_before, shown_report
from bot.answers.withdrawing import remove_message_of_ours
from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.platform import Receipt
from bot.chat.refs import ConversationRef, MessageRef
from bot.feature.context import Context, ToConversation, ToMember
from bot.feature.declarations import Edit, Outcome, Send, Skip
from bot.members.identity import name_of
from storage.prepared import Own, prepared, table_of
from storage.tables.answers import Answer, AnswerState, Feedback, Revision
from storage.tables.outbox import Delivery
from storage.tables.people import Member
from storage.tables.questions import Slot

REVISION, ANSWER, FEEDBACK = table_of(Revision), table_of(Answer), table_of(Feedback)
MEMBER, SLOT = table_of(Member), table_of(Slot)
OUTDATED = "a later version of the answer has feedback of its own"


async def prepare_feedback(ctx: Context, delivery: Delivery) -> Outcome:
    """The durable card: sent once, then edited as the answer is revised."""
    found = await _current(ctx, delivery)
    if isinstance(found, Skip):
        return found
    view = await _view(ctx, found, public=found.public)
    if not found.public:
        view = replace(view, reused=await reuse_line(ctx, found))
    card = feedback_card(view)
    if found.messages:
        first, *more = found.messages
        for message in more:
            await remove_message_of_ours(ctx, found.answer, message)
        return Edit(MessageRef.decode(first), card)
    if found.public and found.thread is not None:
        return Send(ToConversation(ConversationRef.decode(found.thread)), card)
    return Send(ToMember(found.author, asked_for=True), card)


@prepared
def _of_revision(own: Own) -> Update:
    answers = select(REVISION.c.answer_id).where(own(REVISION), REVISION.c.id == bindparam("which"))
    return update(FEEDBACK).where(own(FEEDBACK), FEEDBACK.c.answer_id.in_(answers))


async def feedback_sent(ctx: Context, delivery: Delivery, receipts: Sequence[Receipt]) -> None:
    """Remember where the durable card stands; what was withdrawn meanwhile is removed again."""
    messages = [receipt.message.encode() for receipt in receipts if receipt.message is not None]
    values = {"messages": messages, "delivered_at": ctx.now}
    if not await _of_revision.change(ctx.session, values, which=delivery.subject_id):
        for message in messages:
            await remove_message_of_ours(ctx, delivery.subject_id, message)


async def prepare_copy(ctx: Context, delivery: Delivery) -> Outcome:
    """The courtesy copy, only where one person can be shown something in the thread."""
    found = await _current(ctx, delivery)
    if isinstance(found, Skip):
        return found
    if found.thread is None:
        return Skip("there is no thread")
    thread = ConversationRef.decode(found.thread)
    if not ctx.capabilities(thread).ephemeral:
        return Skip("nothing can be shown to one person alone there")
    card = copy_card(await _view(ctx, found))
    return Send(ToMember(found.author, near=thread, fallback="drop", asked_for=True), card)


async def show(ctx: Context, answer: Answer) -> Card:
    """The feedback card of an answer as it stands, for its owner."""
    revision = await last_revision(ctx.session, answer.id)
    row = await _reviewed.first(ctx.session, revision=revision.id) if revision is not None else None
    if row is None:
        raise UserFacingError(t("Your answer is still being collected. Its feedback comes when you pause."))
    found = replace(Told(*row), language=ctx.language)
    return feedback_card(replace(await _view(ctx, found), reused=await reuse_line(ctx, found)))


@prepared
def _reviewed(own: Own) -> Select[Any]:
    revision, answer, feedback, slot, member = REVISION.c, ANSWER.c, FEEDBACK.c, SLOT.c, MEMBER.c
    rows = (
        REVISION.join(ANSWER, answer.id == revision.answer_id)
        .join(MEMBER, member.id == answer.member_id)
        .join(FEEDBACK, feedback.answer_id == answer.id)
        .outerjoin(SLOT, and_(own(SLOT), slot.id == answer.slot_id))
    )
    of_answer = answer.id.label("answer"), answer.member_id
    names = "id", "number", "text", "question", "kind", "report", "created_at"
    of_revision = [revision[name] for name in names]
    of_feedback = feedback.revision_id, feedback.public, feedback.messages
    return (
        select(*of_answer, *of_revision, *of_feedback, slot.id.label("slot"), slot.thread, member.language)
        .select_from(rows)
        .where(own(REVISION), own(ANSWER), own(MEMBER), own(FEEDBACK))
        .where(revision.id == bindparam("revision"), answer.state != AnswerState.WITHDRAWN)
    )


async def _current(ctx: Context, delivery: Delivery) -> Told | Skip:
    """The revision a delivery is about with all that belongs to it, in one look-up."""
    row = await _reviewed.first(ctx.session, revision=delivery.subject_id)
    if row is None:
        return Skip("the answer was withdrawn")
    found = Told(*row)
    return found if found.standing == found.revision else Skip(OUTDATED)


async def _view(ctx: Context, found: Told, *, public: bool = False) -> FeedbackView:
    """All that a feedback card shows of a revision; in `public` nothing of what its author prepares for."""
    report = shown_report(found.kind, found.report)
    before = await revision_before(ctx.session, found.answer, found.number)
    return FeedbackView(
        answer=found.answer,
        revision=found.revision,
        number=found.number,
        question=found.question,
        report=report,
        delta=compare(report_of(before), report) if before else None,
        names=finding_names(ctx.content, found.language),
        slot=found.slot,
        author=await name_of(ctx.session, found.author) if public else None,
        company=None if public else await company_of(ctx, found.author),
    )
