"""The adapter: the chat platform port on top of a connection to a local workspace."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from adapters.local.calls import (
    Acknowledge,
    Answer,
    Delete,
    Edit,
    FindOwnPost,
    Hello,
    LookUp,
    Next,
    NextQuestion,
    React,
    Register,
    Send,
    ShowHome,
    Welcome,
)
from adapters.local.cards import card_payload, choice_payload, form_payload
from adapters.local.cast import direct_channel
from adapters.local.connection import Connection, InProcess
from adapters.local.ground import PLATFORM
from adapters.local.options import Options
from adapters.local.registration import registration_of
from adapters.local.workspace import Workspace
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Card
from bot.chat.errors import PlatformError
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted, HomeOpened, event_from_json
from bot.chat.platform import (
    Accepted,
    Acknowledged,
    Audience,
    DeliveredAs,
    FormProblems,
    Inbound,
    InConversation,
    OpenForm,
    Post,
    Profile,
    Receipt,
)
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef

PAUSE = 0.5
"""Seconds before an event that could not be accepted, or a call that failed, is tried again."""
POLL = 20.0
"""Seconds one call for the next event stays open."""

logger = logging.getLogger(__name__)


class Face(Protocol):
    """The workspace's pages, served beside the adapter."""

    @property
    def address(self) -> str: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class LocalPlatform:
    """A `ChatPlatform` on a workspace in this process, or on one reached through `connection`."""

    def __init__(
        self,
        workspace: Workspace | None = None,
        *,
        connection: Connection | None = None,
        face: Face | None = None,
        address: str = "",
        pause: float = PAUSE,
    ) -> None:
        """`face` is started and stopped with the adapter; `address` is where people find the workspace without one."""
        if (workspace is None) == (connection is None):
            raise ValueError("a workspace or a connection to one is needed")
        self.workspace = workspace
        self._connection: Connection = connection or InProcess(_given(workspace))
        self._face = face
        self._address = address
        self._pause = pause
        self._welcome: Welcome | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._accepting = asyncio.Lock()
        self._connected = False

    @property
    def name(self) -> str:
        return PLATFORM

    @property
    def address(self) -> str:
        """The address of the workspace's page, empty where it has none."""
        return self._face.address if self._face else self._address

    async def start(self, inbound: Inbound) -> None:
        self._welcome = Welcome.model_validate(await self._connection.call(Hello()))
        registration = registration_of(
            inbound.root_command, inbound.commands, inbound.message_actions, self._welcome.languages
        )
        await self._connection.call(Register(registration=registration))
        if self._face is not None:
            await self._face.start()
        self._connected = True
        self._tasks = [
            asyncio.create_task(self._forever(self._take_event, inbound)),
            asyncio.create_task(self._forever(self._answer_question, inbound)),
        ]

    async def stop(self) -> None:
        async with self._accepting:
            for task in self._tasks:
                task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        if self._face is not None:
            await self._face.stop()
        await self._connection.close()

    def ready(self) -> bool:
        return self._connected and bool(self._tasks) and not any(task.done() for task in self._tasks)

    async def idle(self) -> None:
        """Wait until every event of the workspace in this process is acknowledged."""
        await _given(self.workspace).idle()

    def capabilities(self, conversation: ConversationRef) -> Capabilities:
        return self._options.capabilities(direct=conversation.channel.startswith(direct_channel("")))

    async def send(self, post: Post) -> Receipt:
        target = self._target(post.audience)
        if not isinstance(target, _Target):
            return Receipt(target)
        number = await self._connection.call(
            Send(
                key=post.key,
                channel=target.conversation.channel,
                thread=target.conversation.thread,
                only_for=target.only_for,
                card=card_payload(post.card),
            )
        )
        landed = None if target.only_for else MessageRef(target.conversation, number)
        return Receipt(target.delivered_as, landed)

    async def find_own_post(self, audience: Audience, key: str) -> MessageRef | None:
        target = self._target(audience)
        if not isinstance(target, _Target):
            return None
        place = target.conversation
        number = await self._connection.call(FindOwnPost(key=key, channel=place.channel, thread=place.thread))
        return MessageRef(place, number) if number else None

    async def edit(self, message: MessageRef, card: Card) -> None:
        await self._connection.call(Edit(message=message.message, card=card_payload(card)))

    async def delete(self, message: MessageRef) -> None:
        await self._connection.call(Delete(message=message.message))

    async def react(self, message: MessageRef, reaction: Literal["seen", "done", "waiting"]) -> None:
        await self._connection.call(React(message=message.message, reaction=reaction))

    async def show_home(self, account: AccountRef, card: Card) -> None:
        await self._connection.call(ShowHome(person=account.user, card=card_payload(card)))

    async def profile(self, account: AccountRef) -> Profile | None:
        found = await self._connection.call(LookUp(person=account.user))
        if found is None or account.installation_ref != self._installation:
            return None
        return Profile(
            name=found["name"],
            zone=found["zone"],
            language=found["language"],
            is_admin=found["is_admin"],
            is_bot=found["is_bot"],
            is_outsider=found["is_outsider"],
        )

    async def installations(self) -> Sequence[InstallationRef]:
        return [self._installation]

    @property
    def _options(self) -> Options:
        return self.workspace.options if self.workspace else self._met.options

    @property
    def _installation(self) -> InstallationRef:
        return InstallationRef(PLATFORM, self._met.installation)

    @property
    def _met(self) -> Welcome:
        if self._welcome is None:
            raise RuntimeError("the adapter has not been started")
        return self._welcome

    def _target(self, audience: Audience) -> _Target | DeliveredAs:
        """Where a post for this audience goes, or as what it counts where it goes nowhere."""
        if isinstance(audience, InConversation):
            place = audience.conversation
            direct = place.channel.startswith(direct_channel(""))
            return _Target(place, "direct" if direct else "thread" if place.thread else "channel")
        own = ConversationRef(PLATFORM, audience.account.installation, direct_channel(audience.account.user))
        near = audience.near
        if near is not None and near.root == own:
            return _Target(near, "direct")
        if near is not None and self.capabilities(near).ephemeral:
            return _Target(near, "ephemeral", audience.account.user)
        match audience.fallback:
            case "direct":
                return _Target(own, "direct")
            case "home":
                return "home"
            case "drop":
                return "dropped"

    async def _take_event(self, inbound: Inbound) -> None:
        delivery = await self._connection.call(Next(seconds=POLL))
        if delivery is None:
            return
        async with self._accepting:
            event = event_from_json(json.dumps(delivery["event"]))
            if isinstance(event, ActionClicked | CommandInvoked | FormSubmitted | HomeOpened):
                event = replace(event, trigger=delivery["trigger"])
            await self._acknowledge(event.delivery_id, await inbound.accept(event))

    async def _acknowledge(self, delivery_id: str, answer: Acknowledged) -> None:
        match answer:
            case Accepted():
                call = Acknowledge(delivery_id=delivery_id)
            case OpenForm(form):
                call = Acknowledge(delivery_id=delivery_id, form=form_payload(form))
            case FormProblems(problems):
                call = Acknowledge(delivery_id=delivery_id, problems=problems)
        await self._connection.call(call)

    async def _answer_question(self, inbound: Inbound) -> None:
        question = await self._connection.call(NextQuestion(seconds=POLL))
        if question is None:
            return
        actor = AccountRef(PLATFORM, self._met.installation, question["person"])
        choices = await inbound.complete(actor, question["line"], question["option"], question["prefix"])
        answer = [choice_payload(choice) for choice in choices]
        await self._connection.call(Answer(number=question["number"], choices=answer))

    async def _forever(self, step: Step, inbound: Inbound) -> None:
        """Repeat `step` until cancelled; one that fails is logged and tried again after a pause."""
        while True:
            try:
                await step(inbound)
                self._connected = True
            except PlatformError as problem:
                self._connected = False
                logger.warning("the local workspace did not answer: %s", problem)
                await asyncio.sleep(self._pause)
            except Exception:
                logger.exception("an event of the local workspace could not be handled; it comes again")
                await asyncio.sleep(self._pause)


@dataclass(frozen=True, slots=True)
class _Target:
    conversation: ConversationRef
    delivered_as: DeliveredAs
    only_for: str | None = None


Step = Callable[[Inbound], Awaitable[None]]


def _given(workspace: Workspace | None) -> Workspace:
    if workspace is None:
        raise ValueError("this works only where the workspace is in this process")
    return workspace
