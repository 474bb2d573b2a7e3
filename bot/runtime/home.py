"""A person's home: the sections of all rooms, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.base.text import t
from bot.chat.cards import Card, Divider, Element
from bot.feature.context import Context
from bot.feature.gather import Gathered


async def home_card(gathered: Gathered, context: Context) -> Card:
    """The home of the acting member. A section that has nothing to show is left out."""
    return assembled([await section.build(context) for section in gathered.home])


def assembled(parts: Iterable[Sequence[Element]]) -> Card:
    """The home from the parts of its sections, with a line between them."""
    elements: list[Element] = []
    for part in parts:
        if part and elements:
            elements.append(Divider())
        elements.extend(part)
    return Card(t("Your home in Starling"), tuple(elements))
