"""Who may look at pages in a browser: links that work once, and the sessions they begin.

Both are random tokens of 256 bits of which only the hash is stored, so nobody who reads the database can use one.
Functions work inside the caller's transaction.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.chat.refs import AccountRef
from bot.feature.context import Context
from storage.tables.pages import PageLink, PageSession

LINK_LIVES = timedelta(minutes=10)
IDLE = timedelta(hours=1)
"""A session that nobody uses for so long has ended."""
LONGEST = timedelta(hours=8)
TOKEN_BYTES = 32
MOST_TAKEN, TAKEN_LENGTH = 20, 16
"""How many forms a session remembers as taken in, and by how many characters each."""


def hash_of(token: str) -> str:
    """The hash by which a token is known."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def make_link(context: Context, account: AccountRef, page: str, subject: str) -> str:
    """Make a link for the acting person; the token that goes into it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    context.session.add(
        PageLink(
            member_id=context.member,
            account=account.encode(),
            token_hash=hash_of(token),
            page=page,
            subject=subject,
            expires_at=context.now + LINK_LIVES,
        )
    )
    return token


async def live_link(session: AsyncSession, token: str, now: datetime) -> PageLink | None:
    """The link with this token, while it works."""
    known = PageLink.token_hash == hash_of(token)
    return await session.scalar(select(PageLink).where(known, PageLink.expires_at > now))


async def spend(session: AsyncSession, link: PageLink) -> bool:
    """Use a link up; False where somebody else did at the same time."""
    spent: Any = await session.execute(delete(PageLink).where(PageLink.id == link.id))
    return bool(spent.rowcount)


def begin(session: AsyncSession, link: PageLink, now: datetime) -> str:
    """Begin the session that a link leads to; its token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        PageSession(
            workspace_id=link.workspace_id,
            member_id=link.member_id,
            account=link.account,
            token_hash=hash_of(token),
            began_at=now,
            used_at=now,
            expires_at=now + IDLE,
            notice=[],
            taken=[],
        )
    )
    return token


async def live_session(session: AsyncSession, token: str, now: datetime, *, hold: bool = False) -> PageSession | None:
    """The session with this token, until it ends. To `hold` it lets others who would wait, in any process."""
    known = PageSession.token_hash == hash_of(token)
    found = select(PageSession).where(known, PageSession.expires_at > now)
    return await session.scalar(found.with_for_update() if hold else found)


def touch(row: PageSession, now: datetime) -> None:
    """A session is used: it lives on, but never longer than `LONGEST` altogether."""
    row.used_at, row.expires_at = now, min(now + IDLE, row.began_at + LONGEST)


def is_taken(row: PageSession, form: str) -> bool:
    """Whether this very form, with what was entered in it, was taken in before."""
    return hash_of(form)[:TAKEN_LENGTH] in row.taken


def note_taken(row: PageSession, form: str) -> None:
    """Note that a form is taken in."""
    row.taken = [*row.taken[1 - MOST_TAKEN :], hash_of(form)[:TAKEN_LENGTH]]


async def end(session: AsyncSession, token: str) -> None:
    """End the session with this token."""
    await session.execute(delete(PageSession).where(PageSession.token_hash == hash_of(token)))


async def end_all(session: AsyncSession, member: MemberId) -> int:
    """End every session of `member` and take back every link; how many there were."""
    ended = 0
    for table in (PageLink, PageSession):
        gone: Any = await session.execute(delete(table).where(table.member_id == member))
        ended += int(gone.rowcount)
    return ended


async def forget_ended(session: AsyncSession, now: datetime) -> None:
    """Delete the links and sessions that work no more."""
    for table in (PageLink, PageSession):
        await session.execute(delete(table).where(table.expires_at <= now))


async def export(context: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """In how many browsers `member` looks at pages and since when; never a token."""
    rows = await context.session.scalars(
        select(PageSession).where(PageSession.member_id == member).order_by(PageSession.began_at)
    )
    return [{"began": row.began_at.isoformat(), "last_used": row.used_at.isoformat()} for row in rows]


async def erase(context: Context, member: MemberId) -> int:
    """End them all; how many there were."""
    return await end_all(context.session, member)
