"""Questions that members suggest, and what moderators decide about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import t
from bot.outbox.queue import enqueue
from bot.questions.bank import Draft, add_own_question
from storage.tables.questions import OwnQuestion, Suggestion, SuggestionState
from storage.tenancy import required_workspace_of

DECIDED = "suggestion.decided"
MOST_WAITING = 10
"""Suggestions of one member that may wait at a time."""


async def suggest(session: AsyncSession, member: MemberId, text: str, now: datetime) -> Suggestion:
    """Keep a suggestion until a moderator decides. `UserFacingError` for an empty or a long one, or too many."""
    Draft(text=text.strip()).check()
    waiting = await session.scalar(
        select(func.count(Suggestion.id)).where(
            Suggestion.member_id == member, Suggestion.state == SuggestionState.WAITING
        )
    )
    if (waiting or 0) >= MOST_WAITING:
        raise UserFacingError(
            t("{most} of your suggestions wait for a decision. Suggest more after that.", most=MOST_WAITING)
        )
    suggestion = Suggestion(member_id=member, text=text.strip(), suggested_at=now)
    session.add(suggestion)
    await session.flush()
    return suggestion


async def waiting_suggestions(session: AsyncSession) -> Sequence[Suggestion]:
    """What waits for a decision, oldest first."""
    rows = await session.scalars(
        select(Suggestion)
        .where(Suggestion.state == SuggestionState.WAITING)
        .order_by(Suggestion.suggested_at, Suggestion.id)
    )
    return rows.all()


async def suggestions_by(session: AsyncSession, member: MemberId) -> Sequence[Suggestion]:
    """What one member suggested, oldest first."""
    rows = await session.scalars(
        select(Suggestion).where(Suggestion.member_id == member).order_by(Suggestion.suggested_at, Suggestion.id)
    )
    return rows.all()


async def suggestion_by_id(session: AsyncSession, suggestion_id: str) -> Suggestion:
    """A suggestion that waits; `UserFacingError` for one that is decided or gone."""
    suggestion = await session.get(Suggestion, suggestion_id)
    if suggestion is None:
        raise UserFacingError(t("That suggestion is not there any more."))
    if suggestion.state is not SuggestionState.WAITING:
        raise UserFacingError(t("Somebody has decided about this suggestion already."))
    return suggestion


async def approve(session: AsyncSession, suggestion_id: str, draft: Draft, by: MemberId, now: datetime) -> OwnQuestion:
    """Make a suggestion a question of the team's own, worded as in `draft`, and tell who suggested it."""
    suggestion = await suggestion_by_id(session, suggestion_id)
    question = await add_own_question(session, draft, by, now)
    suggestion.own_question_id = question.id
    await _decide(session, suggestion, SuggestionState.APPROVED, by, now)
    return question


async def decline(session: AsyncSession, suggestion_id: str, reason: str, by: MemberId, now: datetime) -> Suggestion:
    """Decline a suggestion and tell who suggested it why. `UserFacingError` without a reason."""
    suggestion = await suggestion_by_id(session, suggestion_id)
    if not reason.strip():
        raise UserFacingError(t("Say in a few words why: the person who suggested it will read them."))
    suggestion.reason = reason.strip()
    await _decide(session, suggestion, SuggestionState.DECLINED, by, now)
    return suggestion


async def _decide(
    session: AsyncSession, suggestion: Suggestion, state: SuggestionState, by: MemberId, now: datetime
) -> None:
    suggestion.state, suggestion.decided_by, suggestion.decided_at = state, by, now
    await enqueue(
        session,
        workspace_id=required_workspace_of(session),
        kind=DECIDED,
        subject_id=suggestion.id,
        due_at=now,
        key=f"{DECIDED}:{suggestion.id}",
        member_id=suggestion.member_id,
        unprompted=True,
    )
