"""Peer-review rounds: programmes, rounds, the answers in them, reviews, plans, and what people wish."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class Cadence(StrEnum):
    """When answers are handed out: by the calendar, or when enough have come in."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    AFTER_ANSWERS = "after_answers"


class RoundState(StrEnum):
    """Where a round stands; `bot.review.states` says which way leads where."""

    DRAFT = "draft"
    COLLECTING = "collecting"
    LOCKING = "locking"
    ASSIGNING = "assigning"
    REVIEWING = "reviewing"
    GRACE = "grace"
    CLOSING = "closing"
    CLOSED = "closed"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


class EntryState(StrEnum):
    """An answer in a round. Its text is frozen when it is locked."""

    REGISTERED = "registered"
    LOCKED = "locked"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    SUMMARISED = "summarised"


class ReviewState(StrEnum):
    """One person's review of one answer. Counted, late, released and excluded are final."""

    ASSIGNED = "assigned"
    OPENED = "opened"
    SUBMITTED = "submitted"
    FLAGGED = "flagged"
    COUNTED = "counted"
    LATE = "late"
    RELEASED = "released"
    EXCLUDED = "excluded"


class ReleaseReason(StrEnum):
    """Why a review was taken from its reviewer; none is held against them the first time."""

    NOT_STARTED = "not_started"
    DECLINED = "declined"
    LEFT = "left"
    OPTED_OUT = "opted_out"
    ANSWER_GONE = "answer_gone"
    CONFLICT = "conflict"
    SWAPPED = "swapped"
    """Its reviewer asked for another answer."""
    EXCHANGED = "exchanged"
    """Its reviewer has that one instead of this."""
    NOT_FINISHED = "not_finished"


class ReviewProgramme(Identified, WorkspaceScoped, Base):
    """How rounds run in a channel. When answers are locked stands in its row of `schedule`, where the calendar says."""

    __tablename__ = "review_programme"
    __table_args__ = (UniqueConstraint("workspace_id", "conversation", "name"),)

    conversation: Mapped[str]
    """The channel: `ConversationRef.encode()`."""
    channel_name: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    cadence: Mapped[Cadence] = mapped_column(default=Cadence.WEEKLY)
    after_answers: Mapped[int] = mapped_column(default=8)
    """Answers that start a round where the cadence counts them."""
    zone: Mapped[str]
    holidays: Mapped[str | None]
    review_days: Mapped[int] = mapped_column(default=4)
    """Local days for reviewing."""
    grace_hours: Mapped[int] = mapped_column(default=6)
    reviews_wanted: Mapped[int] = mapped_column(default=3)
    open_reviewers: Mapped[bool] = mapped_column(default=False)
    """People without an answer may review too."""
    rubric_id: Mapped[str | None] = reference("review_rubric.id", ondelete="SET NULL", index=False)
    """The team's own rubric; None is the one that comes with the content."""
    paused: Mapped[bool] = mapped_column(default=False)
    paused_reason: Mapped[str | None]
    created_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    created_at: Mapped[datetime]


class Rubric(Identified, WorkspaceScoped, Base):
    """A team's own criteria. A row is never changed: an edit makes the next version."""

    __tablename__ = "review_rubric"
    __table_args__ = (UniqueConstraint("workspace_id", "version"),)

    version: Mapped[int]
    criteria: Mapped[list[Any]] = mapped_column(default=list)
    """`bot.review.rubric.Criterion` in JSON."""
    made_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    made_at: Mapped[datetime]


class Round(Identified, WorkspaceScoped, Base):
    """One round of a programme. Its moments are fixed when it is locked and move only when a moderator moves them."""

    __tablename__ = "review_round"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        # One round at a time takes answers in a programme.
        Index(
            "uq_review_round_collecting", "programme_id", unique=True,
            sqlite_where=text("state = 'collecting'"), postgresql_where=text("state = 'collecting'"),
        ),
    )  # fmt: skip

    programme_id: Mapped[str] = reference("review_programme.id")
    number: Mapped[int]
    state: Mapped[RoundState] = mapped_column(default=RoundState.COLLECTING, index=True)
    state_before_pause: Mapped[RoundState | None]
    rubric_version: Mapped[str] = mapped_column(default="")
    criteria: Mapped[list[Any]] = mapped_column(default=list)
    """The rubric as it was when the answers were locked."""
    seed: Mapped[int]
    collects_from: Mapped[datetime]
    locked_at: Mapped[datetime | None]
    half_at: Mapped[datetime | None]
    last_call_at: Mapped[datetime | None]
    """24 hours before the end."""
    review_until: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    """`review_until` and the grace."""
    closed_at: Mapped[datetime | None]
    hub_message: Mapped[str | None]
    """The post in the channel that says where the round stands: `MessageRef.encode()`."""
    reason: Mapped[str | None]
    """Why it was skipped, cancelled, paused or opened again."""


class RoundEvent(Identified, WorkspaceScoped, Base):
    """A step of a round's life, kept for those who run it."""

    __tablename__ = "review_round_event"

    round_id: Mapped[str] = reference("review_round.id")
    came_from: Mapped[str]
    went_to: Mapped[str]
    reason: Mapped[str | None]
    by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    at: Mapped[datetime]


class RoundPlan(Identified, WorkspaceScoped, Base):
    """A plan of assignment with the input it was made from, so that it can be made again."""

    __tablename__ = "review_round_plan"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    round_id: Mapped[str] = reference("review_round.id")
    number: Mapped[int]
    occasion: Mapped[str]
    """"lock", "late", "half", "last_call", "released" or "disagreement"."""
    problem: Mapped[str]
    """`bot.review.assignment.Problem.dump()`."""
    method: Mapped[str]
    unmet: Mapped[list[Any]] = mapped_column(default=list)
    stand_ins: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """For each answer those who would be next, best first."""
    made_at: Mapped[datetime]


