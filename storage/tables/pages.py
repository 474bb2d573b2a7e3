"""Ways to pages in a browser: links that work once, and the sessions they start."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.base.ids import MemberId
from storage.base import Base, Identified, WorkspaceScoped, reference

HASH_LENGTH = 64


class PageLink(Identified, WorkspaceScoped, Base):
    """A link that somebody asked for and has not used. Its token is nowhere but in the link itself."""

    __tablename__ = "page_link"

    member_id: Mapped[MemberId] = reference("member.id")
    account: Mapped[str]
    """Who asked for it: `AccountRef.encode()`."""
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    """SHA-256 of the token, in hexadecimal."""
    page: Mapped[str]
    subject: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class PageSession(Identified, WorkspaceScoped, Base):
    """A browser in which somebody opened a link. Its token is nowhere but in that browser."""

    __tablename__ = "page_session"

    member_id: Mapped[MemberId] = reference("member.id")
    account: Mapped[str]
    """By which of their accounts they act: `AccountRef.encode()`."""
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    began_at: Mapped[datetime]
    used_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """When it ends unless it is used again."""
    notice: Mapped[list[str]] = mapped_column(default=list)
    """What the next page says first: the reply to the form that was sent last, line by line."""
    taken: Mapped[list[str]] = mapped_column(default=list)
    """The forms that were taken in last, as hashes with what was entered: one that is sent twice counts once."""
