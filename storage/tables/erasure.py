"""Erasures under way, and the receipts they leave, which name nobody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped


class Erasure(Identified, WorkspaceScoped, Base):
    """The erasure of one person's data. Once it has ended it is a receipt: `member_id` and `places` are empty."""

    __tablename__ = "erasure"
    __table_args__ = (
        UniqueConstraint("number"),
        Index(
            "uq_erasure_under_way", "member_id", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    number: Mapped[str]
    """Random; what the person is given."""
    member_id: Mapped[MemberId | None]
    """No reference: it has to outlive the member until the last step is done."""
    asked: Mapped[bool]
    """The person asked for it and is told of its end; otherwise a rule wants it, or a backup brought them back."""
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    done: Mapped[list[str]] = mapped_column(default=list)
    """What is erased already, by the names of the holdings."""
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Rows erased by holding, and messages of ours that were removed."""
    places: Mapped[list[str]] = mapped_column(default=list)
    """Direct conversations with the person, while it is under way: `ConversationRef.encode()`."""
    salt: Mapped[str] = mapped_column(default="")
    mark: Mapped[str] = mapped_column(default="")
    """A hash of the member's id keyed by `salt`: recognises them in a backup, and tells nobody who they were."""
