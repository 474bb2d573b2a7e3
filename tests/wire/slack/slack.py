"""The whole stand-in: what people do in the workspace, told to the bot as Slack would."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from tests.wire.slack import payloads
from tests.wire.slack.blocks import controls, escaped, lines, unescaped
from tests.wire.slack.delivery import DEADLINE, RETRIES, Delivered, Deliveries, Kind
from tests.wire.slack.methods import View
from tests.wire.slack.payloads import Payload
from tests.wire.slack.server import Server
from tests.wire.slack.views import state_of
from tests.wire.slack.world import BOT, BOT_USER, Channel, Message, World


class Slack:
    """Starts with `async with`. Every act returns when what it causes was acknowledged, or given up."""

    def __init__(
        self,
        world: World | None = None,
        *,
        limits: bool = True,
        seconds: Callable[[], float] = time.monotonic,
        deadline: float = DEADLINE,
        retries: Sequence[float] = RETRIES,
        command: str = "/starling",
    ) -> None:
        self.world = world or World()
        self.deliveries = Deliveries(deadline, retries)
        self.server = Server(self.world, self.deliveries, limits=limits, seconds=seconds)
        self.server.on_caused = self._tell_of_own_posts
        self.command = command
        self._telling: set[asyncio.Task[Delivered]] = set()

    async def __aenter__(self) -> Self:
        await self.server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)
        await self.server.stop()

    async def idle(self) -> None:
        """Wait until the bot was told of all that it caused itself."""
        while self._telling:
            await asyncio.gather(*self._telling)

    async def deliver(self, kind: Kind, payload: Payload) -> Delivered:
        """Deliver one payload to its end."""
        return await self.deliveries.deliver(kind, payload)

    async def event(self, event: Mapping[str, Any]) -> Delivered:
        """Deliver one event of the Events API."""
        return await self.deliver("events_api", payloads.event_callback(event, at=self.world.event_ts()))

    # What people do

    async def say(
        self,
        user: str,
        channel: str,
        text: str,
        thread: str | None = None,
        files: tuple[str, ...] = (),
        *,
        written: str | None = None,
        bot: str | None = None,
    ) -> Message:
        """Somebody posts. `written` is the text in Slack's own form where it holds mentions; `bot` makes it a bot's."""
        raw = written if written is not None else escaped(text)
        message = Message(channel, self.world.new_ts(), user, raw, thread, files=files, bot=bot)
        self.world.messages.append(message)
        place = self.world.channels[channel]
        if self.world.bot_hears(place):
            await self.event(payloads.message_event(message, place, with_metadata=False) | self._subtype(bot))
        if f"<@{BOT_USER}>" in raw and place.bot_is_member and "app_mentions:read" in self.world.scopes:
            await self.event(payloads.mention_event(message))
        return message

    def _subtype(self, bot: str | None) -> dict[str, str]:
        return {"subtype": "bot_message"} if bot is not None else {}

    async def edit(self, message: Message, text: str) -> None:
        """Whoever wrote a message changes its text."""
        before = message.json()
        message.text = escaped(text)
        place = self.world.channels[message.channel]
        if self.world.bot_hears(place):
            await self.event(payloads.changed_event(message, place, before, self.world.event_ts()))

    async def delete(self, message: Message) -> None:
        """Whoever wrote a message removes it; one with replies stays as a tombstone."""
        place = self.world.channels[message.channel]
        has_replies = any(each.thread == message.ts and each is not message for each in self.world.messages)
        event = payloads.tombstone_event if has_replies else payloads.deleted_event
        self.world.messages.remove(message)
        if self.world.bot_hears(place):
            await self.event(event(message, place, self.world.event_ts()))

    async def invoke(self, user: str, channel: str, text: str) -> Delivered:
        """Somebody runs the root command."""
        place = self.world.channels[channel]
        trigger, address = self._credentials(user, channel)
        return await self.deliver("slash_commands", payloads.slash(self.command, text, user, place, trigger, address))

    async def press(self, user: str, message: Message, label: str, value: str | None = None) -> Delivered:
        """Somebody presses a button, or picks the option with this value from a select."""
        action = _used(message.blocks, label, value, self.world.event_ts())
        trigger, address = self._credentials(user, message.channel)
        return await self.deliver("interactive", payloads.pressed(message, action, user, trigger, address))

    async def press_at_home(self, user: str, label: str, value: str | None = None) -> Delivered:
        """Somebody presses a button of their home."""
        view = self.world.homes[user]
        trigger = self.server.credentials.trigger(user)
        action = _used(view["blocks"], label, value, self.world.event_ts())
        return await self.deliver("interactive", payloads.pressed_at_home(view, action, user, trigger))

    async def choose_shortcut(self, user: str, callback_id: str, message: Message | None = None) -> Delivered:
        """Somebody chooses a shortcut, on a message or from the menu."""
        at = self.world.event_ts()
        if message is None:
            trigger = self.server.credentials.trigger(user)
            return await self.deliver("interactive", payloads.global_shortcut(callback_id, user, trigger, at))
        trigger, address = self._credentials(user, message.channel)
        return await self.deliver(
            "interactive", payloads.message_shortcut(callback_id, message, user, trigger, address, at)
        )

    def open_form(self, user: str) -> View | None:
        """The modal that stands open before this person."""
        return next(reversed(self.server.methods.views.get(user, [])), None)

    async def submit(self, user: str, values: Mapping[str, tuple[str, ...]]) -> Delivered:
        """Somebody submits the modal that stands open; it closes unless the answer keeps it."""
        stack = self.server.methods.views[user]
        view = stack[-1]
        view.state = state_of(view.json, values)
        trigger = self.server.credentials.trigger(user)
        result = await self.deliver("interactive", payloads.submitted(view.json, view.state, user, trigger))
        answer = result.answer if isinstance(result.answer, Mapping) else {}
        match answer.get("response_action"):
            case "errors":
                known = {block.get("block_id") for block in view.json["blocks"]}
                assert answer["errors"], "errors must name an input"
                assert set(answer["errors"]) <= known, "errors must name inputs of the form"
                view.errors = dict(answer["errors"])
            case "update":
                stack[-1] = View(self.server.methods.new_view(answer["view"]))
            case _ if result.acknowledged:
                stack.pop()
        return result

    async def types(self, user: str, name: str, typed: str) -> list[tuple[str, str]]:
        """Somebody types into a select of the open modal that asks for its options: value and label of each."""
        view = self.server.methods.views[user][-1].json
        element = next(block["element"] for block in view["blocks"] if block.get("block_id") == name)
        assert element["type"] == "external_select", "Slack's client asks for the options of such selects alone"
        assert len(typed) >= element["min_query_length"]
        trigger = self.server.credentials.trigger(user)
        payload = payloads.suggestion(element["action_id"], typed, user, trigger, view=view, block=name)
        result = await self.deliver("interactive", payload)
        options = (result.answer or {}).get("options", []) if isinstance(result.answer, Mapping) else []
        assert len(options) <= 100, "Slack takes no more options"
        for option in options:
            assert 0 < len(option["text"]["text"]) <= 75
            assert 0 < len(option["value"]) <= 150
        return [(unescaped(option["value"]), unescaped(option["text"]["text"])) for option in options]

    async def open_home(self, user: str, tab: str = "home") -> str:
        """Somebody opens the app's home; returns what can be read there."""
        view = self.world.homes.get(user)
        event = {"type": "app_home_opened", "user": user, "channel": self.world.direct(user).id, "tab": tab}
        await self.event({**event, "view": view, "event_ts": self.world.event_ts()})
        drawn = self.world.homes.get(user, {"blocks": []})
        return "\n".join(line for block in drawn["blocks"] for line in lines(block))

    async def leave(self, user: str) -> None:
        """Somebody's account is deactivated."""
        person = self.world.people[user]
        person.deleted = True
        if "users:read" in self.world.scopes:
            await self.event({"type": "user_change", "user": person.json(), "event_ts": self.world.event_ts()})

    async def rename(self, channel: str, name: str) -> None:
        """Somebody renames a channel."""
        self.world.channels[channel].name = name
        about = {"id": channel, "name": name, "created": 1}
        await self._channel_event({"type": "channel_rename", "channel": about})

    async def archive(self, channel: str) -> None:
        """Somebody archives a channel."""
        self.world.channels[channel].archived = True
        await self._channel_event({"type": "channel_archive", "channel": channel, "user": "U0SOMEBODY"})

    async def remove_bot(self, channel: str) -> None:
        """Somebody removes the bot from a channel."""
        self.world.channels[channel].bot_is_member = False
        await self._channel_event({"type": "channel_left", "channel": channel, "actor_id": "U0SOMEBODY"})

    async def _channel_event(self, event: Mapping[str, Any]) -> None:
        if "channels:read" in self.world.scopes:
            await self.event({**event, "event_ts": self.world.event_ts()})

    # What the bot causes

    def _tell_of_own_posts(self) -> None:
        caused, self.server.methods.caused = self.server.methods.caused, []
        for what, message, before in caused:
            for event in self._own_events(what, message, before, self.world.channels[message.channel]):
                task = asyncio.create_task(self.event(event))
                self._telling.add(task)
                task.add_done_callback(self._telling.discard)

    def _own_events(self, what: str, message: Message, before: Payload | None, place: Channel) -> list[Payload]:
        """The bot hears its own messages where it hears others', and its own metadata with that scope."""
        reads_metadata = "metadata.message:read" in self.world.scopes
        found: list[Payload] = []
        if self.world.bot_hears(place):
            shown = replace(message)
            match what:
                case "posted":
                    found.append(payloads.message_event(shown, place, with_metadata=reads_metadata))
                case "changed":
                    found.append(payloads.changed_event(shown, place, before or {}, self.world.event_ts()))
                case "deleted":
                    found.append(payloads.deleted_event(shown, place, self.world.event_ts()))
        if what == "posted" and message.metadata is not None and reads_metadata:
            found.append(payloads.metadata_event(message, BOT))
        return found

    def _credentials(self, user: str, channel: str) -> tuple[str, str]:
        credentials = self.server.credentials
        return credentials.trigger(user), f"{self.server.address}/respond/{credentials.response(channel, user)}"


def _used(blocks: Sequence[Mapping[str, Any]], label: str, value: str | None, at: str) -> Payload:
    element = next(element for name, element in controls(blocks) if name == label)
    chosen = next((each for each in element.get("options", ()) if each["value"] == value), None)
    return payloads.action_of(element, chosen, at)
