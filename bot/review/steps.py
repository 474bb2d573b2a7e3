"""Compare and set: a state moves only from where it was thought to be, in the caller's transaction.

Whoever comes second finds that nothing changed, and leaves it at that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Table, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import new_id
from bot.feature.context import Context
from bot.review.states import check_entry, check_review, check_round
from storage.changes import change_rows
from storage.tables.review import Entry, EntryState, Review, ReviewState, Round, RoundEvent, RoundState
from storage.tenancy import AS_RUNTIME, required_workspace_of

AT_ONCE = 500
"""Rows that one statement names: fewer than any engine takes."""
Row = TypeVar("Row", Entry, Review)


async def step_round(
    context: Context, round: Round, to: RoundState, *, reason: str | None = None, **values: Any
) -> bool:
    """Move a round on, keep the step among its events, and set further columns; False where it has moved already.

    A `reason` stands in the round until the next step that has one.
    """
    before = round.state
    values = values if reason is None else {"reason": reason, **values}
    check_round(before, to)
    columns = Round.__table__.c
    conditions = [columns.id == round.id, columns.state == before]
    if not await change_rows(context.session, Round, conditions, {"state": to, **values}):
        await context.session.refresh(round)
        return False
    await context.session.refresh(round)
    note(context, round, before, reason=reason)
    return True


def note(context: Context, round: Round, before: RoundState, *, reason: str | None = None) -> None:
    """Keep among a round's events that something happened to it."""
    by = context.actor.member if context.actor is not None else None
    context.session.add(
        RoundEvent(
            id=new_id(), round_id=round.id, came_from=before, went_to=round.state, reason=reason, by=by, at=context.now
        )
    )


async def step_entry(session: AsyncSession, entry: Entry, to: EntryState, **values: Any) -> bool:
    """Move an answer in a round on, as `step_round`."""
    check_entry(entry.state, to)
    columns = Entry.__table__.c
    conditions = [columns.id == entry.id, columns.state == entry.state]
    changed = await change_rows(session, Entry, conditions, {"state": to, **values})
    await session.refresh(entry)
    return bool(changed)


async def step_review(session: AsyncSession, review: Review, to: ReviewState, **values: Any) -> bool:
    """Move a review on, as `step_round`."""
    check_review(review.state, to)
    columns = Review.__table__.c
    conditions = [columns.id == review.id, columns.state == review.state]
    changed = await change_rows(session, Review, conditions, {"state": to, **values})
    await session.refresh(review)
    return bool(changed)


async def step_reviews(session: AsyncSession, reviews: Sequence[Review], to: ReviewState, **values: Any) -> None:
    """Move many reviews on in few statements, as `step_review`; what has moved already stays where it is."""
    columns = Review.__table__.c
    for some in _parts(reviews):
        before = {review.state for review in some}
        for state in before:
            check_review(state, to)
        ids = [review.id for review in some]
        conditions: list[ColumnElement[bool]] = [columns.id.in_(ids), columns.state.in_(before)]
        await change_rows(session, Review, conditions, {"state": to, **values})
        await _read_again(session, Review, some)


async def step_entries(
    session: AsyncSession, entries: Sequence[Entry], to: EntryState, values: Mapping[str, Mapping[str, Any]]
) -> None:
    """Move many answers on, as `step_entry`; `values` has further columns for each by its id, the same ones for all."""
    if not entries:
        return
    table = cast(Table, Entry.__table__)
    named: dict[str, Any] = {name: bindparam(f"new_{name}") for name in values[entries[0].id]}
    statement = (
        update(table)
        .where(
            table.c.workspace_id == required_workspace_of(session),
            table.c.id == bindparam("which"),
            table.c.state == bindparam("before"),
        )
        .values(state=to, **named)
    )
    rows = []
    for entry in entries:
        check_entry(entry.state, to)
        new = {f"new_{name}": value for name, value in values[entry.id].items()}
        rows.append({"which": entry.id, "before": entry.state, **new})
    await session.flush()
    await session.execute(statement, rows, execution_options=AS_RUNTIME)
    for some in _parts(entries):
        await _read_again(session, Entry, some)


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


async def _read_again(session: AsyncSession, table: type[Row], rows: Sequence[Row]) -> None:
    """Give objects the values that their rows have now."""
    found = select(table).where(table.id.in_([row.id for row in rows])).execution_options(populate_existing=True)
    (await session.scalars(found)).all()
