"""The adapter: the chat platform port on top of Discord's gateway and REST interface."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

from adapters.discord.commands import (
    completion_payload,
    differ,
    focused,
    line_of,
    message_payloads,
    name_on_messages,
    path_and_options,
    root_payload,
)
from adapters.discord.connection import Client
from adapters.discord.interactions import COMPLETION as COMPLETIONS
from adapters.discord.interactions import Interactions
from adapters.discord.library import use_api
from adapters.discord.limits import capabilities_in_direct, capabilities_with
from adapters.discord.parse import COMPLETION, Frame, Malformed, Reader
from adapters.discord.people import People
from adapters.discord.places import PLATFORM, Places, account
from adapters.discord.posts import Posts
from adapters.discord.reactions import Reactions
from adapters.discord.rest import Rest
from bot.base.clock import Clock
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Card
from bot.chat.commands import MessageAction
from bot.chat.events import ActionClicked, CommandInvoked, Event, FormSubmitted, MessageDeleted
from bot.chat.platform import Audience, Inbound, Post, Profile, Receipt
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef

CLOCKS_APART = timedelta(minutes=1)
"""How far Discord's clock and ours may be apart."""
MOST_DELETED = 1_000
COMMANDS = "/applications/{application_id}/commands"

logger = logging.getLogger(__name__)


