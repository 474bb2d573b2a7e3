"""Pictures in messages and homes: uploaded without a place of their own, shown by an image block, deleted with it.

A file that is in no channel is seen only where a message of ours shows it. Slack takes its time over an upload, and
refuses blocks with it until then (Slack's references "Slack file object" and "files.completeUploadExternal").
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any

from adapters.slack.documents import upload
from adapters.slack.limits import IMAGE_SCOPE
from adapters.slack.payloads import Payload, maybe, parts
from adapters.slack.render import ALT_TEXT
from adapters.slack.showing import Showing
from adapters.slack.teams import Team
from bot.base.clock import Clock
from bot.chat.cards import Card, Image, said
from bot.chat.cutting import shortened
from bot.chat.errors import PayloadRejected, PermissionMissing, Unavailable

ENDINGS: Mapping[str, str] = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
"""The kinds that Slack shows, with the end of the file's name."""
PAUSES = (0.5, 1.0, 2.0)
"""Seconds to wait until Slack has worked an upload; after that a picture is shown by its description."""
NOT_READY = "invalid slack file"
LARGEST = 1_000

logger = logging.getLogger(__name__)

Files = Mapping[Image, str]
"""The id of the uploaded file for each picture that can be shown."""


class Pictures:
    """Uploads pictures, and remembers the latest so that a home drawn anew uploads nothing."""

    def __init__(self, clock: Clock, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses
        self.showing = Showing(clock, self._forget)
        self._uploaded: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def shown(
        self, team: Team, card: Card, call: Callable[[Files], Awaitable[Any]], place: Callable[[Any], str]
    ) -> Any:
        """The answer of `call` with the card's pictures; with none of them where Slack does not get ready.

        `place` names, from that answer, what shows them now.
        """
        with self.showing.posting() as taken:
            files = await self._files(team, card, taken)
            for pause in self._pauses if files else ():
                try:
                    answer = await call(files)
                except PayloadRejected as problem:
                    if NOT_READY not in problem.detail:
                        raise
                else:
                    await self.found(team, place(answer), files.values())
                    return answer
                await asyncio.sleep(pause)
        answer = await call({})
        await self.found(team, place(answer), ())
        return answer

    async def gone(self, team: Team, place: str) -> None:
        """What showed pictures is removed: so are they."""
        await self.found(team, place, ())

    async def found(self, team: Team, place: str, files: Collection[str]) -> None:
        """From now on `place` is known to show these files and no others."""
        await self.showing.shows(team, place, frozenset(files))

    def _forget(self, gone: str) -> None:
        for key in [key for key, file in self._uploaded.items() if file == gone]:
            del self._uploaded[key]

    async def _files(self, team: Team, card: Card, taken: set[str]) -> Files:
        pictures = [each for each in card.elements if isinstance(each, Image) and each.media_type in ENDINGS]
        if IMAGE_SCOPE not in team.scopes or not pictures:
            return {}
        await self.showing.clear(team)
        try:
            return {picture: await self._file(team, picture, taken) for picture in pictures}
        except (PermissionMissing, PayloadRejected) as problem:
            logger.warning("a picture was not uploaded and is shown by its description: %s", problem)
            return {}
        except Unavailable as problem:
            # Nothing was posted yet, whatever became of the upload.
            raise Unavailable(problem.operation, problem.detail, accepted=False) from problem

    async def _file(self, team: Team, picture: Image, taken: set[str]) -> str:
        content = hashlib.sha256(picture.data).hexdigest()
        known = self._uploaded.get((team.me.installation.installation, content))
        if known is not None:
            taken.add(known)
            return known
        name = f"{content[:12]}.{ENDINGS[picture.media_type]}"
        described = shortened(said(picture.alt), ALT_TEXT)
        file = await upload(team, name, picture.data, picture.media_type, alt_txt=described)
        taken.add(file)
        await self.showing.uploads(team, file)
        await team.api.call("files.completeUploadExternal", files=[{"id": file}])
        self._uploaded[team.me.installation.installation, content] = file
        while len(self._uploaded) > LARGEST:
            self._uploaded.popitem(last=False)
        return file


def place_name(channel: str, ts: str) -> str:
    """What a message is called among the places that show pictures."""
    return f"{channel}:{ts}"


def pictures_in(message: Payload) -> Collection[str]:
    """The ids of the uploaded files that a message of ours shows."""
    named = (maybe(block, "slack_file", "id") for block in parts(message, "blocks"))
    return [file for file in named if file is not None]
