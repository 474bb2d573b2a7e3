"""Rows that may be stored once only, whoever comes first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.base.ids import WorkspaceId
from storage.base import Base, WorkspaceScoped
from storage.tenancy import AS_RUNTIME, TenancyError, workspace_of


async def insert_once(
    session: AsyncSession,
    model: type[Base],
    values: dict[str, Any],
    unique: Sequence[InstrumentedAttribute[Any]] = (),
) -> bool:
    """Insert a row unless one with the same `unique` columns exists; True when this call inserted it.

    Without `unique` any unique constraint of the table counts.

    Waits for a concurrent transaction that holds the same key, so that afterwards the row can be read. The
    workspace of the session is filled in; another one raises `TenancyError`.
    """
    values = _with_workspace(model, values, workspace_of(session))
    await session.flush()
    statement = insert_unless_known(model, session.get_bind().dialect.name, tuple(unique))
    result: Any = await session.execute(statement, values, execution_options=AS_RUNTIME)
    return bool(result.rowcount)


@cache
def insert_unless_known(model: type[Base], dialect: str, unique: tuple[InstrumentedAttribute[Any], ...]) -> Any:
    """The statement, past the object mapper and made once for each table; its values are given with it."""
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(model.__table__).on_conflict_do_nothing(index_elements=list(unique) or None)


def _with_workspace(model: type[Base], values: dict[str, Any], workspace: WorkspaceId | None) -> dict[str, Any]:
    if workspace is None:
        return values
    if not issubclass(model, WorkspaceScoped):
        raise TenancyError(f"{model.__name__} belongs to no workspace; open the session everywhere")
    if values.get("workspace_id", workspace) != workspace:
        raise TenancyError(f"{model.__name__} belongs to another workspace")
    return values | {"workspace_id": workspace}
