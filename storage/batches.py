"""Many rows some at a time: read without holding them all, deleted without holding others up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, select
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


def _key(model: type[Base]) -> Any:
    """The key of a table whose rows have an id, which not every type of ours says."""
    return model.__mapper__.primary_key[0]
