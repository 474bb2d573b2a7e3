"""After a backup is restored: whoever was erased since it was made is erased again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from bot.base.errors import ConfigurationError
from bot.base.ids import MemberId
from bot.data.erasing import begin, mark_of
from bot.feature.context import Context
from storage.tables.erasure import Erasure
from storage.tables.people import Member

Mark = tuple[str, str]
"""A salt and the keyed hash made with it."""


def read_marks(lines: Iterable[str]) -> list[Mark]:
    """The list that `starling database erased` printed; `ConfigurationError` names a line that is none of it."""
    marks = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            bytes.fromhex(entry["salt"])
            marks.append((str(entry["salt"]), str(entry["mark"])))
        except (ValueError, KeyError, TypeError) as problem:
            raise ConfigurationError(f"line {number} of the list of erased people cannot be read") from problem
    return marks


async def marks_kept(context: Context) -> Sequence[dict[str, str]]:
    """Of every erasure of the workspace: its number, the salt and the keyed hash. To be kept beside backups."""
    rows = await context.session.scalars(select(Erasure).order_by(Erasure.begun_at, Erasure.id))
    return [{"number": row.number, "salt": row.salt, "mark": row.mark} for row in rows]


async def forget_again(context: Context, marks: Sequence[Mark]) -> int:
    """Begin to erase those members of the workspace that are among `marks`; how many they are."""
    members = [MemberId(id_) for id_ in await context.session.scalars(select(Member.id))]
    found = [member for member in members if any(mark_of(member, salt) == mark for salt, mark in marks)]
    for member in found:
        await begin(context, member, asked=False)
    return len(found)
