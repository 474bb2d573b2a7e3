"""Forms that were opened and not yet handled to their end, with what was submitted so far."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class FormDraft(Identified, WorkspaceScoped, Base):
    """One opened form. It goes when its submission is handled, with its member, or after a month."""

    __tablename__ = "form_draft"

    member_id: Mapped[MemberId] = reference("member.id")
    account: Mapped[str]
    """Who opened it and alone may submit it: `AccountRef.encode()`."""
    opened_in: Mapped[str | None]
    """Where they opened it first, which a later step may be far from: `ConversationRef.encode()`."""
    action: Mapped[str]
    """The packed payload under which its room declared the form."""
    form: Mapped[dict[str, Any]]
    """The whole form in its reader's language, before it was split into steps."""
    steps: Mapped[list[Any]] = mapped_column(default=list)
    """The steps in which it was shown last, each a form like `form`."""
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What stands in the inputs of the steps so far: by input name, the list of values."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
