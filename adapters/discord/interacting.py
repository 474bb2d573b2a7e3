"""Taking interactions in: each gets an answer in time, whatever it is, unless it could not be stored.

What names nothing of ours, cannot be read, or comes from somebody whose workspace is not known gets a sentence.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from adapters.discord.commands import LANGUAGES
from adapters.discord.frames import Frame, Malformed, readable
from adapters.discord.homes import OUTSIDE, ChooseHome, Homes
from adapters.discord.interactions import COMPLETION as COMPLETIONS
from adapters.discord.interactions import Interaction, Interactions
from adapters.discord.invoking import completion_payload, focused, line_of, path_and_options
from adapters.discord.limits import capabilities_in_direct
from adapters.discord.parse import Reader
from adapters.discord.parse_interactions import COMPLETION
from adapters.discord.people import People
from adapters.discord.places import account
from adapters.discord.render import EPHEMERAL, rendered
from adapters.discord.rest import Rest
from bot.base.text import t
from bot.chat.cards import Card, resolved
from bot.chat.errors import PlatformError
from bot.chat.events import ActionClicked, CommandInvoked, Event, FormSubmitted
from bot.chat.fit import fit
from bot.chat.platform import Inbound

MESSAGE, CHANGE = 4, 7
"""Types of answers to an interaction: a message at once, and a change of the message it came from."""
IN_TIME = 2.0
"""Seconds for finding out whose workspace it is; three are given for the answer."""
OLD = t("This is from an older version of Starling. Please open it anew from its card or command.")
UNREADABLE = t("I could not read that. Please try again.")
LATER = t("I could not find out which server this belongs to. Please try again in a moment.")

logger = logging.getLogger(__name__)


class Interacting:
    """Takes the interactions of one connection."""

    def __init__(
        self,
        inbound: Inbound,
        rest: Rest,
        reader: Reader,
        people: People,
        homes: Homes,
        interactions: Interactions,
        chosen: Callable[[str], None],
    ) -> None:
        """`chosen` is told of a person who chose a server."""
        self._inbound = inbound
        self._rest = rest
        self._reader = reader
        self._people = people
        self._homes = homes
        self._interactions = interactions
        self._chosen = chosen

    async def take(self, frame: Frame) -> None:
        """Hand an interaction on and acknowledge it as the runtime says, or answer it with a sentence."""
        self._note_language(frame)
        if frame.data.get("type") == COMPLETION:
            await self._complete(frame)
            return
        try:
            if _chooses_home(frame):
                await self._choose_home(frame)
                return
            homes = await self._homes_of(frame)
            events = self._reader.events(replace(frame, home=homes[0])) if len(homes) == 1 else ()
        except Malformed as problem:
            logger.warning("an interaction of Discord could not be read: %s", problem)
            await self._say(frame, Card(UNREADABLE))
            return
        except (PlatformError, TimeoutError) as problem:
            logger.warning("the server of an interaction could not be found: %s", problem)
            await self._say(frame, Card(LATER))
            return
        if len(homes) != 1:
            await self._say(frame, self._homes.question([home for home in homes if home]) if homes else Card(OUTSIDE))
        elif not events:
            await self._say(frame, Card(OLD))
        for event in events:
            await self._hand_on(event, frame.data)

    async def _homes_of(self, frame: Frame) -> Sequence[str | None]:
        """The server this belongs to, where it does not say so itself: none, one, or several to choose from."""
        if not self._reader.is_outside(frame):
            return (None,)
        card = self._homes.of_card(frame.data.get("message"))
        if card is not None:
            return (card,)
        async with asyncio.timeout(IN_TIME):
            return await self._homes.of(self._reader.person_of(frame))

    async def _hand_on(self, event: Event, raw: Mapping[str, Any]) -> None:
        if not isinstance(event, CommandInvoked | ActionClicked | FormSubmitted):
            return
        self._interactions.begin(event)
        try:
            how = await self._inbound.accept(event)
        except BaseException:
            self._interactions.refuse(event)
            raise
        await self._interactions.acknowledge(event, raw, how, public=self._is_public(event, raw))

    def _is_public(self, event: Interaction, raw: Mapping[str, Any]) -> bool:
        """Whether all may see the answer: as the command is declared, and never outside of its own server."""
        if not isinstance(event, CommandInvoked) or raw.get("guild_id") != event.conversation.installation:
            return False
        path, _ = path_and_options(raw.get("data") or {})
        return any(each.path == path and each.acknowledgement == "public" for each in self._inbound.commands)

    async def _complete(self, frame: Frame) -> None:
        choices: list[dict[str, Any]] = []
        try:
            choices = await self._choices(frame)
        except (Malformed, PlatformError, TimeoutError) as problem:
            logger.warning("nothing could be completed: %s", problem)
        finally:
            await self._answer(frame, {"type": COMPLETIONS, "data": {"choices": choices}})

    async def _choices(self, frame: Frame) -> list[dict[str, Any]]:
        details = frame.data.get("data")
        details = details if isinstance(details, Mapping) else {}
        with readable(frame):
            typing, line = focused(details), line_of(details)
        homes = await self._homes_of(frame) if typing is not None else ()
        if typing is None or len(homes) != 1:
            return []
        home = homes[0] or str(frame.data["guild_id"])
        actor = account(self._reader.person_of(frame), home)
        option, prefix = typing
        return completion_payload(await self._inbound.complete(actor, line, option, prefix))

    async def _choose_home(self, frame: Frame) -> None:
        user, values = self._reader.person_of(frame), frame.data["data"].get("values")
        guild = str(values[0]) if isinstance(values, list) and values else ""
        if not await self._homes.choose(user, guild):
            homes = await self._homes.of(user)
            await self._say(
                frame, self._homes.question(homes) if len(homes) > 1 else Card(OUTSIDE if not homes else OLD)
            )
            return
        await self._say(frame, self._homes.chosen(user, guild), how=CHANGE)
        self._chosen(user)

    async def _say(self, frame: Frame, card: Card, *, how: int = MESSAGE) -> None:
        """Answer with this card, for the person alone."""
        (shown, *_) = fit(resolved(card, _language(frame) or "en"), capabilities_in_direct()).cards
        await self._answer(frame, {"type": how, "data": rendered(shown, flags=EPHEMERAL if how == MESSAGE else 0).body})

    async def _answer(self, frame: Frame, body: Mapping[str, Any]) -> None:
        interaction, token = frame.data.get("id"), frame.data.get("token")
        try:
            await self._rest.answer("acknowledge", str(interaction), str(token), body)
        except PlatformError as problem:
            logger.warning("an interaction could not be answered: %s", problem)

    def _note_language(self, frame: Frame) -> None:
        language = _language(frame)
        try:
            user = self._reader.person_of(frame)
        except Malformed:
            return
        if language is not None:
            self._people.speaks(user, language)


def _language(frame: Frame) -> str | None:
    """The language Discord says a person has chosen; None for what is none of its languages."""
    language = frame.data.get("locale")
    return language if language in ("en-US", "en-GB", *LANGUAGES) else None


def _chooses_home(frame: Frame) -> bool:
    details = frame.data.get("data")
    return isinstance(details, Mapping) and details.get("custom_id") == ChooseHome().encode()
