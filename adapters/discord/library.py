"""The one place that imports discord.py, and points it at other addresses than Discord's own.

The library imports `audioop`, which Python warns of and Starling never uses: that warning is kept from whoever
runs with warnings as errors.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="'audioop' is deprecated", category=DeprecationWarning)
    import discord

import discord.gateway
import discord.http
import yarl

__all__ = ["API_URL", "discord", "use_api", "use_gateway"]

API_URL = "https://discord.com/api/v10"


def use_api(url: str) -> None:
    """Send every REST call of this process to `url` (a proxy, or a stand-in) from now on."""
    discord.http.Route.BASE = url.rstrip("/")


def use_gateway(url: str) -> None:
    """Connect to the gateway at `url` where a session starts anew."""
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
