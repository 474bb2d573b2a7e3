"""What people do on Discord: write, press, choose, fill in, and manage their server."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.wire.discord import interactions as kinds
from tests.wire.discord import state
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.interactions import Interactions
from tests.wire.discord.mentions import pinged
from tests.wire.discord.routes import Routes
from tests.wire.discord.state import Guild, Interaction, Payload, World
from tests.wire.discord.validation import LABEL, TEXT_INPUT

Values = Mapping[str, tuple[str, ...]]
OPTION_TYPES = {3: str, 4: int, 6: str, 7: str}


@dataclass(frozen=True)
class OpenModal:
    """A modal as it stands open before a person, and what it was opened from."""

    modal: Payload
    channel: str
    message: Payload | None = None

    @property
    def inputs(self) -> list[tuple[Payload, Payload]]:
        """Each label with its control."""
        return [(each, each["component"]) for each in self.modal["components"] if each["type"] == LABEL]


class People:
    """Acts for people; every act returns once the bot was told and has answered."""

    def __init__(self, world: World, gateway: Gateway, routes: Routes, interactions: Interactions) -> None:
        self._world = world
        self._gateway = gateway
        self._routes = routes
        self._interactions = interactions

    async def settled(self) -> None:
        """Wait until the bot has read everything it was told."""
        await self._routes.told()
        await self._gateway.settled()

    def join(self, guild: Guild, name: str, *, bot: bool = False, permissions: int = 0) -> str:
        """A person of that name becomes a member, with a role of these permissions; their id."""
        user = self._world.snowflake()
        self._world.add_user(user, name, bot=bot)
        roles: tuple[str, ...] = ()
        if permissions:
            role = self._world.snowflake()
            guild.roles[role] = permissions
            roles = (role,)
        self._world.join(guild, user, roles)
        return user

    async def leave(self, guild: Guild, user: str) -> None:
        """This person leaves the server; the bot is told only with a privileged intent."""
        member = guild.members.pop(user)
        data = {"guild_id": guild.id, "user": member["user"]}
        await self._gateway.dispatch("GUILD_MEMBER_REMOVE", data, guild.id)
        await self.settled()

    async def say(self, user: str, channel: str, text: str, files: Sequence[str] = (), **more: Any) -> Payload:
        """Write a message."""
        attachments = [self._world.attachment(name) for name in files]
        message = self._world.add_message(user, channel, text, attachments=attachments, **more)
        self._world.pinged[message["id"]] = pinged(message, None)
        self._world.channels[channel]["last_message_id"] = message["id"]
        await self.tell(message, "MESSAGE_CREATE")
        return message

    async def reply(self, user: str, message: Payload, text: str, *, ping: bool = True) -> Payload:
        """Reply to a message, by default with a ping to its author."""
        reference = {"message_id": message["id"], "channel_id": message["channel_id"], "type": 0}
        more: dict[str, Any] = {"type": 19, "message_reference": reference, "referenced_message": message}
        if ping:
            more["mentions"] = [message["author"]]
        return await self.say(user, message["channel_id"], text, **more)

    async def edit(self, message: Payload, text: str) -> None:
        """Change a message."""
        message.update(content=text, edited_timestamp=self._world.stamp())
        await self.tell(message, "MESSAGE_UPDATE")

    async def delete(self, message: Payload) -> None:
        """Remove a message."""
        del self._world.messages[message["id"]]
        await self.tell(message, "MESSAGE_DELETE")

    async def tell(self, message: Payload, kind: str) -> None:
        """Tell the bot of a message, once more if it was told already."""
        guild = self._world.guild_of(message["channel_id"])
        where: Payload = {"guild_id": guild.id} if guild else {}
        data: Payload = {"id": message["id"], "channel_id": message["channel_id"], **where}
        if kind != "MESSAGE_DELETE":
            author = guild.members.get(message["author"]["id"]) if guild else None
            member = {key: value for key, value in (author or {}).items() if key != "user"}
            data = {**message, **where, **({"member": member} if member else {})}
        await self._gateway.dispatch(kind, json.loads(json.dumps(data)), guild.id if guild else None)
        await self.settled()

    async def start_thread(self, user: str, message: Payload, name: str = "A thread") -> Payload:
        """Make a thread from a message."""
        parent = self._world.channels[message["channel_id"]]
        thread = self._world.add_thread(parent, name, user, message["id"])
        await self._gateway.dispatch("THREAD_CREATE", {**thread, "newly_created": True}, thread["guild_id"])
        await self.settled()
        return thread

    async def invoke(
        self, user: str, channel: str, root: str, path: Sequence[str], options: Mapping[str, str | int]
    ) -> OpenModal | None:
        """Run a command as Discord offers it; the modal that opened, if one did."""
        data = self._command_data(user, channel, root, path, options)
        return await self._answer(await self._interactions.begin(kinds.COMMAND, user, channel, data))

    def offered(self, user: str, channel: str, root: str) -> list[Payload]:
        """The commands of `root`, and of roots that begin with it, which Discord shows this person in a channel."""
        guild, where = self._world.guild_of(channel), self._world.context_of(channel)
        installed = "0" if guild is None or state.BOT in guild.members else "1"
        if installed == "1" and user not in self._world.installed_for:
            return []
        granted = self._world.permissions(user, channel) if guild is not None else 0
        return [
            command
            for command in self._world.commands
            if command["name"] == root or command["name"].startswith(f"{root}-")
            if where in command["contexts"] and int(installed) in command["integration_types"]
            if self._world.commands_shown_to_all
            or guild is None
            or not int(command["default_member_permissions"] or 0) & ~granted
        ]

    def _command_data(
        self, user: str, channel: str, root: str, path: Sequence[str], options: Mapping[str, str | int]
    ) -> Payload:
        commands = self.offered(user, channel, root)
        command = next((each for each in commands if _holds(each, path)), None)
        assert command, f"Discord does not offer {path} here, only {[each['name'] for each in commands]}"
        chain, offered = [], command["options"]
        for word in path:
            found = next(option for option in offered if option["name"] == word)
            chain.append(found)
            offered = found.get("options") or []
        missing = [each["name"] for each in offered if each.get("required") and each["name"] not in options]
        assert not missing, f"Discord asks for {missing} before the command can be sent"
        given = [_given(next(each for each in offered if each["name"] == name), v) for name, v in options.items()]
        for part in reversed(chain):
            given = [{"name": part["name"], "type": part["type"], "options": given}]
        return {"id": command["id"], "name": command["name"], "type": 1, "options": given}

    async def type_option(
        self, user: str, channel: str, root: str, path: Sequence[str], option: str, prefix: str
    ) -> list[Payload]:
        """Type into an option; the choices shown."""
        data = self._command_data(user, channel, root, path, {option: prefix})
        last = data
        while last.get("options") and last["options"][0].get("type") in (1, 2):
            last = last["options"][0]
        last["options"][0]["focused"] = True
        interaction = await self._interactions.begin(kinds.TYPING, user, channel, data)
        await self._interactions.answered(interaction)
        choices: list[Payload] = interaction.answer.get("choices", [])
        return choices

    async def press(
        self, user: str, message: Payload, control: Payload, values: Sequence[str] = ()
    ) -> OpenModal | None:
        """Press a button or choose in a select; the modal that opened, if one did."""
        data: Payload = {"custom_id": control["custom_id"], "component_type": control["type"], "id": control["id"]}
        if control["type"] != 2:
            data["values"] = list(values)
        shown = {key: value for key, value in message.items() if key != "nonce"}
        channel = message["channel_id"]
        began = await self._interactions.begin(kinds.COMPONENT, user, channel, data, message=shown)
        return await self._answer(began, message)

    async def use_menu(self, user: str, message: Payload, name: str) -> OpenModal | None:
        """Choose an entry of a message's menu; the bot gets the whole message with it."""
        command = next(each for each in self._world.commands if each["name"] == name and each["type"] == 3)
        data: Payload = {
            "id": command["id"],
            "name": name,
            "type": 3,
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}},
        }
        return await self._answer(await self._interactions.begin(kinds.COMMAND, user, message["channel_id"], data))

    async def use_menu_on(self, user: str, other: str, channel: str, name: str) -> OpenModal | None:
        """Choose an entry of a person's menu."""
        command = next(each for each in self._world.commands if each["name"] == name and each["type"] == 2)
        data: Payload = {
            "id": command["id"],
            "name": name,
            "type": 2,
            "target_id": other,
            "resolved": {"users": {other: self._world.users[other]}},
        }
        return await self._answer(await self._interactions.begin(kinds.COMMAND, user, channel, data))

    async def _answer(self, interaction: Interaction, message: Payload | None = None) -> OpenModal | None:
        kind = await self._interactions.answered(interaction)
        await self.settled()
        if kind != kinds.MODAL:
            return None
        return OpenModal(interaction.answer, str(interaction.payload["channel_id"]), message)

    async def submit(self, user: str, opened: OpenModal, values: Values) -> None:
        """Send a modal; Discord itself asks for what is required and keeps to the lengths."""
        components = []
        for number, part in enumerate(opened.modal["components"], 1):
            if part["type"] != LABEL:
                components.append({"type": part["type"], "id": number})
                continue
            control = _filled(part["component"], values.get(part["component"]["custom_id"], ()))
            components.append({"type": LABEL, "id": number, "component": {**control, "id": 100 + number}})
        data = {"custom_id": opened.modal["custom_id"], "components": components}
        more = {"message": opened.message} if opened.message else {}
        begun = await self._interactions.begin(kinds.SUBMISSION, user, opened.channel, data, **more)
        await self._answer(begun)

    async def rename(self, channel: str, name: str) -> None:
        """Rename a channel."""
        self._world.channels[channel]["name"] = name
        await self._channel_event("CHANNEL_UPDATE", self._world.channels[channel])

    async def delete_channel(self, channel: str) -> None:
        """Delete a channel."""
        await self._channel_event("CHANNEL_DELETE", self._world.channels.pop(channel))

    async def _channel_event(self, kind: str, channel: Payload) -> None:
        await self._gateway.dispatch(kind, dict(channel), channel["guild_id"])
        await self.settled()

    async def remove_bot(self, guild: Guild) -> None:
        """Remove the bot from a server."""
        del guild.members[state.BOT]
        await self._gateway.dispatch("GUILD_DELETE", {"id": guild.id}, guild.id)
        await self.settled()


def _holds(command: Payload, path: Sequence[str]) -> bool:
    offered = command["options"]
    for word in path:
        found = next((each for each in offered if each["name"] == word), None)
        if found is None:
            return False
        offered = found.get("options") or []
    return True


def _given(option: Payload, value: str | int) -> Payload:
    offered = {choice["value"] for choice in option.get("choices") or []}
    assert not offered or value in offered, f"{value!r} is not offered"
    return {"name": option["name"], "type": option["type"], "value": OPTION_TYPES[option["type"]](value)}


def _filled(control: Payload, values: tuple[str, ...]) -> Payload:
    given = [value for value in values if value]
    assert given or not control.get("required", True), f"Discord asks for {control['custom_id']}"
    common = {"type": control["type"], "custom_id": control["custom_id"]}
    if control["type"] == TEXT_INPUT:
        text = "".join(given)
        assert len(text) <= control.get("max_length", 4000), "Discord takes no more"
        return {**common, "value": text}
    assert len(given) <= control.get("max_values", 1), "Discord takes no more choices"
    return {**common, "values": given}
