"""What adapters asked to be kept over restarts, and a person's part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, delete, false, or_, select
from sqlalchemy.sql.elements import ColumnElement

from bot.base.clock import Clock
from bot.base.ids import MemberId
from bot.chat.refs import InstallationRef
from bot.feature.context import Context
from storage.engine import Database
from storage.tables.memory import AdapterNote
from storage.tables.people import Account
from storage.tenancy import AS_RUNTIME


class KeptNotes:
    """The `Memory` of every adapter, in the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def recall(self, platform: str) -> Mapping[str, Mapping[str, str]]:
        """All that is kept for a platform, by installation and name."""
        found: dict[str, dict[str, str]] = {}
        async with self._database.read_everywhere() as session:
            for note in await session.scalars(select(AdapterNote).where(AdapterNote.platform == platform)):
                found.setdefault(note.installation, {})[note.name] = note.value
        return found

    async def remember(self, installation: InstallationRef, notes: Mapping[str, str | None]) -> None:
        """Keep these from now on, in place of what had their names; None is forgotten."""
        now = self._clock.now()
        platform, place = installation.platform, installation.installation
        kept = [
            AdapterNote(platform=platform, installation=place, name=name, value=value, noted_at=now)
            for name, value in notes.items()
            if value is not None
        ]
        async with self._database.write_everywhere() as session:
            await session.execute(
                delete(AdapterNote).where(
                    AdapterNote.platform == platform,
                    AdapterNote.installation == place,
                    AdapterNote.name.in_(notes),
                )
            )
            session.add_all(kept)


async def export(context: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """What adapters noted of this person."""
    found = await context.session.scalars(
        select(AdapterNote).where(await _about(context, member)), execution_options=AS_RUNTIME
    )
    return [{"platform": each.platform, "note": each.value, "noted": each.noted_at.isoformat()} for each in found]


async def erase(context: Context, member: MemberId) -> int:
    """Delete that while the person's accounts still stand; how many notes there were."""
    result: Any = await context.session.execute(
        delete(AdapterNote).where(await _about(context, member)), execution_options=AS_RUNTIME
    )
    return int(result.rowcount)


async def _about(context: Context, member: MemberId) -> ColumnElement[bool]:
    """Notes that belong to no installation and are named by one of the person's users."""
    accounts = await context.session.scalars(select(Account).where(Account.member_id == member))
    own = [and_(AdapterNote.platform == each.platform, AdapterNote.name == each.user) for each in accounts]
    return and_(AdapterNote.installation == "", or_(false(), *own))
