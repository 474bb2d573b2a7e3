"""Statements past the object mapper, each made once: for what is said for every answer.

    @prepared
    def _language(own: Own) -> Select[Any]:
        return select(MEMBER.c.language).where(own(MEMBER), MEMBER.c.id == bindparam("member"))

    row = await _language.first(session, member=member)

A look-up through the mapper takes six times as long, most of it for building the statement and the object anew. So
where rows are only looked at, or changed without being looked at, tables are spoken to instead of mapped classes; and
where objects are wanted, they are made of a whole table's rows (`storage.mapped`).

What the session does for mapped classes a statement here does for itself: each table that belongs to a workspace is
held to the session's by `own(table)`, as a condition, or as a part of that of an outer join. A statement that forgets
one is refused when it is made, by a `TenancyError`. What the session has yet to write is written first; objects that
it has already read keep their values. On SQLite a statement goes to the driver itself (`storage.direct`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeGuard, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Table,
    Update,
    bindparam,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression, BindParameter

from storage import direct, mapped
from storage.base import Base
from storage.direct import ON_LOOP, Direct
from storage.tenancy import TenancyError, workspace_of

M = TypeVar("M", bound=Base)
Own = Callable[[Table], ColumnElement[bool]]
"""The condition that a table's rows are of the session's workspace; of a session over all, no condition."""
Found = Any
"""A row: a named tuple of its values."""
Statement = Select[Any] | CompoundSelect[Any] | Update
_WORKSPACE = "own_workspace"


def table_of(model: type[Base]) -> Table:
    """The table behind a mapped class."""
    return cast(Table, model.__table__)


class Prepared:
    """One statement, for sessions of one workspace and for those over all; its values are given with each use."""

    def __init__(self, make: Callable[[Own], Statement], beyond: Collection[Table] = ()) -> None:
        self._make = make
        self._beyond = beyond
        self._made: dict[bool, Statement] = {}
        self._said: dict[tuple[bool, tuple[str, ...]], Direct | None] = {}

    async def rows(self, session: AsyncSession, **values: Any) -> Sequence[Found]:
        """Every row found."""
        return await direct.run(session, self._rows, values)

    async def first(self, session: AsyncSession, **values: Any) -> Found | None:
        """The first row found, None where there is none."""
        return next(iter(await self.rows(session, **values)), None)

    async def objects(self, session: AsyncSession, model: type[M], **values: Any) -> list[M]:
        """The objects of every row found by a statement that selects a whole table; they can be changed."""
        return await direct.run(session, self._objects, model, values)

    async def change(self, session: AsyncSession, changes: Mapping[str, Any], **values: Any) -> int:
        """Give the rows that an update finds these values by column; how many there were."""
        return await direct.run(session, self._change, {**changes, **values})

    def statement(self, *, of_one_workspace: bool) -> Statement:
        """The statement itself; `TenancyError` where it could reach past the workspace of its session."""
        made = self._made.get(of_one_workspace)
        if made is None:
            made = self._make(_held_to_workspace if of_one_workspace else _held_to_nothing)
            if of_one_workspace:
                _check(made, self._beyond)
            self._made[of_one_workspace] = made
        return made

    def _rows(self, session: Session, values: dict[str, Any]) -> Sequence[Found]:
        own, values = self._for(session, values)
        said = self._direct(session, own, values)
        if said is not None:
            return said.rows(said.said(session, values).fetchall())
        return session.connection().execute(self.statement(of_one_workspace=own), values).all()

    def _objects(self, session: Session, model: type[M], values: dict[str, Any]) -> list[M]:
        return mapped.objects(session, model, self._rows(session, values))

    def _change(self, session: Session, values: dict[str, Any]) -> int:
        own, values = self._for(session, values)
        said = self._direct(session, own, values)
        if said is not None:
            return said.said(session, values).rowcount
        return session.connection().execute(self.statement(of_one_workspace=own), values).rowcount

    def _for(self, session: Session, values: dict[str, Any]) -> tuple[bool, dict[str, Any]]:
        """Whether the session is one workspace's, and the values with that; what it has yet to write is written."""
        session.flush()
        workspace = workspace_of(session)
        if workspace is not None and not self._beyond:
            values[_WORKSPACE] = workspace
        return workspace is not None, values

    def _direct(self, session: Session, own: bool, values: Collection[str]) -> Direct | None:
        """How it is said to SQLite's driver; None elsewhere, and where a value is a list, as long as it may be."""
        if not session.info.get(ON_LOOP):
            return None
        which = own, tuple(values)
        if which not in self._said:
            statement = self.statement(of_one_workspace=own)
            takes_lists = any(
                isinstance(part, BindParameter) and part.expanding and part.required
                for part in visitors.iterate(statement)
            )
            self._said[which] = None if takes_lists else Direct(statement, session.connection().dialect, values)
        return self._said[which]


def prepared(make: Callable[[Own], Statement]) -> Prepared:
    """A statement from the function that makes it; parameters that are no columns go by `bindparam(name)`."""
    return Prepared(make)


def prepared_for_runtime(*beyond: Table) -> Callable[[Callable[[Own], Statement]], Prepared]:
    """The same for a statement about these tables, which belong to no workspace, and about no others."""
    return lambda make: Prepared(make, beyond)


def _held_to_workspace(table: Table) -> ColumnElement[bool]:
    return table.c.workspace_id == bindparam(_WORKSPACE)


def _held_to_nothing(_table: Table) -> ColumnElement[bool]:
    return true()


def _check(statement: Statement, beyond: Collection[Table]) -> None:
    """Each table wherever it is spoken to has a condition of its own: as many of these as of those."""
    parts = {id(part): part for part in visitors.iterate(statement)}.values()
    spoken_to: Counter[Table] = Counter()
    for part in parts:
        if isinstance(part, Update):
            spoken_to.update([cast(Table, part.table)])
        if isinstance(part, Select):
            spoken_to.update(table for source in part.get_final_froms() for table in _tables(source))
    held = Counter(part.left.table for part in parts if _holds(part))
    for table, times in spoken_to.items():
        if held[table] < times and (table not in beyond or "workspace_id" in table.c):
            raise TenancyError(f"{table.name} is not held to the session's workspace")


def _tables(source: FromClause) -> set[Table]:
    return {part for part in visitors.iterate(source) if isinstance(part, Table)}


def _holds(part: Any) -> TypeGuard[BinaryExpression[bool]]:
    return isinstance(part, BinaryExpression) and _names_workspace(part.right)


def _names_workspace(value: Any) -> bool:
    return isinstance(value, BindParameter) and value.key == _WORKSPACE
