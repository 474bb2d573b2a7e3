"""Workspaces never see each other: the session itself holds every statement to its workspace.

A session is opened either for one workspace or, by the runtime, for all of them. In the first kind
every read, update and delete gets the workspace as a condition, new rows get it filled in, and whatever could
reach past it (a row of another workspace, a table without a workspace, a bare `INSERT` or SQL text) raises
`TenancyError`.

A session lasts for one transaction and keeps what it has read: the same row asked for again by its id costs nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from bot.base.errors import StarlingError
from bot.base.ids import WorkspaceId
from storage.base import WorkspaceScoped

AS_RUNTIME = {"as_runtime": True}
"""Execution options of a statement that looks after the workspace itself: for insert_once and the runtime only."""
_WORKSPACE, _ROWS = "workspace", "rows"


class TenancyError(StarlingError):
    """Code reached, or could have reached, past the workspace its session was opened for: a defect."""


class WorkspaceSession(Session):
    """SQLAlchemy's session with the conditions below; `workspace_of()` tells whose it is."""


def session_info(workspace: WorkspaceId | None) -> dict[str, Any]:
    """What a session is opened with; None opens it for all workspaces."""
    return {_WORKSPACE: workspace, _ROWS: []}


def workspace_of(session: AsyncSession | Session) -> WorkspaceId | None:
    """The workspace a session was opened for; None when it sees all of them."""
    workspace: WorkspaceId | None = session.info[_WORKSPACE]
    return workspace


def required_workspace_of(session: AsyncSession | Session) -> WorkspaceId:
    """The workspace of a session that must have one; `TenancyError` when it sees all of them."""
    workspace = workspace_of(session)
    if workspace is None:
        raise TenancyError("this needs a session opened for one workspace")
    return workspace


def forget_rows(session: AsyncSession) -> None:
    """Let go of all that a session has read, as if it were new; what it wrote was flushed before."""
    session.expunge_all()
    session.info[_ROWS].clear()


@event.listens_for(WorkspaceSession, "loaded_as_persistent")
@event.listens_for(WorkspaceSession, "detached_to_persistent")
@event.listens_for(WorkspaceSession, "pending_to_persistent")
def _keep(session: Session, row: Any) -> None:
    session.info[_ROWS].append(row)


@event.listens_for(WorkspaceSession, "do_orm_execute")
def _hold_statement_to_workspace(state: ORMExecuteState) -> None:
    workspace = workspace_of(state.session)
    if workspace is None or state.execution_options.get("as_runtime"):
        return
    if not state.is_orm_statement or state.is_insert or state.is_executemany:
        raise TenancyError("in a session of one workspace, speak to mapped classes; add rows or use insert_once()")
    if state.is_update and _gives_away(state.statement):
        raise TenancyError("a row stays in its workspace")
    for mapper in state.all_mappers:
        if not issubclass(mapper.class_, WorkspaceScoped):
            raise TenancyError(f"{mapper.class_.__name__} belongs to no workspace; open the session everywhere")
    state.statement = state.statement.options(_only(workspace))


@lru_cache(maxsize=1000)
def _only(workspace: WorkspaceId) -> Any:
    """The condition on every mapped class; making it costs as much as a small statement, so it is made once."""
    return with_loader_criteria(WorkspaceScoped, lambda cls: cls.workspace_id == workspace, include_aliases=True)


def _gives_away(statement: Any) -> bool:
    return any(getattr(column, "key", column) == "workspace_id" for column in statement._values or ())


@event.listens_for(WorkspaceSession, "before_flush")
def _hold_rows_to_workspace(session: Session, _context: Any, _instances: Any) -> None:
    workspace = workspace_of(session)
    if workspace is None:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, WorkspaceScoped):
            raise TenancyError(f"{type(row).__name__} belongs to no workspace; open the session everywhere")
        if row in session.new and row.workspace_id is None:
            row.workspace_id = workspace
        history = inspect(row, raiseerr=True).attrs["workspace_id"].history
        if any(value != workspace for value in history.sum()):
            raise TenancyError(f"{type(row).__name__} belongs to another workspace")
