"""A mentor's weekly summary, built when it is sent: what a mentee has taken back by then is not in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.answers.cards import rating_text
from bot.base.ids import MemberId
from bot.base.text import Text, t, tn
from bot.chat.platform import Receipt
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Outcome, Send, Skip
from bot.members.mentorships import Shared, mentees_of, shown_to
from bot.mentoring import digest_times, help_cards
from bot.mentoring.help_cards import DigestPart
from bot.mentoring.records import names_of
from bot.mentoring.service import looked
from bot.mentoring.targets import standing_of, today_of
from bot.mentoring.telling import ABOUT
from bot.mentoring.viewing import MENTORS_MAY_SEE
from bot.mentoring.waiting import waiting_for
from storage.tables.answers import Answer, AnswerState, Revision
from storage.tables.mentoring import MentorAssignment
from storage.tables.outbox import Delivery
from storage.tables.people import Member, MemberState

WEEK = timedelta(days=7)
"""Before the moment at which a summary was due: however late it is sent, nothing is in two of them, or in none."""
SHOWN = "shown"
"""In the delivery's payload: what of whom the summary showed, so that it is written down once it was sent."""


async def prepare_digest(ctx: Context, delivery: Delivery) -> Outcome:
    """The summary of a mentor, or nothing where there is nothing to say."""
    mentor = MemberId(delivery.subject_id)
    mentees = await mentees_of(ctx.session, mentor)
    member = await ctx.session.get(Member, mentor)
    if not mentees or member is None or member.state is not MemberState.ACTIVE:
        return Skip("the mentor has no mentee any more, or takes no part")
    await digest_times.follow_zone(ctx, mentor)
    names = await names_of(ctx.session, sorted(mentees))
    parts, shown = [], {}
    for mentee in sorted(mentees, key=lambda one: (names[one], one)):
        shares = await shown_to(ctx.session, mentor, mentee)
        lines = await _week_of(ctx, mentor, mentee, shares, delivery.due_at)
        if lines:
            parts.append(DigestPart(names[mentee], lines))
            shown[mentee] = sorted(shares & {"answers", "scores", "participation"})
    waits = await waiting_for(ctx.session, mentor)
    if not parts and not waits:
        return Skip("there is nothing to say this week")
    delivery.payload = {**delivery.payload, ABOUT: sorted(mentees), SHOWN: shown}
    return Send(ToMember(mentor), help_cards.digest_card(parts, waits, ctx.now))


async def digest_sent(ctx: Context, delivery: Delivery, _receipts: Sequence[Receipt]) -> None:
    """Write down for each mentee what the mentor was shown."""
    for mentee, shares in delivery.payload.get(SHOWN, {}).items():
        for what in shares:
            await looked(ctx, MemberId(delivery.subject_id), MemberId(mentee), what, in_person=False)


async def _week_of(
    ctx: Context, mentor: MemberId, mentee: MemberId, shares: frozenset[Shared], until: datetime
) -> tuple[Text, ...]:
    """What happened in the week before that moment, as far as it is shown; nothing where nothing did."""
    lines = [*await _answers(ctx, mentee, shares, until), *await _assignments(ctx, mentor, mentee, until)]
    if lines and "scores" in shares and (target := await standing_of(ctx, mentee)) is not None:
        lines.append(target)
    return tuple(lines)


async def _answers(ctx: Context, mentee: MemberId, shares: frozenset[Shared], until: datetime) -> list[Text]:
    if not shares & {"answers", "scores", "participation"}:
        return []
    rows = await ctx.session.execute(
        select(Answer.id, Answer.visibility, Revision.rating)
        .join(Revision, Revision.answer_id == Answer.id)
        .where(
            Answer.member_id == mentee,
            Answer.state != AnswerState.WITHDRAWN,
            Revision.created_at > until - WEEK,
            Revision.created_at <= until,
        )
        .order_by(Revision.created_at)
    )
    newest = {id_: (visibility, rating) for id_, visibility, rating in rows}
    if not {"scores", "participation"} & shares:
        newest = {id_: one for id_, one in newest.items() if one[0] in MENTORS_MAY_SEE}
    if not newest:
        return []
    ratings = sorted(rating for _, rating in newest.values() if rating is not None)
    given = tn("{count} answer", "{count} answers", len(newest))
    if "scores" not in shares or not ratings:
        return [given]
    lowest, highest = rating_text(ratings[0]), rating_text(ratings[-1])
    if lowest == highest:
        return [t("{given}, rated {rating}", given=given, rating=lowest)]
    return [t("{given}, rated {lowest} to {highest}", given=given, lowest=lowest, highest=highest)]


async def _assignments(ctx: Context, mentor: MemberId, mentee: MemberId, until: datetime) -> list[Text]:
    """What this mentor asked for themselves: they know of it, whatever else is shown."""
    rows = (
        await ctx.session.scalars(
            select(MentorAssignment).where(MentorAssignment.mentor_id == mentor, MentorAssignment.mentee_id == mentee)
        )
    ).all()
    today = await today_of(ctx, mentee)
    done = sum(row.answered_at is not None and until - WEEK < row.answered_at <= until for row in rows)
    late = sum(row.answered_at is None and row.due_on < today for row in rows)
    lines = []
    if done:
        lines.append(tn("{count} of your questions answered", "{count} of your questions answered", done))
    if late:
        lines.append(tn("{count} of your questions is overdue", "{count} of your questions are overdue", late))
    return lines
