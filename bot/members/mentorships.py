"""Who mentors whom, and what a mentor sees: the one place that decides.

A mentor sees a thing of a mentee's while their mentorship is active, the mentee has that thing ticked, and the mentor
takes part here (whoever is blocked, or gone, sees nothing). Whoever shows something asks here at the moment of showing
it, so what is taken back is not shown from then on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, get_args

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from storage.tables.mentoring import Mentorship, MentorshipState
from storage.tables.people import Member, MemberState

Shared = Literal["answers", "scores", "stories", "reviews", "participation", "notes"]
"""What a mentee can show a mentor, each by itself:

- `answers`: the answers whose visibility lets mentors see them, with their words;
- `scores`: ratings over time, findings, parts and levels of those answers alone, without the words;
- `stories`: the stories whose visibility lets mentors see them, and what they cover;
- `reviews`: what peers found of those answers in rounds, after the result;
- `participation`: when those answers came, streaks over them, assignments done;
- `notes`: what their other mentors noted for each other.
"""
SHARED: tuple[Shared, ...] = get_args(Shared)

_ACTIVE = and_(
    Mentorship.state == MentorshipState.ACTIVE,
    Mentorship.mentor_id.in_(select(Member.id).where(Member.state == MemberState.ACTIVE)),
)


async def mentors_of(session: AsyncSession, member: MemberId, *shown: Shared) -> frozenset[MemberId]:
    """The mentors whom `member` has accepted, as far as they are shown all of what is named."""
    rows = await session.execute(
        select(Mentorship.mentor_id, Mentorship.shares).where(_ACTIVE, Mentorship.mentee_id == member)
    )
    return frozenset(mentor for mentor, shares in rows if {*shown} <= {*shares})


async def mentees_of(session: AsyncSession, mentor: MemberId, *shown: Shared) -> frozenset[MemberId]:
    """The members who have accepted `mentor`, as far as they show them all of what is named."""
    mentees = await shown_by_mentees(session, mentor)
    return frozenset(mentee for mentee, shares in mentees.items() if {*shown} <= shares)


async def shown_by_mentees(session: AsyncSession, mentor: MemberId) -> Mapping[MemberId, frozenset[Shared]]:
    """The members who have accepted `mentor`, each with all that they show them now."""
    rows = await session.execute(
        select(Mentorship.mentee_id, Mentorship.shares).where(_ACTIVE, Mentorship.mentor_id == mentor)
    )
    return {mentee: _known(shares) for mentee, shares in rows}


async def shown_to(session: AsyncSession, mentor: MemberId, mentee: MemberId) -> frozenset[Shared]:
    """All that `mentor` sees of `mentee`'s now: accepted, not ended, and ticked."""
    shares = await session.scalar(
        select(Mentorship.shares).where(_ACTIVE, Mentorship.mentor_id == mentor, Mentorship.mentee_id == mentee)
    )
    return _known(shares or ())


async def sees(session: AsyncSession, mentor: MemberId, mentee: MemberId, what: Shared) -> bool:
    """Whether `mentor` sees this of `mentee`'s now."""
    return what in await shown_to(session, mentor, mentee)


def _known(shares: Collection[str]) -> frozenset[Shared]:
    return frozenset(what for what in SHARED if what in shares)
