"""Whether we may write in a channel: told as closed or opened when roles or the channel's own rules change.

discord.py computes the permissions; it has taken a frame in before the frame comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adapters.discord.frames import Frame, readable
from adapters.discord.library import discord
from adapters.discord.parse_places import changed
from adapters.discord.places import Places
from bot.chat.events import ChannelChanged

OF_GUILD = frozenset({"GUILD_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE", "GUILD_MEMBER_UPDATE"})
OF_CHANNEL = frozenset({"CHANNEL_CREATE", "CHANNEL_UPDATE"})


class Access:
    """Remembers in which channels we may write."""

    def __init__(self, client: discord.Client, places: Places) -> None:
        self._client = client
        self._places = places
        self._open: dict[int, bool] = {}

    def events(self, frame: Frame) -> Sequence[ChannelChanged]:
        """What a frame closed or opened to us; a channel that is met for the first time did not change.

        Raises `Malformed` for a frame that cannot be read.
        """
        with readable(frame):
            concerned = list(self._concerned(frame))
        found: list[ChannelChanged] = []
        for channel in concerned:
            granted = channel.permissions_for(channel.guild.me)
            now = granted.view_channel and granted.send_messages
            before = self._open.get(channel.id, now)
            self._open[channel.id] = now
            place = self._places.find(str(channel.id))
            if now != before and place is not None:
                found.append(changed(frame, place, "opened" if now else "closed"))
        return found

    def _concerned(self, frame: Frame) -> Iterable[discord.abc.GuildChannel]:
        guild_id = frame.data.get("id" if frame.type == "GUILD_CREATE" else "guild_id")
        guild = self._client.get_guild(int(guild_id)) if guild_id else None
        if guild is None:
            return ()
        if frame.type in OF_GUILD:
            return guild.channels
        channel = guild.get_channel(int(frame.data["id"])) if frame.type in OF_CHANNEL else None
        return () if channel is None else (channel,)
