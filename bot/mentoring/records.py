"""Looking up who is meant and what stands between two people, as far as the actor may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId
from bot.base.policy import Subject
from bot.base.text import t
from bot.chat.refs import AccountRef
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.identity import member_of
from bot.members.mentorships import mentors_of
from storage.tables.mentoring import Mentorship, MentorshipState
from storage.tables.people import Member, MemberState

Side = Literal["mentor", "mentee"]
GONE = t("This is settled already. Look at your mentors and mentees for how things stand.")
OVER = t("This mentorship is over, so there is nothing to see or to send here any more.")


async def person_meant(ctx: Context, user: str, *, taking_part: bool = True) -> MemberId:
    """The member whom a platform's user id means; a sentence for everybody who cannot take part.

    Without `taking_part` also somebody who is blocked or has left.
    """
    here = ctx.account
    found = await member_of(ctx.session, AccountRef(here.platform, here.installation, user)) if here else None
    member = await ctx.session.get(Member, found) if found is not None else None
    if found is None or member is None:
        # Bots and guests of other organisations are never stored, and nobody is written to who never came here.
        raise UserFacingError(
            t("I do not know this person: bots and guests take no part, and everybody else has to use me once first.")
        )
    if taking_part and member.state is not MemberState.ACTIVE:
        raise UserFacingError(t("{name} does not take part here any more.", name=member.display_name))
    return found


async def between(session: AsyncSession, mentor: MemberId, mentee: MemberId) -> Mentorship | None:
    """What stands between these two now: asked for, offered, or active."""
    return await session.scalar(
        select(Mentorship).where(
            Mentorship.mentor_id == mentor, Mentorship.mentee_id == mentee, Mentorship.state != MentorshipState.ENDED
        )
    )


async def mentorships_of(session: AsyncSession, member: MemberId) -> Sequence[Mentorship]:
    """All that stand with `member` on either side, the oldest first."""
    rows = await session.scalars(
        select(Mentorship)
        .where(
            or_(Mentorship.mentor_id == member, Mentorship.mentee_id == member),
            Mentorship.state != MentorshipState.ENDED,
        )
        .order_by(Mentorship.asked_at, Mentorship.id)
    )
    return rows.all()


async def mentees_agreed_with(session: AsyncSession, mentor: MemberId) -> Sequence[MemberId]:
    """Whose mentor somebody is, also while they take no part themselves (and so see nothing)."""
    rows = await session.scalars(
        select(Mentorship.mentee_id)
        .where(Mentorship.mentor_id == mentor, Mentorship.state == MentorshipState.ACTIVE)
        .order_by(Mentorship.mentee_id)
    )
    return rows.all()


async def own_mentorship(
    ctx: Context, mentorship_id: str, *sides: Side, lock: bool = False, active: bool = False
) -> Mentorship:
    """A mentorship in which the actor is on one of these sides; a sentence where it is over, or not `active`."""
    found = await ctx.session.get(Mentorship, mentorship_id, with_for_update=lock)
    own = {"mentor": found.mentor_id, "mentee": found.mentee_id} if found is not None else {}
    if found is None or ctx.member not in (own[side] for side in sides):
        raise NotAllowed(t("You cannot do that here. If you think you should be able to, ask an admin."))
    if active and found.state is not MentorshipState.ACTIVE:
        raise UserFacingError(OVER)
    if found.state is MentorshipState.ENDED:
        raise UserFacingError(GONE)
    return found


async def with_mentee(ctx: Context, options: Options) -> Mentorship:
    """The actor's active mentorship of the person named as `mentee`; a sentence where they are not their mentor."""
    found = await between(ctx.session, ctx.member, await person_meant(ctx, str(options["mentee"])))
    if found is None or found.state is not MentorshipState.ACTIVE:
        raise UserFacingError(t("You are not this person's mentor. You can offer to be."))
    return found


async def mentee_subject(ctx: Context, mentee: MemberId) -> Subject:
    """What the policy has to know of a mentee."""
    return Subject(ctx.workspace, mentee, "mentors", await mentors_of(ctx.session, mentee))


async def names_of(session: AsyncSession, members: Sequence[MemberId]) -> dict[MemberId, str]:
    """What people call these members."""
    rows = await session.execute(select(Member.id, Member.display_name).where(Member.id.in_(members)))
    return {MemberId(id_): name for id_, name in rows}
