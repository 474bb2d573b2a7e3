"""Projects, stories with their versions and tellings, and when they were told."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class StoryVisibility(StrEnum):
    """Who may see a story beside its owner: nobody, the owner's mentors, the whole team."""

    ME = "me"
    MENTORS = "mentors"
    TEAM = "team"


class TellingLength(StrEnum):
    """The lengths in which a story is kept ready."""

    TWO_MINUTES = "two_minutes"
    FIVE_MINUTES = "five_minutes"


class Project(Identified, WorkspaceScoped, Base):
    """What stories come from, with the columns of the project table."""

    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("member_id", "name"),)

    member_id: Mapped[MemberId] = reference("member.id")
    name: Mapped[str]
    impact: Mapped[str] = mapped_column(default="")
    challenge: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    learnings: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Story(Identified, WorkspaceScoped, Base):
    """One story of one member. Its words stand in its versions; the newest counts."""

    __tablename__ = "story"
    __table_args__ = (UniqueConstraint("answer_id"), UniqueConstraint("member_id", "source_message"))

    member_id: Mapped[MemberId] = reference("member.id")
    project_id: Mapped[str | None] = reference("project.id", ondelete="SET NULL")
    answer_id: Mapped[str | None] = reference("answer.id", ondelete="SET NULL")
    """The answer it was made from."""
    source_message: Mapped[str | None]
    """The message it was made from: `MessageRef.encode()`."""
    form: Mapped[str]
    """The template or archetype whose form it was written in: the content's id, or empty."""
    visibility: Mapped[StoryVisibility] = mapped_column(default=StoryVisibility.ME)
    archetypes: Mapped[list[str]] = mapped_column(default=list)
    principles: Mapped[list[str]] = mapped_column(default=list)
    question_types: Mapped[list[str]] = mapped_column(default=list)
    tags: Mapped[list[str]] = mapped_column(default=list)
    versions: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class StoryVersion(Identified, WorkspaceScoped, Base):
    """What a story said at one time, and how strong the rules found it."""

    __tablename__ = "story_version"
    __table_args__ = (UniqueConstraint("story_id", "number"),)

    story_id: Mapped[str] = reference("story.id")
    number: Mapped[int]
    title: Mapped[str]
    situation: Mapped[str] = mapped_column(default="")
    task: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    learning: Mapped[str] = mapped_column(default="")
    tie_in: Mapped[str] = mapped_column(default="")
    metrics: Mapped[list[str]] = mapped_column(default=list)
    """The figures of the story as it says them."""
    level: Mapped[str | None]
    rating: Mapped[float | None]
    """None where the rules abstained."""
    findings: Mapped[list[str]] = mapped_column(default=list)
    strengths: Mapped[list[str]] = mapped_column(default=list)
    engine: Mapped[str]
    created_at: Mapped[datetime]


class StoryTelling(Identified, WorkspaceScoped, Base):
    """A story as it is told in a certain length."""

    __tablename__ = "story_telling"
    __table_args__ = (UniqueConstraint("story_id", "length"),)

    story_id: Mapped[str] = reference("story.id")
    length: Mapped[TellingLength]
    text: Mapped[str]
    words: Mapped[int]
    updated_at: Mapped[datetime]


class StoryFollowUp(Identified, WorkspaceScoped, Base):
    """What the owner answers to one of the standing follow-up questions."""

    __tablename__ = "story_follow_up"
    __table_args__ = (UniqueConstraint("story_id", "question"),)

    story_id: Mapped[str] = reference("story.id")
    question: Mapped[str]
    """The follow-up's id in the content."""
    text: Mapped[str]
    updated_at: Mapped[datetime]


class StoryTold(Identified, WorkspaceScoped, Base):
    """A story was told: when, and where if the owner said so."""

    __tablename__ = "story_told"

    story_id: Mapped[str] = reference("story.id")
    told_on: Mapped[date] = mapped_column(Date)
    place: Mapped[str] = mapped_column(default="")
