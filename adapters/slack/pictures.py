"""Pictures in messages and homes: uploaded without a place of their own, then shown by an image block.

A file that is in no channel is seen only where a message of ours shows it. Slack takes its time over an upload, and
refuses blocks with it until then (Slack's references "Slack file object" and "files.completeUploadExternal").
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from adapters.slack.limits import IMAGE_SCOPE
from adapters.slack.render import ALT_TEXT
from adapters.slack.teams import Team
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

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses
        self._uploaded: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def shown(self, team: Team, card: Card, call: Callable[[Files], Awaitable[Any]]) -> Any:
        """The answer of `call` with the card's pictures; with none of them where Slack does not get ready."""
        files = await self._files(team, card)
        for pause in self._pauses if files else ():
            try:
                return await call(files)
            except PayloadRejected as problem:
                if NOT_READY not in problem.detail:
                    raise
            await asyncio.sleep(pause)
        return await call({})

    async def _files(self, team: Team, card: Card) -> Files:
        pictures = [each for each in card.elements if isinstance(each, Image) and each.media_type in ENDINGS]
        if IMAGE_SCOPE not in team.scopes:
            return {}
        try:
            return {picture: await self._file(team, picture) for picture in pictures}
        except (PermissionMissing, PayloadRejected) as problem:
            logger.warning("a picture was not uploaded and is shown by its description: %s", problem)
            return {}
        except Unavailable as problem:
            # Nothing was posted yet, whatever became of the upload.
            raise Unavailable(problem.operation, problem.detail, accepted=False) from problem

    async def _file(self, team: Team, picture: Image) -> str:
        content = hashlib.sha256(picture.data).hexdigest()
        known = self._uploaded.get((team.me.installation.installation, content))
        if known is not None:
            return known
        place = await team.api.call(
            "files.getUploadURLExternal",
            filename=f"{content[:12]}.{ENDINGS[picture.media_type]}",
            length=len(picture.data),
            alt_txt=shortened(said(picture.alt), ALT_TEXT),
        )
        file = str(place["file_id"])
        await team.api.upload(str(place["upload_url"]), picture.data, picture.media_type)
        await team.api.call("files.completeUploadExternal", files=[{"id": file}])
        self._uploaded[team.me.installation.installation, content] = file
        while len(self._uploaded) > LARGEST:
            self._uploaded.popitem(last=False)
        return file
