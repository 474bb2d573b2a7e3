"""Whoever leaves is erased after a while; so is a workspace from which Starling was removed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import monotonic

from sqlalchemy import ColumnElement, Table, delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, WorkspaceId
from bot.base.settings import Setting
from bot.base.text import t
from bot.chat.events import MemberLeft, Uninstalled
from bot.data.erasing import begin
from bot.feature.context import Context, Outside
from bot.feature.declarations import Done, Later, Outcome, Skip
from bot.members.identity import member_of
from bot.members.settings import read
from bot.outbox.queue import enqueue
from storage.base import Base
from storage.tables.outbox import Delivery
from storage.tables.people import Installation, InstallationState, Member, MemberState, Workspace
from storage.tenancy import AS_RUNTIME

LEFT, REMOVED = "data.member_left", "data.workspace_left"
AFTER_LEAVING = Setting("data.days_after_leaving", int, 90, ("workspace",), t("What a member who left has here"))
AFTER_REMOVAL = timedelta(days=30)
"""A workspace that Starling was removed from has nobody left to choose a time."""
AT_ONCE = 500
SECONDS_AT_ONCE = 20.0
AGAIN = timedelta(seconds=2)


async def member_left(context: Context, event: MemberLeft) -> bool:
    """Look again when the time is over; others may want the event too."""
    member = await member_of(context.session, event.actor) if event.actor is not None else None
    if member is not None:
        days = await read(context.session, AFTER_LEAVING)
        await enqueue(
            context.session,
            workspace_id=context.workspace,
            kind=LEFT,
            subject_id=member,
            due_at=context.now + timedelta(days=days),
            key=f"{LEFT}:{member}:{context.now.isoformat()}",
        )
    return False


async def prepare_left(context: Context, delivery: Delivery) -> Outcome:
    """Begin to erase whoever has not come back."""
    member = await context.session.get(Member, delivery.subject_id)
    if member is None or member.state is not MemberState.LEFT:
        return Skip("they came back, or are gone already")
    await begin(context, MemberId(member.id), asked=False)
    return Done()


async def uninstalled(context: Context, event: Uninstalled) -> bool:
    """Look again when the time is over; others may want the event too."""
    await enqueue(
        context.session,
        workspace_id=context.workspace,
        kind=REMOVED,
        subject_id=context.workspace,
        due_at=context.now + AFTER_REMOVAL,
        key=f"{REMOVED}:{event.installation.encode()}:{context.now.isoformat()}",
    )
    return False


async def erase_rows(outside: Outside, delivery: Delivery) -> None:
    """Delete the workspace's rows, some at a time, as far as one turn reaches; not its own row and this delivery."""
    until = monotonic() + SECONDS_AT_ONCE
    for table in _tables():
        erased = AT_ONCE
        while erased == AT_ONCE and monotonic() < until:
            async with outside.transaction() as context:
                if not await _is_due(context.session, delivery):
                    return
                erased = await _erase_some(context.session, table, context.workspace, delivery.id)
            await asyncio.sleep(0)


async def prepare_removed(context: Context, delivery: Delivery) -> Outcome:
    """The workspace itself goes with the last of its rows, this delivery among them."""
    session, workspace = context.session, context.workspace
    if not await _is_due(session, delivery):
        return Skip("Starling is installed there again")
    for table in _tables():
        if await session.scalar(
            select(table.c.workspace_id).where(*_rows(table, workspace, delivery.id)).limit(1),
            execution_options=AS_RUNTIME,
        ):
            return Later(context.now + AGAIN, "there is more to delete")
    await session.execute(delete(Workspace).where(Workspace.workspace_id == workspace))
    return Done()


async def _is_due(session: AsyncSession, delivery: Delivery) -> bool:
    """Whether every installation of the workspace is removed, and was not removed anew since the delivery was made."""
    rows = (await session.scalars(select(Installation))).all()
    if any(row.state is InstallationState.ACTIVE or row.removed_at is None for row in rows):
        return False
    latest = max((row.removed_at for row in rows if row.removed_at is not None), default=None)
    return latest is None or delivery.due_at >= latest + AFTER_REMOVAL


def _tables() -> list[Table]:
    """Tables with rows of workspaces, those that refer to others first."""
    kept = {"workspace", "installation"}
    return [
        table for table in reversed(Base.metadata.sorted_tables) if "workspace_id" in table.c and table.name not in kept
    ]


def _rows(table: Table, workspace: WorkspaceId, but_delivery: str) -> list[ColumnElement[bool]]:
    condition = table.c.workspace_id == workspace
    return [condition, table.c.id != but_delivery] if table.name == "delivery" else [condition]


async def _erase_some(session: AsyncSession, table: Table, workspace: WorkspaceId, but_delivery: str) -> int:
    keys = list(table.primary_key.columns)
    some = select(*keys).where(*_rows(table, workspace, but_delivery)).limit(AT_ONCE)
    rows = [tuple(row) for row in await session.execute(some, execution_options=AS_RUNTIME)]
    if rows:
        await session.execute(delete(table).where(tuple_(*keys).in_(rows)), execution_options=AS_RUNTIME)
    return len(rows)
