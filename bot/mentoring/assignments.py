"""A question that a mentor asks a mentee to answer by a day: reminded of once, and done when it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from bot.answers import own_texts, sharing
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.policy import Subject
from bot.base.text import t
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Outcome, Send, Skip
from bot.members.identity import name_of, zone_of
from bot.members.mentorships import mentors_of
from bot.mentoring import help_cards
from bot.mentoring.records import mentee_subject
from bot.mentoring.service import was_active
from bot.mentoring.targets import check_day, today_of
from bot.mentoring.telling import DUE, tell, tell_later
from bot.outbox.nextrun import first_moment
from bot.outbox.zones import zone_named
from storage.prepared import Own, prepared, table_of
from storage.tables.answers import Answer
from storage.tables.mentoring import MentorAssignment
from storage.tables.outbox import Delivery
from storage.tables.questions import Slot

ASSIGNMENT, ANSWER, SLOT = table_of(MentorAssignment), table_of(Answer), table_of(Slot)
REMINDED_AT = time(9)
"""On the local day before the last one."""
MOST_OPEN = 5
GONE = t("This question is not waiting for an answer any more.")


async def assign(ctx: Context, mentee: MemberId, question: str, due_on: date) -> MentorAssignment:
    """A mentor asks for an answer; a question of ours may be named by its id. The mentee is told, and reminded once."""
    ctx.require("mentee.help", await mentee_subject(ctx, mentee))
    await check_day(ctx, mentee, due_on)
    waiting = [one for one in await open_for(ctx, mentee) if one.mentor_id == ctx.member]
    if len(waiting) >= MOST_OPEN:
        raise UserFacingError(
            t("{most} of your questions wait for an answer already. Let those come first.", most=MOST_OPEN)
        )
    known = ctx.content.questions.get(question.strip())
    row = MentorAssignment(
        id=new_id(), mentor_id=ctx.member, mentee_id=mentee, question_id=known.id if known else "",
        question=str(known.text) if known else " ".join(question.split()), due_on=due_on, assigned_at=ctx.now,
    )  # fmt: skip
    ctx.session.add(row)
    await ctx.session.flush()
    await tell(ctx, "assigned", row.id, mentee, (ctx.member,))
    zone = zone_named(await zone_of(ctx.session, mentee))
    reminded = first_moment(zone, due_on - timedelta(days=1), REMINDED_AT)
    if reminded is not None and reminded > ctx.now:
        await tell_later(ctx, DUE, row.id, mentee, (ctx.member,), reminded, once="before")
    await was_active(ctx, ctx.member, mentee)
    return row


async def prepare_reminder(ctx: Context, delivery: Delivery) -> Outcome:
    """The one reminder, unless it is answered or the mentorship is over."""
    row = await ctx.session.get(MentorAssignment, delivery.subject_id)
    if row is None or row.answered_at is not None or row.mentor_id not in await mentors_of(ctx.session, row.mentee_id):
        return Skip("it is answered, or nobody waits for it any more")
    name = await name_of(ctx.session, row.mentor_id)
    overdue = row.due_on < await today_of(ctx, row.mentee_id)
    return Send(ToMember(row.mentee_id), help_cards.reminder_card(row, name, overdue=overdue))


async def open_for(ctx: Context, mentee: MemberId) -> Sequence[MentorAssignment]:
    """What mentors wait for an answer to, the most urgent first."""
    mentors = await mentors_of(ctx.session, mentee)
    rows = await ctx.session.scalars(
        select(MentorAssignment)
        .where(
            MentorAssignment.mentee_id == mentee,
            MentorAssignment.mentor_id.in_(mentors),
            MentorAssignment.answered_at.is_(None),
        )
        .order_by(MentorAssignment.due_on, MentorAssignment.id)
    )
    return rows.all()


async def own_assignment(ctx: Context, assignment_id: str) -> MentorAssignment:
    """What the actor was asked to answer; what they send of it is taken even if nobody waits for it any more."""
    row = await ctx.session.get(MentorAssignment, assignment_id)
    if row is None:
        raise UserFacingError(GONE)
    if row.mentee_id != ctx.member:
        raise NotAllowed(t("You cannot do that here. If you think you should be able to, ask an admin."))
    ctx.require("assignment.answer", Subject(ctx.workspace, row.mentee_id))
    return row


async def waiting_assignment(ctx: Context, assignment_id: str) -> MentorAssignment:
    """What the actor is asked to answer; a sentence where it is answered, or nobody asks any more."""
    row = await own_assignment(ctx, assignment_id)
    if row.answered_at is not None or row.mentor_id not in await mentors_of(ctx.session, row.mentee_id):
        raise UserFacingError(GONE)
    return row


async def answer(ctx: Context, row: MentorAssignment, text: str, *, shown: bool) -> Answer:
    """The mentee's answer, private but for mentors where it is `shown`; scored as every answer."""
    given = await own_texts.score_text(ctx, text, row.question)
    if shown:
        await sharing.set_visibility(ctx, given, "mentors")
    await _done(ctx, row, given.id)
    return given


@prepared
def _asked_for(own: Own) -> Select[Any]:
    """Asked for every answer that closes, and nearly always nothing."""
    columns = ASSIGNMENT.c
    return (
        select(columns.id)
        .join_from(ASSIGNMENT, ANSWER, ANSWER.c.member_id == columns.mentee_id)
        .join(SLOT, SLOT.c.id == ANSWER.c.slot_id)
        .where(
            own(ASSIGNMENT),
            own(ANSWER),
            own(SLOT),
            ANSWER.c.id == bindparam("answer"),
            columns.question_id == SLOT.c.question_id,
            columns.answered_at.is_(None),
        )
    )


async def answer_closed(ctx: Context, answer_id: str) -> None:
    """Answered elsewhere, in the thread of the same question or by its form, it is done too."""
    for found in await _asked_for.rows(ctx.session, answer=answer_id):
        await _done(ctx, await ctx.session.get_one(MentorAssignment, found.id), answer_id)


async def answer_withdrawn(ctx: Context, answer_id: str) -> None:
    """What was answered stays answered; the answer itself is gone."""
    await ctx.session.execute(
        update(MentorAssignment).where(MentorAssignment.answer_id == answer_id).values(answer_id=None)
    )


async def _done(ctx: Context, row: MentorAssignment, answer_id: str) -> None:
    first = row.answered_at is None
    row.answer_id, row.looked_at = answer_id, None
    row.answered_at = row.answered_at or ctx.now
    await ctx.session.flush()
    if first and row.mentor_id in await mentors_of(ctx.session, row.mentee_id):
        await tell(ctx, "done", row.id, row.mentor_id, (row.mentee_id,))
