"""Which uploaded pictures stand in which message or home, kept over restarts: a picture goes with what showed it.

Each upload is noted before it is completed. One that nothing shows a day later, since Starling was interrupted before
it could post say, is deleted then: by that time every interrupted post was looked for or sent again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from adapters.slack.documents import remove
from adapters.slack.payloads import PLATFORM
from adapters.slack.teams import Team
from bot.base.clock import Clock
from bot.chat.errors import PlatformError
from bot.chat.platform import Memory
from bot.chat.refs import InstallationRef

PREFIX, UPLOADED = "pictures:", "uploaded:"
"""How the names of notes begin: of what a place shows, and of when a file was uploaded."""
FORGOTTEN = timedelta(days=1)
"""After this an upload that nothing shows is deleted."""

logger = logging.getLogger(__name__)


class Showing:
    """The pictures of every place that shows some. A place is a message or a home, by a name of its own.

    `forget` is told of each file before it is deleted, so that nobody shows it again.
    """

    def __init__(self, clock: Clock, forget: Callable[[str], None]) -> None:
        self._clock, self._forget = clock, forget
        self._memory: Memory | None = None
        self._shown: dict[tuple[str, str], frozenset[str]] = {}
        self._uploaded: dict[tuple[str, str], datetime] = {}
        self._posting: list[set[str]] = []

    async def recall(self, memory: Memory) -> None:
        """Know again what was shown before this process began."""
        self._memory = memory
        for installation, notes in (await memory.recall(PLATFORM)).items():
            for name, files in notes.items():
                if name.startswith(PREFIX):
                    self._shown[installation, name.removeprefix(PREFIX)] = frozenset(files.split())
                elif name.startswith(UPLOADED):
                    self._uploaded[installation, name.removeprefix(UPLOADED)] = datetime.fromisoformat(files)

    async def uploads(self, team: Team, file: str) -> None:
        """This file is about to be there, for some place to show."""
        now = self._clock.now()
        self._uploaded[team.me.installation.installation, file] = now
        if self._memory is not None:
            await self._memory.remember(team.me.installation, {UPLOADED + file: now.isoformat()})

    @contextmanager
    def posting(self) -> Iterator[set[str]]:
        """A set for the files that are about to be shown: none of them is deleted until that is done."""
        files: set[str] = set()
        self._posting.append(files)
        try:
            yield files
        finally:
            self._posting = [each for each in self._posting if each is not files]

    async def clear(self, team: Team) -> None:
        """Delete what was uploaded more than a day ago and is shown nowhere."""
        where, past = team.me.installation.installation, self._clock.now() - FORGOTTEN
        old = {file for (each, file), at in self._uploaded.items() if each == where and at < past}
        if not old:
            return
        unseen = self._unseen(where, old)
        done = await self._remove(team, unseen) | (old - unseen)
        for file in done:
            # Another card may have led to the same while Slack was deleting.
            self._uploaded.pop((where, file), None)
        if self._memory is not None and done:
            await self._memory.remember(team.me.installation, dict.fromkeys(map(UPLOADED.__add__, sorted(done))))

    async def shows(self, team: Team, place: str, files: Collection[str]) -> None:
        """From now on `place` shows these: what nothing shows any more is deleted.

        A picture that cannot be deleted now goes with the next change of its place.
        """
        key = (team.me.installation.installation, place)
        before = self._shown.get(key, frozenset())
        if not before and not files:
            return
        self._shown[key] = frozenset(files)
        unseen = self._unseen(key[0], before)
        left = unseen - await self._remove(team, unseen)
        await self._keep(team.me.installation, place, before, frozenset(files) | left)

    async def _remove(self, team: Team, files: Collection[str]) -> frozenset[str]:
        """Delete those of `files` that nobody is about to show; those that went."""
        gone = set()
        for file in files:
            if not any(file in each for each in self._posting):
                self._forget(file)
                if await _removed(team, file):
                    gone.add(file)
        return frozenset(gone)

    def _unseen(self, where: str, files: Collection[str]) -> frozenset[str]:
        """Those of `files` that no place of the installation `where` shows."""
        return frozenset(files).difference(*(held for (each, _), held in self._shown.items() if each == where))

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
