"""Settings in layers, and the log of who changed what."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference


class SettingLayer(StrEnum):
    """Where a value is set; the first layer that has one holds, in this order."""

    MEMBER = "member"
    PROGRAMME = "programme"
    CHANNEL = "channel"
    WORKSPACE = "workspace"


class SettingValue(Identified, WorkspaceScoped, Base):
    """One value of one setting in one layer. `layer_id` is the member, programme, channel or workspace."""

    __tablename__ = "setting_value"
    __table_args__ = (UniqueConstraint("workspace_id", "layer", "layer_id", "key"),)

    layer: Mapped[SettingLayer]
    layer_id: Mapped[str]
    key: Mapped[str]
    value: Mapped[Any | None]


class SettingChange(Identified, WorkspaceScoped, Base):
    """A change of a setting. None before means that it was not set there, None after that it was taken away."""

    __tablename__ = "setting_change"

    layer: Mapped[SettingLayer]
    layer_id: Mapped[str]
    key: Mapped[str]
    before: Mapped[Any | None]
    after: Mapped[Any | None]
    changed_by: Mapped[MemberId | None] = reference("member.id", ondelete="SET NULL")
    changed_at: Mapped[datetime]
