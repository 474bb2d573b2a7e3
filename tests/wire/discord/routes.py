"""The routes of the bot: who it is, its commands, members, channels, messages, threads and reactions."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from tests.wire.discord import state
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.mentions import pinged
from tests.wire.discord.refusals import (
    CANNOT_WRITE_TO_USER,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    NOT_YOUR_MESSAGE,
    TAG_REQUIRED,
    THREAD_EXISTS,
    THREAD_LOCKED,
    TOO_LARGE,
    UNKNOWN_CHANNEL,
    UNKNOWN_EMOJI,
    UNKNOWN_GUILD,
    UNKNOWN_MEMBER,
    UNKNOWN_MESSAGE,
    UNKNOWN_USER,
    Refused,
)
from tests.wire.discord.rest import Call, Rest
from tests.wire.discord.state import BOT, Payload, World
from tests.wire.discord.validation import check_commands, check_message, everything, within

KEPT = ("content", "embeds", "components", "flags")
LARGEST_FILE = 10 * 1024 * 1024


class Routes:
    """What the bot can ask for."""

    def __init__(self, world: World, gateway: Gateway, rest: Rest) -> None:
        self._world = world
        self._gateway = gateway
        self._telling: set[asyncio.Task[None]] = set()
        message, reactions = "channels/{channel}/messages/{message}", "{emoji}/@me"
        for method, path, handler in (
            ("GET", "gateway/bot", self._gateway_address),
            ("GET", "users/@me", self._me),
            ("GET", "oauth2/applications/@me", self._application),
            ("GET", "applications/{application}/commands", self._commands),
            ("PUT", "applications/{application}/commands", self._set_commands),
            ("POST", "users/@me/channels", self._open_direct),
            ("GET", "guilds/{guild}/members/{member}", self._member),
            ("GET", "guilds/{guild}/threads/active", self._active_threads),
            ("GET", "channels/{channel}", self._read_channel),
            ("PATCH", "channels/{channel}", self._change_channel),
            ("POST", "channels/{channel}/threads", self._forum_post),
            ("GET", "channels/{channel}/messages", self._history),
            ("POST", "channels/{channel}/messages", self._post),
            ("GET", message, self._one),
            ("PATCH", message, self._edit),
            ("DELETE", message, self._delete),
            ("POST", f"{message}/threads", self._thread_from_message),
            ("PUT", f"{message}/reactions/{reactions}", self._react),
            ("DELETE", f"{message}/reactions/{reactions}", self._unreact),
        ):
            rest.route(method, path, handler)

    async def _gateway_address(self, _: Call) -> Payload:
        limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
        return {"url": self._gateway.url, "shards": self._gateway.shards, "session_start_limit": limit}

    async def _me(self, _: Call) -> Payload:
        return {**self._world.users[BOT], "verified": True, "mfa_enabled": False, "flags": 0, "locale": "en-US"}

    async def _application(self, _: Call) -> Payload:
        return {
            "id": BOT,
            "name": "Starling",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "00" * 32,
            "flags": 0,
            "owner": self._world.users[state.OWNER],
            "team": None,
            "rpc_origins": [],
            "hook": True,
            "integration_types_config": {kind: {} for kind in self._world.installable},
        }

    async def _commands(self, _: Call) -> list[Payload]:
        return self._world.commands

    async def _set_commands(self, call: Call) -> list[Payload]:
        check_commands(call.body, self._world.installable)
        added = {"application_id": BOT, "default_member_permissions": None, "dm_permission": True, "nsfw": False}
        self._world.commands = [
            {"id": self._world.snowflake(), "version": self._world.snowflake(), **added, **command}
            for command in json.loads(json.dumps(call.body))
        ]
        return self._world.commands

    async def _open_direct(self, call: Call) -> Payload:
        user = str(call.body["recipient_id"])
        if user not in self._world.users:
            raise Refused(*UNKNOWN_USER)
        return self._world.direct(user)

    async def _member(self, call: Call) -> Payload:
        guild = self._world.guilds.get(call.ids["guild"])
        if guild is None or BOT not in guild.members:
            raise Refused(*UNKNOWN_GUILD)
        member = guild.members.get(call.ids["member"])
        if member is None:
            raise Refused(*(UNKNOWN_MEMBER if call.ids["member"] in self._world.users else UNKNOWN_USER))
        return member

    async def _active_threads(self, call: Call) -> Payload:
        self._check_history_is_allowed(call)
        threads = [
            channel
            for channel in self._world.channels.values()
            if channel.get("guild_id") == call.ids["guild"]
            and channel["type"] in state.THREADS
            and not channel["thread_metadata"]["archived"]
        ]
        return {"threads": threads, "members": []}

    def _channel(self, channel: str, needed: int = 0) -> Payload:
        found = self._world.channels.get(channel)
        if found is None:
            raise Refused(*UNKNOWN_CHANNEL)
        granted = self._world.permissions(BOT, channel)
        if not granted & state.VIEW_CHANNEL:
            raise Refused(*MISSING_ACCESS)
        if needed & ~granted:
            raise Refused(*MISSING_PERMISSIONS)
        return found

    def _message(self, call: Call) -> Payload:
        self._channel(call.ids["channel"])
        found = self._world.messages.get(call.ids["message"])
        if found is None or found["channel_id"] != call.ids["channel"] or found["id"] in self._world.only_for:
            raise Refused(*UNKNOWN_MESSAGE)
        return found

    def _check_history_is_allowed(self, call: Call) -> None:
        if not self._world.history_allowed:
            self._world.failures.append(f"history was read: {call.method} {call.path}")

    async def _history(self, call: Call) -> list[Payload]:
        self._check_history_is_allowed(call)
        channel = self._channel(call.ids["channel"], state.READ_MESSAGE_HISTORY)
        before = int(call.query.get("before", 1 << 62))
        found = [
            message
            for message in self._world.messages.values()
            if message["channel_id"] == channel["id"] and int(message["id"]) < before
            if message["id"] not in self._world.only_for
        ]
        limit = int(call.query.get("limit", 50))
        return sorted(found, key=lambda message: -int(message["id"]))[:limit]

    async def _one(self, call: Call) -> Payload:
        message = self._message(call)
        if message["author"]["id"] != BOT:
            self._world.failures.append(f"a message of somebody else was read: {call.path}")
        return message

    async def _post(self, call: Call) -> Payload:
        channel = self._world.channels.get(call.ids["channel"])
        in_thread = channel is not None and channel["type"] in state.THREADS
        channel = self._channel(
            call.ids["channel"], state.SEND_MESSAGES_IN_THREADS if in_thread else state.SEND_MESSAGES
        )
        if channel["type"] == state.FORUM:
            raise Refused(400, 50008, "Cannot send messages in a non-text channel")
        if channel["type"] == state.DIRECT and channel["recipients"][0]["id"] in self._world.closed_to_bot:
            raise Refused(*CANNOT_WRITE_TO_USER)
        if in_thread:
            await self._open_for_post(channel)
        again = self._posted_before(call)
        if again is not None:
            return again
        message = self.new_message(channel["id"], call.body, call.files)
        if call.body.get("nonce"):
            message["nonce"] = call.body["nonce"]
            self._world.nonces[channel["id"], call.body["nonce"]] = (message["id"], self._world.now())
        self._tell_of(message, "MESSAGE_CREATE")
        return message

    async def _open_for_post(self, thread: Payload) -> None:
        details = thread["thread_metadata"]
        if details["archived"] and details["locked"]:
            raise Refused(*THREAD_LOCKED)
        details["archived"] = False

    def _posted_before(self, call: Call) -> Payload | None:
        """The message that this nonce made in the last minutes."""
        known = self._world.nonces.get((call.ids["channel"], call.body.get("nonce")))
        if known is None or not call.body.get("enforce_nonce"):
            return None
        message, at = known
        recent = self._world.now() - at < timedelta(minutes=state.NONCE_MINUTES)
        return self._world.messages.get(message) if recent else None

    def new_message(self, channel: str, body: Payload, files: Mapping[str, bytes], **more: Any) -> Payload:
        """A message of the bot as the body says; `Refused` for one that is not valid."""
        check_message(body, list(files))
        _check_size(files)
        if files and not self._world.permissions(BOT, channel) & state.ATTACH_FILES:
            raise Refused(*MISSING_PERMISSIONS)
        components = _numbered(body.get("components") or [])
        attachments = [self._world.attachment(name, data) for name, data in files.items()]
        message = self._world.add_message(
            BOT,
            channel,
            body.get("content") or "",
            embeds=body.get("embeds") or [],
            components=components,
            flags=body.get("flags") or 0,
            attachments=attachments,
            **more,
        )
        self._world.pinged[message["id"]] = pinged(message, body.get("allowed_mentions"))
        self._world.channels[channel]["last_message_id"] = message["id"]
        return message

    async def _edit(self, call: Call) -> Payload:
        message = self._message(call)
        if message["author"]["id"] != BOT:
            raise Refused(*NOT_YOUR_MESSAGE)
        self.change_message(message, call.body, call.files)
        self._tell_of(message, "MESSAGE_UPDATE")
        return message

    def change_message(self, message: Payload, body: Payload, files: Mapping[str, bytes]) -> None:
        """Replace what the body names."""
        check_message({**message, **body, "nonce": None}, list(files))
        _check_size(files)
        changed = {key: body[key] for key in KEPT if body.get(key) is not None}
        if "components" in changed:
            changed["components"] = _numbered(changed["components"])
        changed["attachments"] = [self._world.attachment(name, data) for name, data in files.items()]
        message.update(changed, edited_timestamp=self._world.stamp())
        self._world.pinged[message["id"]] = pinged(message, body.get("allowed_mentions"))

    async def _delete(self, call: Call) -> None:
        message = self._message(call)
        if message["author"]["id"] != BOT:
            self._channel(call.ids["channel"], state.MANAGE_MESSAGES)
        del self._world.messages[message["id"]]
        self._tell_of(message, "MESSAGE_DELETE")

    async def _read_channel(self, call: Call) -> Payload:
        return self._channel(call.ids["channel"], state.VIEW_CHANNEL)

    async def _change_channel(self, call: Call) -> Payload:
        channel = self._channel(call.ids["channel"], state.SEND_MESSAGES_IN_THREADS)
        if "archived" in call.body:
            if channel["thread_metadata"]["locked"]:
                self._channel(call.ids["channel"], state.MANAGE_THREADS)
            channel["thread_metadata"]["archived"] = call.body["archived"]
        return channel

    async def _thread_from_message(self, call: Call) -> Payload:
        channel = self._channel(call.ids["channel"], state.CREATE_PUBLIC_THREADS)
        message = self._message(call)
        within("name", call.body["name"], 1, 100)
        if message["id"] in self._world.channels:
            raise Refused(*THREAD_EXISTS)
        thread = self._world.add_thread(channel, call.body["name"], BOT, message["id"])
        self._tell("THREAD_CREATE", {**thread, "newly_created": True}, thread["guild_id"])
        return thread

    async def _forum_post(self, call: Call) -> Payload:
        forum = self._channel(call.ids["channel"], state.SEND_MESSAGES)
        if forum["type"] != state.FORUM:
            raise Refused(400, 50024, "Cannot execute action on this channel type")
        within("name", call.body["name"], 1, 100)
        tags = call.body.get("applied_tags") or []
        if forum["flags"] & (1 << 4) and not tags:
            raise Refused(*TAG_REQUIRED)
        check_message(call.body["message"], list(call.files))
        thread = self._world.add_thread(forum, call.body["name"], BOT)
        thread["applied_tags"] = tags
        message = self.new_message(thread["id"], call.body["message"], call.files)
        del self._world.messages[message["id"]]
        message["id"] = thread["id"]
        self._world.messages[thread["id"]] = message
        self._tell("THREAD_CREATE", {**thread, "newly_created": True}, thread["guild_id"])
        self._tell_of(message, "MESSAGE_CREATE")
        return {**thread, "message": message}

    async def _react(self, call: Call) -> None:
        self._channel(call.ids["channel"], state.ADD_REACTIONS | state.READ_MESSAGE_HISTORY)
        standing = self._world.reactions.setdefault(self._message(call)["id"], {})
        users = standing.setdefault(unquote(call.ids["emoji"]), [])
        if BOT not in users:
            users.append(BOT)

    async def _unreact(self, call: Call) -> None:
        standing = self._world.reactions.get(self._message(call)["id"], {})
        users = standing.get(unquote(call.ids["emoji"]), [])
        if BOT not in users:
            raise Refused(*UNKNOWN_EMOJI)
        users.remove(BOT)

    def _tell_of(self, message: Payload, kind: str) -> None:
        guild = self._world.guild_of(message["channel_id"])
        where = {"guild_id": guild.id} if guild else {}
        if kind == "MESSAGE_DELETE":
            self._tell(
                kind, {"id": message["id"], "channel_id": message["channel_id"], **where}, guild.id if guild else None
            )
            return
        member = {"member": _without_user(guild.members[BOT])} if guild else {}
        self._tell(kind, {**message, **where, **member}, guild.id if guild else None)

    def _tell(self, kind: str, data: Payload, guild: str | None) -> None:
        """The bot is told of what it did itself, too."""
        task = asyncio.create_task(self._gateway.dispatch(kind, json.loads(json.dumps(data)), guild))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def told(self) -> None:
        """Wait until everything was sent."""
        while self._telling:
            await asyncio.gather(*self._telling)


def _without_user(member: Payload) -> Payload:
    return {key: value for key, value in member.items() if key != "user"}


def _check_size(files: Mapping[str, bytes]) -> None:
    if any(len(data) > LARGEST_FILE for data in files.values()):
        raise Refused(*TOO_LARGE)


def _numbered(components: list[Payload]) -> list[Payload]:
    """The components with an id for each, beside those that were given."""
    copied: list[Payload] = json.loads(json.dumps(components))
    given = {component["id"] for component in everything(copied) if component.get("id")}
    free = (number for number in itertools.count(1) if number not in given)
    for component in everything(copied):
        if not component.get("id"):
            component["id"] = next(free)
    return copied
