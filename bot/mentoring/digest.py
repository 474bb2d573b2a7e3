"""A mentor's weekly summary, built when it is sent: what a mentee has taken back by then is not in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.answers.cards import rating_text
from bot.base.ids import MemberId
from bot.base.text import Text, t, tn
from bot.chat.platform import Receipt
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Outcome, Send, Skip
from bot.members.mentorships import Shared, shown_by_mentees
from bot.mentoring import digest_times, help_cards
from bot.mentoring.help_cards import DigestPart
from bot.mentoring.readable import mentors_may_read
from bot.mentoring.records import names_of
from bot.mentoring.service import looked
from bot.mentoring.targets import standing_of, today_of
from bot.mentoring.telling import ABOUT, DIGEST, SHOWN
from bot.mentoring.waiting import waiting_for
from bot.outbox.schedules import MISSED, REPLACED
from storage.tables.answers import Answer, Revision
from storage.tables.mentoring import MentorAssignment
from storage.tables.outbox import Delivery
from storage.tables.people import Member, MemberState

WEEK = timedelta(days=7)
SHOWN_IN_DIGEST: tuple[Shared, ...] = ("answers", "scores", "participation")
"""What a mentee may have ticked for their answers to be counted."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a summary is about: after `since` and up to `until`."""

    since: datetime
    until: datetime


async def prepare_digest(ctx: Context, delivery: Delivery) -> Outcome:
    """The summary of a mentor, or nothing where there is nothing to say."""
    mentor = MemberId(delivery.subject_id)
    mentees = await shown_by_mentees(ctx.session, mentor)
    member = await ctx.session.get(Member, mentor)
    if not mentees or member is None or member.state is not MemberState.ACTIVE:
        return Skip("the mentor has no mentee any more, or takes no part")
    await digest_times.follow_zone(ctx, mentor)
    names = await names_of(ctx.session, sorted(mentees))
    span = await span_of(ctx, delivery)
    found = []
    for mentee in sorted(mentees, key=lambda one: (names[one], one)):
        lines, seen = await _lines_of(ctx, mentor, mentee, mentees[mentee], span)
        if lines:
            found.append((DigestPart(names[mentee], lines), mentee, seen))
    # Of whom there is most to say comes first: the card lists so many, and only who is listed was looked at.
    found.sort(key=lambda one: -len(one[0].lines))
    parts = [part for part, _, _ in found]
    shown = {mentee: sorted(seen) for _, mentee, seen in found[: help_cards.MOST_IN_DIGEST] if seen}
    waits = await waiting_for(ctx.session, mentor)
    if not parts and not waits:
        return Skip("there is nothing to say this week")
    delivery.payload = {**delivery.payload, ABOUT: sorted(mentees), SHOWN: shown}
    return Send(ToMember(mentor), help_cards.digest_card(parts, waits, ctx.now))


async def digest_sent(ctx: Context, delivery: Delivery, _receipts: Sequence[Receipt]) -> None:
    """Write down for each mentee what the mentor was shown."""
    await _write_down(ctx, delivery)


async def digest_uncertain(ctx: Context, delivery: Delivery) -> None:
    """Write it down also where nobody can know whether it came: the mentor may have read it."""
    await _write_down(ctx, delivery)


async def _write_down(ctx: Context, delivery: Delivery) -> None:
    for mentee, shares in delivery.payload.get(SHOWN, {}).items():
        for what in shares:
            await looked(ctx, MemberId(delivery.subject_id), MemberId(mentee), what, in_person=False)


async def span_of(ctx: Context, delivery: Delivery) -> Span:
    """From the moment at which the summary before this one was due, however late either is sent.

    So nothing is in two of them, or in none, where a week is an hour shorter by daylight saving, or the mentor has
    chosen another day. What an outage kept from being made does not count. Without one in the two weeks before, it
    is seven days.
    """
    until = delivery.due_at
    before = await ctx.session.scalar(
        select(func.max(Delivery.due_at)).where(
            Delivery.kind == DIGEST,
            Delivery.subject_id == delivery.subject_id,
            Delivery.due_at < until,
            Delivery.due_at > until - 2 * WEEK,
            func.coalesce(Delivery.reason, "").not_in((MISSED, REPLACED)),
        )
    )
    return Span(before or until - WEEK, until)


async def _lines_of(
    ctx: Context, mentor: MemberId, mentee: MemberId, shares: frozenset[Shared], span: Span
) -> tuple[tuple[Text, ...], frozenset[Shared]]:
    """What happened, as far as it is shown, and what of the mentee's it shows; nothing where nothing did."""
    lines, seen = await _answers(ctx, mentee, shares, span), frozenset[Shared]()
    if lines:
        seen = shares & {*SHOWN_IN_DIGEST}
    lines += await _assignments(ctx, mentor, mentee, span)
    if lines and "scores" in shares and (target := await standing_of(ctx, mentee, to_mentors=True)) is not None:
        lines.append(target)
        seen |= {"scores"}
    return tuple(lines), seen


async def _answers(ctx: Context, mentee: MemberId, shares: frozenset[Shared], span: Span) -> list[Text]:
    if not shares & {*SHOWN_IN_DIGEST}:
        return []
    rows = await ctx.session.execute(
        select(Answer.id, Revision.rating)
        .join(Revision, Revision.answer_id == Answer.id)
        .where(
            Answer.member_id == mentee,
            mentors_may_read(),
            Revision.created_at > span.since,
            Revision.created_at <= span.until,
        )
        .order_by(Revision.created_at, Revision.number)
    )
    newest = {row.id: row.rating for row in rows}
    if not newest:
        return []
    ratings = sorted(rating for rating in newest.values() if rating is not None)
    given = tn("{count} answer", "{count} answers", len(newest))
    if "scores" not in shares or not ratings:
        return [given]
    lowest, highest = rating_text(ratings[0]), rating_text(ratings[-1])
    if lowest == highest:
        return [t("{given}, rated {rating}", given=given, rating=lowest)]
    return [t("{given}, rated {lowest} to {highest}", given=given, lowest=lowest, highest=highest)]


async def _assignments(ctx: Context, mentor: MemberId, mentee: MemberId, span: Span) -> list[Text]:
    """What this mentor asked for themselves: they know of it, whatever else is shown."""
    rows = (
        await ctx.session.scalars(
            select(MentorAssignment).where(MentorAssignment.mentor_id == mentor, MentorAssignment.mentee_id == mentee)
        )
    ).all()
    today = await today_of(ctx, mentee)
    done = sum(row.answered_at is not None and span.since < row.answered_at <= span.until for row in rows)
    late = sum(row.answered_at is None and row.due_on < today for row in rows)
    lines = []
    if done:
        lines.append(tn("{count} of your questions answered", "{count} of your questions answered", done))
    if late:
        lines.append(tn("{count} of your questions is overdue", "{count} of your questions are overdue", late))
    return lines