class Entry(Identified, WorkspaceScoped, Base):
    """An answer in a round, with the text that reviewers see."""

    __tablename__ = "review_entry"
    __table_args__ = (UniqueConstraint("round_id", "answer_id"), UniqueConstraint("round_id", "label"))

    round_id: Mapped[str] = reference("review_round.id")
    answer_id: Mapped[str] = reference("answer.id")
    author_id: Mapped[MemberId] = reference("member.id")
    state: Mapped[EntryState] = mapped_column(default=EntryState.REGISTERED)
    label: Mapped[str | None]
    """What it is called in the round ("Answer C"), drawn at locking."""
    private: Mapped[bool] = mapped_column(default=False)
    """Given by the private form: its author stays hidden from reviewers."""
    revision_id: Mapped[str | None] = reference("answer_revision.id", ondelete="SET NULL", index=False)
    question: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    """Frozen at locking; emptied when the answer is withdrawn."""
    text_hash: Mapped[str | None]
    wanted: Mapped[int] = mapped_column(default=0)
    late: Mapped[bool] = mapped_column(default=False)
    """Came after the lock and before the cut-off at half time."""
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """At closing: means by criterion, counts, adjusted score, confidence, tier ("full", "partial" or "none")."""
    owed: Mapped[bool] = mapped_column(default=False)
    """Got too few reviews: its author comes first in the next round."""
    flagged_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    flag_reason: Mapped[str | None]
    registered_at: Mapped[datetime]


class Review(Identified, WorkspaceScoped, Base):
    """One person's review of one answer."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("entry_id", "reviewer_id"),)

    entry_id: Mapped[str] = reference("review_entry.id")
    reviewer_id: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL")
    """None once its writer's data were erased: scores stay, words do not."""
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.ASSIGNED)
    mentor: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[ReleaseReason | None]
    replaced_by: Mapped[str | None] = reference("review.id", ondelete="SET NULL", index=False)
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Points from 1 to 5 by criterion id."""
    worked: Mapped[str] = mapped_column(default="")
    change: Mapped[str] = mapped_column(default="")
    level: Mapped[str | None]
    follow_up: Mapped[str] = mapped_column(default="")
    text_hash_seen: Mapped[str | None]
    order_shown: Mapped[int] = mapped_column(default=0)
    """Its place among the reviews of the answer, drawn at closing, so that order tells nothing."""
    helpful: Mapped[bool | None]
    thanked: Mapped[bool] = mapped_column(default=False)
    asked_back: Mapped[str] = mapped_column(default="")
    answered_back: Mapped[str] = mapped_column(default="")
    flagged_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    flag_reason: Mapped[str | None]
    assigned_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ReviewEdition(Identified, WorkspaceScoped, Base):
    """What a review said before it was changed, oldest first by number."""

    __tablename__ = "review_edition"
    __table_args__ = (UniqueConstraint("review_id", "number"),)

    review_id: Mapped[str] = reference("review.id", index=False)
    number: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """`bot.review.given.Said` in JSON."""
    at: Mapped[datetime]
    """When it was handed in."""


class ReviewAppeal(Identified, WorkspaceScoped, Base):
    """An author asks for a mentor's own look at an answer, once; the mentor does not see what was found before."""

    __tablename__ = "review_appeal"
    __table_args__ = (UniqueConstraint("entry_id"),)

    entry_id: Mapped[str] = reference("review_entry.id", index=False)
    why: Mapped[str]
    mentor_id: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class ReviewOverride(Identified, WorkspaceScoped, Base):
    """A mentor's score in place of the reviews', with its reason; what was found before stays."""

    __tablename__ = "review_override"

    entry_id: Mapped[str] = reference("review_entry.id")
    mentor_id: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    value: Mapped[float]
    reason: Mapped[str]
    at: Mapped[datetime]


class ReviewerWish(Identified, WorkspaceScoped, Base):
    """How much somebody reviews: nothing, or so many a round at most."""

    __tablename__ = "reviewer_wish"
    __table_args__ = (UniqueConstraint("member_id"),)

    member_id: Mapped[MemberId] = reference("member.id", index=False)
    out: Mapped[bool] = mapped_column(default=False)
    paused_until: Mapped[datetime | None]
    most: Mapped[int | None]
    one_more: Mapped[bool] = mapped_column(default=False)
    """Is glad to take one more than the others."""


class Exclusion(Identified, WorkspaceScoped, Base):
    """Two people who are not to review each other, known to nobody but the one who asked."""

    __tablename__ = "review_exclusion"
    __table_args__ = (UniqueConstraint("asked_by", "other_id"),)

    asked_by: Mapped[MemberId] = reference("member.id", index=False)
    other_id: Mapped[MemberId] = reference("member.id")
    at: Mapped[datetime]


class SelfRating(Identified, WorkspaceScoped, Base):
    """How somebody rates their own answer before they see what others found."""

    __tablename__ = "review_self_rating"
    __table_args__ = (UniqueConstraint("answer_id"),)

    answer_id: Mapped[str] = reference("answer.id", index=False)
    member_id: Mapped[MemberId] = reference("member.id")
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


class CalibrationTry(Identified, WorkspaceScoped, Base):
    """A new reviewer's scores of an example whose rating is agreed."""

    __tablename__ = "review_calibration"
    __table_args__ = (UniqueConstraint("member_id", "example_id"),)

    member_id: Mapped[MemberId] = reference("member.id", index=False)
    example_id: Mapped[str]
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
