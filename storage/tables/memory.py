"""What adapters have to know again after a restart."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class AdapterNote(Base):
    """One short text that an adapter asked to be kept, by a name of its own.

    It belongs to no workspace: an adapter needs it before it has told of any installation. `installation` is empty
    where it belongs to none; its name is then the id of an account's user.
    """

    __tablename__ = "adapter_note"

    platform: Mapped[str] = mapped_column(primary_key=True)
    installation: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    noted_at: Mapped[datetime]
