"""Workspaces and who is in them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, synonym

from bot.base.ids import MemberId, WorkspaceId, new_id
from storage.base import ID_LENGTH, Base, Identified, WorkspaceScoped, reference


class InstallationState(StrEnum):
    """Whether Starling is still installed there."""

    ACTIVE = "active"
    REMOVED = "removed"


class MemberState(StrEnum):
    """Whether a member takes part."""

    ACTIVE = "active"
    LEFT = "left"
    BLOCKED = "blocked"
    ERASING = "erasing"
    """Everything about them is being deleted; they take no part any more."""


class Workspace(WorkspaceScoped, Base):
    """The tenant. It is scoped to itself: `workspace_id` and `id` are one column."""

    __tablename__ = "workspace"

    workspace_id: Mapped[WorkspaceId] = mapped_column("id", String(ID_LENGTH), primary_key=True, default=new_id)
    id: Mapped[WorkspaceId] = synonym("workspace_id")
    name: Mapped[str]
    created_at: Mapped[datetime]


class Installation(Identified, WorkspaceScoped, Base):
    """A Slack team or organisation, a Discord guild or the local workspace, and the workspace it belongs to."""

    __tablename__ = "installation"
    __table_args__ = (UniqueConstraint("platform", "external_id"),)

    platform: Mapped[str]
    external_id: Mapped[str]
    """What the platform calls it: `InstallationRef.installation`."""
    name: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[InstallationState] = mapped_column(default=InstallationState.ACTIVE)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Member(Identified, WorkspaceScoped, Base):
    """A person in a workspace, whatever accounts they use."""

    __tablename__ = "member"

    display_name: Mapped[str]
    time_zone: Mapped[str | None]
    """An IANA name; None until it is known, then UTC holds."""
    language: Mapped[str] = mapped_column(default="en")
    roles: Mapped[list[str]] = mapped_column(default=list)
    """Roles somebody appointed them to; those that follow from a platform's permissions are not stored."""
    state: Mapped[MemberState] = mapped_column(default=MemberState.ACTIVE)
    seen_as_admin_at: Mapped[datetime | None]
    """When the platform last said that they administer an installation: whom to tell when something is wrong."""
    created_at: Mapped[datetime]


class ZoneChange(Identified, WorkspaceScoped, Base):
    """From when on a member was in a time zone. Whoever was never in another has no rows here."""

    __tablename__ = "zone_change"

    member_id: Mapped[MemberId] = reference("member.id")
    zone: Mapped[str]
    since: Mapped[datetime]


class Account(Identified, WorkspaceScoped, Base):
    """A member's account in one installation: `AccountRef` in columns."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("platform", "installation", "user"),)

    platform: Mapped[str]
    installation: Mapped[str]
    user: Mapped[str]
    member_id: Mapped[MemberId] = reference("member.id")
    created_at: Mapped[datetime]
