"""Rows that may be stored once only, whoever comes first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.base.ids import WorkspaceId
from storage import direct
from storage.base import Base, WorkspaceScoped
from storage.direct import ON_LOOP, Direct
from storage.sqlite import OnLoop
from storage.tenancy import TenancyError, workspace_of


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
    return await direct.run(session, _insert, model, values, tuple(unique))


def _insert(
    session: Session, model: type[Base], values: dict[str, Any], unique: tuple[InstrumentedAttribute[Any], ...]
) -> bool:
    session.flush()
    if ON_LOOP in session.info:
        return bool(_said(model, unique, tuple(values)).said(session, values).rowcount)
    connection = session.connection()
    return bool(connection.execute(insert_unless_known(model, connection.dialect.name, unique), values).rowcount)


@cache
def _said(model: type[Base], unique: tuple[InstrumentedAttribute[Any], ...], given: tuple[str, ...]) -> Direct:
    return Direct(insert_unless_known(model, "sqlite", unique), OnLoop(), given)


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
