"""Looking for a post of ours by its key: among the messages where it would stand, and in what Slack told us of it.

Others' messages come along with ours there. Nothing of them is kept or handed on.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

from adapters.slack.documents import found_in
from adapters.slack.echoes import Echoes
from adapters.slack.limits import ECHO_SCOPE, is_direct, is_person
from adapters.slack.parse_events import own_key
from adapters.slack.payloads import Payload, maybe, parts
from adapters.slack.pictures import Pictures, pictures_in, place_name
from adapters.slack.teams import Team
from bot.base.clock import Clock
from bot.base.ids import LENGTH, made_at
from bot.chat.errors import PermissionMissing, PlatformError, TargetGone
from bot.chat.platform import Audience, InConversation
from bot.chat.refs import ConversationRef, MessageRef

PAGE, MOST_PAGES = 200, 5
"""How far back a post is looked for: with more messages after it nobody can know any more."""
BEFORE = timedelta(hours=1)
"""By how much Slack's clock may be behind the one a key was made by."""


class OwnPosts:
    """Finds posts of ours. `able` says whether what was posted in a conversation may be looked through.

    `pictures` are told what a post that is found shows, so that its pictures go with it later on.
    """

    def __init__(
        self, echoes: Echoes, able: Callable[[ConversationRef], bool], clock: Clock, pictures: Pictures
    ) -> None:
        self._echoes, self._able, self._clock, self._pictures = echoes, able, clock, pictures

    async def find(self, team: Team, audience: Audience, key: str) -> MessageRef | None:
        """Where our post with this key landed. None is proof of its absence only where we are able to look.

        Raises `PlatformError`s, `TargetGone` among them where nobody can know.
        """
        told = self._told(team, audience, key)
        try:
            return await self._looked_for(team, audience, key) or told
        except PlatformError:
            if told is None:
                raise
            return told

    def _told(self, team: Team, audience: Audience, key: str) -> MessageRef | None:
        """What Slack told this process of the post; that does not say in which thread it stands."""
        echo = self._echoes.find(team.me.installation.installation, key)
        if echo is None:
            return None
        if isinstance(audience, InConversation) and not is_direct(audience.conversation.channel):
            return MessageRef(audience.conversation, echo.ts) if echo.channel == audience.conversation.channel else None
        return MessageRef(team.me.place(echo.channel), echo.ts)

    async def _looked_for(self, team: Team, audience: Audience, key: str) -> MessageRef | None:
        if isinstance(audience, InConversation):
            return await self._looked_for_in(team, audience.conversation, key)
        near = audience.near
        if near is None and audience.fallback != "direct":
            return None
        direct = team.me.place(audience.account.user, near.thread if near and is_direct(near.channel) else None)
        if near is None or is_direct(near.channel):
            return await self._looked_for_in(team, direct, key)
        found = await self._looked_for_in(team, direct, key) if audience.fallback == "direct" else None
        if found is None:
            raise TargetGone("find_own_post", "what only one person sees in a channel cannot be looked for")
        return found

    async def _looked_for_in(self, team: Team, place: ConversationRef, key: str) -> MessageRef | None:
        if not self._able(place):
            if ECHO_SCOPE not in team.scopes:
                raise PermissionMissing("find_own_post", ECHO_SCOPE)
            return None
        if is_person(place.channel):
            opened = await team.api.call("conversations.open", users=place.channel)
            place = team.me.place(str(opened["channel"]["id"]), place.thread)
        async for message in self._posted_in(team, place, key):
            ts = maybe(message, "ts")
            if ts is None or not team.me.is_author(message):
                continue
            file = found_in(message, key)
            if file is not None:
                return MessageRef(place, file)
            ours = own_key(message, place.channel, ts)
            if ours is not None and ours.key == key:
                if files := pictures_in(message):
                    await self._pictures.found(team, place_name(place.channel, ts), files)
                return MessageRef(place, ts)
        return None

    async def _posted_in(self, team: Team, place: ConversationRef, key: str) -> AsyncIterator[Payload]:
        """The messages of a channel from the latest on, or of a thread from the earliest, since the key was made."""
        method = "conversations.replies" if place.thread else "conversations.history"
        oldest, cursor = self._since(key), None
        for _ in range(MOST_PAGES):
            answer = await team.api.call(
                method,
                channel=place.channel,
                ts=place.thread,
                oldest=oldest,
                cursor=cursor,
                limit=PAGE,
                include_all_metadata=True,
            )
            for message in parts(answer.data, "messages"):
                yield message
            cursor = maybe(answer.data, "response_metadata", "next_cursor")
            if cursor is None and answer.get("has_more") is not True:
                return
        raise TargetGone("find_own_post", "more was posted since than can be looked through")

    def _since(self, key: str) -> str | None:
        """A post is no older than its key, whose first part is an id of ours."""
        made = made_at(key[:LENGTH])
        if made is None or made > self._clock.now():
            return None
        return f"{(made - BEFORE).timestamp():.6f}"
