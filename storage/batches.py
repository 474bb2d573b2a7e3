"""Many rows some at a time: read without holding them all, deleted or changed without holding others up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.base import Base

M = TypeVar("M", bound=Base)
SIZE = 100


async def batches(
    session: AsyncSession, model: type[M], *conditions: ColumnElement[bool], order_by: Sequence[Any], size: int = SIZE
) -> AsyncIterator[Sequence[M]]:
    """The rows in this order, `size` at a time; only their keys are held all at once."""
    key = _key(model)
    keys = (await session.scalars(select(key).where(*conditions).order_by(*order_by))).all()
    for first in range(0, len(keys), size):
        some = keys[first : first + size]
        rows = await session.execute(select(key, model).where(key.in_(some)))
        found: dict[Any, M] = {row[0]: row[1] for row in rows}
        yield [found[one] for one in some if one in found]


async def delete_some(session: AsyncSession, model: type[Base], *conditions: ColumnElement[bool], limit: int) -> int:
    """Delete at most `limit` rows that fulfil the conditions; how many there were."""
    key = _key(model)
    ids = (await session.scalars(select(key).where(*conditions).limit(limit))).all()
    if ids:
        await session.execute(delete(model).where(key.in_(ids)), execution_options={"synchronize_session": False})
    return len(ids)


async def update_some(
    session: AsyncSession, model: type[Base], *conditions: ColumnElement[bool], limit: int, **values: Any
) -> int:
    """Change at most `limit` rows that fulfil the conditions, which they do no more after that; how many there were."""
    key = _key(model)
    ids = (await session.scalars(select(key).where(*conditions).limit(limit))).all()
    if ids:
        await session.execute(update(model).where(key.in_(ids)).values(**values))
    return len(ids)


@dataclass(slots=True)
class Share:
    """What one transaction takes of a task over several tables: at most `left` rows more, of one after the other.

    `done` counts them. Once none are left for it, nothing more is touched.
    """

    session: AsyncSession
    left: int
    done: int = 0

    async def delete(self, model: type[Base], *conditions: ColumnElement[bool]) -> None:
        """Delete of these rows what the share still takes."""
        if self.left:
            self.took(await delete_some(self.session, model, *conditions, limit=self.left))

    async def update(self, model: type[Base], *conditions: ColumnElement[bool], **values: Any) -> None:
        """Change of these rows what the share still takes."""
        if self.left:
            self.took(await update_some(self.session, model, *conditions, limit=self.left, **values))

    def took(self, count: int) -> None:
        """So many rows were dealt with."""
        self.left, self.done = max(0, self.left - count), self.done + count


def _key(model: type[Base]) -> Any:
    """The mapped key of a table whose rows have an id, which not every type of ours says."""
    mapper = model.__mapper__
    return getattr(model, mapper.get_property_by_column(mapper.primary_key[0]).key)
