"""Answers: their parts, revisions, feedback, copies of ours, disputes, and replies that were set aside."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class AnswerState(StrEnum):
    """Open while further parts are waited for. A withdrawn answer keeps its ids and no words."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class GivenAs(StrEnum):
    """How an answer came in: in the question's thread, by the private form, or as a text of one's own to score."""

    THREAD = "thread"
    PRIVATE = "private"
    TEXT = "text"


class Answer(Identified, WorkspaceScoped, Base):
    """One member's answer to a posted question, or a text of their own (`slot_id` is None)."""

    __tablename__ = "answer"
    __table_args__ = (
        # One answer of each kind to a question; a withdrawn one does not stand in the way of the next.
        Index(
            "uq_answer_standing", "member_id", "slot_id", "given_as", unique=True,
            sqlite_where=text("state != 'withdrawn'"), postgresql_where=text("state != 'withdrawn'"),
        ),
    )  # fmt: skip

    member_id: Mapped[MemberId] = reference("member.id")
    slot_id: Mapped[str | None] = reference("slot.id", ondelete="SET NULL")
    given_as: Mapped[GivenAs]
    visibility: Mapped[str]
    """`bot.base.policy.Visibility`."""
    state: Mapped[AnswerState] = mapped_column(default=AnswerState.OPEN)
    openings: Mapped[int] = mapped_column(default=1)
    """How often it was begun or taken up again: each opening has its own closing."""
    closes_at: Mapped[datetime | None]
    """While open: when it closes unless a further part comes."""
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL", index=False)
    created_at: Mapped[datetime]


class AnswerPart(Identified, WorkspaceScoped, Base):
    """A message of the thread, or one field of the form, that belongs to an answer."""

    __tablename__ = "answer_part"
    __table_args__ = (UniqueConstraint("workspace_id", "message"), UniqueConstraint("answer_id", "name"))

    answer_id: Mapped[str] = reference("answer.id")
    message: Mapped[str | None]
    """`MessageRef.encode()`; None for a field of the form."""
    name: Mapped[str | None]
    """The field of the form; None for a message."""
    text: Mapped[str]
    posted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted: Mapped[bool] = mapped_column(default=False)
    """The message is gone; its words are not kept."""


class EarlyChange(Identified, WorkspaceScoped, Base):
    """An edit or a deletion that came before its message. `text` is None for a deletion."""

    __tablename__ = "answer_early_change"
    __table_args__ = (UniqueConstraint("workspace_id", "message"),)

    message: Mapped[str]
    text: Mapped[str | None]
    occurred_at: Mapped[datetime] = mapped_column(index=True)


class AsideReason(StrEnum):
    """Why a reply is no part of an answer. The words of chatter are not kept."""

    CHATTER = "chatter"
    UNSURE = "unsure"
    """Its author is asked, unless they go on and it becomes a part by that."""
    AFTER_OTHERS = "after_others"
    """Its author is asked; somebody else had spoken before it, so going on does not settle it."""
    CLOSED = "closed"
    """The question takes no answers any more."""
    WORDLESS = "wordless"
    DIRECT = "direct"
    """A direct message: its author is asked which question it answers."""


class SetAside(Identified, WorkspaceScoped, Base):
    """A reply that is no part of an answer, known by its message so that a later edit finds it.

    Its words are kept only while its author can still ask for them to be scored. `slot_id` is None for a direct
    message whose author is asked which question it answers.
    """

    __tablename__ = "answer_set_aside"
    __table_args__ = (UniqueConstraint("workspace_id", "message"),)

    message: Mapped[str]
    slot_id: Mapped[str | None] = reference("slot.id")
    member_id: Mapped[MemberId] = reference("member.id")
    reason: Mapped[AsideReason]
    text: Mapped[str | None]
    posted_at: Mapped[datetime]


class Revision(Identified, WorkspaceScoped, Base):
    """What an answer said at one closing, with the report on it and every input the report was made from."""

    __tablename__ = "answer_revision"
    __table_args__ = (UniqueConstraint("answer_id", "number"),)

    answer_id: Mapped[str] = reference("answer.id")
    number: Mapped[int]
    text: Mapped[str]
    question: Mapped[str]
    kind: Mapped[str]
    points: Mapped[list[Any]] = mapped_column(default=list)
    """The key points with their other wordings, as `Slot.points`."""
    asking: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was known of the question beside its words, as `bot.scoring.Asking` in JSON."""
    target_level: Mapped[str | None]
    engine: Mapped[str]
    rubric: Mapped[str]
    lexicon: Mapped[str]
    rating: Mapped[float | None]
    """None where the engine abstained."""
    report: Mapped[str]
    """`Report.to_json()`, kept to the byte."""
    created_at: Mapped[datetime]


class Feedback(Identified, WorkspaceScoped, Base):
    """The one feedback on an answer, and the durable card that shows it."""

    __tablename__ = "answer_feedback"
    __table_args__ = (UniqueConstraint("answer_id"),)

    answer_id: Mapped[str] = reference("answer.id")
    revision_id: Mapped[str] = reference("answer_revision.id")
    """The revision it speaks about."""
    messages: Mapped[list[str]] = mapped_column(default=list)
    """The durable card, one message as a rule: `MessageRef.encode()`."""
    public: Mapped[bool] = mapped_column(default=False)
    """Its card stands in the thread, by the channel's setting."""
    delivered_at: Mapped[datetime | None]


class AnswerCopy(Identified, WorkspaceScoped, Base):
    """A message of ours that shows an answer to others: what was shared to the thread."""

    __tablename__ = "answer_copy"
    __table_args__ = (UniqueConstraint("workspace_id", "message"),)

    answer_id: Mapped[str] = reference("answer.id")
    message: Mapped[str]
    posted_at: Mapped[datetime]


class Dispute(Identified, WorkspaceScoped, Base):
    """A person disagrees with a report: their own labels of the case."""

    __tablename__ = "answer_dispute"
    __table_args__ = (UniqueConstraint("revision_id"),)

    revision_id: Mapped[str] = reference("answer_revision.id")
    member_id: Mapped[MemberId] = reference("member.id")
    rating: Mapped[float | None]
    wrong_findings: Mapped[list[str]] = mapped_column(default=list)
    missed_findings: Mapped[list[str]] = mapped_column(default=list)
    comment: Mapped[str] = mapped_column(default="")
    consented: Mapped[bool] = mapped_column(default=False)
    """The person agreed that question, answer and labels may be exported as a case."""
    filed_at: Mapped[datetime]
