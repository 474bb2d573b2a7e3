"""The adapter: the chat platform port on top of Discord's gateway and REST interface."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from adapters.discord.access import Access
from adapters.discord.commands import command_payloads, differ, message_payloads, name_in_menu, people_payloads
from adapters.discord.connection import Client
from adapters.discord.direct import Direct
from adapters.discord.homes import Homes
from adapters.discord.interacting import Interacting
from adapters.discord.interactions import Interactions
from adapters.discord.keeping import Keeping
from adapters.discord.last_messages import LastMessages
from adapters.discord.library import use_api
from adapters.discord.limits import capabilities_in_direct, capabilities_with
from adapters.discord.parse import Reader
from adapters.discord.people import People
from adapters.discord.places import PLATFORM, Places
from adapters.discord.posts import Posts
from adapters.discord.reactions import Reactions
from adapters.discord.rest import Rest
from adapters.discord.taking import Taking
from bot.base.clock import Clock
from bot.base.errors import ConfigurationError
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Card
from bot.chat.errors import PlatformError, Unavailable
from bot.chat.platform import Audience, Inbound, Post, Profile, Receipt
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef

CLOCKS_APART = timedelta(minutes=1)
"""How far Discord's clock and ours may be apart."""
PAUSE, LONGEST_PAUSE = 5.0, 60.0
"""Seconds before a connection that ended is made anew; they double while that fails."""
COMMANDS = "/applications/{application_id}/commands"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Connected:
    """The parts that exist once the bot is logged in."""

    taking: Taking
    people: People
    interactions: Interactions
    posts: Posts
    reactions: Reactions
    running: asyncio.Task[None]


