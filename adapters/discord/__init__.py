"""Discord: an adapter over discord.py. The library is loaded only where a token is set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.base.clock import Clock
from bot.base.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.chat.platform import ChatPlatform


def adapter(settings: Mapping[str, str], clock: Clock) -> ChatPlatform | None:
    """Discord as the settings describe it; None where there is no token.

    `STARLING_DISCORD_TOKEN`: the bot's token. `STARLING_DISCORD_READS_REPLIES`: "yes" asks for the privileged
    intent by which replies in threads can be read; without it people answer by form, mention or direct message.
    `STARLING_DISCORD_API_URL`: another address of the REST interface, as behind a proxy.
    """
    token = settings.get("STARLING_DISCORD_TOKEN", "").strip()
    if not token:
        return None
    from adapters.discord.library import API_URL
    from adapters.discord.platform import DiscordPlatform

    api_url = settings.get("STARLING_DISCORD_API_URL") or API_URL
    if not api_url.startswith(("https://", "http://")):
        raise ConfigurationError(f"STARLING_DISCORD_API_URL is {api_url!r}, it must be a web address")
    return DiscordPlatform(token, clock, api_url=api_url, reads_replies=_reads_replies(settings))


def _reads_replies(settings: Mapping[str, str]) -> bool:
    value = settings.get("STARLING_DISCORD_READS_REPLIES", "no").strip().lower()
    if value not in ("yes", "no"):
        raise ConfigurationError(f"STARLING_DISCORD_READS_REPLIES is {value!r}, it must be yes or no")
    return value == "yes"
