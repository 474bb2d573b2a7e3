"""From a card as a room builds it to messages as a platform takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.capabilities import Capabilities
from bot.chat.cards import Button, Buttons, Card, Element, Place, resolved
from bot.chat.fit import fit
from bot.feature.gather import Gathered
from bot.feature.pages import OpenPage
from bot.runtime.drawing import can_show_charts, charts_told


def present(
    card: Card, language: str, capabilities: Capabilities, gathered: Gathered, *, for_one: bool = True
) -> Sequence[Card]:
    """`card` with the other rooms' buttons in its places, in the reader's language, in as many parts as it needs.

    What is not `for_one` person alone hands over no files. Charts are still to be drawn (`bot.runtime.drawing`).
    """
    able = capabilities if for_one else replace(capabilities, files=False)
    spoken = resolved(with_places(card, gathered), language)
    if not can_show_charts(able.images):
        spoken = replace(spoken, elements=charts_told(spoken.elements))
    return fit(spoken, able).cards


def with_places(card: Card, gathered: Gathered) -> Card:
    """`card` with every named place filled by the buttons declared for it; a place without any goes.

    Buttons that follow a place directly go on in its row, since a phone shows few rows. A button that leads to a
    page nobody serves is left out.
    """
    elements: list[Element] = []
    place_before = False
    for element in card.elements:
        shown = element
        if isinstance(element, Place):
            shown = Buttons(tuple(gathered.buttons_for(element.name, element.subject)))
        if isinstance(shown, Buttons):
            shown = Buttons(tuple(button for button in shown.items if _leads_somewhere(button, gathered)))
            if not shown.items:
                continue
        before = elements[-1] if place_before else None
        if isinstance(before, Buttons) and isinstance(shown, Buttons):
            elements[-1] = Buttons((*before.items, *shown.items))
        else:
            elements.append(shown)
        place_before = isinstance(element, Place)
    return replace(card, elements=tuple(elements))


def _leads_somewhere(button: Button, gathered: Gathered) -> bool:
    return not isinstance(button.action, OpenPage) or button.action.page in gathered.pages