class DiscordPlatform:
    """A `ChatPlatform` on Discord."""

    def __init__(
        self, token: str, clock: Clock, *, api_url: str, reads_replies: bool = False, pause: float = PAUSE
    ) -> None:
        """`reads_replies` asks for the privileged intent by which replies in threads can be read."""
        self._token = token
        self._clock = clock
        self._api_url = api_url.rstrip("/")
        self._reads_replies = reads_replies
        self._places = Places()
        self._last_messages = LastMessages()
        self._keeping: Keeping
        self._chosen_homes: dict[str, str] = {}
        self._client: Client | None = None
        self._connected: _Connected | None = None
        self._pause = pause
        self._watching: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return PLATFORM

    async def start(self, inbound: Inbound) -> None:
        """Connect; `ConfigurationError` for a token or an intent that is wrong, else `PlatformError`s."""
        use_api(self._api_url)
        kept = await inbound.memory.recall(PLATFORM)
        self._last_messages, self._chosen_homes = LastMessages(kept), dict(kept.get("", {}))
        self._keeping = Keeping(inbound.memory, self._last_messages)
        await self._open(inbound)
        self._watching = asyncio.create_task(self._keep_open(inbound))

    async def _open(self, inbound: Inbound) -> None:
        client = self._client = Client(reads_replies=self._reads_replies)
        rest = self._rest = Rest(client, self._api_url)
        try:
            await client.sign_in(self._token)
            await self._register(inbound)
            self._connected = await self._connect(client, rest, inbound)
        except BaseException:
            await rest.close()
            await client.close()
            raise

    async def _connect(self, client: Client, rest: Rest, inbound: Inbound) -> _Connected:
        us = client.user_id
        on_messages = {name_in_menu(each.label): each.action for each in inbound.message_actions}
        on_people = {name_in_menu(each.on_people): each for each in inbound.commands if each.on_people is not None}
        reader = Reader(us, self._places, on_messages, self._last_messages, on_people)
        people = People(rest, client)
        homes = Homes(people, self._places, inbound.memory, self._chosen_homes)
        interactions = Interactions(rest, self._places)
        posts = Posts(rest, self._places, interactions, us)
        reactions = Reactions(rest, self._places, self._clock.now() + CLOCKS_APART)

        def interacting(chosen: Callable[[str], None]) -> Interacting:
            return Interacting(inbound, rest, reader, people, homes, interactions, chosen)

        taking = Taking(
            inbound,
            self._clock,
            reader,
            Access(client, self._places),
            posts,
            self._keeping,
            Direct(reader, people, homes, posts),
            interacting,
        )
        running = await client.run_gateway(taking.take)
        return _Connected(taking, people, interactions, posts, reactions, running)

    async def _keep_open(self, inbound: Inbound) -> None:
        """Connect anew where discord.py gave up, as it does when it meets a frame that it cannot read."""
        while self._connected is not None:
            await asyncio.wait({self._connected.running})
            problem = self._connected.running.exception()
            logger.error("the connection to Discord ended and is made anew: %r", problem)
            await self._connected.interactions.close()
            await self._rest.close()
            if self._client is not None:
                await self._client.close()
            pause = self._pause
            while True:
                await asyncio.sleep(pause)
                try:
                    await self._open(inbound)
                    break
                except (PlatformError, ConfigurationError) as refused:
                    pause = min(2 * pause, LONGEST_PAUSE)
                    logger.warning("Discord cannot be reached; it is tried again in %g s: %s", pause, refused)

    async def _register(self, inbound: Inbound) -> None:
        """Tell Discord of the commands, only where they differ from what it knows."""
        for_users = self._client is not None and self._client.for_users
        wanted = [
            *command_payloads(inbound.root_command, inbound.commands, for_users=for_users),
            *message_payloads(inbound.message_actions, for_users=for_users),
            *people_payloads(inbound.commands, for_users=for_users),
        ]
        application = str(self._rest.application)
        with_all: Mapping[str, str] = {"with_localizations": "true"}
        known = await self._rest.call("register", "GET", COMMANDS, params=with_all, application_id=application)
        if differ(wanted, known):
            await self._rest.call("register", "PUT", COMMANDS, body=wanted, application_id=application)

    async def stop(self) -> None:
        connected = self._connected
        if connected is None or self._client is None:
            return
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        await connected.taking.end()
        await self._keeping.stop()
        self._connected = None
        await connected.interactions.close()
        await self._client.close()
        await self._rest.close()
        await asyncio.gather(connected.running, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until everything that came in so far is acknowledged."""
        if self._connected is not None:
            await self._connected.taking.idle()

    def ready(self) -> bool:
        connected, client = self._connected, self._client
        return connected is not None and client is not None and not connected.running.done() and client.connected()

    def capabilities(self, conversation: ConversationRef) -> Capabilities:
        found = None
        if conversation.installation.isdecimal() and conversation.channel.isdecimal() and self._client is not None:
            guild = self._client.get_guild(int(conversation.installation))
            found = guild.get_channel(int(conversation.channel)) if guild is not None else None
        if found is None:
            return capabilities_in_direct()
        return capabilities_with(found.permissions_for(found.guild.me), reads_replies=self._reads_replies)

    async def send(self, post: Post) -> Receipt:
        receipt = await self._there("send").posts.send(post)
        self._note_last(receipt)
        return receipt

    def _note_last(self, receipt: Receipt) -> None:
        """A post of ours is the last message of its thread now; Discord may tell of it after a new session began."""
        message = receipt.message
        if message is not None and message.conversation.thread is not None:
            guild, thread = message.conversation.installation, message.conversation.thread
            self._last_messages.saw(guild, thread, message.message)
            self._keeping.soon()

    async def find_own_post(self, audience: Audience, key: str) -> MessageRef | None:
        return await self._there("find_own_post").posts.find(audience, key)

    async def edit(self, message: MessageRef, card: Card) -> None:
        await self._there("edit").posts.edit(message, card)

    async def delete(self, message: MessageRef) -> None:
        await self._there("delete").posts.delete(message)

    async def react(self, message: MessageRef, reaction: Literal["seen", "done", "waiting"]) -> None:
        await self._there("react").reactions.put(message, reaction)

    async def show_home(self, account: AccountRef, card: Card) -> None:
        """There is no page for each person on Discord; `home` is not among the capabilities."""

    async def profile(self, account: AccountRef) -> Profile | None:
        return await self._there("profile").people.profile(account)

    async def installations(self) -> Sequence[InstallationRef]:
        return self._places.installations

    def _there(self, operation: str) -> _Connected:
        if self._connected is None:
            raise Unavailable(operation, "the adapter is not connected", accepted=False)
        return self._connected
