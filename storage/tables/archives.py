"""Archives of people's data on their way to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class PreparedArchive(Identified, WorkspaceScoped, Base):
    """An archive that is made and not handed over yet; it goes as soon as it is, or after a day."""

    __tablename__ = "prepared_archive"

    delivery_id: Mapped[str] = mapped_column(unique=True)
    """The delivery that hands it over; no reference, since that may be gone first."""
    member_id: Mapped[MemberId] = reference("member.id")
    data: Mapped[bytes]
    """Empty for one that is too large for any chat."""
    made_at: Mapped[datetime] = mapped_column(index=True)
