"""How two people become mentor and mentee, and how it ends; each in the caller's transaction.

    offered ──mentee accepts──────────────────────> active ──either──> ended
    asked ────mentor accepts──────────────────────>
    proposed ─mentee accepts─> asked ─mentor ...──>  (the mentorship it takes over from ends then)

Whoever has to say yes can say no, and whoever asked can take it back: then it is ended without having begun.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.text import t
from bot.feature.context import Context
from bot.members.identity import name_of
from bot.members.mentorships import SHARED, Shared
from bot.mentoring import digest_times, silence
from bot.mentoring.records import GONE, between
from bot.mentoring.telling import tell
from storage.once import insert_once
from storage.tables.mentoring import MentoringTarget, MentorNote, Mentorship, MentorshipState, NoteSeenBy, TargetState

State = MentorshipState


async def ask(ctx: Context, mentor: MemberId) -> Mentorship:
    """The actor asks somebody to be their mentor."""
    _not_oneself(ctx, mentor)
    made = await _begin(ctx, mentor, ctx.member, State.ASKED)
    await tell(ctx, "asked", made.id, mentor, (ctx.member,))
    return made


async def offer(ctx: Context, mentee: MemberId) -> Mentorship:
    """The actor offers to be somebody's mentor."""
    _not_oneself(ctx, mentee)
    made = await _begin(ctx, ctx.member, mentee, State.OFFERED)
    await tell(ctx, "offered", made.id, mentee, (ctx.member,))
    return made


async def hand_over(ctx: Context, mentorship: Mentorship, mentor: MemberId) -> Mentorship:
    """The actor proposes another mentor in their own place; the mentee is asked first, then the new mentor."""
    if mentor == mentorship.mentor_id:
        raise UserFacingError(t("You are the mentor already. Name the person who is to take over from you."))
    if mentor == mentorship.mentee_id:
        raise UserFacingError(t("Nobody can be their own mentor. Name somebody else who is to take over from you."))
    made = await _begin(ctx, mentor, mentorship.mentee_id, State.PROPOSED, handed_over_from=mentorship.id)
    await tell(ctx, "proposed", made.id, mentorship.mentee_id, (mentorship.mentor_id, mentor))
    return made


async def accept_mentee(ctx: Context, mentorship: Mentorship) -> None:
    """The mentor takes on who asked them."""
    if mentorship.state is not State.ASKED or mentorship.mentor_id != ctx.member:
        raise UserFacingError(GONE)
    await _activate(ctx, mentorship)
    await tell(ctx, "accepted", mentorship.id, mentorship.mentee_id, (mentorship.mentor_id,))


async def share(ctx: Context, mentorship: Mentorship, shares: Collection[str]) -> None:
    """The mentee chooses what the mentor sees from now on; where the mentor waits for a yes, this is it."""
    mentorship.shares = [what for what in SHARED if what in shares]
    if mentorship.state is State.OFFERED:
        await _activate(ctx, mentorship)
        await tell(ctx, "accepted", mentorship.id, mentorship.mentor_id, (mentorship.mentee_id,))
    elif mentorship.state is State.PROPOSED:
        mentorship.state = State.ASKED
        await tell(ctx, "asked", mentorship.id, mentorship.mentor_id, (mentorship.mentee_id,))
    await ctx.session.flush()


async def decline(ctx: Context, mentorship: Mentorship) -> bool:
    """Either side says no to what has not begun, and who asked is told; True where they took back what they asked."""
    if mentorship.state is State.ACTIVE:
        raise UserFacingError(t("You have agreed on this already. If you want to end it, say so with “End it”."))
    asked_by = {State.ASKED: mentorship.mentee_id, State.OFFERED: mentorship.mentor_id}.get(mentorship.state)
    before = await ctx.session.get(Mentorship, mentorship.handed_over_from) if mentorship.handed_over_from else None
    # The one who was proposed does not know of it before the mentee has said yes: whoever proposed them is told.
    knows = mentorship.state is not State.PROPOSED
    told = _other(ctx, mentorship) if knows else before.mentor_id if before is not None else None
    mentorship.state, mentorship.ended_at = State.ENDED, ctx.now
    taken_back = asked_by == ctx.member
    if told is not None and not taken_back:
        await tell(ctx, "declined", mentorship.id, told, (ctx.member,))
    return taken_back


