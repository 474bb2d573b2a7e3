"""What moderators did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class ModerationAct(Identified, WorkspaceScoped, Base):
    """One act: the verb of the policy, its subject, who did it and why."""

    __tablename__ = "moderation_act"

    verb: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str] = mapped_column(index=True)
    moderator_id: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL")
    reason: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ids and states only, never a person's text."""
    acted_at: Mapped[datetime]
