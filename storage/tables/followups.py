"""Follow-ups: replies to the questions after a story, and the questions a member drafted for an interviewer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class FollowUpReply(Identified, WorkspaceScoped, Base):
    """A reply to one follow-up, with what was said of it; it belongs to the version of the answer it was given to."""

    __tablename__ = "follow_up_reply"
    __table_args__ = (UniqueConstraint("revision_id", "kind", "number"),)

    member_id: Mapped[MemberId] = reference("member.id")
    answer_id: Mapped[str] = reference("answer.id")
    revision_id: Mapped[str] = reference("answer_revision.id", index=False)
    kind: Mapped[str]
    """`bot.scoring.followups.FollowUpKind`."""
    number: Mapped[int]
    """Which attempt at this follow-up it is, from 1."""
    text: Mapped[str]
    report: Mapped[str]
    """`FollowUpReport.to_json()`, kept to the byte."""
    created_at: Mapped[datetime] = mapped_column(index=True)


class ClosingDraft(Identified, WorkspaceScoped, Base):
    """The questions a member drafted for the end of an interview, as they stand now."""

    __tablename__ = "closing_draft"
    __table_args__ = (UniqueConstraint("member_id"),)

    member_id: Mapped[MemberId] = reference("member.id", index=False)
    text: Mapped[str]
    changed_at: Mapped[datetime]
