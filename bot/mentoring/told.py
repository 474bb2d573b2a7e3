"""What is told to the other side, built when it is sent: what is over by then is not told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.answers.records import last_revision
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId
from bot.chat.cards import Card
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Outcome, Send, Skip
from bot.members.identity import name_of
from bot.members.mentorships import mentors_of
from bot.mentoring import agreeing, help_cards
from bot.mentoring import agreement_cards as cards
from bot.mentoring.viewing import answer_for
from storage.tables.answers import Answer
from storage.tables.mentoring import (
    MentorAssignment,
    MentorComment,
    MentoringTarget,
    MentorNote,
    MentorQuestion,
    Mentorship,
    MentorshipState,
)
from storage.tables.outbox import Delivery

State = MentorshipState


async def prepare_told(ctx: Context, delivery: Delivery) -> Outcome:
    """The card for whoever is told, or nothing where it does not hold any more."""
    if delivery.member_id is None:
        return Skip("the one to be told is gone")
    build = _CARDS[delivery.payload["what"]]
    card = await build(ctx, delivery.subject_id, delivery.member_id)
    if card is None:
        return Skip("it does not hold any more")
    return Send(ToMember(delivery.member_id), card)


async def _asked(ctx: Context, subject: str, _reader: MemberId) -> Card | None:
    found = await _standing(ctx, subject, State.ASKED)
    return cards.request_card(subject, await name_of(ctx.session, found.mentee_id)) if found else None


async def _offered(ctx: Context, subject: str, _reader: MemberId) -> Card | None:
    found = await _standing(ctx, subject, State.OFFERED)
    return cards.offer_card(subject, await name_of(ctx.session, found.mentor_id)) if found else None


async def _proposed(ctx: Context, subject: str, _reader: MemberId) -> Card | None:
    found = await _standing(ctx, subject, State.PROPOSED)
    before = await ctx.session.get(Mentorship, found.handed_over_from) if found and found.handed_over_from else None
    if found is None or before is None or before.state is not State.ACTIVE:
        return None
    mentor = await name_of(ctx.session, found.mentor_id)
    return cards.offer_card(subject, mentor, instead_of=await name_of(ctx.session, before.mentor_id))


async def _accepted(ctx: Context, subject: str, reader: MemberId) -> Card | None:
    found = await _standing(ctx, subject, State.ACTIVE)
    if found is None:
        return None
    if reader == found.mentor_id:
        return cards.begun_for_mentor_card(subject, await name_of(ctx.session, found.mentee_id))
    mentor = await name_of(ctx.session, found.mentor_id)
    return cards.begun_for_mentee_card(subject, mentor, agreeing.shown(found))


async def _declined(ctx: Context, subject: str, reader: MemberId) -> Card | None:
    found = await _standing(ctx, subject, State.ENDED)
    if found is None:
        return None
    # A mentor who proposed another is neither of the two: it is the mentee who said no.
    other = found.mentor_id if reader == found.mentee_id else found.mentee_id
    return cards.declined_card(await name_of(ctx.session, other))


async def _ended(ctx: Context, subject: str, reader: MemberId) -> Card | None:
    found = await _standing(ctx, subject, State.ENDED)
    if found is None:
        return None
    if reader == found.mentor_id:
        return cards.ended_card(await name_of(ctx.session, found.mentee_id), reader="mentor")
    return cards.ended_card(await name_of(ctx.session, found.mentor_id), reader="mentee")


async def _gone(_ctx: Context, _subject: str, _reader: MemberId) -> Card | None:
    return cards.gone_card()


async def _comment(ctx: Context, subject: str, _reader: MemberId) -> Card | None:
    found = await ctx.session.get(MentorComment, subject)
    revision = await last_revision(ctx.session, found.answer_id) if found is not None else None
    if found is None or revision is None:
        return None
    mentor = await name_of(ctx.session, found.mentor_id)
    return help_cards.comment_card(found.answer_id, mentor, revision.question, found.text)


async def _question(ctx: Context, subject: str, reader: MemberId) -> Card | None:
    found = await ctx.session.get(MentorQuestion, subject)
    if found is None or found.replied_at is not None or not await _mentors(ctx, reader, found.mentee_id):
        return None
    answer = found.answer_id if await _readable(ctx, found.answer_id, reader) else None
    return help_cards.question_card(subject, await name_of(ctx.session, found.mentee_id), found.text, answer)


async def _reply(ctx: Context, subject: str, _reader: MemberId) -> Card | None:
    found = await ctx.session.get(MentorQuestion, subject)
    if found is None or not found.reply:
        return None
    return help_cards.reply_card(await name_of(ctx.session, found.mentor_id), found.text, found.reply)


async def _assigned(ctx: Context, subject: str, reader: MemberId) -> Card | None:
    found = await ctx.session.get(MentorAssignment, subject)
    if found is None or found.answered_at is not None or not await _mentors(ctx, found.mentor_id, reader):
        return None
    return help_cards.assigned_card(found, await name_of(ctx.session, found.mentor_id))


async def _done(ctx: Context, subject: str, reader: MemberId) -> Card | None:
    found = await ctx.session.get(MentorAssignment, subject)
    if found is None or not await _mentors(ctx, reader, found.mentee_id):
        return None
    readable = await _readable(ctx, found.answer_id, reader)
    return help_cards.done_card(found, await name_of(ctx.session, found.mentee_id), readable=readable)


async def _note(ctx: Context, subject: str, _reader: MemberId) -> Card | None:
    found = await ctx.session.get(MentorNote, subject)
    return help_cards.note_card(await name_of(ctx.session, found.author_id), found.text) if found else None


async def _target_proposed(ctx: Context, subject: str, _reader: MemberId) -> Card | None:
    found = await ctx.session.get(MentoringTarget, subject)
    if found is None or found.proposed_by is None:
        return None
    return help_cards.proposal_card(found, await name_of(ctx.session, found.proposed_by))


async def _target_taken(ctx: Context, subject: str, reader: MemberId) -> Card | None:
    found = await ctx.session.get(MentoringTarget, subject)
    if found is None or not await _mentors(ctx, reader, found.mentee_id):
        return None
    return help_cards.target_settled_card(await name_of(ctx.session, found.mentee_id), taken=True)


async def _target_refused(ctx: Context, subject: str, reader: MemberId) -> Card | None:
    mentee = MemberId(subject)
    if not await _mentors(ctx, reader, mentee):
        return None
    return help_cards.target_settled_card(await name_of(ctx.session, mentee), taken=False)


async def _standing(ctx: Context, mentorship_id: str, state: MentorshipState) -> Mentorship | None:
    found = await ctx.session.get(Mentorship, mentorship_id)
    return found if found is not None and found.state is state else None


async def _mentors(ctx: Context, mentor: MemberId, mentee: MemberId) -> bool:
    return mentor in await mentors_of(ctx.session, mentee)


async def _readable(ctx: Context, answer_id: str | None, mentor: MemberId) -> bool:
    if answer_id is None or await ctx.session.get(Answer, answer_id) is None:
        return False
    try:
        await answer_for(ctx, answer_id, mentor)
    except (NotAllowed, UserFacingError):
        return False
    return True


_CARDS: Mapping[str, Callable[[Context, str, MemberId], Awaitable[Card | None]]] = {
    "asked": _asked,
    "offered": _offered,
    "proposed": _proposed,
    "accepted": _accepted,
    "declined": _declined,
    "ended": _ended,
    "gone": _gone,
    "comment": _comment,
    "question": _question,
    "reply": _reply,
    "assigned": _assigned,
    "done": _done,
    "note": _note,
    "target_proposed": _target_proposed,
    "target_taken": _target_taken,
    "target_refused": _target_refused,
}
