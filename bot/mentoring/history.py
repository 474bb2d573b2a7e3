"""What is stored of somebody's practice, as the pure figures need it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers.records import CLOSING, shown_report
from bot.base.ids import MemberId
from bot.members.identity import zone_of
from bot.members.preferences import DAYS_OFF
from bot.members.settings import read
from bot.members.zones import zones_known
from bot.mentoring.progress import SHOWN_IN_CHART, Given, Participation, Stories, Telling
from bot.mentoring.readable import counted
from bot.mentoring.streaks import ZoneHistory
from bot.scoring.report import Report
from content.loader import Content
from storage.tables.answers import Answer, Revision
from storage.tables.people import Member
from storage.tables.questions import Slot, SlotState
from storage.tables.review import Entry, ReleaseReason, Review, ReviewState, Round, RoundState
from storage.tables.stories import Story, StoryVisibility

LATELY_POSTED = 10
"""Questions that "of late" speaks of where it is about taking part."""
GIVEN = (ReviewState.COUNTED, ReviewState.FLAGGED)
HELD_AGAINST = (ReleaseReason.NOT_STARTED, ReleaseReason.NOT_FINISHED)
"""Reasons for which a review that was taken from its reviewer counts as not given."""


@dataclass(frozen=True, slots=True)
class History:
    """Somebody's answers, oldest first, and the moments at which they practised."""

    answers: Sequence[Given]
    moments: Sequence[datetime]


async def history_of(
    session: AsyncSession,
    member: MemberId,
    zones: ZoneHistory,
    *,
    to_mentors: bool = False,
    quotable: bool = True,
    with_reports: bool = True,
) -> History:
    """All answers that stand, `to_mentors` those alone that mentors may see. Reports are read of the newest only.
    `quotable` says whether words of them may be quoted.

    Questions of one's own to an interviewer are left out: there is no story in them.
    """
    rows = await session.execute(
        select(
            Answer.id, Answer.created_at, Revision.id, Revision.number, Revision.created_at, Revision.rating,
            Revision.engine, Revision.rubric, Revision.lexicon,
        )
        .join(Revision, Revision.answer_id == Answer.id)
        .where(Answer.member_id == member, counted(to_mentors=to_mentors), Revision.kind != CLOSING)
        .order_by(Answer.created_at, Answer.id, Revision.number)
    )  # fmt: skip
    moments: list[datetime] = []
    told: dict[str, list[tuple[str, Telling]]] = {}
    for answer, begun, revision, number, at, rating, *versions in rows:
        moment = begun if number == 1 else at
        moments.append(moment)
        told.setdefault(answer, []).append((revision, Telling(zones.day_of(moment), rating, " ".join(versions))))
    newest = [tellings[-1][0] for tellings in told.values()][-SHOWN_IN_CHART:] if with_reports else []
    reports = await _reports(session, newest)
    answers = [
        Given(answer, tellings[0][1], tellings[-1][1], len(tellings), reports.get(tellings[-1][0]), quotable)
        for answer, tellings in told.items()
    ]
    return History(answers, moments)


async def _reports(session: AsyncSession, revisions: Sequence[str]) -> dict[str, Report]:
    rows = await session.execute(select(Revision.id, Revision.kind, Revision.report).where(Revision.id.in_(revisions)))
    return {id_: shown_report(kind, report) for id_, kind, report in rows}


async def zones_of(session: AsyncSession, member: MemberId) -> ZoneHistory:
    """The zones somebody was in, of their own choice or by their platform's profile."""
    return ZoneHistory(await zone_of(session, member), tuple(await zones_known(session, member)))


async def days_off(session: AsyncSession, member: MemberId, zones: ZoneHistory) -> Callable[[date], bool]:
    """Which days are off for somebody: the weekdays they set so, days on which nothing was asked, and days that
    travelling cut short.

    Before the first question was ever posted, and where none ever is, no day is off for want of a question.
    """
    weekdays: list[int] = await read(session, DAYS_OFF, member=member)
    asked = frozenset(await session.scalars(select(Slot.local_date).where(Slot.state == SlotState.POSTED).distinct()))
    first = min(asked, default=date.max)
    return lambda day: day.weekday() in weekdays or (day > first and day not in asked) or zones.cut_short(day)


async def participation_of(session: AsyncSession, member: MemberId, *, to_mentors: bool = False) -> Participation:
    """Questions answered of those posted, and reviews given and received; `to_mentors` as answers tell of it that
    mentors may see."""
    ours = counted(to_mentors=to_mentors)
    since = (await session.get_one(Member, member)).created_at
    answered = select(Answer.slot_id).where(Answer.member_id == member, ours, Answer.slot_id.is_not(None))
    there = select(Slot.programme_id).where(Slot.id.in_(answered))
    rows = await session.scalars(
        select(Slot.id.in_(answered))
        .where(Slot.programme_id.in_(there), Slot.state == SlotState.POSTED, Slot.posted_at >= since)
        .order_by(Slot.posted_at.desc(), Slot.id)
    )
    done = [bool(one) for one in rows]
    lately = done[:LATELY_POSTED]
    on_time, due, received = await _reviews(session, member, ours)
    return Participation(sum(done), len(done), sum(lately), len(lately), on_time, due, received)


async def _reviews(session: AsyncSession, member: MemberId, ours: ColumnElement[bool]) -> tuple[int, int, int]:
    """Reviews of closed rounds: given on time, due, and received on the answers that count."""
    closed = select(Round.id).where(Round.state == RoundState.CLOSED)
    mine = select(func.count(Review.id)).join(Entry, Entry.id == Review.entry_id).where(Entry.round_id.in_(closed))
    on_time = await session.scalar(mine.where(Review.reviewer_id == member, Review.state.in_(GIVEN)))
    due = await session.scalar(mine.where(Review.reviewer_id == member, due_reviews()))
    on_ours = Entry.answer_id.in_(select(Answer.id).where(Answer.member_id == member, ours))
    received = await session.scalar(mine.where(Entry.author_id == member, on_ours, Review.state.in_(GIVEN)))
    return on_time or 0, due or 0, received or 0


def due_reviews() -> ColumnElement[bool]:
    """Which reviews were due: those given, in time or late, and those taken from somebody who did not give them."""
    taken = and_(Review.state == ReviewState.RELEASED, Review.reason.in_(HELD_AGAINST))
    return or_(Review.state.in_([*GIVEN, ReviewState.LATE]), taken)


async def stories_of(session: AsyncSession, member: MemberId, content: Content, *, to_mentors: bool = False) -> Stories:
    """What somebody's stories cover, in counts; `to_mentors` of those alone that they let mentors see."""
    seen = Story.visibility != StoryVisibility.ME if to_mentors else true()
    rows = (
        await session.execute(select(Story.archetypes, Story.question_types).where(Story.member_id == member, seen))
    ).all()
    kinds = {kind for archetypes, _ in rows for kind in archetypes} & set(content.archetypes)
    types = {name for _, names in rows for name in names} & set(content.question_types)
    of_kinds, of_types = len(content.archetypes), len(content.question_types)
    return Stories(len(rows), len(kinds), of_kinds, len(types), of_types, to_mentors)
