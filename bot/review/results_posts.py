"""What is sent about results, enqueued in the caller's transaction: one private card an author, notes to others."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

from sqlalchemy import func, select

from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.members.identity import admins_of
from bot.outbox.queue import enqueue
from bot.review.rounds import owner_of, programme_of
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.people import Member, MemberState
from storage.tables.review import Round

RESULTS = "review.results"
"""Everything a round says about an author's answers, together."""
MENTOR = "review.mentor"
SEEN_BY_MENTOR = "review.seen_by_mentor"
"""Told to the other rooms when a mentor was shown what reviewers found; the subject is the delivery's id."""
"""To a mentor: the adjusted score of an answer, as far as its author lets mentors see it."""
HEALTH = "review.health"
"""To whoever runs the rounds: counts, and answers whose reviews lie far apart, by label."""
NOTE = "review.note"
APPEAL = "review.appeal"
"""To a mentor: an answer to rate anew, without what was found before."""
Note = Literal[
    "asked", "answered", "thanked", "under_check", "answer_out", "answer_back", "review_out", "flag_upheld",
    "flag_dismissed", "flags_wait", "looked_again", "no_mentor",
]  # fmt: skip


async def tell_results(context: Context, round: Round, *authors: MemberId) -> None:
    """Send authors what the round says; asked for again before it was sent it is sent once."""
    rows = await context.session.execute(
        select(Delivery.member_id, Delivery.state, func.count(Delivery.id))
        .where(Delivery.kind == RESULTS, Delivery.subject_id == round.id)
        .group_by(Delivery.member_id, Delivery.state)
    )
    told: Counter[MemberId | None] = Counter()
    waiting = set()
    for author, state, count in rows:
        told[author] += count
        waiting |= {author} if state is DeliveryState.WAITING else set()
    for author in authors:
        if author not in waiting:
            await _send(context, RESULTS, round.id, f"{author}:{told[author]}", author, {})


async def tell_mentor(context: Context, entry_id: str, mentor: MemberId) -> None:
    """Send a mentor the adjusted score of an answer, once."""
    await _send(context, MENTOR, entry_id, mentor, mentor, {})


async def tell_health(context: Context, round: Round) -> None:
    """Send those who run the rounds how this one went, and the admin who answers for them the counts of it."""
    events = f"{round.closed_at or context.now:%Y%m%d%H%M%S}"
    owner = await owner_of(context.session, await programme_of(context.session, round))
    for member in sorted({*await who_runs_rounds(context), *([owner] if owner is not None else [])}):
        await _send(context, HEALTH, round.id, f"{member}:{events}", member, {})


async def ask_mentor(context: Context, entry_id: str, mentor: MemberId) -> None:
    """Ask a mentor to rate an answer anew."""
    await _send(context, APPEAL, entry_id, mentor, mentor, {})


async def tell_note(
    context: Context, note: Note, subject: str, member: MemberId | None, *, once: str = "", **payload: Any
) -> None:
    """Send one private sentence about a review or an answer; `member` None is everybody who runs the rounds."""
    members = [member] if member is not None else await who_runs_rounds(context)
    for each in members:
        await _send(context, NOTE, subject, f"{note}:{each}:{once}", each, {"note": note, **payload})


async def who_runs_rounds(context: Context) -> list[MemberId]:
    """The moderators; where there are none the admins."""
    rows = await context.session.scalars(
        select(Member).where(Member.state == MemberState.ACTIVE).order_by(Member.created_at, Member.id)
    )
    moderators = [MemberId(row.id) for row in rows if "moderator" in row.roles]
    return moderators or await admins_of(context.session)


async def _send(
    context: Context, kind: str, subject: str, what: str, member: MemberId, payload: dict[str, Any]
) -> None:
    await enqueue(
        context.session,
        workspace_id=context.workspace,
        kind=kind,
        subject_id=subject,
        due_at=context.now,
        key=f"{kind}:{subject}:{what}",
        payload=payload,
        member_id=member,
        unprompted=kind != RESULTS,
    )
