"""Looking rounds up, opening the next one, and what is said of one everywhere. In the caller's transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.text import t
from bot.feature.context import Context
from bot.members.identity import admins_of
from bot.review.moments import Moments
from bot.review.states import OVER, UNDONE
from storage.once import insert_once
from storage.tables.review import Entry, EntryState, Review, ReviewProgramme, ReviewState, Round, RoundState

SEED_BITS = 31
UNDER_WAY = frozenset({RoundState.LOCKING, RoundState.ASSIGNING, RoundState.REVIEWING, RoundState.GRACE})
GIVEN = frozenset({ReviewState.SUBMITTED, ReviewState.FLAGGED, ReviewState.COUNTED})
"""States of a review that was handed in and stands."""


async def round_by_id(session: AsyncSession, round_id: str, *, lock: bool = False) -> Round:
    """The round with this id; with `lock` nobody else moves it until the transaction ends."""
    found = await session.get(Round, round_id, with_for_update=lock or None)
    if found is None:
        raise UserFacingError(t("That round is not there any more."))
    return found


async def programme_of(session: AsyncSession, round: Round) -> ReviewProgramme:
    """The programme that a round belongs to."""
    return await session.get_one(ReviewProgramme, round.programme_id)


async def owner_of(session: AsyncSession, programme: ReviewProgramme) -> MemberId | None:
    """Whom to tell about a programme: who set it up, if still an admin, else the first one known, if any."""
    admins = await admins_of(session)
    return programme.created_by if programme.created_by in admins else next(iter(admins), None)


async def collecting_round(context: Context, programme: ReviewProgramme) -> Round:
    """The round of a programme that takes answers; opened now where there is none."""
    found = await _collecting(context.session, programme)
    if found is not None:
        return found
    last = await context.session.scalar(select(func.max(Round.number)).where(Round.programme_id == programme.id))
    values = {
        "id": new_id(),
        "programme_id": programme.id,
        "number": (last or 0) + 1,
        "state": RoundState.COLLECTING,
        "rubric_version": "",
        "criteria": [],
        "seed": secrets.randbits(SEED_BITS),
        "collects_from": context.now,
    }
    await insert_once(context.session, Round, values)
    opened = await _collecting(context.session, programme)
    if opened is None:
        raise LookupError(f"the programme {programme.id} takes no answers")
    return opened


async def _collecting(session: AsyncSession, programme: ReviewProgramme) -> Round | None:
    return await session.scalar(
        select(Round).where(Round.programme_id == programme.id, Round.state == RoundState.COLLECTING)
    )


async def round_under_way(session: AsyncSession, programme: ReviewProgramme) -> Round | None:
    """The round of a programme that is between its lock and its end, also where it is paused."""
    return await session.scalar(
        select(Round)
        .where(Round.programme_id == programme.id, Round.state.in_([*UNDER_WAY, RoundState.PAUSED]))
        .order_by(Round.number.desc())
        .limit(1)
    )


async def is_closing(session: AsyncSession, programme: ReviewProgramme) -> bool:
    """Whether the results of a round are being put together, after which it is known who comes first in the next."""
    found = select(func.count(Round.id)).where(Round.programme_id == programme.id, Round.state == RoundState.CLOSING)
    return bool(await session.scalar(found))


async def last_round(session: AsyncSession, programme: ReviewProgramme) -> Round | None:
    """The newest round of a programme that is over, or whose results are being put together."""
    return await session.scalar(
        select(Round)
        .where(Round.programme_id == programme.id, Round.state.in_([*OVER, RoundState.CLOSING]))
        .order_by(Round.number.desc())
        .limit(1)
    )


def moments_of(round: Round) -> Moments:
    """When things happen in a round that was handed out; `LookupError` for one that was not."""
    if round.half_at is None or round.review_until is None or round.closes_at is None:
        raise LookupError(f"the round {round.id} was not handed out")
    return Moments(round.half_at, round.last_call_at, round.review_until, round.closes_at)


def grace_of(programme: ReviewProgramme) -> timedelta:
    """How long after the end reviews still count."""
    return timedelta(hours=programme.grace_hours)


async def reviews_of(session: AsyncSession, round: Round) -> Sequence[Review]:
    """Every review of a round, whatever became of it, in the order they were assigned."""
    rows = await session.scalars(
        select(Review).join(Entry, Entry.id == Review.entry_id).where(Entry.round_id == round.id).order_by(Review.id)
    )
    return rows.all()


async def owed_by(
    session: AsyncSession, round: Round, member: MemberId | None = None
) -> Sequence[tuple[Review, Entry]]:
    """Reviews of a round that are still to be handed in, with their answers: one person's, or everybody's."""
    query = (
        select(Review, Entry)
        .join(Entry, Entry.id == Review.entry_id)
        .where(
            Entry.round_id == round.id,
            Entry.state == EntryState.LOCKED,
            Review.state.in_(UNDONE),
            Review.reviewer_id.is_not(None),
        )
        .order_by(Review.id)
    )
    if member is not None:
        query = query.where(Review.reviewer_id == member)
    return [(review, entry) for review, entry in await session.execute(query)]


async def entries_of(session: AsyncSession, round: Round) -> Sequence[Entry]:
    """Every answer of a round, in the order of its label."""
    rows = await session.scalars(select(Entry).where(Entry.round_id == round.id).order_by(Entry.label, Entry.id))
    return rows.all()
