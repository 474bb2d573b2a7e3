"""A person's home: the sections of all rooms, in their order."""

from __future__ import annotations

from bot.base.text import t
from bot.chat.cards import Card, Divider, Element
from bot.feature.context import Context
from bot.feature.gather import Gathered


async def home_card(gathered: Gathered, context: Context) -> Card:
    """The home of the acting member. A section that has nothing to show is left out."""
    elements: list[Element] = []
    for section in gathered.home:
        part = await section.build(context)
        if part and elements:
            elements.append(Divider())
        elements.extend(part)
    return Card(t("Your home in Starling"), tuple(elements))
