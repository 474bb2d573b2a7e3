"""The adapter: the chat platform port on top of Slack's Web API and a connection that brings events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import aiohttp

from adapters.slack import documents, posting
from adapters.slack.echoes import Echoes
from adapters.slack.limits import capabilities
from adapters.slack.lookup import OwnPosts
from adapters.slack.payloads import PLATFORM
from adapters.slack.people import profile_of
from adapters.slack.pictures import Pictures, place_name
from adapters.slack.reactions import Reactions
from adapters.slack.receiving import Receiver
from adapters.slack.render import body_of, home_view
from adapters.slack.settings import SlackSettings
from adapters.slack.socket import PING_SECONDS
from adapters.slack.teams import Team, Teams
from adapters.slack.web import new_session
from adapters.slack.workspaces import Connection, ManyWorkspaces, OneWorkspace, Workspaces
from bot.base.clock import Clock
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Card
from bot.chat.errors import TargetGone
from bot.chat.platform import Audience, Inbound, InConversation, Post, Profile, Receipt
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef

DELETED = frozenset({"message_not_found", "channel_not_found"})


class SlackPlatform:
    """A `ChatPlatform` on Slack."""

    def __init__(self, settings: SlackSettings, clock: Clock, *, ping_seconds: float = PING_SECONDS) -> None:
        """`ping_seconds` is how often Socket Mode's connection is tested."""
        self._ping_seconds = ping_seconds
        self._settings = settings
        self._clock = clock
        self._teams = Teams()
        self._echoes = Echoes()
        self._pictures = Pictures(clock)
        self._own_posts = OwnPosts(
            self._echoes, lambda place: self.capabilities(place).finds_own_posts, clock, self._pictures
        )
        self._reactions = Reactions(clock.now())
        self._session: aiohttp.ClientSession | None = None
        self._connection: Connection | None = None

    @property
    def name(self) -> str:
        return PLATFORM

    @property
    def connection(self) -> Connection | None:
        """How events come in, once started."""
        return self._connection

    async def start(self, inbound: Inbound) -> None:
        self._session = new_session()
        try:
            workspaces = self._workspaces(self._session)
            await self._pictures.showing.recall(inbound.memory)
            await workspaces.open(self._teams, inbound)
            receiver = Receiver(inbound, self._teams, self._echoes, self._clock, self._reads, workspaces.left)
            connection = workspaces.connection(receiver.receive)
            await connection.start()
            self._connection = connection
        except BaseException:
            await self._session.close()
            raise

    async def stop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.stop()
        if self._session is not None:
            await self._session.close()

    def ready(self) -> bool:
        return self._connection is not None and self._connection.ready()

    def capabilities(self, conversation: ConversationRef) -> Capabilities:
        team = self._teams.find(conversation.installation)
        scopes = team.scopes if team is not None else frozenset[str]()
        return capabilities(conversation, scopes, reads_replies=self._settings.reads_replies)

    def _reads(self, conversation: ConversationRef) -> bool:
        return self.capabilities(conversation).reads_replies

    async def send(self, post: Post) -> Receipt:
        audience = post.audience
        ref = audience.conversation if isinstance(audience, InConversation) else audience.account
        return await posting.send(self._teams.of(ref.installation, "chat.postMessage"), post, self._pictures)

    async def find_own_post(self, audience: Audience, key: str) -> MessageRef | None:
        ref = audience.conversation if isinstance(audience, InConversation) else audience.account
        return await self._own_posts.find(self._teams.of(ref.installation, "find_own_post"), audience, key)

    async def edit(self, message: MessageRef, card: Card) -> None:
        team = self._team_of(message, "chat.update")
        channel = message.conversation.channel
        await self._pictures.shown(
            team,
            card,
            lambda files: team.api.call(
                "chat.update", channel=channel, ts=message.message, **body_of(card, files=files)
            ),
            lambda _: place_name(channel, message.message),
        )

    async def delete(self, message: MessageRef) -> None:
        team, channel = self._team_of(message, "chat.delete"), message.conversation.channel
        if documents.is_file(message.message):
            await documents.remove(team, message.message)
            return
        try:
            await team.api.call("chat.delete", channel=channel, ts=message.message)
        except TargetGone as problem:
            if problem.detail not in DELETED:
                raise
        await self._pictures.gone(team, place_name(channel, message.message))

    async def react(self, message: MessageRef, reaction: Literal["seen", "done", "waiting"]) -> None:
        await self._reactions.put(self._team_of(message, "reactions.add").api, message, reaction)

    async def show_home(self, account: AccountRef, card: Card) -> None:
        team = self._teams.of(account.installation, "views.publish")
        await self._pictures.shown(
            team,
            card,
            lambda files: team.api.call("views.publish", user_id=account.user, view=home_view(card, files)),
            lambda _: f"home:{account.user}",
        )

    async def profile(self, account: AccountRef) -> Profile | None:
        return await profile_of(self._teams.of(account.installation, "users.info"), account)

    async def installations(self) -> Sequence[InstallationRef]:
        return [team.me.installation for team in self._teams]

    def _workspaces(self, session: aiohttp.ClientSession) -> Workspaces:
        if self._settings.oauth is not None:
            return ManyWorkspaces(self._settings, self._settings.oauth, session, self._clock)
        return OneWorkspace(self._settings, session, self._clock, self._ping_seconds)

    def _team_of(self, message: MessageRef, operation: str) -> Team:
        return self._teams.of(message.conversation.installation, operation)
