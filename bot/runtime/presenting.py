"""From a card as a room builds it to messages as a platform takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.capabilities import Capabilities
from bot.chat.cards import Buttons, Card, Element, Place, resolved
from bot.chat.fit import fit
from bot.feature.gather import Gathered


def present(card: Card, language: str, capabilities: Capabilities, gathered: Gathered) -> Sequence[Card]:
    """`card` with the other rooms' buttons in its places, in the reader's language, in as many parts as it needs."""
    return fit(resolved(with_places(card, gathered), language), capabilities).cards


def with_places(card: Card, gathered: Gathered) -> Card:
    """`card` with every named place filled by the buttons declared for it; a place without any goes."""
    elements: list[Element] = []
    for element in card.elements:
        if not isinstance(element, Place):
            elements.append(element)
            continue
        buttons = tuple(gathered.buttons_for(element.name, element.subject))
        if buttons:
            elements.append(Buttons(buttons))
    return replace(card, elements=tuple(elements))
