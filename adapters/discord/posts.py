"""Posts: where each goes, how it is sent, and how it is found again by its key."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator
from typing import Any

from adapters.discord.errors import CLOSED_TO_US, code_of
from adapters.discord.interactions import Interactions, home_of, landed_as
from adapters.discord.keys import carries, home_of_message, nonce
from adapters.discord.places import PLATFORM, Place, Places
from adapters.discord.render import rendered
from adapters.discord.rest import Rest
from adapters.discord.threads import POSTS, Threads
from bot.chat.cards import Card, said
from bot.chat.errors import PlatformError, TargetGone
from bot.chat.platform import Audience, InConversation, Post, PrivateTo, Receipt
from bot.chat.refs import ConversationRef, MessageRef

PAGE = 100
MOST_PAGES = 10
"""How far back a post is looked for: with more messages after it nobody can know any more."""
MOST_FORUM_POSTS = 25
MOST_DIRECT = 10_000
MOST_DELETED = 1_000


class Posts:
    """The bot's own posts."""

    def __init__(self, rest: Rest, places: Places, interactions: Interactions, us: str) -> None:
        self._rest = rest
        self._places = places
        self._interactions = interactions
        self._threads = Threads(rest, places)
        self._us = us
        self._direct: OrderedDict[str, str] = OrderedDict()
        self._deleted: OrderedDict[str, None] = OrderedDict()

    async def send(self, post: Post) -> Receipt:
        """Post once, through the interaction it answers where that is open."""
        shown = await self._interactions.reply(post)
        if shown is not None:
            return shown
        if isinstance(post.audience, InConversation):
            return await self._in_conversation(post, post.audience.conversation)
        return await self._privately(post, post.audience)

    async def _privately(self, post: Post, audience: PrivateTo) -> Receipt:
        """As the fallback says, for only an open interaction shows one person something in a channel.

        A person who takes no direct messages finds what it was about in their home.
        """
        near = audience.near
        if near is not None and not near.installation:
            return await self._in_conversation(post, near)
        if audience.fallback == "drop":
            return Receipt("dropped")
        if audience.fallback == "home":
            return Receipt("home")
        try:
            return await self._in_conversation(post, await self.direct_with(audience.account.user))
        except PlatformError as problem:
            if code_of(problem) in CLOSED_TO_US:
                return Receipt("home")
            raise

    async def _in_conversation(self, post: Post, place: ConversationRef) -> Receipt:
        channel = _id(place.thread or place.channel)
        message = rendered(post.card, key=post.key, home=home_of(post))
        body = {**message.body, "nonce": nonce(post.key), "enforce_nonce": True}
        title = said(post.card.title)
        forum = self._forum(place)
        if forum is not None:
            made = await self._threads.post_in_forum(forum, body, message, title)
        elif place.thread:
            made = await self._threads.post(place, body, message, title)
        else:
            made = await self._rest.call(
                "send", "POST", POSTS, body=body, attachments=message.attachments, channel_id=channel
            )
        return Receipt(landed_as(place), MessageRef(place, str(made["id"])))

    def _forum(self, place: ConversationRef) -> Place | None:
        found = self._places.find(place.channel)
        return found if found is not None and found.forum and place.thread is None else None

    async def direct_with(self, user: str) -> ConversationRef:
        """The direct conversation with a person; Discord makes it where there is none."""
        channel = self._direct.get(user)
        if channel is None:
            made = await self._rest.call("send", "POST", "/users/@me/channels", body={"recipient_id": _id(user)})
            channel = self._direct[user] = str(made["id"])
            if len(self._direct) > MOST_DIRECT:
                self._direct.popitem(last=False)
        return ConversationRef(PLATFORM, "", channel)

    async def find(self, audience: Audience, key: str) -> MessageRef | None:
        """Our post with this key; None where it surely is not there, `TargetGone` where nobody can know."""
        place = await self._place_of(audience)
        if place is None:
            return None
        forum = self._forum(place)
        found = self._forum_posts(forum) if forum is not None else self._own_posts(_id(place.thread or place.channel))
        async for message in found:
            if carries(message, key):
                return MessageRef(place, str(message["id"]))
        return None

    async def _place_of(self, audience: Audience) -> ConversationRef | None:
        if isinstance(audience, InConversation):
            return audience.conversation
        if audience.near is not None and not audience.near.installation:
            return audience.near
        return await self.direct_with(audience.account.user) if audience.fallback == "direct" else None

    async def _own_posts(self, channel: str) -> AsyncIterator[Any]:
        """Our own messages of a channel, the latest first."""
        before: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            page = await self._look(channel, {"limit": str(PAGE), **before})
            for message in page:
                if str(message["author"]["id"]) == self._us:
                    yield message
            if len(page) < PAGE:
                return
            before = {"before": str(page[-1]["id"])}
        raise TargetGone("find_own_post", "more was posted since than can be looked through")

    async def _look(self, channel: str, params: dict[str, str]) -> Any:
        """One page of a channel; empty where the channel is not there, as with a thread that was never made."""
        try:
            return await self._rest.call("find_own_post", "GET", POSTS, params=params, channel_id=channel)
        except TargetGone:
            return []

    async def _forum_posts(self, forum: Place) -> AsyncIterator[Any]:
        """The first messages of our own posts that are open in a forum, the latest first."""
        active = await self._rest.call(
            "find_own_post", "GET", "/guilds/{guild_id}/threads/active", guild_id=forum.guild
        )
        ours = [
            str(thread["id"])
            for thread in active.get("threads") or ()
            if str(thread.get("parent_id")) == forum.id and str(thread.get("owner_id")) == self._us
        ]
        for thread in sorted(ours, key=int, reverse=True)[:MOST_FORUM_POSTS]:
            path = f"{POSTS}/{{message_id}}"
            yield await self._rest.call("find_own_post", "GET", path, channel_id=thread, message_id=thread)

    async def edit(self, message: MessageRef, card: Card) -> None:
        """Replace what a message of ours shows."""
        shown = rendered(card, home=await self._home_of(message))
        await self._rest.call(
            "edit",
            "PATCH",
            f"{POSTS}/{{message_id}}",
            body=shown.body,
            attachments=shown.attachments,
            channel_id=_id(self._places.channel_of(message)),
            message_id=_id(message.message),
        )

    async def _home_of(self, message: MessageRef) -> str | None:
        """The server that a card in a direct conversation is about, as it says so far; one needs no telling."""
        homes = [each.installation for each in self._places.installations]
        if message.conversation.installation or len(homes) < 2:
            return None
        found = await self._rest.call(
            "edit",
            "GET",
            f"{POSTS}/{{message_id}}",
            channel_id=_id(message.conversation.channel),
            message_id=_id(message.message),
        )
        return home_of_message(found, homes)

    def deleted_by_us(self, message: str) -> bool:
        """Whether a message went because we removed it."""
        return message in self._deleted

    async def delete(self, message: MessageRef) -> None:
        """Remove a message of ours; one that is gone is no error."""
        self._deleted[message.message] = None
        if len(self._deleted) > MOST_DELETED:
            self._deleted.popitem(last=False)
        try:
            await self._rest.call(
                "delete",
                "DELETE",
                f"{POSTS}/{{message_id}}",
                channel_id=_id(self._places.channel_of(message)),
                message_id=_id(message.message),
            )
        except TargetGone:
            return


def _id(text: str) -> str:
    """`text` as an id of Discord; nothing else is ever there."""
    if not text.isdecimal():
        raise TargetGone("send", f"there is no {text!r} on Discord")
    return text
