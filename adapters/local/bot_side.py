"""The bot's side of the workspace: each call is one transaction, and may meet a fault."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from adapters.local.calls import (
    Acknowledge,
    Answer,
    Call,
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
from adapters.local.cards import Payload, objection
from adapters.local.cast import STARLING, Channel
from adapters.local.messages import Message
from adapters.local.workspace import Workspace
from bot.chat.errors import PayloadRejected, PermissionMissing, TargetGone
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted, HomeOpened, conversation_of, event_to_json


class BotSide:
    """Works the calls of the bot on a workspace; raises `PlatformError`s."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def call(self, call: Call) -> Any:
        """Work one call; the answer is plain data (None where there is nothing to say)."""
        match call:
            case Next() | NextQuestion():
                return await self._wait_for(call)
            case _:
                operation = str(getattr(call, "operation", ""))
                async with self._workspace.faults.around(operation):
                    return self._work(call)

    async def _wait_for(self, call: Next | NextQuestion) -> Any:
        if isinstance(call, NextQuestion):
            question = await self._workspace.questions.next(call.seconds)
            return asdict(question) if question else None
        while True:
            delivery = self._workspace.events.next()
            if delivery is not None:
                body = json.loads(event_to_json(delivery.event))
                return {"event": body, "attempt": delivery.attempt, "trigger": delivery.trigger}
            if not await self._workspace.store.bell.wait(call.seconds):
                return None

    def _work(self, call: Call) -> Any:
        match call:
            case Hello():
                return self._welcome()
            case Register():
                return self._register(call)
            case Acknowledge():
                return self._acknowledge(call)
            case Answer():
                return self._workspace.questions.answer(call.number, list(call.choices))
            case Send():
                return self._send(call)
            case FindOwnPost():
                return self._find(call)
            case Edit():
                return self._edit(call)
            case Delete():
                return self._delete(call)
            case React():
                return self._react(call)
            case ShowHome():
                return self._show_home(call)
            case LookUp():
                return self._look_up(call)
            case _:
                raise TypeError(f"{call!r} is no call of the bot")

    def _welcome(self) -> Payload:
        workspace = self._workspace
        languages = sorted({person.language for person in workspace.roster.people()} | {"en"})
        return Welcome(
            installation=workspace.installation.installation, options=workspace.options, languages=languages
        ).model_dump(mode="json")

    def _register(self, call: Register) -> None:
        store = self._workspace.store
        with store.transaction():
            store.write("INSERT OR REPLACE INTO about VALUES ('commands', ?)", call.registration.model_dump_json())
            store.changed("commands")

    def _acknowledge(self, call: Acknowledge) -> None:
        """Repeating this is harmless. A form opens only for whoever interacted, and problems only in their form."""
        workspace = self._workspace
        with workspace.store.transaction():
            event = workspace.events.acknowledge(call.delivery_id)
            if event is None or event.actor is None:
                return
            person = event.actor.user
            answers_form = isinstance(event, FormSubmitted)
            if call.problems and answers_form:
                workspace.forms.object(person, call.problems)
            elif answers_form and call.form is None:
                workspace.forms.close(person)
            elif call.form is not None and isinstance(
                event, ActionClicked | CommandInvoked | FormSubmitted | HomeOpened
            ):
                workspace.forms.show(person, call.form, conversation_of(event))

    def _send(self, call: Send) -> str:
        workspace = self._workspace
        channel = self._channel("send", call.channel)
        thread = self._thread("send", call.channel, call.thread)
        person = workspace.roster.find(call.only_for or channel.person or STARLING)
        if person is None or person.left:
            raise TargetGone("send", "the person has left")
        if call.only_for is not None and not workspace.options.ephemeral:
            raise PermissionMissing("send", "ephemeral_messages")
        _check("send", call.card)
        with workspace.store.transaction():
            return str(
                workspace.messages.add(
                    call.channel,
                    thread,
                    STARLING,
                    workspace.clock.now(),
                    card=call.card,
                    key=call.key,
                    only_for=call.only_for,
                )
            )

    def _find(self, call: FindOwnPost) -> str | None:
        if not self._workspace.options.finds_own_posts:
            raise PermissionMissing("find_own_post", "read_own_posts")
        return next(
            (
                str(post.id)
                for post in self._workspace.messages.by_key(call.key)
                if (post.channel, post.thread) == (call.channel, int(call.thread) if call.thread else None)
            ),
            None,
        )

    def _edit(self, call: Edit) -> None:
        workspace, post = self._workspace, self._own("edit", call.message)
        self._channel("edit", post.channel)
        _check("edit", call.card)
        with workspace.store.transaction():
            workspace.messages.rewrite(post.id, workspace.clock.now(), card=call.card)

    def _delete(self, call: Delete) -> None:
        found = self._workspace.messages.get(call.message)
        if found is None or found.deleted:
            return
        with self._workspace.store.transaction():
            self._workspace.messages.remove(self._own("delete", call.message).id)

    def _react(self, call: React) -> None:
        found = self._workspace.messages.get(call.message)
        if found is None or found.deleted:
            raise TargetGone("react", "the message is gone")
        self._channel("react", found.channel)
        with self._workspace.store.transaction():
            self._workspace.messages.react(found.id, call.reaction)

    def _show_home(self, call: ShowHome) -> None:
        workspace = self._workspace
        if not workspace.options.home:
            raise PermissionMissing("show_home", "home")
        if workspace.roster.find(call.person) is None:
            raise TargetGone("show_home", "there is no such person")
        _check("show_home", call.card)
        with workspace.store.transaction():
            card = json.dumps(workspace.messages.keep_images(call.card))
            workspace.store.write("INSERT OR REPLACE INTO homes VALUES (?, ?)", call.person, card)
            workspace.store.changed("home", person=call.person)

    def _look_up(self, call: LookUp) -> Payload | None:
        person = self._workspace.roster.find(call.person)
        if person is None or person.left or person.id != call.person:
            return None
        return asdict(person)

    def _channel(self, operation: str, channel: str) -> Channel:
        found = self._workspace.roster.channel(channel)
        if found is None or found.state != "open":
            raise TargetGone(operation, f"the channel {channel} is {found.state if found else 'unknown'}")
        return found

    def _thread(self, operation: str, channel: str, thread: str | None) -> int | None:
        if thread is None:
            return None
        root = self._workspace.messages.get(thread)
        if root is None or root.channel != channel or root.thread is not None:
            raise TargetGone(operation, "there is no such thread")
        return root.id

    def _own(self, operation: str, message: str) -> Message:
        found = self._workspace.messages.get(message)
        if found is None or found.deleted:
            raise TargetGone(operation, "the message is gone")
        if found.author != STARLING:
            raise PermissionMissing(operation, "manage_messages")
        return found


def _check(operation: str, card: Payload) -> None:
    problem = objection(card)
    if problem is not None:
        raise PayloadRejected(operation, problem)
