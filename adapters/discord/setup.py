"""Setting Discord up: what is asked, the steps at Discord, and what is compared with what servers granted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from adapters.discord.invite import MESSAGE_CONTENT, Permission, document, invite_link, needed, personal_link
from bot.base.clock import SystemClock
from bot.base.errors import ConfigurationError
from bot.chat.commands import root_for
from bot.chat.errors import PlatformError
from bot.chat.refs import ConversationRef
from bot.chat.setup import Asked, Finding, Offered, Settings

if TYPE_CHECKING:
    from adapters.discord.connection import Client

PORTAL = "https://discord.com/developers/applications"
TOKEN, READS, ADDRESS = "STARLING_DISCORD_TOKEN", "STARLING_DISCORD_READS_REPLIES", "STARLING_DISCORD_API_URL"
REVIEWED_FROM = 10_000
"""People whom a bot may reach with a privileged intent before Discord wants to review it."""
ALMOST = 0.8


class DiscordSetup:
    """A `PlatformSetup`. discord.py is imported where it is needed."""

    name = "discord"
    title = "Discord"
    choices: Sequence[Asked] = (
        Asked(
            READS,
            f"May Starling read replies in threads? That needs the privileged {MESSAGE_CONTENT}; "
            "without it people answer by a button or a mention.",
            yes_or_no=True,
            default="no",
        ),
    )
    credentials: Sequence[Asked] = (Asked(TOKEN, "The bot's token", secret=True),)

    def configured(self, settings: Settings) -> bool:
        return bool(settings.get(TOKEN, "").strip())

    def document(self, settings: Settings, offered: Offered) -> str:
        return document(offered)

    def before(self, settings: Settings, offered: Offered) -> Sequence[str]:
        intent = f" and switch on '{MESSAGE_CONTENT}'" if _reads_replies(settings) else ""
        return (
            f"Open this page, press 'New Application' and name it Starling: {PORTAL}?new_application=true",
            f"On its page 'Bot' press 'Reset Token', copy the token{intent}.",
            "If members are to use their own commands outside of the server too, leave 'User Install' switched on "
            "on its page 'Installation'; else switch it off.",
        )

    async def verify(self, settings: Settings) -> Sequence[Finding]:
        try:
            async with _signed_in(settings) as client:
                return [Finding(True, f"The token is good for the bot {client.user}.")]
        except (ConfigurationError, PlatformError) as problem:
            return [_fault(problem)]

    async def after(self, settings: Settings, offered: Offered) -> Sequence[str]:
        async with _signed_in(settings) as client:
            link, personal = invite_link(str(client.application_id), offered), client.for_users
            for_one = personal_link(str(client.application_id))
        admins = root_for(offered.root_command, "admins")
        return (
            "Open this link and choose the server in which Starling is to work:",
            link,
            *(("Its members can have their own commands everywhere with this link:", for_one) if personal else ()),
            f"Start it with: starling run; then say /{admins} setup programme in a channel.",
        )

    async def check(
        self, settings: Settings, offered: Offered, channels: Sequence[ConversationRef]
    ) -> Sequence[Finding]:
        try:
            async with _connected(settings) as client:
                found = [Finding(True, f"The token is good for the bot {client.user}."), _intents(client, settings)]
                invitation = invite_link(str(client.application_id), offered)
                if not client.guilds:
                    found.append(Finding(False, "Starling is in no server.", f"Invite it: {invitation}"))
                for guild in client.guilds:
                    found += _compared(f"the server {guild.name}", guild.me.guild_permissions, offered, invitation)
                return found + [each for channel in channels for each in _channel(client, channel, offered)]
        except (ConfigurationError, PlatformError) as problem:
            return [_fault(problem)]


@asynccontextmanager
async def _signed_in(settings: Settings) -> AsyncIterator[Client]:
    """The client, its token checked; closed at the end. `ConfigurationError` as a run would raise it."""
    from adapters.discord import adapter
    from adapters.discord.connection import Client
    from adapters.discord.library import API_URL, use_api

    adapter(settings, SystemClock())
    use_api(settings.get(ADDRESS) or API_URL)
    client = Client(reads_replies=_reads_replies(settings))
    try:
        await client.sign_in(settings.get(TOKEN, "").strip())
        yield client
    finally:
        await client.close()


@asynccontextmanager
async def _connected(settings: Settings) -> AsyncIterator[Client]:
    """The client with a connection to the gateway, which tells of servers, channels and what is granted there.

    Nothing is acknowledged over it, so a running Starling misses nothing.
    """
    async with _signed_in(settings) as client:
        running = await client.run_gateway(lambda _kind, _number, _data: None)
        try:
            yield client
        finally:
            await client.close()
            await asyncio.gather(running, return_exceptions=True)


def _intents(client: Client, settings: Settings) -> Finding:
    """Whether the chosen profile is granted; the connection stands, so it is."""
    if not _reads_replies(settings):
        return Finding(True, "No privileged intent is used; people answer by a button or a mention.")
    people = sum(guild.member_count or 0 for guild in client.guilds)
    if people >= ALMOST * REVIEWED_FROM:
        return Finding(
            False,
            f"Starling reaches {people} people; from {REVIEWED_FROM} on Discord has to approve the {MESSAGE_CONTENT}.",
            f"Apply for it at {PORTAL}, or set {READS}=no.",
        )
    return Finding(True, f"The {MESSAGE_CONTENT} is granted; replies in threads are read.")


def _channel(client: Client, channel: ConversationRef, offered: Offered) -> Sequence[Finding]:
    guild = client.get_guild(int(channel.installation)) if channel.installation.isdecimal() else None
    found = guild.get_channel(int(channel.channel)) if guild is not None and channel.channel.isdecimal() else None
    if guild is None or found is None:
        step = "Let Starling see it in the channel's permissions, or end its programme."
        return [Finding(False, f"The channel {channel.channel} is not there, or hidden from Starling.", step)]
    step = f"Allow it for Starling in the permissions of #{found.name}."
    return _compared(f"#{found.name}", found.permissions_for(guild.me), offered, step)


def _compared(place: str, granted: Any, offered: Offered, step: str) -> Sequence[Finding]:
    """Each permission that is missing in a place, with the rooms that need it; `granted` are discord.py's."""
    step = f"Invite it again, which adds what is missing: {step}" if step.startswith("https://") else step
    missing = [each for each in needed(offered) if not getattr(granted, each.name)]
    found = [Finding(False, _missing(each, place, offered), step) for each in missing]
    if granted.administrator:
        found.append(
            Finding(
                False,
                f"Starling is Administrator in {place}, which it does not need.",
                "Take Administrator from its role.",
            )
        )
    return found or [Finding(True, f"All permissions that are needed are granted in {place}.")]


def _missing(permission: Permission, place: str, offered: Offered) -> str:
    rooms = ", ".join(offered.used_by[permission.ability])
    return f"The permission {permission.title} is missing in {place} ({rooms}). {permission.reason}"


def _fault(problem: ConfigurationError | PlatformError) -> Finding:
    if isinstance(problem, ConfigurationError):
        return Finding(False, f"{problem}.", f"Correct the setting; the token is on the page 'Bot' at {PORTAL}.")
    return Finding(False, f"Discord could not be asked: {problem}.", f"Check the network and {ADDRESS}.")


def _reads_replies(settings: Settings) -> bool:
    return settings.get(READS, "no").strip().lower() == "yes"


setup = DiscordSetup()
