"""What Discord says of people now, and which server a direct message belongs to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from adapters.discord.library import discord
from adapters.discord.places import Places
from adapters.discord.rest import Rest
from bot.chat.errors import TargetGone
from bot.chat.platform import Profile
from bot.chat.refs import AccountRef

MOST = 10_000


class People:
    """Looks people up one by one: no list of members is asked for, which would need a privileged intent."""

    def __init__(self, rest: Rest, client: discord.Client, places: Places) -> None:
        self._rest = rest
        self._client = client
        self._places = places
        self._languages: OrderedDict[str, str] = OrderedDict()

    def speaks(self, user: str, language: str) -> None:
        """Discord says with every interaction which language a person has chosen."""
        self._languages[user] = language
        if len(self._languages) > MOST:
            self._languages.popitem(last=False)

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

    async def find_home(self, user: str) -> None:
        """Find a server that this person and Starling share, where none is known yet."""
        if self._places.home_of(user) is not None:
            return
        for installation in self._places.installations:
            if await self._member(installation.installation, user) is not None:
                self._places.saw(user, installation.installation)
                return

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
