"""Practice: recall drills over one's own stories, and the interview one prepares for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class StoryDrill(Identified, WorkspaceScoped, Base):
    """How well a story is remembered, after its owner last recalled it. It goes when the story goes."""

    __tablename__ = "story_drill"
    __table_args__ = (UniqueConstraint("story_id"),)

    member_id: Mapped[MemberId] = reference("member.id")
    story_id: Mapped[str] = reference("story.id", index=False)
    recalls: Mapped[int]
    """How often it was recalled and graded."""
    grade: Mapped[int]
    """The last grade: 1 again, 2 hard, 3 good, 4 easy."""
    stability: Mapped[float]
    """FSRS: the days after which it is still recalled nine times of ten."""
    difficulty: Mapped[float]
    """FSRS: from 1 to 10."""
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    due_at: Mapped[datetime]


class DrillReminder(Identified, WorkspaceScoped, Base):
    """A member asked to be reminded of stories that are due; without a row nobody is."""

    __tablename__ = "drill_reminder"
    __table_args__ = (UniqueConstraint("member_id"),)

    member_id: Mapped[MemberId] = reference("member.id", index=False)
    paused_until: Mapped[date | None]
    """No reminder before this local day."""
    asked_at: Mapped[datetime]


class Interview(Identified, WorkspaceScoped, Base):
    """The interview a member prepares for. Which company it is at stands among their preferences."""

    __tablename__ = "interview"
    __table_args__ = (UniqueConstraint("member_id"),)

    member_id: Mapped[MemberId] = reference("member.id", index=False)
    day: Mapped[date]
    minutes_a_day: Mapped[int]
    """What they can give to preparing, each day."""
    has_researched: Mapped[bool] = mapped_column(default=False)
    """They say that they have read up on the company and the team."""
    changes: Mapped[int] = mapped_column(default=0)
    """How often it was set: part of the key of the message before it."""
    set_at: Mapped[datetime]
