"""Several people at once: to a mentor those who show them something, to moderators counts that point at nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select

from bot.base.ids import MemberId
from bot.chat.refs import ConversationRef
from bot.feature.context import Context
from bot.members.mentorships import shown_by_mentees
from bot.mentoring.history import GIVEN, due_reviews
from bot.mentoring.progress_view import OF_PROGRESS, ProgressView, progress_for
from bot.mentoring.readable import mentors_may_read
from storage.tables.answers import Answer
from storage.tables.questions import Programme, Slot, SlotState
from storage.tables.review import Entry, Review, ReviewProgramme, Round, RoundState

MOST_MENTEES = 12
"""So many on one card; each of the others has a card of their own."""
LEAST_PEOPLE = 4
"""Counts over fewer people would point at them."""
WEEKS = 6
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Cohort:
    """A mentor's mentees: what each shows, how many show nothing of progress, and how many are left out."""

    views: tuple[ProgressView, ...]
    silent: int
    more: int


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from `begins` on: how many answers were given, and by how many people."""

    begins: date
    answers: int
    people: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How a channel, or the workspace, took part in the last weeks; nobody by name, no rating."""

    people: int
    answers: int
    posted: int
    weeks: tuple[Week, ...]
    on_time: int
    due: int


async def cohort_of(ctx: Context, mentor: MemberId, channel: ConversationRef | None) -> Cohort:
    """Whoever shows `mentor` something of their progress.

    Where a channel is named, those who answered there: of these only whoever shows how they take part, since the
    list would tell it of the others.
    """
    mentees = await shown_by_mentees(ctx.session, mentor)
    if channel is not None:
        slots = select(Slot.id).where(Slot.programme_id.in_(_in(channel)))
        found = await ctx.session.scalars(
            select(Answer.member_id).where(Answer.slot_id.in_(slots), Answer.member_id.in_(mentees), mentors_may_read())
        )
        there = frozenset(found)
        mentees = {one: shares for one, shares in mentees.items() if one in there and "participation" in shares}
    open_to = [one for one in sorted(mentees) if mentees[one] & {*OF_PROGRESS}]
    views = [await progress_for(ctx, mentor, one) for one in open_to[:MOST_MENTEES]]
    views.sort(key=lambda view: (view.name.casefold(), view.member))
    return Cohort(tuple(views), len(mentees) - len(open_to), len(open_to) - len(views))


async def counts_of(ctx: Context, channel: ConversationRef | None) -> Counts | None:
    """Counts of the last weeks; None where too few people took part to count them.

    Private answers are not in them: in a small channel one more than the thread shows would point at its author.
    """
    since = ctx.now - WEEKS * WEEK
    slots = select(Slot.id)
    posted = select(func.count(Slot.id)).where(Slot.state == SlotState.POSTED, Slot.posted_at > since)
    if channel is not None:
        slots = slots.where(Slot.programme_id.in_(_in(channel)))
        posted = posted.where(Slot.programme_id.in_(_in(channel)))
    rows = await ctx.session.execute(
        select(Answer.created_at, Answer.member_id).where(
            Answer.slot_id.in_(slots), mentors_may_read(), Answer.created_at > since
        )
    )
    given = [(at, member) for at, member in rows]
    people = {member for _, member in given}
    if len(people) < LEAST_PEOPLE:
        return None
    on_time, due = await _reviews(ctx, channel, since)
    return Counts(len(people), len(given), await ctx.session.scalar(posted) or 0, _weeks(given, since), on_time, due)


def _weeks(given: Sequence[tuple[datetime, MemberId]], since: datetime) -> tuple[Week, ...]:
    weeks = []
    for number in range(WEEKS):
        begins = since + number * WEEK
        members = [member for at, member in given if begins < at <= begins + WEEK]
        weeks.append(Week(begins.date(), len(members), len(set(members))))
    return tuple(weeks)


async def _reviews(ctx: Context, channel: ConversationRef | None, since: datetime) -> tuple[int, int]:
    """Reviews given in time and those due, in the rounds that closed since."""
    rounds = select(Round.id).where(Round.state == RoundState.CLOSED, Round.closed_at > since)
    if channel is not None:
        programmes = select(ReviewProgramme.id).where(ReviewProgramme.conversation == channel.encode())
        rounds = rounds.where(Round.programme_id.in_(programmes))
    count = select(func.count(Review.id)).join(Entry, Entry.id == Review.entry_id).where(Entry.round_id.in_(rounds))
    on_time = await ctx.session.scalar(count.where(Review.state.in_(GIVEN)))
    due = await ctx.session.scalar(count.where(due_reviews()))
    return on_time or 0, due or 0


def _in(channel: ConversationRef) -> Select[str]:
    return select(Programme.id).where(Programme.conversation == channel.encode())
