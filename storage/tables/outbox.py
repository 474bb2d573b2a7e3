"""What is to be sent: schedules, which make deliveries, and deliveries, each of which becomes at most one post."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class DeliveryState(StrEnum):
    """Where a delivery stands. The last three are final, save that an echo may yet show that one was posted."""

    WAITING = "waiting"
    SENDING = "sending"
    POSTED = "posted"
    SKIPPED = "skipped"
    UNCERTAIN = "uncertain"


class Schedule(Identified, WorkspaceScoped, Base):
    """A wall-clock rule (`bot.outbox.nextrun.WallClockRule` in columns) and when it next comes due."""

    __tablename__ = "schedule"
    __table_args__ = (UniqueConstraint("workspace_id", "kind", "subject_id"),)

    kind: Mapped[str]
    """The kind of the deliveries it makes."""
    subject_id: Mapped[str]
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    zone: Mapped[str]
    local_time: Mapped[time]
    weekdays: Mapped[list[int]]
    """Monday is 0."""
    holidays: Mapped[str | None]
    """A holiday calendar such as "DE" or "DE-BY"; None where holidays are ordinary days."""
    skip_dates: Mapped[list[str]] = mapped_column(default=list)
    """Further local dates without a run, as ISO text."""
    late_seconds: Mapped[int]
    """How late a missed run may still happen."""
    next_run_at: Mapped[datetime | None] = mapped_column(index=True)
    """None while paused, and where the rule has no further run."""
    paused: Mapped[bool] = mapped_column(default=False)
    paused_reason: Mapped[str | None]
    created_at: Mapped[datetime]


class Delivery(Identified, WorkspaceScoped, Base):
    """One thing to send. Its `id` is the key that travels with the post; its `key` says what it is, once."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        UniqueConstraint("schedule_id", "due_at"),
        Index(None, "state", "due_at"),
        Index(None, "member_id", "finished_at"),
    )

    kind: Mapped[str]
    subject_id: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ids and dates only: what is sent is built when it is sent."""
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    key: Mapped[str]
    schedule_id: Mapped[str | None] = reference("schedule.id", ondelete="SET NULL", index=False)
    member_id: Mapped[MemberId | None] = reference("member.id", index=False)
    """Whom it is for, where it is private; it goes when they go."""
    unprompted: Mapped[bool] = mapped_column(default=False)
    """Nobody asked for it: it counts against the member's daily limit."""
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    """How often a worker took it up and did not give it back."""
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    due_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
    """Not before this moment, whatever `due_at` says: a rate limit, quiet hours, a pause between attempts."""
    reason: Mapped[str | None]
    """Why it waits, was skipped or is uncertain."""
    posted_ref: Mapped[str | None]
    """Where it landed: `MessageRef.encode()`."""
    finished_at: Mapped[datetime | None]