class DiscordPlatform:
    """A `ChatPlatform` on Discord."""

    def __init__(self, token: str, clock: Clock, *, api_url: str, reads_replies: bool = False) -> None:
        """`reads_replies` asks for the privileged intent by which replies in threads can be read."""
        self._token = token
        self._clock = clock
        self._api_url = api_url.rstrip("/")
        self._reads_replies = reads_replies
        self._places = Places()
        self._client: Client | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._running: asyncio.Task[None] | None = None
        self._stopping = False
        self._deleted: OrderedDict[str, None] = OrderedDict()

    @property
    def name(self) -> str:
        return PLATFORM

    async def start(self, inbound: Inbound) -> None:
        """Connect; `ConfigurationError` for a token or an intent that is wrong, else `PlatformError`s."""
        use_api(self._api_url)
        self._inbound = inbound
        self._stopping = False
        client = Client(self._take, reads_replies=self._reads_replies)
        self._client = client
        self._rest = Rest(client, self._api_url)
        self._rest.open()
        try:
            await client.sign_in(self._token)
            self._settle_in(client, inbound.message_actions)
            await self._register(inbound)
            self._running = await client.run_gateway()
        except BaseException:
            await self._rest.close()
            await client.close()
            raise

    def _settle_in(self, client: Client, on_messages: Sequence[MessageAction]) -> None:
        if client.user is None:
            raise RuntimeError("the adapter is not logged in")
        us = str(client.user.id)
        self._reader = Reader(us, self._places, {name_on_messages(each): each.action for each in on_messages})
        self._people = People(self._rest, client, self._places)
        self._interactions = Interactions(self._rest, self._places)
        self._posts = Posts(self._rest, self._places, self._interactions, us)
        self._reactions = Reactions(self._rest, self._places, self._clock.now() + CLOCKS_APART)

    async def _register(self, inbound: Inbound) -> None:
        """Tell Discord of the commands, only where they differ from what it knows."""
        wanted = [root_payload(inbound.root_command, inbound.commands), *message_payloads(inbound.message_actions)]
        application = str(self._rest.application)
        known = await self._rest.call(
            "register", "GET", COMMANDS, params={"with_localizations": "true"}, application_id=application
        )
        if differ(wanted, known):
            await self._rest.call("register", "PUT", COMMANDS, body=wanted, application_id=application)

    async def stop(self) -> None:
        self._stopping = True
        await self.idle()
        if self._client is None:
            return
        await self._interactions.close()
        await self._client.close()
        await self._rest.close()
        if self._running is not None:
            await asyncio.gather(self._running, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until everything that came in so far is acknowledged."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def ready(self) -> bool:
        running = self._running is not None and not self._running.done()
        return running and not self._stopping and self._client is not None and self._client.connected()

    def capabilities(self, conversation: ConversationRef) -> Capabilities:
        found = None
        if conversation.installation.isdecimal() and conversation.channel.isdecimal() and self._client is not None:
            guild = self._client.get_guild(int(conversation.installation))
            found = guild.get_channel(int(conversation.channel)) if guild is not None else None
        if found is None:
            return capabilities_in_direct()
        return capabilities_with(found.permissions_for(found.guild.me), reads_replies=self._reads_replies)

    async def send(self, post: Post) -> Receipt:
        return await self._posts.send(post)

    async def find_own_post(self, audience: Audience, key: str) -> MessageRef | None:
        return await self._posts.find(audience, key)

    async def edit(self, message: MessageRef, card: Card) -> None:
        await self._posts.edit(message, card)

    async def delete(self, message: MessageRef) -> None:
        self._deleted[message.message] = None
        if len(self._deleted) > MOST_DELETED:
            self._deleted.popitem(last=False)
        await self._posts.delete(message)

    async def react(self, message: MessageRef, reaction: Literal["seen", "done", "waiting"]) -> None:
        await self._reactions.put(message, reaction)

    async def show_home(self, account: AccountRef, card: Card) -> None:
        """There is no page for each person on Discord; `home` is not among the capabilities."""

    async def profile(self, account: AccountRef) -> Profile | None:
        return await self._people.profile(account)

    async def installations(self) -> Sequence[InstallationRef]:
        return self._places.installations

    def _take(self, kind: str, number: int, data: Mapping[str, Any]) -> None:
        """Take a frame from the gateway; each is worked by itself, so that none waits for another."""
        if self._stopping:
            return
        task = asyncio.create_task(self._work(Frame(kind, number, data, self._clock.now())))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, frame: Frame) -> None:
        try:
            await self._find_home_of_author(frame)
            if frame.type == "INTERACTION_CREATE":
                self._note_language(frame.data)
                if frame.data.get("type") == COMPLETION:
                    await self._complete(frame.data)
                    return
            for event in self._reader.events(frame):
                await self._hand_on(event, frame.data)
        except Malformed as problem:
            logger.warning("a frame of Discord could not be read: %s", problem)
        except Exception:
            logger.exception("an event of Discord could not be handled")

    async def _hand_on(self, event: Event, raw: Mapping[str, Any]) -> None:
        if isinstance(event, MessageDeleted) and event.message.message in self._deleted:
            return
        if not isinstance(event, CommandInvoked | ActionClicked | FormSubmitted):
            await self._inbound.accept(event)
            return
        self._interactions.begin(event)
        try:
            how = await self._inbound.accept(event)
        except BaseException:
            await self._interactions.refuse(event)
            raise
        await self._interactions.acknowledge(event, raw, how, public=self._is_public(event, raw))

    def _is_public(self, event: Event, raw: Mapping[str, Any]) -> bool:
        if not isinstance(event, CommandInvoked):
            return False
        path, _ = path_and_options(raw.get("data") or {})
        return any(each.path == path and each.acknowledgement == "public" for each in self._inbound.commands)

    async def _complete(self, data: Mapping[str, Any]) -> None:
        user = str(((data.get("member") or {}).get("user") or data.get("user") or {}).get("id", ""))
        guild = data.get("guild_id") or self._places.home_of(user)
        details = data.get("data") or {}
        typing = focused(details)
        choices: list[dict[str, Any]] = []
        if typing is not None and guild is not None:
            option, prefix = typing
            actor = account(user, str(guild))
            choices = completion_payload(await self._inbound.complete(actor, line_of(details), option, prefix))
        body = {"type": COMPLETIONS, "data": {"choices": choices}}
        await self._rest.answer("complete", str(data["id"]), str(data["token"]), body)

    async def _find_home_of_author(self, frame: Frame) -> None:
        """A direct message says nothing of a server; whose person it is has to be found out first."""
        data = frame.data
        if frame.type not in ("MESSAGE_CREATE", "INTERACTION_CREATE") or data.get("guild_id"):
            return
        author = data.get("author") or data.get("user")
        if isinstance(author, Mapping) and not author.get("bot") and "id" in author:
            await self._people.find_home(str(author["id"]))

    def _note_language(self, data: Mapping[str, Any]) -> None:
        user = (data.get("member") or {}).get("user") or data.get("user") or {}
        if user.get("id") and isinstance(data.get("locale"), str):
            self._people.speaks(str(user["id"]), data["locale"])
