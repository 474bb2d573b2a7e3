"""What moderators do: hide an answer, close a thread, block a member. Every act is logged."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.answers import notes
from bot.answers.records import answer_by_id, feedback_on, part_of_message
from bot.answers.withdrawing import remove_copies, remove_message_of_ours
from bot.base.errors import UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.policy import Subject
from bot.base.text import t
from bot.chat.refs import AccountRef, MessageRef
from bot.feature.context import Context
from bot.members.identity import member_of
from storage.tables.answers import Answer, AnswerCopy
from storage.tables.moderation import ModerationAct
from storage.tables.people import Member, MemberState
from storage.tables.questions import Slot

MOST_LISTED = 20
HIDDEN = "answer.hidden"
SHOWN_AGAIN = "answer.shown_again"
"""Told to the other rooms when a moderator has hidden an answer or taken that back; the subject is its id."""


async def hide(ctx: Context, answer_id: str) -> Answer:
    """Hide an answer from the lists, and remove the messages of ours that show it to others."""
    _require(ctx, "post.hide")
    answer = await answer_by_id(ctx.session, answer_id)
    if answer.hidden_at is None:
        answer.hidden_at, answer.hidden_by = ctx.now, ctx.member
        await remove_copies(ctx, answer)
        feedback = await feedback_on(ctx.session, answer.id)
        if feedback is not None and feedback.public:
            for message in feedback.messages:
                await remove_message_of_ours(ctx, answer.id, message)
            feedback.messages, feedback.public = [], False
        act = _log(ctx, "post.hide", "answer", answer.id)
        await _tell_author(ctx, answer, "hidden", act)
        await ctx.tell(HIDDEN, answer.id)
    return answer


async def show_again(ctx: Context, answer_id: str) -> Answer:
    """Let a hidden answer stand in the lists again; what was removed stays removed."""
    _require(ctx, "post.hide")
    answer = await answer_by_id(ctx.session, answer_id)
    if answer.hidden_at is not None:
        answer.hidden_at = answer.hidden_by = None
        act = _log(ctx, "post.show", "answer", answer.id)
        await _tell_author(ctx, answer, "shown_again", act)
        await ctx.tell(SHOWN_AGAIN, answer.id)
    return answer


async def answer_of_message(ctx: Context, message: MessageRef) -> Answer:
    """The answer that a message belongs to: one of its parts, or what was shared of it."""
    part = await part_of_message(ctx.session, message)
    answer_id = part.answer_id if part else None
    if answer_id is None:
        answer_id = await ctx.session.scalar(select(AnswerCopy.answer_id).where(AnswerCopy.message == message.encode()))
    if answer_id is None:
        raise UserFacingError(t("This message is no answer that I know of."))
    return await answer_by_id(ctx.session, answer_id)


async def set_thread(ctx: Context, slot: Slot, *, closed: bool) -> None:
    """Close a question's thread to further answers, or open it again."""
    _require(ctx, "thread.close")
    if slot.thread_closed is not closed:
        slot.thread_closed = closed
        _log(ctx, "thread.close" if closed else "thread.open", "slot", slot.id)


async def set_blocked(ctx: Context, member_id: MemberId, *, blocked: bool) -> Member:
    """Block a member from taking part, or let them take part again. Admins cannot be blocked, nor oneself."""
    _require(ctx, "member.block")
    member = await ctx.session.get(Member, member_id)
    if member is None:
        raise UserFacingError(t("I do not know this person yet: they have never used me here."))
    if blocked and member_id == ctx.member:
        raise UserFacingError(t("You cannot block yourself."))
    if blocked and ("admin" in member.roles or member.seen_as_admin_at is not None):
        raise UserFacingError(t("An admin cannot be blocked."))
    wanted = MemberState.BLOCKED if blocked else MemberState.ACTIVE
    if member.state is not wanted and (blocked or member.state is MemberState.BLOCKED):
        member.state = wanted
        _log(ctx, "member.block" if blocked else "member.unblock", "member", member_id)
    return member


async def member_called(ctx: Context, user: str) -> MemberId:
    """The member whose account has this user id on the actor's platform; a sentence where nobody is known by it."""
    account = ctx.account
    found = None
    if account is not None:
        found = await member_of(ctx.session, AccountRef(account.platform, account.installation, user))
    if found is None:
        raise UserFacingError(t("I do not know this person yet: they have never used me here."))
    return found


async def acts(ctx: Context) -> Sequence[tuple[ModerationAct, str, str]]:
    """The latest acts, newest first, with the names of those who did them and, where it was one, of the member."""
    _require(ctx, "moderation.see")
    subject = aliased(Member)
    rows = await ctx.session.execute(
        select(ModerationAct, Member.display_name, subject.display_name)
        .outerjoin(Member, Member.id == ModerationAct.moderator_id)
        .outerjoin(subject, subject.id == ModerationAct.subject_id)
        .order_by(ModerationAct.acted_at.desc(), ModerationAct.id.desc())
        .limit(MOST_LISTED)
    )
    return [(act, name or "", about or "") for act, name, about in rows]


async def blocked_members(ctx: Context) -> Sequence[Member]:
    """Everybody who is blocked, by name."""
    rows = await ctx.session.scalars(
        select(Member).where(Member.state == MemberState.BLOCKED).order_by(Member.display_name, Member.id)
    )
    return rows.all()


def _require(ctx: Context, verb: str) -> None:
    ctx.require(verb, Subject(ctx.workspace))


def _log(ctx: Context, verb: str, subject_kind: str, subject_id: str) -> ModerationAct:
    act = ModerationAct(
        id=new_id(),
        verb=verb,
        subject_kind=subject_kind,
        subject_id=subject_id,
        moderator_id=ctx.member,
        acted_at=ctx.now,
    )
    ctx.session.add(act)
    return act


async def _tell_author(ctx: Context, answer: Answer, note: notes.Note, act: ModerationAct) -> None:
    if answer.member_id != ctx.member:
        slot = await ctx.session.get(Slot, answer.slot_id) if answer.slot_id else None
        await notes.tell(ctx, note, slot, once=act.id, member=answer.member_id, answer=answer.id)
