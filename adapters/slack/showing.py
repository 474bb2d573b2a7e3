"""Which uploaded pictures stand in which message or home, kept over restarts: a picture goes with what showed it."""

from __future__ import annotations

import logging
from collections.abc import Collection

from adapters.slack.documents import remove
from adapters.slack.payloads import PLATFORM
from adapters.slack.teams import Team
from bot.chat.errors import PlatformError
from bot.chat.platform import Memory
from bot.chat.refs import InstallationRef

PREFIX = "pictures:"

logger = logging.getLogger(__name__)


class Showing:
    """The pictures of every place that shows some. A place is a message or a home, by a name of its own."""

    def __init__(self) -> None:
        self._memory: Memory | None = None
        self._shown: dict[tuple[str, str], frozenset[str]] = {}

    async def recall(self, memory: Memory) -> None:
        """Know again what was shown before this process began."""
        self._memory = memory
        for installation, notes in (await memory.recall(PLATFORM)).items():
            for name, files in notes.items():
                if name.startswith(PREFIX):
                    self._shown[installation, name.removeprefix(PREFIX)] = frozenset(files.split())

    async def shows(self, team: Team, place: str, files: Collection[str]) -> Collection[str]:
        """From now on `place` shows these: what nothing shows any more is deleted; the files that went.

        A picture that cannot be deleted now goes with the next change of its place.
        """
        key = (team.me.installation.installation, place)
        before = self._shown.get(key, frozenset())
        if not before and not files:
            return ()
        self._shown[key] = frozenset(files)
        unseen = before.difference(*(held for (where, _), held in self._shown.items() if where == key[0]))
        gone = {file for file in unseen if await _removed(team, file)}
        await self._keep(team.me.installation, place, before, frozenset(files) | (unseen - gone))
        return gone

    async def _keep(
        self, installation: InstallationRef, place: str, before: frozenset[str], files: frozenset[str]
    ) -> None:
        key = (installation.installation, place)
        if files:
            self._shown[key] = files
        else:
            self._shown.pop(key, None)
        if self._memory is not None and files != before:
            await self._memory.remember(installation, {PREFIX + place: " ".join(sorted(files)) or None})


async def _removed(team: Team, file: str) -> bool:
    try:
        await remove(team, file)
    except PlatformError as problem:
        logger.warning("a picture that is shown no longer could not be deleted: %s", problem)
        return False
    return True
