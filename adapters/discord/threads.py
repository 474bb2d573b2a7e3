"""Threads and forum posts: made when they are first needed, and opened again when something is posted there.

A thread made from a message has that message's id, so making it twice is harmless.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.discord.errors import ARCHIVED, THREAD_EXISTS, UNKNOWN_CHANNEL, code_of
from adapters.discord.markdown import unescaped
from adapters.discord.places import Place, Places
from adapters.discord.render import Rendered
from adapters.discord.rest import Rest
from bot.chat.cutting import shortened
from bot.chat.errors import PayloadRejected, PlatformError, TargetGone
from bot.chat.refs import ConversationRef

LONGEST_NAME = 100
KEPT_OPEN = 10_080
"""Minutes without a message after which Discord puts a thread away: a week."""
POSTS = "/channels/{channel_id}/messages"


class Threads:
    """Posts in threads and forums."""

    def __init__(self, rest: Rest, places: Places) -> None:
        self._rest = rest
        self._places = places

    async def post(self, place: ConversationRef, body: Mapping[str, Any], message: Rendered, title: str) -> Any:
        """Post in a thread, which is made or opened again where that is needed; Discord's message."""
        thread = place.thread or ""
        try:
            return await self._post(thread, body, message)
        except TargetGone as problem:
            if code_of(problem) == UNKNOWN_CHANNEL:
                await self._make(place, title)
            elif code_of(problem) == ARCHIVED:
                reopened = {"archived": False}
                await self._rest.call("reopen", "PATCH", "/channels/{channel_id}", body=reopened, channel_id=thread)
            else:
                raise
        return await self._post(thread, body, message)

    async def post_in_forum(self, forum: Place, body: Mapping[str, Any], message: Rendered, title: str) -> Any:
        """A new post of a forum; the thread, whose id is that of its first message."""
        tags = {"applied_tags": [forum.required_tag]} if forum.required_tag else {}
        first = {key: value for key, value in body.items() if key not in ("nonce", "enforce_nonce")}
        made = await self._rest.call(
            "send",
            "POST",
            "/channels/{channel_id}/threads",
            body={"name": _name(title), "auto_archive_duration": KEPT_OPEN, "message": first, **tags},
            attachments=message.attachments,
            channel_id=forum.id,
        )
        self._places.put(made, forum.guild)
        return made

    async def _post(self, thread: str, body: Mapping[str, Any], message: Rendered) -> Any:
        return await self._rest.call(
            "send_in_thread", "POST", POSTS, body=body, attachments=message.attachments, channel_id=thread
        )

    async def _make(self, place: ConversationRef, title: str) -> None:
        root = place.thread or ""
        try:
            made = await self._rest.call(
                "thread",
                "POST",
                "/channels/{channel_id}/messages/{message_id}/threads",
                body={
                    "name": _name(await self._title_of(place) or title),
                    "auto_archive_duration": KEPT_OPEN,
                },
                channel_id=place.channel,
                message_id=root,
            )
            self._places.put(made, place.installation)
        except PayloadRejected as problem:
            if code_of(problem) != THREAD_EXISTS:
                raise

    async def _title_of(self, place: ConversationRef) -> str:
        """The title of our own message that the thread hangs on; empty where it cannot be read."""
        try:
            found = await self._rest.call(
                "thread", "GET", f"{POSTS}/{{message_id}}", channel_id=place.channel, message_id=place.thread or ""
            )
        except TargetGone:
            raise
        except PlatformError:
            return ""
        frame = next(iter(found.get("components") or ()), None) or {}
        title = next(iter(frame.get("components") or ()), None) or {}
        return unescaped(str(title.get("content") or "").removeprefix("### "))


def _name(title: str) -> str:
    return shortened(" ".join(title.split()), LONGEST_NAME) or "Starling"
