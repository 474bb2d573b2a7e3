"""A colleague's reading of the level that a story or an answer shows, asked for by its author."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class LevelReading(Identified, WorkspaceScoped, Base):
    """One person is asked about certain words of a story or of an answer, and sees of it what is kept here."""

    __tablename__ = "level_reading"
    __table_args__ = (
        UniqueConstraint("story_id", "reader_id", "mark"),
        UniqueConstraint("answer_id", "reader_id", "mark"),
    )

    author_id: Mapped[MemberId] = reference("member.id")
    reader_id: Mapped[MemberId] = reference("member.id")
    story_id: Mapped[str | None] = reference("story.id", index=False)
    answer_id: Mapped[str | None] = reference("answer.id", index=False)
    """One of the two is set."""
    version: Mapped[int]
    """The version of the story, or the number of the answer's revision."""
    mark: Mapped[str]
    """Which words: those of a telling change without a new version of their story."""
    title: Mapped[str]
    text: Mapped[str]
    """What its author was shown before they asked: nothing that is written later is seen through this."""
    by_rules: Mapped[str | None]
    """The level that the rules read in this version; None where they read none."""
    asked_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    level: Mapped[str | None]
    evidence: Mapped[str] = mapped_column(default="")
    """The words that show the level, quoted by the reader."""
    lift: Mapped[str] = mapped_column(default="")
    """One thing that would lift it."""
    answered_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    unreached_at: Mapped[datetime | None]
    """They could not be written to, or left before they said anything."""
    taken_back_at: Mapped[datetime | None]
    """From then on its reader sees nothing of it."""
