"""The coach: who agreed to what, what was asked, what came of it, and the ledger of what was sent where."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class CoachConsent(Identified, WorkspaceScoped, Base):
    """A member agreed that their own answers may be sent, until they stopped it."""

    __tablename__ = "coach_consent"
    __table_args__ = (
        Index(
            "uq_coach_consent_standing", "member_id", unique=True,
            sqlite_where=text("stopped_at IS NULL"), postgresql_where=text("stopped_at IS NULL"),
        ),
    )  # fmt: skip

    member_id: Mapped[MemberId] = reference("member.id")
    endpoint: Mapped[str]
    """The host they agreed to; another one needs another consent."""
    terms: Mapped[int]
    """The version of the sentences they agreed to."""
    agreed_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class RequestState(StrEnum):
    """Waiting while a call may still be made; the other two are final."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"


class CoachRequest(Identified, WorkspaceScoped, Base):
    """A member asked the coach about one version of an answer; at most one such request waits."""

    __tablename__ = "coach_request"
    __table_args__ = (
        Index(
            "uq_coach_request_waiting", "revision_id", unique=True,
            sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
        ),
    )  # fmt: skip

    member_id: Mapped[MemberId] = reference("member.id")
    answer_id: Mapped[str] = reference("answer.id")
    revision_id: Mapped[str] = reference("answer_revision.id")
    state: Mapped[RequestState] = mapped_column(default=RequestState.WAITING)
    reason: Mapped[str | None]
    """Why it failed: `bot.coach.reasons.Reason`."""
    result_id: Mapped[str | None] = reference("coach_result.id", index=False)
    asked_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    """While waiting: no call is made before."""
    messages: Mapped[list[str]] = mapped_column(default=list)
    """The messages of ours that show what came of it: `MessageRef.encode()`."""


class CoachResult(Identified, WorkspaceScoped, Base):
    """What the coach said of one text, after every check; the same inputs are not sent a second time."""

    __tablename__ = "coach_result"
    __table_args__ = (UniqueConstraint("member_id", "content_hash"),)

    member_id: Mapped[MemberId] = reference("member.id")
    revision_id: Mapped[str] = reference("answer_revision.id")
    content_hash: Mapped[str]
    """Of the endpoint, the whole request and the version of the checks."""
    advice: Mapped[dict[str, Any]]
    """`bot.coach.advice.Advice` in JSON, names restored."""
    created_at: Mapped[datetime]


class CallState(StrEnum):
    """Under way, ended with what it cost, or lost: nobody knows what came of it."""

    UNDER_WAY = "under_way"
    ENDED = "ended"
    LOST = "lost"


class CoachCall(Identified, WorkspaceScoped, Base):
    """One line of the ledger: what was sent where, when, by whom, and what it cost.

    It outlives the answer and the person, without either, so that the sums of the workspace stay true.
    """

    __tablename__ = "coach_call"
    __table_args__ = (Index(None, "member_id", "begun_at"),)

    member_id: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    request_id: Mapped[str | None] = reference("coach_request.id", ondelete="SET NULL")
    endpoint: Mapped[str]
    model: Mapped[str]
    content_hash: Mapped[str]
    day: Mapped[date] = mapped_column(Date)
    """The day in UTC whose budget it counts against."""
    characters: Mapped[int]
    """Of the answer as sent."""
    masked: Mapped[dict[str, Any]]
    """How many of each kind were masked."""
    state: Mapped[CallState] = mapped_column(default=CallState.UNDER_WAY)
    outcome: Mapped[str | None]
    """Once ended: "answered", or a `bot.coach.reasons.Reason`."""
    reserved_tokens: Mapped[int]
    reserved_micros: Mapped[int]
    """Millionths of a US dollar."""
    tokens: Mapped[int] = mapped_column(default=0)
    """All tokens in and out, as the endpoint counted them; the reserved ones where it did not say."""
    cached_tokens: Mapped[int] = mapped_column(default=0)
    """Of these, read from the endpoint's prompt cache."""
    micros: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class CoachDay(Identified, WorkspaceScoped, Base):
    """What a workspace spent or has reserved on one day in UTC."""

    __tablename__ = "coach_day"
    __table_args__ = (UniqueConstraint("workspace_id", "day"),)

    day: Mapped[date] = mapped_column(Date)
    tokens: Mapped[int] = mapped_column(default=0)
    micros: Mapped[int] = mapped_column(default=0)
