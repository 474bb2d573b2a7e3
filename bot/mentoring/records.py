"""Looking up who is meant and what stands between two people, as far as the actor may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId
from bot.base.policy import Subject
from bot.base.text import Text, t
from bot.chat.refs import AccountRef
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.identity import member_of, name_of
from bot.members.mentorships import mentors_of
from storage.tables.mentoring import Mentorship, MentorshipState
from storage.tables.people import Member, MemberState

Side = Literal["mentor", "mentee"]
MYSELF = "me"
"""What people write for themselves, with or without an @."""
GONE = t("This is settled already. Look at your mentors and mentees for how things stand.")
OVER = t("This mentorship is over, so there is nothing to see or to send here any more.")


async def person_meant(ctx: Context, user: str, *, taking_part: bool = True) -> MemberId:
    """The member whom a platform's user id means, or the name that they alone have here; a sentence for everybody who
    cannot take part.

    Without `taking_part` also somebody who is blocked or has left.
    """
    here = ctx.account
    known = await member_of(ctx.session, AccountRef(here.platform, here.installation, user)) if here else None
    if known is None and user == MYSELF:
        return ctx.member
    found = known or await _called(ctx.session, user, taking_part=taking_part)
    member = await ctx.session.get_one(Member, found)
    if taking_part and member.state is not MemberState.ACTIVE:
        raise UserFacingError(t("{name} does not take part here any more.", name=member.display_name))
    return found


async def _called(session: AsyncSession, words: str, *, taking_part: bool) -> MemberId:
    """The one member who is called so, in capitals or not; a sentence where that is nobody, or several people."""
    name = words.strip().removeprefix("@")
    # SQLite lowers the letters of English alone, so other names are met as they are written.
    people = select(Member.id).where(
        or_(Member.display_name == name, func.lower(Member.display_name) == func.lower(name))
    )
    if taking_part:
        people = people.where(Member.state == MemberState.ACTIVE)
    ids = (await session.scalars(people.limit(2))).all()
    if len(ids) > 1:
        raise UserFacingError(
            t("Several people are called {name}. Choose the right one from the list after @.", name=name)
        )
    if not ids:
        # Bots and guests of other organisations are never stored, and nobody is written to who never came here.
        raise UserFacingError(
            t("I do not know this person. Name them by @ and their name, as you would mention them. Bots and guests "
              "take no part, and everybody else has to use me once first.")
        )  # fmt: skip
    return MemberId(ids[0])


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
    mentee = await person_meant(ctx, str(options["mentee"]))
    found = await between(ctx.session, ctx.member, mentee)
    if found is None or found.state is not MentorshipState.ACTIVE:
        raise UserFacingError(await _no_mentee(ctx, mentee))
    return found


async def _no_mentee(ctx: Context, person: MemberId) -> Text:
    """Why somebody is not the actor's mentee, and what they can look at instead."""
    if person == ctx.member:
        return t("That is you. Your own progress is shown by “progress show”, your mentors by “mentor list”.")
    name = await name_of(ctx.session, person)
    if person in await mentors_of(ctx.session, ctx.member):
        return t("{name} is your mentor, and you are not theirs. What they see of you is shown by “mentor list”, under "
                 "“See as my mentor sees it”.", name=name)  # fmt: skip
    return t("You are not the mentor of {name}. You can offer to be by “mentor offer”.", name=name)


async def mentee_subject(ctx: Context, mentee: MemberId) -> Subject:
    """What the policy has to know of a mentee."""
    return Subject(ctx.workspace, mentee, "mentors", await mentors_of(ctx.session, mentee))


async def names_of(session: AsyncSession, members: Sequence[MemberId]) -> dict[MemberId, str]:
    """What people call these members."""
    rows = await session.execute(select(Member.id, Member.display_name).where(Member.id.in_(members)))
    return {MemberId(id_): name for id_, name in rows}