async def end(ctx: Context, mentorship: Mentorship, by: MemberId) -> None:
    """End it at once, whoever of the two wants it: from now on the mentor sees nothing.

    What the mentor noted for themselves alone goes, so does what they proposed; what they wrote to the mentee stays
    the mentee's, and notes for other mentors stay theirs.
    """
    was_active = mentorship.state is State.ACTIVE
    mentorship.state, mentorship.ended_at = State.ENDED, ctx.now
    mentor, mentee = mentorship.mentor_id, mentorship.mentee_id
    session = ctx.session
    await session.execute(
        delete(MentorNote).where(
            MentorNote.author_id == mentor, MentorNote.mentee_id == mentee, MentorNote.seen_by == NoteSeenBy.ME
        )
    )
    await session.execute(
        delete(MentoringTarget).where(
            MentoringTarget.proposed_by == mentor,
            MentoringTarget.mentee_id == mentee,
            MentoringTarget.state == TargetState.PROPOSED,
        )
    )
    await session.flush()
    if was_active:
        await digest_times.stop_if_last(ctx, mentor)
        other = mentee if by == mentor else mentor
        await tell(ctx, "ended", mentorship.id, other, (mentor if other == mentee else mentee,))


async def has_left(ctx: Context, member: MemberId) -> None:
    """Whoever left mentors nobody and is mentored by nobody; mentees of theirs are asked whether to find another."""
    rows = await ctx.session.scalars(
        select(Mentorship).where(
            (Mentorship.mentor_id == member) | (Mentorship.mentee_id == member), Mentorship.state != State.ENDED
        )
    )
    for mentorship in rows.all():
        known, mentor, mentee = mentorship.state, mentorship.mentor_id, mentorship.mentee_id
        await end(ctx, mentorship, by=member)
        if known in (State.ASKED, State.OFFERED):
            await tell(ctx, "declined", mentorship.id, mentee if mentor == member else mentor, (member,))


def shown(mentorship: Mentorship) -> tuple[Shared, ...]:
    """What the mentee has ticked, in the order in which it is listed."""
    return tuple(what for what in SHARED if what in mentorship.shares)


def _not_oneself(ctx: Context, other: MemberId) -> None:
    if other == ctx.member:
        raise UserFacingError(t("Nobody can be their own mentor. Your own progress is yours to see without one."))


def _other(ctx: Context, mentorship: Mentorship) -> MemberId:
    return mentorship.mentee_id if ctx.member == mentorship.mentor_id else mentorship.mentor_id


async def _begin(
    ctx: Context, mentor: MemberId, mentee: MemberId, state: State, *, handed_over_from: str | None = None
) -> Mentorship:
    """A row for these two, unless one stands: then the sentence that says what it waits for."""
    values = {
        "id": new_id(), "mentor_id": mentor, "mentee_id": mentee, "state": state, "shares": [], "asked_at": ctx.now,
        "handed_over_from": handed_over_from,
    }  # fmt: skip
    known = await between(ctx.session, mentor, mentee)
    if known is None and await insert_once(ctx.session, Mentorship, values):
        return await ctx.session.get_one(Mentorship, values["id"])
    known = known or await between(ctx.session, mentor, mentee)
    names = {"mentor": await name_of(ctx.session, mentor), "mentee": await name_of(ctx.session, mentee)}
    if known is None or known.state is State.ACTIVE:
        raise UserFacingError(t("{mentor} is {mentee}'s mentor already.", **names))
    waits = {
        State.ASKED: t("{mentee} has asked {mentor} already. It waits for {mentor}.", **names),
        State.OFFERED: t("{mentor} has offered this to {mentee} already. It waits for {mentee}.", **names),
        State.PROPOSED: t("{mentor} was proposed to {mentee} already. It waits for {mentee}.", **names),
    }[known.state]
    raise UserFacingError(waits)


async def _activate(ctx: Context, mentorship: Mentorship) -> None:
    mentorship.state, mentorship.since, mentorship.mentor_active_at = State.ACTIVE, ctx.now, ctx.now
    await ctx.session.flush()
    await digest_times.start(ctx, mentorship.mentor_id)
    await silence.watch(ctx, mentorship)
    if mentorship.handed_over_from is None:
        return
    before = await ctx.session.get(Mentorship, mentorship.handed_over_from)
    if before is not None and before.state is State.ACTIVE:
        await end(ctx, before, by=before.mentor_id)
