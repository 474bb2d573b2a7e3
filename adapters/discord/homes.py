"""Which server somebody belongs to who writes directly, or uses Starling where it is not installed.

Discord does not say. It is the one server the person shares with Starling; of several the person chooses one, once,
and that is remembered. A card that was sent to one person carries the server it is about (`keys.home_mark`), so its
buttons need no choice.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from time import monotonic
from typing import Any, ClassVar

from adapters.discord.keys import home_of_message
from adapters.discord.people import People
from adapters.discord.places import PLATFORM, Places
from bot.base.text import t
from bot.chat.actions import Action
from bot.chat.cards import Card, Choice, Paragraph, Select
from bot.chat.platform import Memory
from bot.chat.refs import InstallationRef

BELIEVED = 10 * 60.0
"""Seconds for which it is believed that somebody is a member of a server."""
MOST = 10_000
MOST_CHOICES = 25
OUTSIDE = t(
    "You share no server with Starling, so there is nothing of yours here. Join a server that uses it, or ask an "
    "admin of yours to invite it."
)


class ChooseHome(Action):
    """The select by which a person of several servers says which one they mean."""

    name: ClassVar[str] = "discord.home"


class Homes:
    """Finds the servers of people, and remembers what they chose."""

    def __init__(self, people: People, places: Places, memory: Memory, kept: dict[str, str]) -> None:
        """`kept` are the servers chosen earlier, by user; choices are added to it."""
        self._people = people
        self._places = places
        self._memory = memory
        self._chosen = kept
        self._shared: OrderedDict[str, tuple[float, tuple[str, ...]]] = OrderedDict()

    async def of(self, user: str) -> Sequence[str]:
        """The one server somebody means; several where they have to choose; none for somebody who is in none.

        Raises `PlatformError` while that cannot be found out.
        """
        shared = await self._shared_with(user)
        chosen = self._chosen.get(user)
        return (chosen,) if chosen in shared else shared

    def of_card(self, message: Any) -> str | None:
        """The server that a card to one person is about; None for any other message."""
        return home_of_message(message, [each.installation for each in self._places.installations])

    async def choose(self, user: str, guild: str) -> bool:
        """Remember a choice; whether it is one of the person's servers."""
        if guild not in await self._shared_with(user):
            return False
        self._chosen[user] = guild
        await self._memory.remember(InstallationRef(PLATFORM, ""), {user: guild})
        return True

    async def _shared_with(self, user: str) -> tuple[str, ...]:
        now = monotonic()
        known = self._shared.get(user)
        guilds = [each.installation for each in self._places.installations]
        if known is not None and now - known[0] < BELIEVED and set(known[1]) <= set(guilds):
            return known[1]
        are_in = await asyncio.gather(*(self._people.is_member(guild, user) for guild in guilds))
        shared = tuple(guild for guild, is_in in zip(guilds, are_in, strict=True) if is_in)
        if shared:
            self._shared[user] = (now, shared)
        if len(self._shared) > MOST:
            self._shared.popitem(last=False)
        return shared

    def question(self, guilds: Sequence[str]) -> Card:
        """Asks for one of these servers."""
        return Card(
            t("Which server is this about?"),
            (
                Paragraph(
                    t("Starling works in several of your servers. What you write here goes to the one you choose.")
                ),
                self._select(guilds),
            ),
        )

    def chosen(self, user: str, guild: str) -> Card:
        """Says what was chosen, and lets it be changed."""
        _, shared = self._shared[user]
        return Card(
            t("What you write here goes to {server} from now on.", server=self._places.name_of(guild)),
            (
                Paragraph(t("If something you did here before was not answered, please do it again.")),
                self._select(shared),
            ),
        )

    def _select(self, guilds: Sequence[str]) -> Select:
        choices = tuple(Choice(guild, self._places.name_of(guild)) for guild in guilds[:MOST_CHOICES])
        return Select(t("Choose a server"), ChooseHome(), choices)
