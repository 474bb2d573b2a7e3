"""The product on Discord: through the gateway, with or without the content of messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Self

from adapters.discord.platform import DiscordPlatform
from bot.chat.grammar import Understood, read_line
from bot.chat.refs import AccountRef, ConversationRef, MessageRef
from tests.contract.harness import OpenedForm
from tests.contract.test_discord import DiscordHarness
from tests.wire.discord import reading
from tests.wire.discord.state import BOT, DIRECT, MANAGE_GUILD, THREADS
from tests.wire.product.place import Copies, Seen, once
from tests.wire.product.product import AFTER_LEASES, Product
from tests.wire.product.shuffling import shuffled

Held = tuple[str, dict[str, Any], str | None]


class DiscordPlace(DiscordHarness):
    """A server of Discord with the whole product in it."""

    def __init__(self, folder: Path, product: Product, *, reads_replies: bool) -> None:
        super().__init__(folder)
        self.product = product
        self.reads_replies = reads_replies
        self.copies: Copies = once
        self._holds = False
        self._held: list[Held] = []

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.server.world.commands_shown_to_all = True
        self._dispatch = self.server.gateway.dispatch
        self.server.gateway.dispatch = self._unruly  # type: ignore[method-assign]
        return self

    async def _unruly(self, kind: str, data: dict[str, Any], guild: str | None) -> None:
        """Dispatch, unless it is held back; interactions come as often as `copies` says."""
        if self._holds and kind.startswith("MESSAGE_") and (data.get("author") or {}).get("id") != BOT:
            self._held.append((kind, data, guild))
            return
        for _ in range(self.copies() if kind == "INTERACTION_CREATE" else 1):
            await self._dispatch(kind, data, guild)

    async def _connect(self) -> None:
        made = DiscordPlatform(
            self.server.world.token,
            self.product.clock,
            api_url=self.server.api_url,
            reads_replies=self.reads_replies,
        )
        self.platform = made  # type: ignore[assignment]
        await self.product.connect(made)
        await self._idle()

    async def restart(self) -> None:
        await self.at_rest()
        await self.platform.stop()
        await self.product.dies()
        await self.move(AFTER_LEASES)
        await self._connect()

    async def at_rest(self) -> None:
        """Wait until the bot has read and acknowledged everything."""
        await self._idle()

    async def move(self, by: timedelta) -> None:
        """Let time pass, here and for the product."""
        self.server.world.move(by)
        self.product.move(by)

    async def admin(self, name: str) -> AccountRef:
        """A member who may manage the server."""
        if name not in self._named:
            self._named[name] = self.server.people.join(self.guild, name, permissions=MANAGE_GUILD)
            for role in self.server.world.guild_payload(self.guild)["roles"]:
                told = {"guild_id": self.guild.id, "role": role}
                await self._dispatch("GUILD_ROLE_CREATE", told, self.guild.id)
            await self._idle()
        return await self.person(name)

    async def mention(self, person: AccountRef, conversation: ConversationRef, text: str) -> MessageRef:
        """Write with a mention of Starling."""
        return await self.say(person, conversation, f"<@{BOT}> {text}")

    async def run(self, person: AccountRef, line: str) -> OpenedForm | None:
        """Choose the command that this line means."""
        read = read_line(line, self.product.runtime.commands)
        assert isinstance(read, Understood)
        people, root = self.server.people, self.product.runtime.root_command
        return await self._opened(
            await people.invoke(person.user, self.channel.channel, root, read.command.path, read.options)
        )

    async def press(self, person: AccountRef, seen: Seen, label: str, value: str | None = None) -> OpenedForm | None:
        """Press a button of a message or choose in a select, of ephemeral ones too."""
        control = next(each for each in reading.controls(seen.record) if reading.label(each) == label)
        chosen = () if value is None else (value,)
        return await self._opened(await self.server.people.press(person.user, seen.record, control, chosen))

    async def submit(
        self, person: AccountRef, form: OpenedForm, values: Mapping[str, tuple[str, ...]]
    ) -> OpenedForm | None:
        return await super().submit(person, form, {**form.values, **values})

    def seen_by(self, person: AccountRef) -> Sequence[Seen]:
        """All that this person sees in the server and in their direct conversation."""
        return [self._shown(each) for each in self.server.world.messages.values() if self._may_see(person, each)]

    def _may_see(self, person: AccountRef, message: dict[str, Any]) -> bool:
        channel = self.server.world.channels[message["channel_id"]]
        here = all(each["id"] == person.user for each in channel.get("recipients", ()))
        return here and self.server.world.only_for.get(message["id"], person.user) == person.user

    def _shown(self, message: dict[str, Any]) -> Seen:
        direct = self.server.world.channels[message["channel_id"]]["type"] == DIRECT
        labels = tuple(reading.label(each) for each in reading.controls(message))
        private = direct or message["id"] in self.server.world.only_for
        return Seen(reading.read(message), labels, message["author"]["id"] == BOT, private, message)

    def reference(self, seen: Seen) -> MessageRef:
        """The reference of a message of the channel."""
        assert self.server.world.channels[seen.record["channel_id"]]["type"] not in THREADS
        return MessageRef(self.channel, seen.record["id"])

    def hold(self) -> None:
        """Dispatch nothing of what people write from now on."""
        self._holds = True

    async def release(self, random: Random, between: Callable[[], Awaitable[None]]) -> int:
        """Dispatch what was held."""
        held, self._held, self._holds = self._held, [], False
        await shuffled([partial(self._again, each) for each in held], random, between)
        return len(held)

    async def _again(self, held: Held, _number: int) -> None:
        await self._dispatch(*held)
        await self._idle()
