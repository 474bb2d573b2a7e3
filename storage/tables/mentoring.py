"""Mentoring: who mentors whom and sees what, and what mentors and mentees leave for each other."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class MentorshipState(StrEnum):
    """Where a mentorship stands. Nothing is seen in it unless it is active."""

    OFFERED = "offered"
    """By the mentor: it waits for the mentee."""
    ASKED = "asked"
    """By the mentee: it waits for the mentor."""
    PROPOSED = "proposed"
    """By the mentor before, who hands over: it waits for the mentee, and then for the mentor."""
    ACTIVE = "active"
    ENDED = "ended"
    """Declined, withdrawn, or over."""


class NoteSeenBy(StrEnum):
    """Who reads a note about a mentee, beside its author."""

    ME = "me"
    MENTEE = "mentee"
    MENTORS = "mentors"
    """The other mentors of the mentee."""


class TargetState(StrEnum):
    """A target is the mentee's own: what a mentor proposes holds once the mentee takes it."""

    PROPOSED = "proposed"
    SET = "set"


class Mentorship(Identified, WorkspaceScoped, Base):
    """One mentor and one mentee; two people have at most one that has not ended, in each direction."""

    __tablename__ = "mentorship"
    __table_args__ = (
        Index(
            "uq_mentorship_standing", "mentor_id", "mentee_id", unique=True,
            sqlite_where=text("state != 'ended'"), postgresql_where=text("state != 'ended'"),
        ),
    )  # fmt: skip

    mentor_id: Mapped[MemberId] = reference("member.id")
    mentee_id: Mapped[MemberId] = reference("member.id")
    state: Mapped[MentorshipState]
    shares: Mapped[list[str]] = mapped_column(default=list)
    """What the mentee shows the mentor: `bot.members.mentorships.Shared`."""
    asked_at: Mapped[datetime]
    since: Mapped[datetime | None]
    """When it was accepted."""
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    handed_over_from: Mapped[str | None] = reference("mentorship.id", ondelete="SET NULL", index=False)
    """The mentorship that ends once this one is accepted."""
    mentor_active_at: Mapped[datetime | None]
    """When the mentor last looked at something of the mentee's or wrote to them; at first, when it was accepted."""


class MentorAssignment(Identified, WorkspaceScoped, Base):
    """A question that a mentor asks a mentee to answer by a day. It is done when it is answered."""

    __tablename__ = "mentor_assignment"

    mentor_id: Mapped[MemberId] = reference("member.id")
    mentee_id: Mapped[MemberId] = reference("member.id")
    question_id: Mapped[str]
    """A question of the content; empty where the mentor wrote one."""
    question: Mapped[str]
    due_on: Mapped[date]
    """The last day for it, in the mentee's zone."""
    assigned_at: Mapped[datetime]
    answer_id: Mapped[str | None] = reference("answer.id", ondelete="SET NULL")
    answered_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    """When the mentor saw the answer or wrote about it: until then it waits for them."""


class MentorNote(Identified, WorkspaceScoped, Base):
    """What a mentor notes about a mentee, with the readers chosen when it was written."""

    __tablename__ = "mentor_note"

    author_id: Mapped[MemberId] = reference("member.id")
    mentee_id: Mapped[MemberId] = reference("member.id")
    seen_by: Mapped[NoteSeenBy]
    text: Mapped[str]
    written_at: Mapped[datetime]


class MentorComment(Identified, WorkspaceScoped, Base):
    """What a mentor says about an answer, to the one who gave it."""

    __tablename__ = "mentor_comment"

    mentor_id: Mapped[MemberId] = reference("member.id")
    answer_id: Mapped[str] = reference("answer.id")
    text: Mapped[str]
    written_at: Mapped[datetime]


class MentorQuestion(Identified, WorkspaceScoped, Base):
    """What a mentee asks a mentor, about an answer or not; it waits until the mentor replies."""

    __tablename__ = "mentor_question"

    mentor_id: Mapped[MemberId] = reference("member.id")
    mentee_id: Mapped[MemberId] = reference("member.id")
    answer_id: Mapped[str | None] = reference("answer.id", ondelete="SET NULL")
    text: Mapped[str]
    asked_at: Mapped[datetime]
    reply: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None]


class MentoringTarget(Identified, WorkspaceScoped, Base):
    """A level to reach by a day."""

    __tablename__ = "mentoring_target"

    mentee_id: Mapped[MemberId] = reference("member.id")
    proposed_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL")
    """The mentor whose proposal it is or was; None where it is the mentee's own."""
    level: Mapped[str]
    by_on: Mapped[date]
    state: Mapped[TargetState]
    set_at: Mapped[datetime]


class MentorLook(Identified, WorkspaceScoped, Base):
    """Somebody looked at something of a mentee's: the log that the mentee reads."""

    __tablename__ = "mentor_look"
    __table_args__ = (Index(None, "mentee_id", "looked_at"),)

    viewer_id: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL")
    """None where they were erased since."""
    mentee_id: Mapped[MemberId] = reference("member.id", index=False)
    what: Mapped[str]
    """`bot.members.mentorships.Shared`."""
    subject_id: Mapped[str] = mapped_column(default="")
    """The one answer or story that was looked at; empty for a summary."""
    looked_at: Mapped[datetime] = mapped_column(index=True)
