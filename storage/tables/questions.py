"""Daily questions: programmes, the slots they fill, questions of a team's own, suggestions, queues and vetoes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class PauseReason(StrEnum):
    """Why a programme posts nothing for now."""

    ASKED = "asked"
    CHANNEL_ARCHIVED = "channel_archived"
    CHANNEL_CLOSED = "channel_closed"


class SlotState(StrEnum):
    """Where a slot stands. A skipped slot's question counts as never asked."""

    CHOSEN = "chosen"
    POSTED = "posted"
    SKIPPED = "skipped"
    UNCERTAIN = "uncertain"


class SuggestionState(StrEnum):
    """What became of a suggested question."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class Programme(Identified, WorkspaceScoped, Base):
    """What is asked in a channel. When it is asked stands in its row of `schedule` (its `subject_id` is our id)."""

    __tablename__ = "programme"

    conversation: Mapped[str] = mapped_column(index=True)
    """The channel: `ConversationRef.encode()`."""
    channel_name: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    lowest_level: Mapped[str] = mapped_column(default="L3")
    highest_level: Mapped[str] = mapped_column(default="L7")
    archetypes: Mapped[list[str]] = mapped_column(default=list)
    """Ids of the content; an empty list is no filter. So with themes and companies."""
    themes: Mapped[list[str]] = mapped_column(default=list)
    companies: Mapped[list[str]] = mapped_column(default=list)
    kind_mix: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The share of each kind in percent, together 100; a kind that is not named is not asked."""
    quiet_seconds: Mapped[int] = mapped_column(default=180)
    """An answer closes when its author has written nothing for so long."""
    closes_after_seconds: Mapped[int | None]
    """A question takes answers for so long; None is for ever."""
    paused_reason: Mapped[PauseReason | None]
    paused_until: Mapped[date | None]
    """The local date on which it resumes by itself."""
    paused_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    paused_at: Mapped[datetime | None]
    created_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    created_at: Mapped[datetime]


class Slot(Identified, WorkspaceScoped, Base):
    """The question of one programme on one local date, with all that scoring needs as it was posted."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("programme_id", "local_date"),)

    programme_id: Mapped[str] = reference("programme.id")
    local_date: Mapped[date]
    state: Mapped[SlotState] = mapped_column(default=SlotState.CHOSEN)
    delivery_key: Mapped[str]
    """The key of the one delivery that may post it."""
    question_id: Mapped[str]
    question_version: Mapped[int]
    text: Mapped[str]
    kind: Mapped[str]
    archetypes: Mapped[list[str]] = mapped_column(default=list)
    points: Mapped[list[Any]] = mapped_column(default=list)
    """Key points by priority, each `{"text": str, "also": [str, ...]}`."""
    must_not: Mapped[list[str]] = mapped_column(default=list)
    chosen_because: Mapped[list[Any]] = mapped_column(default=list)
    """The reasons, as `bot.questions.choosing.Reason` in JSON."""
    chosen_at: Mapped[datetime]
    message: Mapped[str | None] = mapped_column(unique=True)
    """The post: `MessageRef.encode()`."""
    thread: Mapped[str | None] = mapped_column(unique=True)
    """Where it is answered: `ConversationRef.encode()` of the thread on the post."""
    posted_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    """From this moment on it takes no answers; None is never."""
    closed_at: Mapped[datetime | None]
    thread_closed: Mapped[bool] = mapped_column(default=False)
    """A moderator closed the thread."""


class OwnQuestion(Identified, WorkspaceScoped, Base):
    """A question a team added. It reaches the bank as `own-<id>`; ours are never edited."""

    __tablename__ = "own_question"

    version: Mapped[int] = mapped_column(default=1)
    text: Mapped[str]
    kind: Mapped[str]
    archetypes: Mapped[list[str]] = mapped_column(default=list)
    themes: Mapped[list[str]] = mapped_column(default=list)
    lowest_level: Mapped[str] = mapped_column(default="L3")
    highest_level: Mapped[str] = mapped_column(default="L7")
    points: Mapped[list[str]] = mapped_column(default=list)
    """Key points by priority, in the team's words; situational only."""
    must_not: Mapped[list[str]] = mapped_column(default=list)
    added_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL")
    added_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    """Since then it is not asked any more."""


class Suggestion(Identified, WorkspaceScoped, Base):
    """A question a member would like to be asked."""

    __tablename__ = "suggestion"

    member_id: Mapped[MemberId] = reference("member.id")
    text: Mapped[str]
    state: Mapped[SuggestionState] = mapped_column(default=SuggestionState.WAITING, index=True)
    suggested_at: Mapped[datetime]
    decided_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    own_question_id: Mapped[str | None] = reference("own_question.id", ondelete="SET NULL", index=False)
    """What an approved suggestion became."""


class QueueEntry(Identified, WorkspaceScoped, Base):
    """A question a moderator wants asked next in a programme; gone once its slot is chosen."""

    __tablename__ = "queue_entry"
    __table_args__ = (UniqueConstraint("programme_id", "question_id"),)

    programme_id: Mapped[str] = reference("programme.id", index=False)
    question_id: Mapped[str]
    position: Mapped[int]
    """Smaller comes first."""
    queued_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    queued_at: Mapped[datetime]


class Veto(Identified, WorkspaceScoped, Base):
    """A question that is not to be asked in a programme, or nowhere in the workspace where it names none."""

    __tablename__ = "veto"

    programme_id: Mapped[str | None] = reference("programme.id")
    question_id: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(default="")
    vetoed_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    vetoed_at: Mapped[datetime]
