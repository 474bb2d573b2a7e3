"""Interactions: three seconds for the first answer, one answer for each, and fifteen minutes for what follows."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

from tests.wire.discord.gateway import Gateway
from tests.wire.discord.refusals import (
    ALREADY_ACKNOWLEDGED,
    INVALID_TOKEN,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    Refused,
    invalid,
)
from tests.wire.discord.rest import Call, Rest
from tests.wire.discord.routes import Routes
from tests.wire.discord.state import BOT, Interaction, Payload, World
from tests.wire.discord.validation import check_modal, within

COMMAND, COMPONENT, TYPING, SUBMISSION = 2, 3, 4, 5
MESSAGE, PROMISE, NO_PROMISE, CHANGE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
EPHEMERAL, LOADING = 1 << 6, 1 << 7
DEADLINE = timedelta(seconds=3)
LIFE = timedelta(minutes=15)


class Interactions:
    """The interactions that people begin, and how the bot answers them."""

    def __init__(self, world: World, gateway: Gateway, rest: Rest, routes: Routes) -> None:
        self._world = world
        self._gateway = gateway
        self._routes = routes
        original = "webhooks/{application}/{token}/messages/@original"
        rest.route("POST", "interactions/{interaction}/{token}/callback", self._callback)
        rest.route("POST", "webhooks/{application}/{token}", self._follow_up)
        rest.route("PATCH", original, self._change_original)
        rest.route("DELETE", original, self._delete_original)

    async def begin(self, kind: int, user: str, channel: str, data: Payload, **more: Any) -> Interaction:
        """Tell the bot of an interaction of this person in this channel."""
        world = self._world
        guild = world.guild_of(channel)
        payload: Payload = {
            "id": world.snowflake(),
            "application_id": BOT,
            "type": kind,
            "data": data,
            "channel_id": channel,
            "channel": world.channels[channel],
            "token": f"token-{world.snowflake()}",
            "version": 1,
            "app_permissions": str(world.permissions(BOT, channel)),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": self._owners(user, channel),
            "context": world.context_of(channel),
            "attachment_size_limit": 10_485_760,
            **more,
        }
        if guild is None:
            payload["user"] = world.users[user]
        else:
            member = {**guild.members[user], "permissions": str(world.permissions(user, channel))}
            payload.update(guild_id=guild.id, guild_locale="en-US", member=member)
            payload["guild"] = {"id": guild.id, "locale": "en-US", "features": []}
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        interaction = Interaction(payload, world.now(), user, future)
        world.interactions[interaction.token] = interaction
        await self._gateway.dispatch("INTERACTION_CREATE", json.loads(json.dumps(payload)), guild.id if guild else None)
        return interaction

    def _owners(self, user: str, channel: str) -> dict[str, str]:
        """For whom what is used here is installed: the server ("0" with the bot alone), the person, or both."""
        world, guild = self._world, self._world.guild_of(channel)
        owners = {"1": user} if user in world.installed_for else {}
        if guild is not None and BOT in guild.members:
            owners["0"] = guild.id
        elif guild is None and world.context_of(channel) == 1:
            owners["0"] = "0"
        return owners

    async def answered(self, interaction: Interaction) -> int | None:
        """The type of the first answer; None where the three seconds passed without one."""
        try:
            async with asyncio.timeout(DEADLINE.total_seconds()):
                return int(await asyncio.shield(interaction.acknowledged))
        except TimeoutError:
            return None

    async def _callback(self, call: Call) -> None:
        found = self._world.interactions.get(call.ids["token"])
        if found is None or found.payload["id"] != call.ids["interaction"]:
            raise Refused(*UNKNOWN_INTERACTION)
        if found.acknowledged.done():
            raise Refused(*ALREADY_ACKNOWLEDGED)
        if self._world.now() - found.began > DEADLINE:
            raise Refused(*UNKNOWN_INTERACTION)
        kind, data = call.body["type"], call.body.get("data") or {}
        self._check_answer(found, kind, data, call)
        found.answer = data
        found.acknowledged.set_result(kind)

    def _check_answer(self, found: Interaction, kind: int, data: Payload, call: Call) -> None:
        asked = found.payload["type"]
        if kind == MODAL:
            if asked == SUBMISSION:
                raise invalid("type", "A modal is no answer to a modal.")
            check_modal(data)
        elif kind == CHOICES:
            if asked != TYPING or len(data["choices"]) > 25:
                raise invalid("data.choices", "Must be 25 or fewer, in answer to typing.")
            for choice in data["choices"]:
                within("data.choices.name", choice["name"], 1, 100)
                within("data.choices.value", choice["value"], 1, 100)
        elif asked == TYPING:
            raise invalid("type", "Only choices answer typing.")
        elif kind in (NO_PROMISE, CHANGE):
            if "message" not in found.payload:
                raise invalid("type", "There is no message to update.")
            if kind == CHANGE:
                message = self._world.messages[found.payload["message"]["id"]]
                self._routes.change_message(message, data, call.files)
        elif kind == PROMISE:
            if (data.get("flags") or 0) & ~EPHEMERAL:
                raise invalid("data.flags", "A promised message can only be ephemeral.")
            message = self._world.add_message(
                BOT, self._where(found), flags=(data.get("flags") or 0) | LOADING, type=20
            )
            self._keep(found, message)
            found.original = message["id"]
        else:
            self._keep(found, self._routes.new_message(self._where(found), data, call.files, type=20))

    def _where(self, found: Interaction) -> str:
        return str(found.payload["channel_id"])

    def _keep(self, found: Interaction, message: Payload) -> None:
        if message["flags"] & EPHEMERAL:
            self._world.only_for[message["id"]] = found.user

    def _open(self, call: Call) -> Interaction:
        found = self._world.interactions.get(call.ids["token"])
        if found is None or not found.acknowledged.done():
            raise Refused(*UNKNOWN_WEBHOOK)
        if self._world.now() - found.began > LIFE:
            raise Refused(*INVALID_TOKEN)
        return found

    async def _follow_up(self, call: Call) -> Payload:
        found = self._open(call)
        if found.original is not None and self._world.messages[found.original]["flags"] & LOADING:
            return self._fill(found, call)
        message = self._routes.new_message(self._where(found), call.body, call.files)
        self._keep(found, message)
        return message

    async def _change_original(self, call: Call) -> Payload:
        found = self._open(call)
        if found.original is None or found.original not in self._world.messages:
            raise Refused(*UNKNOWN_MESSAGE)
        return self._fill(found, call)

    def _fill(self, found: Interaction, call: Call) -> Payload:
        """Fill the promised message, whose audience was settled when it was promised."""
        message = self._world.messages[str(found.original)]
        flags = (message["flags"] & EPHEMERAL) | ((call.body.get("flags") or 0) & ~EPHEMERAL)
        self._routes.change_message(message, {**call.body, "flags": flags}, call.files)
        return message

    async def _delete_original(self, call: Call) -> None:
        found = self._open(call)
        if found.original is None or self._world.messages.pop(found.original, None) is None:
            raise Refused(*UNKNOWN_MESSAGE)
        found.original = None
