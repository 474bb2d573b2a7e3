"""Completing an option of a command as somebody types it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.errors import NotAllowed
from bot.chat.cards import Choice, resolved
from bot.chat.events import CommandInvoked, Event
from bot.chat.grammar import Unknown, read_line
from bot.chat.refs import AccountRef, ConversationRef
from bot.runtime import people
from bot.runtime.help import possible
from bot.runtime.house import House

MOST = 25


class Completing:
    """Asks the room that declared a command for the choices of one of its options."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def complete(self, actor: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        """At most 25 choices in the language of `actor`; none where nothing completes or they may not do it."""
        house = self._house
        read = read_line(line, [declared.command for declared in house.gathered.commands.values()])
        if isinstance(read, Unknown):
            return []
        declared = house.gathered.commands[read.command.path]
        complete = (declared.completions or {}).get(option)
        asked = _as_event(house, actor, line)
        profile = await people.visitor_of(house, asked)
        workspace = await people.find_workspace(house, asked)
        if complete is None or workspace is None or people.is_outside(profile):
            return []
        async with house.database.write(workspace) as session:
            try:
                context = await people.acting_context(house, session, workspace, actor, profile)
            except NotAllowed:
                return []
            if not possible(context.acting, declared.verb):
                return []
            choices = await complete(context, prefix)
        return [resolved(choice, context.language) for choice in choices[:MOST]]


def _as_event(house: House, actor: AccountRef, line: str) -> Event:
    return CommandInvoked(
        delivery_id="",
        installation=actor.installation_ref,
        occurred_at=house.clock.now(),
        actor=actor,
        conversation=ConversationRef(actor.platform, actor.installation, actor.user),
        line=line,
    )
