"""What Discord says of people now."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from adapters.discord.library import discord
from adapters.discord.rest import Rest
from bot.chat.errors import TargetGone
from bot.chat.platform import Profile
from bot.chat.refs import AccountRef

MOST = 10_000


class People:
    """Looks people up one by one: no list of members is asked for, which would need a privileged intent."""

    def __init__(self, rest: Rest, client: discord.Client) -> None:
        self._rest = rest
        self._client = client
        self._languages: OrderedDict[str, str] = OrderedDict()

    def speaks(self, user: str, language: str) -> None:
        """Discord says with every interaction which language a person has chosen."""
        self._languages[user] = language
        if len(self._languages) > MOST:
            self._languages.popitem(last=False)

    def language_of(self, user: str) -> str:
        """The language Discord said last, else English."""
        return self._languages.get(user, "en")

    async def profile(self, account: AccountRef) -> Profile | None:
        """The person as a member of the server; None for one who is not (any more)."""
        member = await self._member(account.installation, account.user)
        if member is None:
            return None
        user = member["user"]
        return Profile(
            name=str(member.get("nick") or user.get("global_name") or user["username"]),
            language=self._languages.get(account.user),
            is_admin=self._manages(account, member),
            is_bot=bool(user.get("bot")),
        )

    async def is_member(self, guild: str, user: str) -> bool:
        """Whether somebody is in a server of ours now."""
        return await self._member(guild, user) is not None

    async def of_direct(self, channel: str) -> str | None:
        """With whom a direct conversation is; None for any other channel, and for one that is gone."""
        try:
            found = await self._rest.call("profile", "GET", "/channels/{channel_id}", channel_id=channel)
        except TargetGone:
            return None
        others: list[Any] = found.get("recipients") or []
        return str(others[0]["id"]) if len(others) == 1 else None

    async def _member(self, guild: str, user: str) -> Any:
        if not (guild.isdecimal() and user.isdecimal()):
            return None
        try:
            return await self._rest.call(
                "profile", "GET", "/guilds/{guild_id}/members/{member_id}", guild_id=guild, member_id=user
            )
        except TargetGone:
            return None

    def _manages(self, account: AccountRef, member: Mapping[str, Any]) -> bool:
        """Whether the person owns the server or has a role that manages it."""
        guild = self._client.get_guild(int(account.installation))
        if guild is None:
            return False
        if str(guild.owner_id) == account.user:
            return True
        roles = [guild.default_role, *(guild.get_role(int(role)) for role in member.get("roles") or ())]
        granted = [role.permissions for role in roles if role is not None]
        return any(each.administrator or each.manage_guild for each in granted)
