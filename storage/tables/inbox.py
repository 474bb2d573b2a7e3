"""Events as they came in: stored before they are acknowledged, handled once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Identified


class InboxState(StrEnum):
    """Where an event stands."""

    RECEIVED = "received"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class InboxEvent(Identified, Base):
    """One event of a platform. It belongs to no workspace yet: finding that out is part of handling it.

    `event` is the parsed event as JSON (`bot.chat.events.event_to_json`) and is cleared when it is handled;
    the row stays seven days so that the same event delivered again is known.
    """

    __tablename__ = "inbox_event"
    __table_args__ = (
        UniqueConstraint("platform", "installation", "delivery_id"),
        Index(None, "state", "received_at"),
    )

    platform: Mapped[str]
    installation: Mapped[str]
    delivery_id: Mapped[str]
    event: Mapped[str | None]
    state: Mapped[InboxState] = mapped_column(default=InboxState.RECEIVED)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    reason: Mapped[str | None]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None] = mapped_column(index=True)
