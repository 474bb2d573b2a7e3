"""Rows about a person in every table there is, with a word of its own in each column that can hold words.

Made from the tables themselves, so that a table somebody adds later is planted without anybody thinking of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, Enum, Float, Integer, LargeBinary
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, WorkspaceId, new_id
from storage.base import Base, Json, UtcDateTime

REFERENCES = frozenset(
    {"message", "messages", "hub_message", "source_message", "posted_ref", "thread", "conversation", "opened_in"}
)
"""Columns that hold references to messages and places, which code takes apart."""
BY_OTHER_MEANS = frozenset(
    {
        "account", "adapter_note", "coach_day", "delivery", "erasure", "inbox_event", "installation", "member",
        "schedule", "search_entry", "search_term", "setting_value", "workspace",
    }
)  # fmt: skip
"""Tables that other proofs plant by acting: queues, the index, settings, and who somebody is."""
IN_A_ROLE = frozenset(
    {
        "answer.hidden_by", "mentor_look.viewer_id", "mentoring_target.proposed_by", "moderation_act.moderator_id",
        "own_question.added_by", "programme.created_by", "programme.paused_by", "queue_entry.queued_by",
        "review.flagged_by", "review_entry.flagged_by", "review_exclusion.other_id", "review_programme.created_by",
        "review_rubric.made_by", "setting_change.changed_by", "suggestion.decided_by",
    }
)  # fmt: skip
"""Columns that name who did something to what is the team's or somebody else's: the name goes, the rest stays."""


def word(table: str, column: str) -> str:
    """A word that stands in this column and nowhere else."""
    return f"zqp{table}{column}kx".replace("_", "")


def models() -> dict[str, type[Base]]:
    """Every mapped class by its table."""
    return {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]


def about_members() -> list[str]:
    """The tables with rows of a person, or of something that is a person's, those that are referred to first."""
    found: set[str] = {"member"}
    ordered = [table.name for table in Base.metadata.sorted_tables]
    for name in ordered:
        table = Base.metadata.tables[name]
        if any(key.column.table.name in found for column in table.c for key in column.foreign_keys):
            found.add(name)
    return [name for name in ordered if name in found and name not in BY_OTHER_MEANS]


@dataclass
class Planter:
    """Plants rows about `member`; where a row needs somebody else too, that is `other`."""

    session: AsyncSession
    workspace: WorkspaceId
    member: MemberId
    other: MemberId
    now: datetime
    words: dict[str, str] = field(default_factory=dict)
    """The words that were planted, with where."""
    _number: int = 0
    _planting: bool = True

    async def everywhere(self) -> None:
        """A row in every table, and one for each of its columns that can name the person."""
        for table in about_members():
            people: list[str | None] = [*_people(table)]
            for about in people or [None]:
                await self.row(table, about)

    async def row(self, table: str, about: str | None = None) -> str:
        """One row, with the rows that it refers to; `about` is the column that names the person. Its key."""
        model, columns = models()[table], Base.metadata.tables[table].c
        about = about or next(_people(table), None)
        values: dict[str, Any] = {}
        planting = is_own(table, about)
        for column in columns:
            if column.name == "workspace_id":
                values[column.name] = self.workspace
            elif column.foreign_keys:
                values[column.name] = await self._referred(column, about)
            else:
                self._planting = planting
                values[column.name] = self._filled(table, column)
        self.session.add(model(**values))
        await self.session.flush()
        return str(values.get("id", ""))

    async def _referred(self, column: Column[Any], about: str | None) -> Any:
        (key,) = column.foreign_keys
        target = key.column.table.name
        if target == "member":
            return self.member if column.name == about else None if column.nullable else self.other
        if target == "workspace":
            return self.workspace
        if target in BY_OTHER_MEANS or (column.nullable and target == column.table.name):
            return None
        return await self.row(target)

    def _filled(self, table: str, column: Column[Any]) -> Any:
        self._number += 1
        kind = column.type
        match kind:
            case _ if column.name == "id":
                return new_id()
            case _ if column.name in REFERENCES:
                return [] if isinstance(kind, Json) else f"local:scene:general::{self._number}"
            case Enum():
                return _last(kind)
            case Boolean():
                return False
            case Integer():
                return self._number
            case Float():
                return 1.0
            case UtcDateTime():
                return self.now
            case Date():
                return date(2030, 3, 4)
            case LargeBinary():
                return self._planted(table, column).encode()
            case Json():
                planted = self._planted(table, column)
                return [planted] if _is_list(column) else {"planted": planted}
            case _:
                return f"{self._planted(table, column)}{self._number}"

    def _planted(self, table: str, column: Column[Any]) -> str:
        planted = word(table, column.name)
        if not self._planting:
            return "of somebody else"
        self.words[planted] = f"{table}.{column.name}"
        return planted


def is_own(table: str, about: str | None) -> bool:
    """Whether a row in which `about` names a person holds words of that person's own."""
    if about is not None:
        return f"{table}.{about}" not in IN_A_ROLE
    parents = {key.column.table.name for column in Base.metadata.tables[table].c for key in column.foreign_keys}
    return any(is_own(parent, next(_people(parent), None)) for parent in parents - {table, *BY_OTHER_MEANS})


def _people(table: str) -> Iterator[str]:
    """The columns of a table that name a member."""
    for column in Base.metadata.tables[table].c:
        if any(key.column.table.name == "member" for key in column.foreign_keys):
            yield column.name


def _is_list(column: Column[Any]) -> bool:
    return column.default is not None and getattr(column.default.arg, "__name__", "") == "list"  # type: ignore[attr-defined]


def _last(kind: Enum) -> Any:
    """The last state: nothing is to be done any more in most."""
    states = list(kind.enum_class or kind.enums)
    return states[-1]
