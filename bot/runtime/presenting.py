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
    """`card` with every named place filled by the buttons declared for it; a place without any goes.

    Buttons that follow a place directly go on in its row, since a phone shows few rows.
    """
    elements: list[Element] = []
    place_before = False
    for element in card.elements:
        shown = element
        if isinstance(element, Place):
            shown = Buttons(tuple(gathered.buttons_for(element.name, element.subject)))
            if not shown.items:
                continue
        before = elements[-1] if place_before else None
        if isinstance(before, Buttons) and isinstance(shown, Buttons):
            elements[-1] = Buttons((*before.items, *shown.items))
        else:
            elements.append(shown)
        place_before = isinstance(element, Place)
    return replace(card, elements=tuple(elements))
