"""Changing rows past the object mapper, where a whole object would be made for nothing: the queues' hot path."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Table, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import WorkspaceId
from storage.base import Base
from storage.tenancy import AS_RUNTIME, workspace_of


async def change_rows(
    session: AsyncSession, model: type[Base], conditions: list[ColumnElement[bool]], values: dict[str, Any]
) -> int:
    """Change the rows that meet the conditions on columns of `model.__table__`; how many there were.

    Rows of another workspace than the session's are never among them. Objects that the session has of them keep
    the values they were read with.
    """
    table: FromClause = model.__table__
    workspace: WorkspaceId | None = workspace_of(session)
    if workspace is not None and "workspace_id" in table.c:
        conditions = [*conditions, table.c.workspace_id == workspace]
    await session.flush()
    statement = update(cast(Table, table)).where(*conditions).values(values)
    result: Any = await session.execute(statement, execution_options=AS_RUNTIME)
    return int(result.rowcount)
